// A response on its way out: its head as bytes, and a body in memory, in a file, or borrowed from what was prepared. It is made
// on the thread that answered, so that compressing and printing headers take nothing from the I/O thread; only Date is added
// there.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"
#include "http/prepared.h"

namespace http {

// What the answer depends on in its request.
struct Wanted {
  bool is_head = false;
  std::string accept_encoding;
  std::string if_none_match;
  std::string if_match = {};

  static Wanted of(const Request& request);
};

class Answer {
 public:
  static Answer make(Response&& response, const Wanted& wanted);
  static Answer make(std::shared_ptr<const Prepared> prepared, const Wanted& wanted);

  int status() const { return status_; }
  std::string_view head() const { return borrowed_head_ ? std::string_view(*borrowed_head_) : head_; }
  std::string_view body() const { return borrowed_body_ ? std::string_view(*borrowed_body_) : body_; }
  const std::optional<FileBody>& file() const { return file_; }
  // Empty, and to be taken out, in any answer that has an end.
  std::optional<EventStream>& events() { return events_; }
  bool is_endless() const { return events_.has_value(); }

 private:
  int status_ = 200;
  std::string head_;
  std::string body_;
  std::optional<FileBody> file_;
  std::optional<EventStream> events_;
  std::shared_ptr<const Prepared> prepared_;  // keeps what is borrowed
  const std::string* borrowed_head_ = nullptr;
  const std::string* borrowed_body_ = nullptr;
};

}  // namespace http
