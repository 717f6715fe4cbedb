#include "wire/http2.h"

#include <algorithm>
#include <chrono>
#include <cstring>

namespace wire {

namespace {

constexpr int patience = 10'000;  // milliseconds

}  // namespace

Http2Client::Http2Client(std::uint16_t port, Reading reading, std::uint32_t window) : connection_(port, {.protocols = "h2"}) {
  nghttp2_session_callbacks* callbacks = nullptr;
  nghttp2_session_callbacks_new(&callbacks);
  nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
  nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, on_frame);
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_data);
  nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_close);
  nghttp2_option* options = nullptr;
  nghttp2_option_new(&options);
  nghttp2_option_set_no_auto_window_update(options, reading == Reading::never ? 1 : 0);
  nghttp2_option_set_peer_max_concurrent_streams(options, 1000);  // it is the server's business to refuse what is too much
  nghttp2_session_client_new2(&session_, callbacks, this, options);
  nghttp2_option_del(options);
  nghttp2_session_callbacks_del(callbacks);
  const nghttp2_settings_entry settings[] = {{NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, window}, {NGHTTP2_SETTINGS_ENABLE_PUSH, 0}};
  nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, settings, 2);
  flush();
}

Http2Client::~Http2Client() { nghttp2_session_del(session_); }

Fields Http2Client::get(std::string_view path, const Fields& more) {
  Fields fields{{":method", "GET"}, {":scheme", "https"}, {":authority", "localhost"}, {":path", std::string(path)}};
  fields.insert(fields.end(), more.begin(), more.end());
  return fields;
}

Fields Http2Client::post(std::string_view path, const Fields& more) {
  Fields fields = get(path, more);
  fields[0].second = "POST";
  return fields;
}

std::int32_t Http2Client::submit(const Fields& fields, const nghttp2_data_provider* provider) {
  std::vector<nghttp2_nv> nvs;
  for (const auto& [name, value] : fields) {
    nvs.push_back({reinterpret_cast<std::uint8_t*>(const_cast<char*>(name.data())),
                   reinterpret_cast<std::uint8_t*>(const_cast<char*>(value.data())), name.size(), value.size(),
                   NGHTTP2_NV_FLAG_NONE});
  }
  return nghttp2_submit_request(session_, nullptr, nvs.data(), nvs.size(), provider, nullptr);
}

std::int32_t Http2Client::ask(const Fields& fields, std::optional<std::string> body) {
  const nghttp2_data_provider provider{.source = {.ptr = nullptr}, .read_callback = read_body};
  const std::int32_t stream = submit(fields, body ? &provider : nullptr);
  if (body) bodies_[stream] = std::move(*body);
  answers_[stream] = {};
  flush();
  return stream;
}

std::int32_t Http2Client::ask_openly(const Fields& fields) {
  const nghttp2_data_provider provider{.source = {.ptr = nullptr}, .read_callback = read_body};
  const std::int32_t stream = submit(fields, &provider);
  open_bodies_[stream] = true;
  answers_[stream] = {};
  flush();
  return stream;
}

const StreamAnswer& Http2Client::wait(std::int32_t stream) {
  StreamAnswer& answer = answers_[stream];
  while (!answer.is_whole && !answer.reset && receive(patience)) {
  }
  return answer;
}

void Http2Client::open_window(std::int32_t stream, std::size_t size) {
  nghttp2_session_consume(session_, stream, size);
  flush();
}

void Http2Client::reset(std::int32_t stream) {
  nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, stream, NGHTTP2_CANCEL);
  flush();
}

std::string Http2Client::frame(std::uint8_t type, std::uint8_t flags, std::int32_t stream, std::string_view payload) {
  const auto size = static_cast<std::uint32_t>(payload.size());
  const auto id = static_cast<std::uint32_t>(stream);
  std::string bytes;
  for (const std::uint32_t byte :
       {size >> 16, size >> 8, size, std::uint32_t{type}, std::uint32_t{flags}, id >> 24, id >> 16, id >> 8, id})
    bytes += static_cast<char>(byte & 0xff);
  return bytes.append(payload);
}

void Http2Client::send_frame(std::uint8_t type, std::uint8_t flags, std::int32_t stream, std::string_view payload) {
  send_bytes(frame(type, flags, stream, payload));
}

bool Http2Client::send_bytes(std::string_view bytes) { return connection_.send(bytes) == bytes.size(); }

void Http2Client::flush() {
  const std::uint8_t* bytes = nullptr;
  for (ssize_t size; (size = nghttp2_session_mem_send(session_, &bytes)) > 0;)
    connection_.send({reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)});
}

// Apart from nghttp2, which reads no further once something has come that it never asked for.
void Http2Client::note_goaways(std::string_view bytes) {
  constexpr std::size_t head_size = 9;
  unread_.append(bytes);
  const auto number = [this](std::size_t offset, std::size_t size) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value = value << 8 | static_cast<unsigned char>(unread_[offset + i]);
    return value;
  };
  while (unread_.size() >= head_size && unread_.size() >= head_size + number(0, 3)) {
    if (unread_[3] == NGHTTP2_GOAWAY) {
      goaway_stream_ = static_cast<std::int32_t>(number(head_size, 4));
      goaway_ = number(head_size + 4, 4);
    }
    unread_.erase(0, head_size + number(0, 3));
  }
}

// Gives false at the end of the connection, or if nothing comes.
bool Http2Client::receive(int milliseconds) {
  const std::string bytes = connection_.read_some(milliseconds);
  if (bytes.empty()) return false;
  note_goaways(bytes);
  // It fails once something has come that it never asked for; then only what note_goaways finds counts.
  nghttp2_session_mem_recv(session_, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  flush();
  return true;
}

bool Http2Client::await_end() {
  while (receive(patience)) {
  }
  return connection_.is_closed_by_server();
}

void Http2Client::await_goaway() {
  while (!goaway_ && receive(patience)) {
  }
}

void Http2Client::pump(int milliseconds) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
  while (std::chrono::steady_clock::now() < until) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    if (!receive(static_cast<int>(left.count()) + 1)) return;
  }
}

ssize_t Http2Client::read_body(nghttp2_session*, std::int32_t stream, std::uint8_t* bytes, std::size_t size, std::uint32_t* flags,
                               nghttp2_data_source*, void* user_data) {
  auto& client = *static_cast<Http2Client*>(user_data);
  if (client.open_bodies_[stream]) return NGHTTP2_ERR_DEFERRED;
  std::string& rest = client.bodies_[stream];
  const std::size_t taken = std::min(size, rest.size());
  std::memcpy(bytes, rest.data(), taken);
  rest.erase(0, taken);
  if (rest.empty()) *flags |= NGHTTP2_DATA_FLAG_EOF;
  return static_cast<ssize_t>(taken);
}

int Http2Client::on_header(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name, std::size_t name_size,
                           const std::uint8_t* value, std::size_t value_size, std::uint8_t, void* user_data) {
  StreamAnswer& answer = static_cast<Http2Client*>(user_data)->answers_[frame->hd.stream_id];
  const std::string field(reinterpret_cast<const char*>(name), name_size), text(reinterpret_cast<const char*>(value), value_size);
  if (field == ":status" && text == "100")
    answer.had_continue = true;
  else if (field == ":status")
    answer.status = std::stoi(text);
  else
    answer.fields[field] = text;
  return 0;
}

int Http2Client::on_frame(nghttp2_session*, const nghttp2_frame* frame, void* user_data) {
  auto& client = *static_cast<Http2Client*>(user_data);
  const bool is_answer = frame->hd.type == NGHTTP2_HEADERS || frame->hd.type == NGHTTP2_DATA;
  if (is_answer && (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0) client.answers_[frame->hd.stream_id].is_whole = true;
  if (frame->hd.type == NGHTTP2_RST_STREAM) client.answers_[frame->hd.stream_id].reset = frame->rst_stream.error_code;
  return 0;
}

int Http2Client::on_data(nghttp2_session*, std::uint8_t, std::int32_t stream, const std::uint8_t* bytes, std::size_t size,
                         void* user_data) {
  static_cast<Http2Client*>(user_data)->answers_[stream].body.append(reinterpret_cast<const char*>(bytes), size);
  return 0;
}

int Http2Client::on_close(nghttp2_session*, std::int32_t stream, std::uint32_t code, void* user_data) {
  StreamAnswer& answer = static_cast<Http2Client*>(user_data)->answers_[stream];
  if (!answer.is_whole && !answer.reset) answer.reset = code;
  return 0;
}

}  // namespace wire
