// A connection that speaks HTTP/2: moves bytes between its transport and its session, waits for the socket, and ends. Internal to
// the folder.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <string>

#include "http/answer.h"
#include "http/client_address.h"
#include "http/http2_session.h"
#include "http/transport.h"

namespace http {

class Loop;

// Lives on its loop's thread only; workers' answers find it by a weak pointer. Invariants:
// 1. It is removed only when no wait is outstanding.
// 2. What it holds to be sent is bounded, however much a client asks for and however slowly it reads.
class Http2Connection : public std::enable_shared_from_this<Http2Connection> {
 public:
  using Place = std::list<std::shared_ptr<Http2Connection>>::iterator;

  Http2Connection(Loop& loop, Transport transport, const NetworkAddress& peer);

  // Call once, with the place in the loop's list. Like all of these, it may remove the connection.
  void start(Place place);
  void answer(std::int32_t stream, Answer answer);
  // Once a second.
  void on_tick();
  // While draining: tells the client at first, and later leaves as soon as no request is open.
  void leave_if_idle(bool even_if_recent);
  const NetworkAddress& peer() const { return peer_; }

 private:
  enum class State { open, lingering, closed };

  std::unique_ptr<Reply::Way> make_way(std::int32_t stream, Wanted wanted, std::shared_ptr<Timing> timing);
  template <class Step>
  void proceed(Step step);
  void receive();
  void flush();
  void give_back_output();
  void settle();
  void linger();
  bool may_read() const;
  void await_readable();
  void await_writable();
  std::uint32_t due_in(std::chrono::seconds time) const;

  Loop& loop_;
  Transport transport_;
  NetworkAddress peer_;
  Place place_;
  Http2Session session_;
  State state_ = State::open;
  bool is_reading_ = false;  // a wait is outstanding
  bool is_writing_ = false;  // another one
  bool is_blocked_ = false;  // the client takes nothing at present
  bool wants_more_ = true;   // the session reads on
  bool has_announced_ = false;
  bool has_said_end_ = false;
  std::uint32_t due_ = 0;  // in ticks: while blocked, and while lingering
  std::size_t lingered_ = 0;
  std::string out_;
  std::size_t sent_ = 0;  // of out_
};

}  // namespace http
