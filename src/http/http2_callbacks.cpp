#include "http/http2_callbacks.h"

#include <exception>
#include <memory>
#include <new>
#include <string>

#include "base/log.h"

namespace http {

namespace {

constexpr std::size_t output_size = 64 * 1024;

template <class Step>
int guarded(Step step) {
  try {
    return step();
  } catch (const std::exception& cause) {
    base::log::error(std::string("an HTTP/2 connection failed: ") + cause.what());
    return NGHTTP2_ERR_CALLBACK_FAILURE;
  }
}

std::string_view view(const std::uint8_t* bytes, std::size_t size) { return {reinterpret_cast<const char*>(bytes), size}; }

template <class T, void (*free)(T*)>
struct Freed {
  void operator()(T* thing) const { free(thing); }
};
using CallbackSet = std::unique_ptr<nghttp2_session_callbacks, Freed<nghttp2_session_callbacks, nghttp2_session_callbacks_del>>;
using OptionSet = std::unique_ptr<nghttp2_option, Freed<nghttp2_option, nghttp2_option_del>>;

OptionSet make_options() {
  nghttp2_option* made = nullptr;
  if (nghttp2_option_new(&made) != 0) throw std::bad_alloc();
  OptionSet options(made);
  nghttp2_option_set_no_auto_window_update(made, 1);
  nghttp2_option_set_no_closed_streams(made, 1);
  return options;
}

}  // namespace

nghttp2_session_callbacks* Http2Callbacks::make() {
  nghttp2_session_callbacks* made = nullptr;
  if (nghttp2_session_callbacks_new(&made) != 0) throw std::bad_alloc();
  nghttp2_session_callbacks_set_send_callback(made, send);
  nghttp2_session_callbacks_set_send_data_callback(made, send_data);
  nghttp2_session_callbacks_set_on_begin_frame_callback(made, on_begin_frame);
  nghttp2_session_callbacks_set_on_begin_headers_callback(made, on_begin_headers);
  nghttp2_session_callbacks_set_on_header_callback(made, on_header);
  nghttp2_session_callbacks_set_on_invalid_header_callback(made, on_invalid_header);
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(made, on_data_chunk);
  nghttp2_session_callbacks_set_on_frame_recv_callback(made, on_frame);
  nghttp2_session_callbacks_set_on_frame_send_callback(made, on_frame_sent);
  nghttp2_session_callbacks_set_on_stream_close_callback(made, on_stream_close);
  return made;
}

nghttp2_session* Http2Callbacks::open(Http2Session& session) {
  const CallbackSet callbacks(make());
  const OptionSet options = make_options();
  nghttp2_session* made = nullptr;
  if (nghttp2_session_server_new2(&made, callbacks.get(), &session, options.get()) != 0) throw std::bad_alloc();
  return made;
}

nghttp2_data_provider Http2Callbacks::provide(void* stream) { return {.source = {.ptr = stream}, .read_callback = prepare_data}; }

ssize_t Http2Callbacks::send(nghttp2_session*, const std::uint8_t* bytes, std::size_t size, int, void* user_data) {
  std::string& out = *session_of(user_data).out_;
  if (out.size() >= output_size) return NGHTTP2_ERR_WOULDBLOCK;
  const int result = guarded([&] {
    out.append(view(bytes, size));
    return 0;
  });
  return result == 0 ? static_cast<ssize_t>(size) : result;
}

ssize_t Http2Callbacks::prepare_data(nghttp2_session*, std::int32_t, std::uint8_t*, std::size_t most, std::uint32_t* flags,
                                     nghttp2_data_source* source, void* user_data) {
  std::size_t size = 0;
  const auto kind = session_of(user_data).prepare_data(*static_cast<Http2Session::Stream*>(source->ptr), most, size);
  if (kind == Http2Session::Data::none_yet) return NGHTTP2_ERR_DEFERRED;
  *flags |= NGHTTP2_DATA_FLAG_NO_COPY;
  if (kind == Http2Session::Data::last) *flags |= NGHTTP2_DATA_FLAG_EOF;
  return static_cast<ssize_t>(size);
}

int Http2Callbacks::send_data(nghttp2_session*, nghttp2_frame*, const std::uint8_t* frame_head, std::size_t size,
                              nghttp2_data_source* source, void* user_data) {
  return guarded([&] {
    Http2Session& session = session_of(user_data);
    if (session.out_->size() >= output_size) return static_cast<int>(NGHTTP2_ERR_WOULDBLOCK);
    const bool was_sent = session.send_data(*static_cast<Http2Session::Stream*>(source->ptr), frame_head, size);
    return was_sent ? 0 : static_cast<int>(NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE);
  });
}

int Http2Callbacks::on_begin_frame(nghttp2_session*, const nghttp2_frame_hd* head, void* user_data) {
  return guarded([&] {
    session_of(user_data).count_frame(head->type, head->flags, head->length);
    return 0;
  });
}

int Http2Callbacks::on_begin_headers(nghttp2_session*, const nghttp2_frame* frame, void* user_data) {
  return guarded([&] {
    session_of(user_data).begin_head(frame->hd.stream_id, frame->headers.cat == NGHTTP2_HCAT_REQUEST);
    return 0;
  });
}

int Http2Callbacks::on_header(nghttp2_session*, const nghttp2_frame*, const std::uint8_t* name, std::size_t name_size,
                              const std::uint8_t* value, std::size_t value_size, std::uint8_t, void* user_data) {
  return guarded([&] {
    const bool goes_on = session_of(user_data).take_field(view(name, name_size), view(value, value_size));
    return goes_on ? 0 : static_cast<int>(NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE);
  });
}

// RFC 9113, 8.2.1: what could not stand in a field of HTTP/1.1 makes the whole request malformed; nghttp2 would leave the field
// out.
int Http2Callbacks::on_invalid_header(nghttp2_session*, const nghttp2_frame*, const std::uint8_t*, std::size_t,
                                      const std::uint8_t*, std::size_t, std::uint8_t, void*) {
  return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
}

int Http2Callbacks::on_data_chunk(nghttp2_session*, std::uint8_t, std::int32_t stream, const std::uint8_t* bytes,
                                  std::size_t size, void* user_data) {
  return guarded([&] {
    session_of(user_data).take_body(stream, view(bytes, size));
    return 0;
  });
}

int Http2Callbacks::on_frame(nghttp2_session*, const nghttp2_frame* frame, void* user_data) {
  return guarded([&] {
    Http2Session& session = session_of(user_data);
    const bool is_last = (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
    const bool is_request = frame->hd.type == NGHTTP2_HEADERS && frame->headers.cat == NGHTTP2_HCAT_REQUEST;
    if (is_request)
      session.take_request(frame->hd.stream_id, !is_last);
    else if (is_last && (frame->hd.type == NGHTTP2_HEADERS || frame->hd.type == NGHTTP2_DATA))
      session.finish_body(frame->hd.stream_id);
    return 0;
  });
}

int Http2Callbacks::on_frame_sent(nghttp2_session*, const nghttp2_frame* frame, void* user_data) {
  return guarded([&] {
    Http2Session& session = session_of(user_data);
    const bool may_end = frame->hd.type == NGHTTP2_HEADERS || frame->hd.type == NGHTTP2_DATA;
    if (may_end && (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0) session.on_end_sent(frame->hd.stream_id);
    if (frame->hd.type == NGHTTP2_RST_STREAM) session.on_reset_sent(frame->rst_stream.error_code);
    return 0;
  });
}

int Http2Callbacks::on_stream_close(nghttp2_session*, std::int32_t stream, std::uint32_t, void* user_data) {
  return guarded([&] {
    session_of(user_data).forget(stream);
    return 0;
  });
}

}  // namespace http
