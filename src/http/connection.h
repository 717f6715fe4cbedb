// One client's connection: reads requests from a buffer, answers from prepared bytes at once or through a worker, and keeps the
// answers in the order of the requests by having only one request in hand at a time; later ones wait in the buffer. Internal to
// the folder.
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <list>
#include <memory>
#include <string_view>

#include "http/account.h"
#include "http/answer.h"
#include "http/answer_writer.h"
#include "http/asio.h"
#include "http/client_address.h"
#include "http/request_parser.h"
#include "http/subscription.h"
#include "http/transport.h"

namespace http {

class Loop;

// Lives on its loop's thread only. Invariants:
// 1. At any time exactly one thing is outstanding: a wait, a read, or a worker's answer. Only that thing's end may remove the
// connection.
// 2. The deadline of a request is set once, at its first byte; nothing that arrives later moves it.
// 3. After a refusal nothing more is read as a request, and neither after an answer without end.
class Connection {
 public:
  Connection(Loop& loop, Transport transport, const NetworkAddress& peer);

  // Call once, with the place in the loop's list.
  void start(std::list<Connection>::iterator place);
  // Like start(), but the only answer is that status.
  void start_refusing(std::list<Connection>::iterator place, int status);
  // The worker's answer to the request that it has.
  void answer(Answer answer);
  // Once a second.
  void on_tick();
  const NetworkAddress& peer() const { return peer_; }
  // While draining: leaves if nothing has been received. `even_if_recent` is false for the first moments, in which a client that
  // was busy just now may still send.
  void leave_if_idle(bool even_if_recent);

 private:
  enum class State { idle, head, body, working, writing, listening, lingering };
  enum class Next { again, wait, close };
  enum class Interruption { none, overdue, parking, leaving };

  template <class First>
  void proceed(First first);
  Next advance();
  Next read_head();
  Next dispatch(const Head& head);
  Next begin_request(const Head& head);
  void take_request(const Head& head);
  bool must_redirect() const;
  Next redirect(const Head& head);
  Next read_body();
  Next hand_over();
  Next refuse(int status);

  Next send_prepared(const Prepared& prepared, const Head& head);
  Next send(Answer answer);
  Next go_on_writing();
  Next after_writing(AnswerWriter::Outcome outcome);
  Next finish_sending();
  Next begin_listening(Answer answer);
  Next tell();
  void tell_or_leave();
  Next hear_while_telling();
  Next linger();

  Next await_bytes();
  Next await_decrypted_bytes();
  Next await_readable();
  Next await_writable();
  void on_bytes(const ErrorCode& error, std::size_t size);
  void on_readable(const ErrorCode& error);
  Next take_bytes(std::size_t size);
  Next on_interruption();
  void interrupt(Interruption interruption);

  bool skip_blank_lines();  // whether something is left
  void compact();
  void settle_future();
  Protocol protocol() const;
  std::string_view ending() const;
  std::uint32_t due_in(std::chrono::seconds time) const;

  static constexpr std::uint32_t never = std::numeric_limits<std::uint32_t>::max();
  static constexpr std::chrono::seconds linger_time{2};

  Loop& loop_;
  Transport transport_;
  AnswerWriter writer_;
  NetworkAddress peer_;
  std::list<Connection>::iterator place_;

  State state_ = State::idle;
  Interruption interruption_ = Interruption::none;
  bool keep_alive_ = true;
  bool is_http11_ = true;
  bool must_linger_ = false;
  std::uint32_t due_;          // in ticks
  std::uint32_t started_ = 0;  // the tick of the request's first byte
  std::uint32_t active_ = 0;   // the tick in which it last became idle

  std::unique_ptr<char[]> buffer_;  // empty while the connection rests
  std::size_t begin_ = 0;           // what was received and not yet read: [begin_, end_)
  std::size_t end_ = 0;
  std::size_t seen_ = 0;  // bytes of an incomplete head that were looked at in vain

  std::unique_ptr<RequestParser> body_parser_;
  std::unique_ptr<Request> request_;

  Account account_;
  std::unique_ptr<Subscription> subscription_;  // of an answer without end
  std::size_t lingered_ = 0;  // bytes thrown away
};

}  // namespace http
