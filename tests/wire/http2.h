// A client that speaks HTTP/2 over TLS, by nghttp2, and can also send frames that nghttp2 would never send.
#pragma once

#include <nghttp2/nghttp2.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wire/tls.h"

namespace wire {

using Fields = std::vector<std::pair<std::string, std::string>>;

struct StreamAnswer {
  int status = 0;  // 0: none came
  std::map<std::string, std::string> fields;
  std::string body;
  bool is_whole = false;
  bool had_continue = false;           // a 100 came before
  std::optional<std::uint32_t> reset;  // the code of RST_STREAM
};

// One connection. Every wait ends after ten seconds without a byte.
class Http2Client {
 public:
  // `window`: how much of each answer it takes before it says that it has read something.
  enum class Reading { at_once, never };
  explicit Http2Client(std::uint16_t port, Reading reading = Reading::at_once, std::uint32_t window = 65'535);
  ~Http2Client();
  Http2Client(const Http2Client&) = delete;
  Http2Client& operator=(const Http2Client&) = delete;

  static Fields get(std::string_view path, const Fields& more = {});
  static Fields post(std::string_view path, const Fields& more = {});

  // Sends a request and gives its stream. `body`: nothing for a request that ends with its head.
  std::int32_t ask(const Fields& fields, std::optional<std::string> body = std::nullopt);
  // A request whose body never ends.
  std::int32_t ask_openly(const Fields& fields);
  // Waits until the answer is whole, the stream is reset, or the connection ends.
  const StreamAnswer& wait(std::int32_t stream);
  StreamAnswer fetch(const Fields& fields, std::optional<std::string> body = std::nullopt) {
    return wait(ask(fields, std::move(body)));
  }
  // What has come so far.
  const StreamAnswer& look(std::int32_t stream) { return answers_[stream]; }
  // Lets the server send so much more on that stream and on the connection.
  void open_window(std::int32_t stream, std::size_t size);
  void reset(std::int32_t stream);

  // Bytes as they are.
  void send_frame(std::uint8_t type, std::uint8_t flags, std::int32_t stream, std::string_view payload);
  static std::string frame(std::uint8_t type, std::uint8_t flags, std::int32_t stream, std::string_view payload);
  // Gives whether the connection still took them.
  bool send_bytes(std::string_view bytes);

  // Reads until the server closes; gives false if it does not.
  bool await_end();
  // Reads until a GOAWAY has come, or the end.
  void await_goaway();
  // Reads what comes within that time.
  void pump(int milliseconds);
  // The last one's code, and the last stream that it names.
  std::optional<std::uint32_t> goaway() const { return goaway_; }
  std::int32_t goaway_stream() const { return goaway_stream_; }
  TlsClient& connection() { return connection_; }

 private:
  void flush();
  bool receive(int milliseconds);
  void note_goaways(std::string_view bytes);
  std::int32_t submit(const Fields& fields, const nghttp2_data_provider* provider);

  static ssize_t read_body(nghttp2_session*, std::int32_t stream, std::uint8_t* bytes, std::size_t size, std::uint32_t* flags,
                           nghttp2_data_source*, void* user_data);
  static int on_header(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name, std::size_t name_size,
                       const std::uint8_t* value, std::size_t value_size, std::uint8_t, void* user_data);
  static int on_frame(nghttp2_session*, const nghttp2_frame* frame, void* user_data);
  static int on_data(nghttp2_session*, std::uint8_t, std::int32_t stream, const std::uint8_t* bytes, std::size_t size,
                     void* user_data);
  static int on_close(nghttp2_session*, std::int32_t stream, std::uint32_t code, void* user_data);

  TlsClient connection_;
  nghttp2_session* session_ = nullptr;
  std::map<std::int32_t, StreamAnswer> answers_;
  std::map<std::int32_t, std::string> bodies_;  // what is still to be sent
  std::map<std::int32_t, bool> open_bodies_;
  std::optional<std::uint32_t> goaway_;
  std::int32_t goaway_stream_ = 0;
  std::string unread_;  // for note_goaways
};

}  // namespace wire
