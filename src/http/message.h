// Request and Response as the rest of the program sees them: owned, decoded as far as HTTP goes, nothing about news.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace http {

enum class Method { get, head, post, put, patch, delete_, options, other };

struct Header {
  std::string name;   // as received; compare without case
  std::string value;  // trimmed
};

struct Request {
  Method method = Method::get;
  std::string target;  // as received: "/2026/11/a-story/?x=1"
  std::string path;    // the part before '?', still percent-encoded
  std::string query;   // the part after '?', without it
  std::vector<Header> headers;
  std::string body;
  std::string client;           // the network address of the client, after trusted proxies (never logged, never stored as it is)
  bool secure = false;          // it came over TLS, here or at a trusted proxy
  bool client_is_many = false;  // `client` stands for many who can't be told apart: see TrustedProxies::name_client

  // The first header of that name (case-insensitive), or nothing.
  std::optional<std::string_view> find_header(std::string_view name) const;
  // All lines of a header that is a list, as one line (RFC 9110, 5.3); "" if there is none.
  std::string join_header(std::string_view name) const;
  // A cookie's value, or nothing.
  std::optional<std::string_view> find_cookie(std::string_view name) const;
};

// Bytes of an open file instead of a body in memory; the connection sends them with sendfile and closes the descriptor.
class FileBody {
 public:
  FileBody(int descriptor, std::uint64_t offset, std::uint64_t size) : descriptor_(descriptor), offset_(offset), size_(size) {}
  FileBody(FileBody&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1)), offset_(other.offset_), size_(other.size_) {}
  FileBody& operator=(FileBody&& other) noexcept;
  ~FileBody();

  int descriptor() const { return descriptor_; }
  std::uint64_t offset() const { return offset_; }
  std::uint64_t size() const { return size_; }

 private:
  int descriptor_;
  std::uint64_t offset_;
  std::uint64_t size_;
};

class Topic;

// Instead of a body: what is said on a topic, from what was said last until it ends. The permit is let go when the answer ends,
// however it does; it may be empty.
struct EventStream {
  std::shared_ptr<Topic> topic;
  std::shared_ptr<const void> permit;
};

struct Response {
  int status = 200;
  std::vector<Header> headers;  // without Date, Content-Length, Connection: the connection adds them
  std::string body;
  std::optional<FileBody> file;  // instead of body
  std::optional<EventStream> events = {};  // instead of body

  Response& set(std::string_view name, std::string_view value);  // replaces, or adds
  Response& add(std::string_view name, std::string_view value);
  const std::string* find(std::string_view name) const;
};

}  // namespace http
