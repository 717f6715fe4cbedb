// One client's connection: reads requests from a buffer, answers from prepared bytes at once or through a worker, and keeps the
// answers in the order of the requests by having only one request in hand at a time; later ones wait in the buffer. Internal to
// the folder.
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/answer.h"
#include "http/asio.h"
#include "http/client_address.h"
#include "http/counts.h"
#include "http/request_parser.h"
#include "http/timing.h"
#include "http/transport.h"

namespace http {

class Loop;

// Lives on its loop's thread only. Invariants:
// 1. At any time exactly one thing is outstanding: a wait, a read, or a worker's answer. Only that thing's end may remove the
// connection.
// 2. The deadline of a request is set once, at its first byte; nothing that arrives later moves it.
// 3. After a refusal nothing more is read as a request.
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
  enum class State { idle, head, body, working, writing, lingering };
  enum class Next { again, wait, close };
  enum class Interruption { none, overdue, parking, leaving };

  template <class First>
  void proceed(First first);
  Next advance();
  Next read_head();
  Next dispatch(const Head& head);
  Next begin_request(const Head& head);
  bool must_redirect() const;
  Next redirect(const Head& head);
  Next read_body();
  Next hand_over();
  Next refuse(int status);

  Next send_prepared(const Prepared& prepared, const Head& head);
  Next send(Answer answer);
  void count(const Answer& answer);
  Next begin_waiting_to_write();
  Next write_rest();
  Next write_file();
  Next read_file_to_encrypt();
  Next finish_sending();
  void time_slow_reader(const Head& head, std::string_view bytes, std::size_t body_size);
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
  void keep_rest(std::size_t written, std::string_view head, std::string_view end);
  void settle_future();
  std::string_view ending() const;
  std::uint32_t due_in(std::chrono::seconds time) const;

  static constexpr std::uint32_t never = std::numeric_limits<std::uint32_t>::max();

  Loop& loop_;
  Transport transport_;
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

  AnswerKind kind_ = AnswerKind::refused;                // of the answer that is made
  std::chrono::steady_clock::time_point handed_over_{};  // when a worker could have begun
  std::shared_ptr<Timing> timing_;                       // of what is worth it: an answer by a worker, or one that a reader takes slowly
  int status_ = 0;
  std::uint64_t bytes_ = 0;  // of the body

  std::optional<Answer> answer_;
  std::string rest_;  // copied, goes first
  std::size_t rest_sent_ = 0;
  std::string_view body_rest_;  // in answer_
  std::uint64_t file_sent_ = 0;
  std::size_t lingered_ = 0;  // bytes thrown away
};

}  // namespace http
