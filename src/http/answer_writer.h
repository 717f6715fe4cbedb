// Sends one answer through a transport: as much of it as goes at once, the rest when it is asked again. It never waits, keeps no
// time and decides nothing about the connection. Internal to the folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/answer.h"
#include "http/transport.h"

namespace http {

// One object sends one answer after the other. Not thread-safe.
class AnswerWriter {
 public:
  // `transport` must outlive the writer.
  explicit AnswerWriter(Transport& transport) : transport_(transport) {}

  // all: everything has gone. blocked: go on when the client takes more. yielded: there is more and the client takes it, but it
  // is the other connections' turn; waiting for the socket brings ours back. broken: the end of the connection.
  enum class Outcome { all, blocked, yielded, broken };
  // Bytes that stay good for this call only: {head, ending, body}. What does not go at once is copied.
  Outcome send_borrowed(std::string_view head, std::string_view ending, std::string_view body);
  // `ending` closes the head.
  Outcome send(Answer answer, std::string_view ending);
  Outcome go_on();
  // More bytes behind all others; go_on() sends them.
  void append(std::string_view bytes);

  // Whether the last call got something away.
  bool has_moved() const { return has_moved_; }
  // Forgets what was sent.
  void clear();

 private:
  void keep_rest(std::size_t written, std::string_view head, std::string_view ending);
  Outcome write_rest();
  Outcome write_file();
  Outcome encrypt_file();

  Transport& transport_;
  std::optional<Answer> answer_;
  std::string rest_;  // copied, goes first
  std::size_t rest_sent_ = 0;
  std::string_view body_rest_;  // in answer_
  std::uint64_t file_sent_ = 0;
  bool has_moved_ = false;
};

}  // namespace http
