// HTTP/2 on one connection, apart from its socket: bytes in, requests out, answers in, bytes out. nghttp2 reads and writes the
// frames and keeps the states of RFC 9113; what a client may ask for, and how much of it, is decided here (docs/decisions/0011).
// Internal to the folder.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "http/account.h"
#include "http/allowance.h"
#include "http/answer.h"
#include "http/client_address.h"
#include "http/http2_head.h"
#include "http/server.h"
#include "http/subscription.h"

struct nghttp2_session;

namespace http {

class Loop;

// Lives on its loop's thread only. Invariants:
// 1. A client that does nothing but open and reset, ping, set, or split costs no more than its allowances; then the connection
// ends.
// 2. No more requests are with the workers than streams may be open, resets or not.
// 3. At most four bodies grow to their full size at the same time; of every other at most 64 KB are held.
class Http2Session {
 public:
  struct Owner {
    // How the answer to that stream's request comes back to answer().
    std::function<std::unique_ptr<Reply::Way>(std::int32_t stream, Wanted wanted, std::shared_ptr<Timing> timing)> make_way;
    // Something was said to whoever listens on that stream: the owner calls tell(), and sends.
    std::function<void(std::int32_t stream)> wake;
  };

  Http2Session(Loop& loop, const NetworkAddress& peer, Owner owner);
  ~Http2Session();
  Http2Session(const Http2Session&) = delete;
  Http2Session& operator=(const Http2Session&) = delete;

  // Gives whether more may be read: not after the client has gone too far.
  bool receive(std::string_view bytes);
  // Appends what is to be sent, until `out` has about 64 KB. Gives false if the session is broken.
  bool write_to(std::string& out);
  // The worker's answer. The stream may be gone.
  void answer(std::int32_t stream, Answer answer);
  // What was said to that stream can be sent. It may be gone.
  void tell(std::int32_t stream);

  // Once a second: deadlines, and what the client may do again.
  void on_tick();
  // The server is going to stop: the client should open no more streams; then: those that come are not served any more.
  void announce_end();
  void end();

  // Nothing will come or go any more.
  bool is_over() const;
  // No request is open.
  bool is_idle() const { return streams_.empty(); }
  // Frames that wait to be sent, answers' bodies apart.
  std::size_t waiting_frames() const;

 private:
  static constexpr std::uint32_t never = std::numeric_limits<std::uint32_t>::max();

  // One request and its answer.
  struct Stream {
    enum class State { body, working, writing };

    std::int32_t id = 0;
    State state = State::working;
    std::uint32_t due = never;  // in ticks
    bool is_head_request = false;
    bool is_favoured = false;  // its body may grow
    bool must_reset = false;   // it was answered before all of the request was there
    std::size_t withheld = 0;  // bytes of the body that the client got no new window for
    std::unique_ptr<Request> request;
    Account account;
    std::optional<Answer> answer;
    std::unique_ptr<Subscription> subscription;  // of an answer without end
    std::shared_ptr<const std::string> event;    // of it, the last taken
    std::string_view body_rest;                  // in answer, or in event
    std::uint64_t file_sent = 0;
  };
  friend struct Http2Callbacks;

  void begin_head(std::int32_t id, bool is_request);
  bool take_field(std::string_view name, std::string_view value);
  void count_frame(std::uint8_t type, std::uint8_t flags, std::size_t length);
  void take_request(std::int32_t id, bool has_body);
  void take_body(std::int32_t id, std::string_view bytes);
  void finish_body(std::int32_t id);
  void hand_over(Stream& stream);
  void refuse(Stream& stream, int status);
  void respond(Stream& stream, Answer answer);
  void forget(std::int32_t id);
  void on_end_sent(std::int32_t id);
  void on_reset_sent(std::uint32_t code);
  enum class Data { some, last, none_yet };
  Data prepare_data(Stream& stream, std::size_t most, std::size_t& size);
  Data prepare_event(Stream& stream);
  void resume(Stream& stream);
  std::uint64_t rest_of(const Stream& stream) const;
  bool send_data(Stream& stream, const std::uint8_t* frame_head, std::size_t size);

  void take_head(Stream& stream, const Head& head);
  bool claim_turn(Stream& stream);  // gives whether its body may grow
  void favour_another();
  void reset(std::int32_t id, std::uint32_t code);
  void give_up(std::uint32_t code);
  Stream* find(std::int32_t id);
  std::uint32_t due_in(std::chrono::seconds time) const;

  Loop& loop_;
  NetworkAddress peer_;
  const Owner owner_;
  nghttp2_session* session_ = nullptr;
  std::string* out_ = nullptr;  // during write_to()

  Http2Head head_;
  std::int32_t head_stream_ = 0;
  std::uint32_t head_due_ = never;  // while a head is arriving; in ticks, as all of these
  bool has_begun_ = false;          // a frame has come
  std::uint32_t idle_due_;          // counts while no stream is open
  std::unordered_map<std::int32_t, Stream> streams_;
  std::size_t favoured_ = 0;  // streams whose bodies may grow
  std::size_t working_ = 0;   // requests that are with the workers
  Allowance resets_;
  Allowance chatter_;
  bool has_given_up_ = false;
};

}  // namespace http
