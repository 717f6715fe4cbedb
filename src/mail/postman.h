// Hands mails to the SMTP server that the operator named, by libcurl. Knows nothing of what mails say. What a server answers is
// never passed on as text, because it often repeats the recipient's address (invariant 3).
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace mail {

struct Server {
  std::string url;   // "smtp://host:25" or "smtps://host"; empty: no mail is sent
  std::string user;  // empty: no credentials. With them the connection is encrypted and the server's certificate checked
  std::string password;
  std::string password_file;  // where the operator keeps it; not read here
  std::string from;           // an address of mail
  std::string from_name;
  std::chrono::seconds timeout{60};          // for a whole mail
  std::chrono::seconds connect_timeout{10};  // within it
};

struct Outcome {
  enum class Kind {
    sent,
    refused,      // for good: the server said 5xx to this mail
    postponed,    // the server said 4xx to this mail, or went away in the middle of it
    unreachable,  // no mail at all can be handed over at present: no connection, no encryption, credentials refused
  } kind = Kind::unreachable;
  int code = 0;         // of the server's last answer; 0: none
  std::string problem;  // a sentence without any address
};

// Used by one thread but for stop().
class Postman {
 public:
  explicit Postman(Server server);
  ~Postman();
  Postman(const Postman&) = delete;
  Postman& operator=(const Postman&) = delete;

  const Server& server() const { return server_; }
  // `bytes` as compose makes them. One connection serves the mails of a round.
  Outcome send(const std::string& to, std::string_view bytes);
  // Ends the connection, so that none stands idle between rounds.
  void hang_up();
  // Ends a mail that is under way, and all to come, within a second. From any thread.
  void stop() { is_stopped_ = true; }

 private:
  struct Handle;
  Server server_;
  std::unique_ptr<Handle> handle_;
  std::atomic<bool> is_stopped_{false};
};

}  // namespace mail
