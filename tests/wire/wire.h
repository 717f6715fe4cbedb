// What the wire tests share: a server on a free port of 127.0.0.1 with a few known pages, and a client that sends exactly the
// bytes it is given. Nothing here sleeps: it waits for bytes, with an end.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "http/file_response.h"
#include "http/server.h"
#include "http/topic.h"

namespace wire {

struct Answer {
  int status = 0;  // 0: none came
  std::string head;
  std::string body;

  // The value of a header, or "".
  std::string header(std::string_view name) const;
};

// One connection. Every wait ends after ten seconds.
class Client {
 public:
  // `source` is an address of the loopback, "127.0.0.2"; without it the kernel takes 127.0.0.1.
  explicit Client(std::uint16_t port, const char* source = nullptr);
  virtual ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // Gives how many bytes the kernel took; fewer only when the server has closed.
  virtual std::size_t send(std::string_view bytes);
  void finish_sending();
  void shrink_receive_buffer();
  // The next answer; `to_head` answers have no body whatever their Content-Length says.
  Answer read_answer(bool to_head = false);
  std::string read_bytes(std::size_t count);
  // The next chunk of a body in chunks; "" for the last one, and "?" where none comes.
  std::string read_chunk();
  // What still comes until the server closes; gives false if it does not.
  bool is_closed_by_server(std::string* rest = nullptr);
  // Whether the server closed with a reset, which on some systems takes away an answer that was not read yet.
  bool was_reset() const { return was_reset_; }
  // Whether nothing comes within that time.
  bool is_silent_for(int milliseconds);

 protected:
  // Waits for bytes, at most that long, and puts them at the end of received_.
  virtual bool fill(int milliseconds);

  int socket_;
  std::string received_;
  bool ended_ = false;
  bool was_reset_ = false;
};

// A handler that can be held up: requests to /hold wait until release().
class Gate {
 public:
  void wait();
  void release();
  // Until so many have come to the gate.
  void await_waiting(int count);

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int waiting_ = 0;
  bool open_ = false;
};

// Prepared: /page (a large text), /small. Handled: /echo gives method, target and body back; /client the client's address; /hold
// waits for the gate, and so does the whole I/O thread at /stall; /files/NAME comes from folder(); /throw throws; /drop answers
// never; /large?N has N bytes; /prepared is answered with prepared bytes by the handler, and so is /packed where its plain
// body is asked for; /events/NAME listens to topic(NAME). What
// no handler gets of /kept comes back in the refusal.
class TestServer {
 public:
  explicit TestServer(http::ServerSettings settings = {});
  ~TestServer();

  std::uint16_t port() const { return server_->port(); }
  std::uint16_t tls_port() const { return server_->tls_port(); }
  http::Server& server() { return *server_; }
  Gate& gate() { return gate_; }
  http::Topic& topic(const std::string& name);
  // Answers without end that have not let their permit go.
  long permits() const { return permit_.use_count() - 1; }
  http::ServerCounts counts() const { return server_->counts(); }
  const std::string& page() const { return page_; }
  const std::filesystem::path& folder() const { return folder_; }

  // One request on a connection of its own.
  Answer ask(std::string_view bytes);

 private:
  void handle(http::Request request, http::Reply reply);

  Gate gate_;
  std::mutex topics_mutex_;
  std::map<std::string, std::shared_ptr<http::Topic>> topics_;
  const std::shared_ptr<const int> permit_ = std::make_shared<const int>(0);
  std::string page_;
  std::filesystem::path folder_;
  std::optional<http::FileRoot> files_;
  std::shared_ptr<const std::map<std::string, std::shared_ptr<const http::Prepared>, std::less<>>> prepared_;
  std::unique_ptr<http::Server> server_;
};

// Settings with deadlines of a second, for tests that wait for one.
http::ServerSettings hasty();

}  // namespace wire
