// The mail server of smtp_server.py as a process of this test, and the mails it took, read as a mail program would.
#pragma once

#include <sys/types.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mail/postman.h"

namespace site {

struct ReceivedMail {
  std::string from;
  std::vector<std::string> to;
  std::string raw;  // as it came
  // Header fields as they stand, unfolded, by lower-case name.
  std::map<std::string, std::string> headers;
  std::string text;  // the parts, decoded
  std::string html;
};

// Ends with its owner. Used by one thread.
class SmtpServer {
 public:
  // Nothing if python3-aiosmtpd is not there: then the test is skipped.
  static std::optional<SmtpServer> start();
  SmtpServer(SmtpServer&& other) noexcept;
  SmtpServer& operator=(SmtpServer&&) = delete;
  ~SmtpServer();

  mail::Server settings() const;
  // Waits for the next mail.
  ReceivedMail receive();

 private:
  SmtpServer() = default;
  std::string read_line();

  pid_t id_ = 0;
  int input_ = -1;
  int output_ = -1;
  int port_ = 0;
};

// "/reader/confirm?key=…" from the text of a mail whose links begin with this site's address.
std::string link_in(const ReceivedMail& mail, const std::string& path);

}  // namespace site
