// nghttp2's callbacks, which are C, to the functions of Http2Session. No exception passes through nghttp2: it becomes the end of
// the session. Only http2_session.cpp includes it.
#pragma once

#include <nghttp2/nghttp2.h>

#include "http/http2_session.h"

namespace http {

struct Http2Callbacks {
  // A server's session whose events go to `session`. The owner is the caller.
  static nghttp2_session* open(Http2Session& session);
  // The body of that stream's answer.
  static nghttp2_data_provider provide(void* stream);

 private:
  static Http2Session& session_of(void* user_data) { return *static_cast<Http2Session*>(user_data); }
  static nghttp2_session_callbacks* make();

  static ssize_t send(nghttp2_session*, const std::uint8_t* bytes, std::size_t size, int, void* user_data);
  static ssize_t prepare_data(nghttp2_session*, std::int32_t, std::uint8_t*, std::size_t most, std::uint32_t* flags,
                              nghttp2_data_source* source, void* user_data);
  static int send_data(nghttp2_session*, nghttp2_frame* frame, const std::uint8_t* frame_head, std::size_t size,
                       nghttp2_data_source* source, void* user_data);
  static int on_begin_frame(nghttp2_session*, const nghttp2_frame_hd* head, void* user_data);
  static int on_begin_headers(nghttp2_session*, const nghttp2_frame* frame, void* user_data);
  static int on_header(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name, std::size_t name_size,
                       const std::uint8_t* value, std::size_t value_size, std::uint8_t flags, void* user_data);
  static int on_invalid_header(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name, std::size_t name_size,
                               const std::uint8_t* value, std::size_t value_size, std::uint8_t flags, void* user_data);
  static int on_data_chunk(nghttp2_session*, std::uint8_t flags, std::int32_t stream, const std::uint8_t* bytes, std::size_t size,
                           void* user_data);
  static int on_frame(nghttp2_session*, const nghttp2_frame* frame, void* user_data);
  static int on_frame_sent(nghttp2_session*, const nghttp2_frame* frame, void* user_data);
  static int on_stream_close(nghttp2_session*, std::int32_t stream, std::uint32_t code, void* user_data);
};

}  // namespace http
