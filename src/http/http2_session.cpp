#include "http/http2_session.h"

#include <nghttp2/nghttp2.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <new>
#include <vector>

#include "http/http2_callbacks.h"
#include "http/loop.h"
#include "http/status.h"
#include "http/syntax.h"

namespace http {

namespace {

constexpr std::uint32_t most_streams = 100;
constexpr std::size_t most_favoured = 4;
constexpr std::int32_t connection_window = 1024 * 1024;
// A head beyond the limit is read to its end and refused; one beyond this many times the limit ends the connection.
constexpr std::size_t worst_head = 4;

// Streams that a client takes back, or that it makes the server take back.
constexpr std::int64_t most_resets = 200, resets_per_second = 20;
// Frames that carry nothing. A frame of an answer makes good for the two window updates that it causes.
constexpr std::int64_t most_chatter = 4000, chatter_per_second = 400, chatter_of_an_answer = 3;
constexpr std::int64_t light = 1, heavy = 10;

nghttp2_nv field(std::string_view name, std::string_view value, std::uint8_t flags = NGHTTP2_NV_FLAG_NONE) {
  return {reinterpret_cast<std::uint8_t*>(const_cast<char*>(name.data())),
          reinterpret_cast<std::uint8_t*>(const_cast<char*>(value.data())), name.size(), value.size(), flags};
}

// The head of an answer as HTTP/1.1 would send it, as fields. Views into `head` and `date`; nghttp2 copies, in small letters.
std::vector<nghttp2_nv> to_fields(std::string_view head, std::string_view date) {
  std::vector<nghttp2_nv> fields;
  fields.reserve(16);
  std::string_view status = cut_until(head, '\r');
  cut_until(status, ' ');
  fields.push_back(field(":status", status.substr(0, 3)));
  cut_until(head, '\n');
  while (!head.empty()) {
    std::string_view value = cut_until(head, '\r');
    cut_until(head, '\n');
    const std::string_view name = cut_until(value, ':');
    const bool is_secret = equals_ignoring_case(name, "set-cookie");
    fields.push_back(field(name, trim(value), is_secret ? NGHTTP2_NV_FLAG_NO_INDEX : NGHTTP2_NV_FLAG_NONE));
  }
  fields.push_back(field("date", date));
  return fields;
}

}  // namespace

Http2Session::Http2Session(Loop& loop, const NetworkAddress& peer, Owner owner)
    : loop_(loop),
      peer_(peer),
      owner_(std::move(owner)),
      session_(Http2Callbacks::open(*this)),
      head_(loop.settings().max_head_bytes),
      idle_due_(due_in(loop.settings().head_deadline)),
      resets_(most_resets, resets_per_second),
      chatter_(most_chatter, chatter_per_second) {
  const std::array<nghttp2_settings_entry, 3> settings{{
      {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, most_streams},
      {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, static_cast<std::uint32_t>(loop.settings().max_head_bytes)},
      {NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES, 1},
  }};
  nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, settings.data(), settings.size());
  nghttp2_session_set_local_window_size(session_, NGHTTP2_FLAG_NONE, 0, connection_window);
}

Http2Session::~Http2Session() { nghttp2_session_del(session_); }

bool Http2Session::receive(std::string_view bytes) {
  if (has_given_up_) return false;
  const ssize_t taken = nghttp2_session_mem_recv(session_, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  if (taken < 0) give_up(taken == NGHTTP2_ERR_FLOODED ? NGHTTP2_ENHANCE_YOUR_CALM : NGHTTP2_PROTOCOL_ERROR);
  return !has_given_up_;
}

bool Http2Session::write_to(std::string& out) {
  out_ = &out;
  const int result = nghttp2_session_send(session_);
  out_ = nullptr;
  return result == 0;
}

bool Http2Session::is_over() const {
  return nghttp2_session_want_read(session_) == 0 && nghttp2_session_want_write(session_) == 0;
}

std::size_t Http2Session::waiting_frames() const { return nghttp2_session_get_outbound_queue_size(session_); }

void Http2Session::begin_head(std::int32_t id, bool is_request) {
  head_.clear();
  head_stream_ = id;
  head_due_ = due_in(loop_.settings().head_deadline);
  if (is_request) streams_[id].id = id;
}

// Gives false once there is so much that the stream is not worth reading on.
bool Http2Session::take_field(std::string_view name, std::string_view value) {
  head_.add(name, value);
  if (head_.bytes() <= worst_head * loop_.settings().max_head_bytes) return true;
  give_up(NGHTTP2_ENHANCE_YOUR_CALM);
  return false;
}

// Invariant 1: each frame that is no part of a request or of its answer is paid for.
void Http2Session::count_frame(std::uint8_t type, std::uint8_t flags, std::size_t length) {
  if (type != NGHTTP2_CONTINUATION) head_due_ = never;  // whatever head there was has ended
  const bool is_acknowledgement = (type == NGHTTP2_SETTINGS || type == NGHTTP2_PING) && (flags & NGHTTP2_FLAG_ACK) != 0;
  std::int64_t price = light;
  if (type == NGHTTP2_HEADERS) price = 0;
  if (type == NGHTTP2_DATA) price = length > 0 || (flags & NGHTTP2_FLAG_END_STREAM) != 0 ? 0 : heavy;
  if (type == NGHTTP2_CONTINUATION) price = heavy;
  if ((type == NGHTTP2_SETTINGS || type == NGHTTP2_PING) && !is_acknowledgement) price = heavy;
  const bool is_patient = type == NGHTTP2_RST_STREAM ? resets_.take(1) : chatter_.take(price);
  if (!is_patient) give_up(NGHTTP2_ENHANCE_YOUR_CALM);
  if (!std::exchange(has_begun_, true)) idle_due_ = due_in(loop_.settings().idle_deadline);
}

void Http2Session::take_request(std::int32_t id, bool has_body) {
  head_due_ = never;
  Stream* const stream = find(id);
  if (!stream) return;
  const int status = head_.finish(has_body, loop_.settings().max_body_bytes);
  const Head& head = head_.head();
  stream->state = has_body ? Stream::State::body : Stream::State::working;
  stream->is_head_request = head.method == Method::head;
  stream->account.begin(Protocol::http2);
  if (status == 413) take_head(*stream, head);  // there is somebody to answer to
  if (status != 0) return refuse(*stream, status);

  const bool is_read = head.method == Method::get || head.method == Method::head;
  if (is_read && !has_body && loop_.source()) {
    auto prepared = loop_.source()->find_shared(head.target);
    // Unpacking takes time, so a worker does it.
    if (prepared && !is_packed(*prepared, choose(*prepared, head.accept_encoding))) {
      stream->account.find_ready(loop_, head.method, head.target);
      return respond(*stream, Answer::make(std::move(prepared), {.is_head = stream->is_head_request,
                                                                 .accept_encoding = std::string(head.accept_encoding),
                                                                 .if_none_match = std::string(head.if_none_match),
                                                                 .if_match = std::string(head.if_match)}));
    }
  }
  take_head(*stream, head);
  if (!has_body) return hand_over(*stream);
  stream->due = due_in(loop_.settings().body_deadline);
  if (head.expects_continue) {
    const nghttp2_nv go_on = field(":status", "100");
    nghttp2_submit_headers(session_, NGHTTP2_FLAG_NONE, id, nullptr, &go_on, 1, nullptr);
  }
}

void Http2Session::take_head(Stream& stream, const Head& head) {
  stream.request = std::make_unique<Request>(to_request(head));
  loop_.proxies().name_client(*stream.request, peer_);
  stream.request->secure = true;
}

// The connection's window is given back at once, the stream's only to those whose turn it is: whoever waits for its turn holds up
// nobody else.
void Http2Session::take_body(std::int32_t id, std::string_view bytes) {
  nghttp2_session_consume_connection(session_, bytes.size());
  Stream* const stream = find(id);
  if (!stream || stream->state != Stream::State::body) return;
  std::string& body = stream->request->body;
  if (body.size() + bytes.size() > loop_.settings().max_body_bytes) return refuse(*stream, 413);
  body.append(bytes);
  stream->withheld += bytes.size();
  if (!claim_turn(*stream)) return;
  nghttp2_session_consume_stream(session_, id, stream->withheld);
  stream->withheld = 0;
}

bool Http2Session::claim_turn(Stream& stream) {
  if (!stream.is_favoured && favoured_ < most_favoured) {
    stream.is_favoured = true;
    ++favoured_;
  }
  return stream.is_favoured;
}

void Http2Session::favour_another() {
  --favoured_;
  for (auto& [id, stream] : streams_) {
    if (stream.state != Stream::State::body || stream.is_favoured || stream.withheld == 0) continue;
    nghttp2_session_consume_stream(session_, id, stream.withheld);
    stream.withheld = 0;
    claim_turn(stream);
    return;
  }
}

void Http2Session::finish_body(std::int32_t id) {
  head_due_ = never;  // of a trailer
  Stream* const stream = find(id);
  if (stream && stream->state == Stream::State::body) hand_over(*stream);
}

// Invariant 2: a reset does not take a request back from the workers, so the next ones wait for their turn elsewhere.
void Http2Session::hand_over(Stream& stream) {
  stream.state = Stream::State::working;
  stream.due = never;
  if (std::exchange(stream.is_favoured, false)) favour_another();
  if (working_ >= most_streams) return reset(stream.id, NGHTTP2_REFUSED_STREAM);
  ++working_;
  Wanted wanted = Wanted::of(*stream.request);
  const std::shared_ptr<Timing> timing = stream.account.hand_over(loop_, *stream.request);
  WorkerPool::Job job{std::move(*stream.request), Reply(owner_.make_way(stream.id, std::move(wanted), timing)), timing};
  stream.request.reset();
  if (!loop_.pool().try_add(job)) {
    stream.account.take_back(loop_);
    job.reply(loop_.refuse(&job.request, 503));
  }
}

void Http2Session::answer(std::int32_t id, Answer answer) {
  --working_;
  Stream* const stream = find(id);
  if (stream && stream->state == Stream::State::working) respond(*stream, std::move(answer));
}

void Http2Session::refuse(Stream& stream, int status) {
  Response response = loop_.refuse(stream.request.get(), status);
  stream.request.reset();
  stream.account.begin(Protocol::http2);
  respond(stream,
          Answer::make(std::move(response), {.is_head = stream.is_head_request, .accept_encoding = {}, .if_none_match = {}}));
}

void Http2Session::respond(Stream& stream, Answer answer) {
  stream.must_reset = stream.state == Stream::State::body;
  stream.state = Stream::State::writing;
  stream.due = due_in(loop_.settings().write_deadline);
  if (std::exchange(stream.is_favoured, false)) favour_another();
  stream.account.answer(loop_, answer);
  stream.answer = std::move(answer);
  stream.body_rest = stream.answer->body();
  if (stream.answer->is_endless()) {
    EventStream events = *std::exchange(stream.answer->events(), std::nullopt);
    stream.subscription = std::make_unique<Subscription>(loop_, std::move(events), [this, id = stream.id] { owner_.wake(id); });
  }

  const std::vector<nghttp2_nv> fields = to_fields(stream.answer->head(), loop_.date());
  const bool has_body = stream.subscription || rest_of(stream) > 0;
  const nghttp2_data_provider provider = Http2Callbacks::provide(&stream);
  nghttp2_submit_response(session_, stream.id, fields.data(), fields.size(), has_body ? &provider : nullptr);
}

std::uint64_t Http2Session::rest_of(const Stream& stream) const {
  const auto& file = stream.answer->file();
  return file ? file->size() - stream.file_sent : stream.body_rest.size();
}

Http2Session::Data Http2Session::prepare_data(Stream& stream, std::size_t most, std::size_t& size) {
  const bool has_end = stream.subscription == nullptr;
  const Data kind = has_end || !stream.body_rest.empty() ? Data::some : prepare_event(stream);
  const std::uint64_t rest = rest_of(stream);
  size = static_cast<std::size_t>(std::min<std::uint64_t>(most, rest));
  return has_end && size == rest ? Data::last : kind;
}

// A client that has taken everything so far has all the time in the world.
Http2Session::Data Http2Session::prepare_event(Stream& stream) {
  stream.event = stream.subscription->take();
  if (stream.event) {
    stream.body_rest = *stream.event;
    return Data::some;
  }
  if (stream.subscription->is_over()) return Data::last;
  stream.due = never;
  return Data::none_yet;
}

void Http2Session::tell(std::int32_t id) {
  Stream* const stream = find(id);
  if (stream && stream->subscription) resume(*stream);
}

void Http2Session::resume(Stream& stream) {
  if (stream.due == never) stream.due = due_in(loop_.settings().write_deadline);
  nghttp2_session_resume_data(session_, stream.id);
}

// Gives false if the file no longer has what was promised.
bool Http2Session::send_data(Stream& stream, const std::uint8_t* frame_head, std::size_t size) {
  constexpr std::size_t frame_head_size = 9;
  const std::size_t before = out_->size();
  out_->append(reinterpret_cast<const char*>(frame_head), frame_head_size);
  if (const auto& file = stream.answer->file()) {
    out_->resize(before + frame_head_size + size);
    const auto offset = static_cast<off_t>(file->offset() + stream.file_sent);
    if (::pread(file->descriptor(), out_->data() + before + frame_head_size, size, offset) != static_cast<ssize_t>(size)) {
      out_->resize(before);
      return false;
    }
    stream.file_sent += size;
  } else {
    out_->append(stream.body_rest.substr(0, size));
    stream.body_rest.remove_prefix(size);
  }
  stream.due = due_in(loop_.settings().write_deadline);
  chatter_.give(chatter_of_an_answer);
  return true;
}

// The last byte is with the transport. RFC 9113, 8.1: whoever was answered early need not send the rest.
void Http2Session::on_end_sent(std::int32_t id) {
  Stream* const stream = find(id);
  if (!stream) return;
  stream->account.finish();
  if (stream->must_reset) reset(id, NGHTTP2_NO_ERROR);
}

// What the client did made the server take the stream back: that costs as much as when it does so itself.
void Http2Session::on_reset_sent(std::uint32_t code) {
  const bool is_our_wish = code == NGHTTP2_NO_ERROR || code == NGHTTP2_CANCEL;
  if (!is_our_wish && !resets_.take(1)) give_up(NGHTTP2_ENHANCE_YOUR_CALM);
}

void Http2Session::forget(std::int32_t id) {
  if (id == head_stream_) head_due_ = never;
  const auto found = streams_.find(id);
  if (found == streams_.end()) return;
  const bool was_favoured = found->second.is_favoured;
  streams_.erase(found);
  if (was_favoured) favour_another();
  if (streams_.empty()) idle_due_ = due_in(loop_.settings().idle_deadline);
}

void Http2Session::on_tick() {
  resets_.on_tick();
  chatter_.on_tick();
  const std::uint32_t now = loop_.tick();
  if (now >= head_due_) return give_up(NGHTTP2_ENHANCE_YOUR_CALM);
  if (streams_.empty() && now >= idle_due_) return give_up(NGHTTP2_NO_ERROR);
  for (auto& [id, stream] : streams_) {
    if (stream.subscription && stream.subscription->has_news()) resume(stream);
    if (now < stream.due) continue;
    if (stream.state == Stream::State::body)
      refuse(stream, 408);
    else
      reset(id, NGHTTP2_CANCEL);
  }
}

void Http2Session::announce_end() { nghttp2_submit_shutdown_notice(session_); }

void Http2Session::end() {
  nghttp2_submit_goaway(session_, NGHTTP2_FLAG_NONE, nghttp2_session_get_last_proc_stream_id(session_), NGHTTP2_NO_ERROR, nullptr,
                        0);
}

void Http2Session::reset(std::int32_t id, std::uint32_t code) {
  nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, id, code);
}

void Http2Session::give_up(std::uint32_t code) {
  if (std::exchange(has_given_up_, true)) return;
  nghttp2_session_terminate_session(session_, code);
}

Http2Session::Stream* Http2Session::find(std::int32_t id) {
  const auto found = streams_.find(id);
  return found == streams_.end() ? nullptr : &found->second;
}

std::uint32_t Http2Session::due_in(std::chrono::seconds time) const {
  return loop_.tick() + static_cast<std::uint32_t>(time.count()) + 1;
}

}  // namespace http
