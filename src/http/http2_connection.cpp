#include "http/http2_connection.h"

#include <array>
#include <utility>

#include "base/log.h"
#include "http/loop.h"

namespace http {

namespace {

constexpr int turns = 8;  // before the other connections have theirs
constexpr std::size_t most_waiting_frames = 256;
constexpr std::chrono::seconds linger_time{2};
constexpr std::size_t linger_bytes = 4 * 1024 * 1024;

// Holds the loop, so that an answer may come after the server has stopped.
class StreamWay final : public Reply::Way {
 public:
  StreamWay(std::shared_ptr<Loop> loop, std::weak_ptr<Http2Connection> connection, std::int32_t stream, Wanted wanted,
            std::shared_ptr<Timing> timing)
      : loop_(std::move(loop)),
        connection_(std::move(connection)),
        stream_(stream),
        wanted_(std::move(wanted)),
        timing_(std::move(timing)) {}
  void send(Response&& response) override { post(Answer::make(std::move(response), wanted_)); }
  void send(std::shared_ptr<const Prepared> prepared) override { post(Answer::make(std::move(prepared), wanted_)); }

 private:
  void post(Answer answer) {
    timing_->answer();
    loop_->post_answer(connection_, stream_, std::move(answer));
  }

  const std::shared_ptr<Loop> loop_;
  const std::weak_ptr<Http2Connection> connection_;
  const std::int32_t stream_;
  const Wanted wanted_;
  const std::shared_ptr<Timing> timing_;
};

}  // namespace

Http2Connection::Http2Connection(Loop& loop, Transport transport, const NetworkAddress& peer)
    : loop_(loop),
      transport_(std::move(transport)),
      peer_(peer),
      session_(loop, peer,
               {.make_way = [this](std::int32_t stream, Wanted wanted,
                                   std::shared_ptr<Timing> timing) { return make_way(stream, std::move(wanted), std::move(timing)); },
                .wake = [this](std::int32_t stream) { proceed([&] { session_.tell(stream); }); }}) {}

std::unique_ptr<Reply::Way> Http2Connection::make_way(std::int32_t stream, Wanted wanted, std::shared_ptr<Timing> timing) {
  return std::make_unique<StreamWay>(loop_.shared_from_this(), weak_from_this(), stream, std::move(wanted), std::move(timing));
}

void Http2Connection::start(Place place) {
  place_ = place;
  proceed([this] { receive(); });
}

void Http2Connection::answer(std::int32_t stream, Answer answer) {
  proceed([&] { session_.answer(stream, std::move(answer)); });
}

// Every event of the connection comes through here, and only settle() removes it: nothing may touch it after that.
template <class Step>
void Http2Connection::proceed(Step step) {
  try {
    step();
    flush();
  } catch (const std::exception& cause) {
    base::log::error(std::string("an HTTP/2 connection failed: ") + cause.what());
    state_ = State::closed;
  }
  settle();
}

void Http2Connection::receive() {
  std::array<char, 16 * 1024> bytes;
  for (int turn = 0; turn < turns && state_ != State::closed && wants_more_; ++turn) {
    ErrorCode error;
    const bool is_lingering = state_ == State::lingering;
    const std::size_t size =
        is_lingering ? transport_.discard(bytes.data(), bytes.size(), error) : transport_.read(bytes.data(), bytes.size(), error);
    if (error == net::error::would_block) return;
    if (is_lingering) lingered_ += size;
    if (error || lingered_ > linger_bytes)
      state_ = State::closed;
    else if (!is_lingering)
      wants_more_ = session_.receive({bytes.data(), size});
  }
}

void Http2Connection::flush() {
  if (state_ != State::open) return;
  if (out_.empty()) out_.swap(loop_.spare_output());
  for (int turn = 0; turn < turns; ++turn) {
    if (sent_ == out_.size()) {
      out_.clear();
      sent_ = 0;
      if (!session_.write_to(out_)) state_ = State::closed;
      is_blocked_ = false;
      if (state_ == State::closed || (out_.empty() && !transport_.has_unsent())) return give_back_output();
    }
    ErrorCode error;
    const std::size_t size = transport_.write(std::array<net::const_buffer, 1>{net::buffer(out_) + sent_}, error);
    if (error && error != net::error::would_block) state_ = State::closed;
    if (!std::exchange(is_blocked_, true) || !error) due_ = due_in(loop_.settings().write_deadline);
    if (error) return;
    sent_ += size;
  }
}

void Http2Connection::give_back_output() {
  out_.clear();
  out_.swap(loop_.spare_output());
}

void Http2Connection::settle() {
  if (state_ == State::open && !is_blocked_ && session_.is_over()) linger();
  if (state_ == State::closed) {
    if (!is_reading_ && !is_writing_) return loop_.remove(place_);
    ErrorCode ignored;
    transport_.socket().cancel(ignored);
    return;
  }
  if (!is_reading_ && may_read()) await_readable();
  if (!is_writing_ && is_blocked_ && state_ == State::open) await_writable();
}

// While a client takes nothing, it may still say that it does now, but not make more and more answers wait.
bool Http2Connection::may_read() const {
  if (state_ == State::lingering) return true;
  return wants_more_ && (!is_blocked_ || session_.waiting_frames() < most_waiting_frames);
}

// Closing with unread bytes makes the kernel send a reset, which can overtake what was sent last. So: say that we are done, and
// read on for a while until the client has seen it.
void Http2Connection::linger() {
  ErrorCode error;
  transport_.finish(error);
  state_ = error ? State::closed : State::lingering;
  wants_more_ = true;
  due_ = due_in(linger_time);
}

// What TLS has taken from the socket already would never make the socket readable again.
void Http2Connection::await_readable() {
  is_reading_ = true;
  if (state_ == State::open && transport_.has_received()) {
    net::post(transport_.socket().get_executor(), [this] {
      is_reading_ = false;
      proceed([this] { receive(); });
    });
    return;
  }
  transport_.socket().async_wait(Socket::wait_read, [this](const ErrorCode& error) {
    is_reading_ = false;
    proceed([&] {
      if (error)
        state_ = State::closed;
      else
        receive();
    });
  });
}

void Http2Connection::await_writable() {
  is_writing_ = true;
  transport_.socket().async_wait(Socket::wait_write, [this](const ErrorCode& error) {
    is_writing_ = false;
    proceed([&] {
      if (error) state_ = State::closed;
    });
  });
}

void Http2Connection::on_tick() {
  proceed([this] {
    if (state_ == State::open) session_.on_tick();
    if ((is_blocked_ || state_ == State::lingering) && loop_.tick() >= due_) state_ = State::closed;
  });
}

// RFC 9113, 6.8: a first GOAWAY that names no stream yet, so that requests on their way are still served; after a moment the one
// that counts.
void Http2Connection::leave_if_idle(bool even_if_recent) {
  const bool has_lingered = state_ == State::lingering && loop_.tick() + 2 >= due_;
  const bool must_tell = state_ == State::open && (!has_announced_ || (even_if_recent && !has_said_end_));
  if (!has_lingered && !must_tell) return;
  proceed([&] {
    if (has_lingered) state_ = State::closed;
    if (!must_tell) return;
    if (!std::exchange(has_announced_, true)) session_.announce_end();
    if (even_if_recent && !std::exchange(has_said_end_, true)) session_.end();
  });
}

std::uint32_t Http2Connection::due_in(std::chrono::seconds time) const {
  return loop_.tick() + static_cast<std::uint32_t>(time.count()) + 1;
}

}  // namespace http
