#include "http/connection.h"

#include <sys/sendfile.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/log.h"
#include "http/conditions.h"
#include "http/loop.h"
#include "http/status.h"

namespace http {

namespace {

constexpr std::uint32_t parking_ticks = 4;
constexpr std::chrono::seconds linger_time{2};
constexpr std::size_t encrypted_piece = 64 * 1024;
constexpr std::uint64_t turn_bytes = 512 * 1024;  // of a file, before the other connections have their turn
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

// Of "HTTP/1.1 200 OK".
int status_in(std::string_view head) {
  int status = 0;
  for (const char digit : head.substr(0, 12).substr(9)) status = status * 10 + (digit - '0');
  return status;
}

std::string_view path_of(std::string_view target) { return target.substr(0, target.find('?')); }

}  // namespace

Connection::Connection(Loop& loop, Transport transport, const NetworkAddress& peer)
    : loop_(loop),
      transport_(std::move(transport)),
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
    case State::writing: return write_rest();
    case State::working:
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
    if (progress.stage == RequestParser::Stage::refused) return refuse(progress.status);
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
  kind_ = AnswerKind::refused;  // until somebody has it in hand
  timing_.reset();
  request_ = std::make_unique<Request>(to_request(head));
  loop_.proxies().name_client(*request_, peer_);
  if (transport_.is_secure()) request_->secure = true;
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
  kind_ = AnswerKind::worker;
  handed_over_ = std::chrono::steady_clock::now();
  due_ = never;
  Wanted wanted = Wanted::of(*request_);
  timing_ = std::make_shared<Timing>(request_->method, request_->path, loop_.settings().log);
  WorkerPool::Job job{std::move(*request_),
                      Reply(std::make_unique<ConnectionWay>(loop_.shared_from_this(), *this, std::move(wanted), timing_)),
                      timing_};
  request_.reset();
  if (!loop_.pool().try_add(job)) {
    kind_ = AnswerKind::refused;
    loop_.counts().refused_by_queue.add();
    Response busy = plain_answer(503);
    busy.add("Retry-After", "1");
    job.reply(std::move(busy));
  }
  return Next::wait;
}

// Whoever sends what cannot be read gets one answer and no second chance: where the next request begins is anybody's guess.
Connection::Next Connection::refuse(int status) {
  const bool is_head_request =
      request_ ? request_->method == Method::head : end_ - begin_ >= 5 && std::memcmp(buffer_.get() + begin_, "HEAD ", 5) == 0;
  request_.reset();
  timing_.reset();
  kind_ = AnswerKind::refused;
  keep_alive_ = false;
  must_linger_ = true;
  begin_ = end_ = 0;
  Response response = plain_answer(status);
  if (status == 503 || status == 429) response.add("Retry-After", "1");
  return send(Answer::make(std::move(response), {.is_head = is_head_request, .accept_encoding = {}, .if_none_match = {}}));
}

Connection::Next Connection::send_prepared(const Prepared& prepared, const Head& head) {
  const Representation& chosen = choose(prepared, head.accept_encoding);
  const bool is_known = !head.if_none_match.empty() && names_tag(head.if_none_match, chosen.etag, Comparison::weak);
  const std::string_view bytes = is_known ? chosen.not_modified_head : chosen.head;
  const std::string_view body = is_known || head.method == Method::head ? std::string_view() : chosen.body;
  loop_.counts().count(AnswerKind::prepared, bytes);
  settle_future();
  const std::string_view end = ending();

  const std::array<net::const_buffer, 3> parts{net::buffer(bytes), net::buffer(end), net::buffer(body)};
  ErrorCode error;
  const std::size_t written = transport_.write(parts, error);
  if (error && error != net::error::would_block) return Next::close;
  if (written == bytes.size() + end.size() + body.size() && !transport_.has_unsent()) {
    if (loop_.settings().log.access) log_access(loop_.settings().log, head.method, path_of(head.target), status_in(bytes), body.size());
    return finish_sending();
  }
  time_slow_reader(head, bytes, body.size());
  // The bytes are the source's, good only until its next call.
  keep_rest(error ? 0 : written, bytes, end);
  const std::size_t before_body = bytes.size() + end.size();
  rest_.append(body.substr(written > before_body ? written - before_body : 0));
  return begin_waiting_to_write();
}

Connection::Next Connection::send(Answer answer) {
  count(answer);
  settle_future();
  answer_ = std::move(answer);
  const std::string_view bytes = answer_->head(), end = ending(), body = answer_->body();
  const bool has_file = answer_->file() && answer_->file()->size() > 0;

  const std::array<net::const_buffer, 3> parts{net::buffer(bytes), net::buffer(end), net::buffer(body)};
  ErrorCode error;
  const std::size_t written = transport_.write(parts, error, has_file ? MSG_MORE : 0);
  if (error && error != net::error::would_block) return Next::close;
  const std::size_t before_body = bytes.size() + end.size();
  keep_rest(written, bytes, end);
  body_rest_ = body.substr(written > before_body ? written - before_body : 0);
  state_ = State::writing;
  due_ = due_in(loop_.settings().write_deadline);
  return Next::again;
}

void Connection::count(const Answer& answer) {
  if (kind_ == AnswerKind::worker) {
    loop_.worker_seconds().observe(std::chrono::duration<double>(std::chrono::steady_clock::now() - handed_over_).count());
    if (answer.file()) kind_ = AnswerKind::file;
  }
  loop_.counts().count(kind_, answer.head());
  status_ = status_in(answer.head());
  bytes_ = answer.file() ? answer.file()->size() : answer.body().size();
  if (!timing_) log_access(loop_.settings().log, Method::other, {}, status_, bytes_);
}

void Connection::time_slow_reader(const Head& head, std::string_view bytes, std::size_t body_size) {
  timing_ = std::make_shared<Timing>(head.method, path_of(head.target), loop_.settings().log);
  status_ = status_in(bytes);
  bytes_ = body_size;
}

void Connection::keep_rest(std::size_t written, std::string_view head, std::string_view end) {
  rest_sent_ = 0;
  rest_.clear();
  if (written < head.size()) rest_.append(head.substr(written));
  const std::size_t end_written = written > head.size() ? written - head.size() : 0;
  if (end_written < end.size()) rest_.append(end.substr(end_written));
}

Connection::Next Connection::begin_waiting_to_write() {
  state_ = State::writing;
  due_ = due_in(loop_.settings().write_deadline);
  return await_writable();
}

Connection::Next Connection::write_rest() {
  while (rest_sent_ < rest_.size() || !body_rest_.empty() || transport_.has_unsent()) {
    const std::string_view rest = std::string_view(rest_).substr(rest_sent_);
    const std::array<net::const_buffer, 2> parts{net::buffer(rest), net::buffer(body_rest_)};
    ErrorCode error;
    const std::size_t written = transport_.write(parts, error);
    if (error == net::error::would_block) return await_writable();
    if (error) return Next::close;
    due_ = due_in(loop_.settings().write_deadline);
    const std::size_t of_rest = std::min(written, rest.size());
    rest_sent_ += of_rest;
    body_rest_.remove_prefix(written - of_rest);
  }
  return answer_ && answer_->file() ? write_file() : finish_sending();
}

Connection::Next Connection::write_file() {
  const FileBody& file = *answer_->file();
  if (transport_.is_secure() && file_sent_ < file.size()) return read_file_to_encrypt();
  for (std::uint64_t turn = 0; file_sent_ < file.size(); ++turn) {
    if (turn == 8) return await_writable();  // the other connections' turn
    const std::size_t most = static_cast<std::size_t>(std::min<std::uint64_t>(file.size() - file_sent_, 512 * 1024));
    auto offset = static_cast<off_t>(file.offset() + file_sent_);
    const ssize_t sent = ::sendfile(transport_.socket().native_handle(), file.descriptor(), &offset, most);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && errno == EAGAIN) return await_writable();
    if (sent <= 0) return Next::close;  // 0: somebody cut the file; only the end of the connection can say so
    file_sent_ += static_cast<std::uint64_t>(sent);
    due_ = due_in(loop_.settings().write_deadline);
  }
  return finish_sending();
}

// The kernel cannot encrypt what it sends from a file, so the file comes through memory, a piece at a time.
Connection::Next Connection::read_file_to_encrypt() {
  const FileBody& file = *answer_->file();
  const std::size_t most = static_cast<std::size_t>(std::min<std::uint64_t>(file.size() - file_sent_, encrypted_piece));
  rest_.resize(most);
  rest_sent_ = 0;
  const ssize_t count = ::pread(file.descriptor(), rest_.data(), most, static_cast<off_t>(file.offset() + file_sent_));
  if (count <= 0) return Next::close;  // somebody cut the file; only the end of the connection can say so
  rest_.resize(static_cast<std::size_t>(count));
  const bool is_others_turn = file_sent_ / turn_bytes != (file_sent_ + rest_.size()) / turn_bytes;
  file_sent_ += rest_.size();
  return is_others_turn ? await_writable() : Next::again;
}

Connection::Next Connection::finish_sending() {
  if (state_ != State::head) {  // the fast path left nothing behind
    if (timing_) timing_->finish(status_, bytes_);
    timing_.reset();
    answer_.reset();
    rest_.clear();
    body_rest_ = {};
    file_sent_ = 0;
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
  transport_.socket().async_read_some(net::buffer(buffer_.get() + end_, loop_.buffer_size() - end_),
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
