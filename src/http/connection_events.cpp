// An answer without end: the events of a topic, written as they come for as long as the client listens.
#include <charconv>
#include <exception>
#include <memory>
#include <string>
#include <utility>

#include "base/log.h"
#include "http/connection.h"
#include "http/loop.h"

namespace http {

namespace {

// RFC 9112, 7.1.
std::string as_chunk(std::string_view bytes) {
  char size[16];
  const auto end = std::to_chars(size, size + sizeof size, bytes.size(), 16).ptr;
  return std::string(size, end).append("\r\n").append(bytes).append("\r\n");
}

}  // namespace

// It is the connection's last answer: whoever listens on it has nothing else to ask of it. While it lasts, the wait for the
// client's end is what is outstanding; what is told is written from wherever it comes, and what the client does not take waits
// for the tick.
Connection::Next Connection::begin_listening(Answer answer) {
  EventStream events = *std::exchange(answer.events(), std::nullopt);
  keep_alive_ = false;
  state_ = State::listening;
  begin_ = end_ = 0;
  loop_.give_back(std::move(buffer_));
  due_ = due_in(loop_.settings().write_deadline);
  subscription_ = std::make_unique<Subscription>(loop_, std::move(events), [this] { tell_or_leave(); });
  const std::string framing = is_http11_ ? "Transfer-Encoding: chunked\r\n" : "";
  if (writer_.send(std::move(answer), framing + std::string(ending())) == AnswerWriter::Outcome::broken) return Next::close;
  if (tell() == Next::close) return Next::close;
  return transport_.has_received() ? hear_while_telling() : await_readable();
}

// Gives close when the answer has come to its end, or cannot.
Connection::Next Connection::tell() {
  while (true) {
    const AnswerWriter::Outcome outcome = writer_.go_on();
    if (outcome == AnswerWriter::Outcome::broken) return Next::close;
    if (writer_.has_moved()) due_ = due_in(loop_.settings().write_deadline);
    if (outcome != AnswerWriter::Outcome::all) return Next::wait;
    due_ = never;
    if (const auto event = subscription_->take()) {
      due_ = due_in(loop_.settings().write_deadline);
      writer_.append(is_http11_ ? as_chunk(*event) : *event);
    } else if (subscription_->is_over()) {
      if (is_http11_) writer_.append("0\r\n\r\n");
      writer_.go_on();
      return Next::close;
    } else {
      return Next::wait;
    }
  }
}

// Invariant 1: only the end of the wait may remove the connection.
void Connection::tell_or_leave() {
  if (state_ != State::listening) return;
  Next next = Next::close;
  try {
    next = tell();
  } catch (const std::exception& cause) {
    base::log::error(std::string("a connection failed: ") + cause.what());
  }
  if (next != Next::close) return;
  state_ = State::lingering;  // nothing more is told
  due_ = due_in(linger_time);
  subscription_.reset();
  interrupt(Interruption::leaving);
}

// Its end, or what belongs to TLS. Another request would have to wait for ever.
Connection::Next Connection::hear_while_telling() {
  char byte;
  ErrorCode error;
  transport_.read(&byte, 1, error);
  return error == net::error::would_block ? await_readable() : Next::close;
}

}  // namespace http
