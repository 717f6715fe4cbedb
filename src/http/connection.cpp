#include "http/connection.h"

#include <sys/socket.h>

#include <array>
#include <cstring>
#include <string>

#include "base/log.h"
#include "http/conditions.h"
#include "http/draining_read.h"
#include "http/loop.h"
#include "http/status.h"

namespace http {

namespace {

constexpr std::uint32_t parking_ticks = 4;
constexpr std::size_t linger_bytes = 4 * 1024 * 1024;

// Holds the loop, so that an answer may come after the server has stopped.
class ConnectionWay final : public Reply::Way {
 public:
  ConnectionWay(std::shared_ptr<Loop> loop, Connection& connection, Wanted wanted, std::shared_ptr<Timing> timing)
      : loop_(std::move(loop)), connection_(connection), wanted_(std::move(wanted)), timing_(std::move(timing)) {}
  void send(Response&& response) override { post(Answer::make(std::move(response), wanted_)); }
  void send(std::shared_ptr<const Prepared> prepared) override { post(Answer::make(std::move(prepared), wanted_)); }

 private:
  void post(Answer answer) {
    timing_->answer();
    loop_->post_answer(connection_, std::move(answer));
  }

  const std::shared_ptr<Loop> loop_;
  Connection& connection_;
  const Wanted wanted_;
  const std::shared_ptr<Timing> timing_;
};

}  // namespace

Connection::Connection(Loop& loop, Transport transport, const NetworkAddress& peer)
    : loop_(loop),
      transport_(std::move(transport)),
      writer_(transport_),
      peer_(peer),
      due_(due_in(loop.settings().idle_deadline)),
      active_(loop.tick()) {}

void Connection::start(std::list<Connection>::iterator place) {
  place_ = place;
  proceed([this] { return await_bytes(); });
}

void Connection::start_refusing(std::list<Connection>::iterator place, int status) {
  place_ = place;
  proceed([this, status] { return refuse(status); });
}

void Connection::answer(Answer answer) {
  proceed([&] { return send(std::move(answer)); });
}

// Every event of the connection comes through here, and only here is it removed: no step below may touch it after that.
template <class First>
void Connection::proceed(First first) {
  Next next = Next::close;
  try {
    next = first();
    while (next == Next::again) next = advance();
  } catch (const std::exception& cause) {
    base::log::error(std::string("a connection failed: ") + cause.what());
    next = Next::close;
  }
  if (next == Next::close) loop_.remove(place_);
}

Connection::Next Connection::advance() {
  switch (state_) {
    case State::idle:
    case State::head: return read_head();
    case State::body: return read_body();
    case State::writing: return go_on_writing();
    case State::working:
    case State::listening:
    case State::lingering: break;
  }
  return Next::wait;
}

// Empty lines before a request are left over from sloppy clients (RFC 9112, 2.2). They begin no request, so they move no
// deadline.
bool Connection::skip_blank_lines() {
  while (end_ - begin_ >= 2 && buffer_[begin_] == '\r' && buffer_[begin_ + 1] == '\n') begin_ += 2;
  return begin_ < end_ && !(end_ - begin_ == 1 && buffer_[begin_] == '\r');
}

Connection::Next Connection::read_head() {
  if (state_ == State::idle) {
    if (!skip_blank_lines()) return await_bytes();
    state_ = State::head;
    started_ = loop_.tick();
    due_ = due_in(loop_.settings().head_deadline);
    seen_ = 0;
  }
  char* bytes = buffer_.get() + begin_;
  const std::size_t size = end_ - begin_;
  const bool has_news = seen_ == 0 || size >= loop_.settings().max_head_bytes || std::memchr(bytes + seen_, '\n', size - seen_);
  if (has_news) {
    const RequestParser::Progress progress = loop_.parser().parse_head(bytes, size);
    if (progress.stage == RequestParser::Stage::refused) {
      if (progress.status == 413) take_request(loop_.parser().head());  // its head was read, so there is somebody to answer to
      return refuse(progress.status);
    }
    if (progress.stage == RequestParser::Stage::complete) {
      begin_ += progress.consumed;
      return dispatch(loop_.parser().head());
    }
  }
  seen_ = size;
  return await_bytes();
}

Connection::Next Connection::dispatch(const Head& head) {
  keep_alive_ = head.keep_alive;
  is_http11_ = head.is_http11;
  const bool is_read = head.method == Method::get || head.method == Method::head;
  // What is seldom asked (a body, another host, If-Match) takes the long way.
  if (is_read && !head.has_body && head.authority.empty() && head.if_match.empty() && loop_.source() &&
      !must_redirect()) {
    if (const Prepared* prepared = loop_.source()->find(head.target)) return send_prepared(*prepared, head);
  }
  return begin_request(head);
}

Connection::Next Connection::begin_request(const Head& head) {
  take_request(head);
  if (must_redirect() && !request_->secure) return redirect(head);
  if (!head.has_body) return hand_over();
  state_ = State::body;
  due_ = started_ + static_cast<std::uint32_t>(loop_.settings().body_deadline.count()) + 1;
  if (head.expects_continue && begin_ == end_) {
    constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    ErrorCode ignored;  // a client that does not get it sends its body after a while all the same
    transport_.write(std::array<net::const_buffer, 1>{net::buffer(go_on)}, ignored);
  }
  body_parser_ = loop_.take_parser();
  return Next::again;
}

void Connection::take_request(const Head& head) {
  account_.begin(protocol());
  request_ = std::make_unique<Request>(to_request(head));
  loop_.proxies().name_client(*request_, peer_);
  if (transport_.is_secure()) request_->secure = true;
}

bool Connection::must_redirect() const { return loop_.redirects() && !transport_.is_secure(); }

// The same address by TLS. A body is not waited for: it would have to be sent again anyway.
Connection::Next Connection::redirect(const Head& head) {
  const std::string origin = loop_.secure_origin(*request_);
  if (origin.empty()) return refuse(400);
  if (head.has_body) {
    keep_alive_ = false;
    must_linger_ = true;
    begin_ = end_ = 0;
  }
  const bool is_read = head.method == Method::get || head.method == Method::head;
  Response response = plain_answer(is_read ? 301 : 308);
  response.add("Location", origin + (head.target == "*" ? std::string("/") : request_->target));
  Wanted wanted = Wanted::of(*request_);
  request_.reset();
  return send(Answer::make(std::move(response), wanted));
}

Connection::Next Connection::read_body() {
  const auto progress = body_parser_->parse_body(buffer_.get() + begin_, end_ - begin_, request_->body);
  if (progress.stage == RequestParser::Stage::refused) return refuse(progress.status);
  begin_ += progress.consumed;
  if (progress.stage == RequestParser::Stage::complete) {
    body_parser_.reset();
    return hand_over();
  }
  if (begin_ == 0 && end_ == loop_.buffer_size()) return refuse(400);  // the line of a chunk that fills the whole buffer
  return await_bytes();
}

Connection::Next Connection::hand_over() {
  state_ = State::working;
  due_ = never;
  Wanted wanted = Wanted::of(*request_);
  const std::shared_ptr<Timing> timing = account_.hand_over(loop_, *request_);
  WorkerPool::Job job{std::move(*request_),
                      Reply(std::make_unique<ConnectionWay>(loop_.shared_from_this(), *this, std::move(wanted), timing)), timing};
  request_.reset();
  if (!loop_.pool().try_add(job)) {
    account_.take_back(loop_);
    job.reply(loop_.refuse(&job.request, 503));
  }
  return Next::wait;
}

// Whoever sends what cannot be read gets one answer and no second chance: where the next request begins is anybody's guess.
Connection::Next Connection::refuse(int status) {
  const bool is_head_request =
      request_ ? request_->method == Method::head : end_ - begin_ >= 5 && std::memcmp(buffer_.get() + begin_, "HEAD ", 5) == 0;
  Response response = loop_.refuse(request_.get(), status);
  request_.reset();
  account_.begin(protocol());
  keep_alive_ = false;
  must_linger_ = true;
  begin_ = end_ = 0;
  return send(Answer::make(std::move(response), {.is_head = is_head_request, .accept_encoding = {}, .if_none_match = {}}));
}

Connection::Next Connection::send_prepared(const Prepared& prepared, const Head& head) {
  const Representation& chosen = choose(prepared, head.accept_encoding);
  const bool is_known = !head.if_none_match.empty() && names_tag(head.if_none_match, chosen.etag, Comparison::weak);
  const std::string_view bytes = is_known ? chosen.not_modified_head : chosen.head;
  const bool has_no_body = is_known || head.method == Method::head;
  if (!has_no_body && is_packed(prepared, chosen)) return begin_request(head);  // unpacking takes time, so a worker does it
  const std::string_view body = has_no_body ? std::string_view() : chosen.body;
  const int status = is_known ? 304 : prepared.status;
  loop_.counts().count(AnswerKind::prepared, status);
  settle_future();
  const AnswerWriter::Outcome outcome = writer_.send_borrowed(bytes, ending(), body);
  if (outcome == AnswerWriter::Outcome::all) {
    const LogSettings& log = loop_.settings().log;
    if (log.access) log_access(log, protocol(), head.method, path_of(head.target), status, body.size());
    return finish_sending();
  }
  account_.begin(protocol());
  account_.find_ready(loop_, head.method, head.target);
  account_.expect(status, body.size());
  state_ = State::writing;
  due_ = due_in(loop_.settings().write_deadline);
  return after_writing(outcome);
}

Connection::Next Connection::send(Answer answer) {
  account_.answer(loop_, answer);
  if (answer.is_endless()) return begin_listening(std::move(answer));
  settle_future();
  state_ = State::writing;
  due_ = due_in(loop_.settings().write_deadline);
  return after_writing(writer_.send(std::move(answer), ending()));
}

Connection::Next Connection::go_on_writing() {
  const AnswerWriter::Outcome outcome = writer_.go_on();
  if (writer_.has_moved()) due_ = due_in(loop_.settings().write_deadline);
  return after_writing(outcome);
}

Connection::Next Connection::after_writing(AnswerWriter::Outcome outcome) {
  switch (outcome) {
    case AnswerWriter::Outcome::all: return finish_sending();
    case AnswerWriter::Outcome::blocked:
    case AnswerWriter::Outcome::yielded: return await_writable();
    case AnswerWriter::Outcome::broken: break;
  }
  return Next::close;
}

Connection::Next Connection::finish_sending() {
  if (state_ == State::writing) {  // the fast path left nothing behind
    account_.finish();
    writer_.clear();
  }
  if (!keep_alive_) return must_linger_ || begin_ != end_ || transport_.is_secure() ? linger() : Next::close;
  state_ = State::idle;
  active_ = loop_.tick();
  due_ = due_in(loop_.settings().idle_deadline);
  return Next::again;
}

// Closing with unread bytes makes the kernel send a reset, which can overtake the answer. So: say that we are done, and read on
// for a while until the client has seen it (RFC 9112, 9.6).
Connection::Next Connection::linger() {
  ErrorCode error;
  transport_.finish(error);
  if (error) return Next::close;
  state_ = State::lingering;
  due_ = due_in(linger_time);
  begin_ = end_ = 0;
  if (!buffer_) buffer_ = loop_.take_buffer();
  return await_bytes();
}

// In the last answer before the server goes, the client is told to come back elsewhere; requests already here are answered first.
void Connection::settle_future() {
  if (!keep_alive_ || !loop_.is_draining() || begin_ != end_) return;
  keep_alive_ = false;
  must_linger_ = true;
}

Protocol Connection::protocol() const { return is_http11_ ? Protocol::http11 : Protocol::http10; }

std::string_view Connection::ending() const {
  if (!keep_alive_) return loop_.ending(Loop::Future::ends);
  return loop_.ending(is_http11_ ? Loop::Future::silent : Loop::Future::stays);
}

// One more tick than asked: the present one has begun already, and nobody is cut off early.
std::uint32_t Connection::due_in(std::chrono::seconds time) const {
  return loop_.tick() + static_cast<std::uint32_t>(time.count()) + 1;
}

Connection::Next Connection::await_bytes() {
  if (!buffer_ && !transport_.has_received()) return await_readable();
  if (!buffer_) buffer_ = loop_.take_buffer();  // the first request came with the end of the handshake
  compact();
  if (transport_.is_secure()) return await_decrypted_bytes();
  transport_.socket().async_read_some(DrainingBuffer(buffer_.get() + end_, loop_.buffer_size() - end_),
                                      [this](const ErrorCode& error, std::size_t size) { on_bytes(error, size); });
  return Next::wait;
}

// What TLS has taken from the socket already would never make the socket readable again.
Connection::Next Connection::await_decrypted_bytes() {
  if (state_ == State::lingering || !transport_.has_received()) return await_readable();
  ErrorCode error;
  const std::size_t size = transport_.read(buffer_.get() + end_, loop_.buffer_size() - end_, error);
  if (error == net::error::would_block) return await_readable();
  return error ? Next::close : take_bytes(size);
}

Connection::Next Connection::await_readable() {
  transport_.socket().async_wait(Socket::wait_read, [this](const ErrorCode& error) { on_readable(error); });
  return Next::wait;
}

Connection::Next Connection::await_writable() {
  transport_.socket().async_wait(Socket::wait_write, [this](const ErrorCode& error) {
    proceed([&] {
      if (error == net::error::operation_aborted) return on_interruption();
      return error ? Next::close : Next::again;
    });
  });
  return Next::wait;
}

void Connection::on_readable(const ErrorCode& error) {
  proceed([&] {
    if (error == net::error::operation_aborted) return on_interruption();
    if (error) return Next::close;
    if (state_ == State::listening) return hear_while_telling();
    if (!buffer_) buffer_ = loop_.take_buffer();
    ErrorCode failure;
    char* const room = buffer_.get() + end_;
    const std::size_t most = loop_.buffer_size() - end_;
    const std::size_t size =
        state_ == State::lingering ? transport_.discard(room, most, failure) : transport_.read(room, most, failure);
    if (failure == net::error::would_block) return await_readable();
    if (failure) return Next::close;
    return take_bytes(size);
  });
}

void Connection::on_bytes(const ErrorCode& error, std::size_t size) {
  proceed([&] {
    if (error == net::error::operation_aborted) return on_interruption();
    return error ? Next::close : take_bytes(size);
  });
}

Connection::Next Connection::take_bytes(std::size_t size) {
  interruption_ = Interruption::none;  // the bytes came first
  if (state_ == State::lingering) {
    lingered_ += size;
    return lingered_ > linger_bytes ? Next::close : await_bytes();
  }
  end_ += size;
  return Next::again;
}

Connection::Next Connection::on_interruption() {
  switch (std::exchange(interruption_, Interruption::none)) {
    case Interruption::overdue: return state_ == State::head || state_ == State::body ? refuse(408) : Next::close;
    case Interruption::parking: loop_.give_back(std::move(buffer_)); return await_readable();
    case Interruption::leaving:
    case Interruption::none: break;
  }
  return Next::close;
}

void Connection::on_tick() {
  if (state_ == State::working) return;
  if (state_ == State::listening && loop_.tick() < due_) return tell_or_leave();
  if (loop_.tick() >= due_) {
    interrupt(Interruption::overdue);
  } else if (state_ == State::idle && buffer_ && begin_ == end_ && loop_.tick() - active_ >= parking_ticks) {
    interrupt(Interruption::parking);
  }
}

void Connection::leave_if_idle(bool even_if_recent) {
  const bool is_resting = state_ == State::idle && begin_ == end_ && (even_if_recent || loop_.tick() - active_ >= 2);
  const bool has_lingered = state_ == State::lingering && due_ <= due_in(linger_time) - 1;
  if (!is_resting && !has_lingered) return;
  char byte;
  // If something has come, the read that is outstanding brings it in a moment.
  if (::recv(transport_.socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0) interrupt(Interruption::leaving);
}

void Connection::interrupt(Interruption interruption) {
  interruption_ = interruption;
  ErrorCode ignored;
  transport_.socket().cancel(ignored);
}

void Connection::compact() {
  if (begin_ == 0) return;
  std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
}

}  // namespace http
