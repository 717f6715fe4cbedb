// A mail as bytes: RFC 5322 with MIME, a text and an HTML part side by side. Pure functions. Whatever stands in a field, no line
// of it becomes a header of its own, and every line is short enough for any server.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace mail {

struct Message {
  std::string from;       // an address of mail
  std::string from_name;  // UTF-8; may be empty
  std::string to;
  std::string subject;     // UTF-8
  std::string message_id;  // without angle brackets: "3f2a.17@example.org"
  base::Time date{};
  std::string unsubscribe;  // a whole address that ends such mails by POST (RFC 8058); empty: none
  std::string text;
  std::string html;
};

// CRLF line ends. Marked as written by a machine (RFC 3834), so that no absence note answers. Error{invalid, sentence} if an
// address holds anything that could end it.
base::Result<std::string> compose(const Message& message);

// The domain of an address; "localhost" if it has none.
std::string_view domain_of(std::string_view address);

}  // namespace mail
