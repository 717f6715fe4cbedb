// Bytes to a request, by RFC 9112, refusing whatever two readers could understand differently: repeated or contradicting framing,
// folded lines, bare line feeds, white space before a colon, a missing or repeated Host. The work of reading is Beast's
// basic_parser; what that lets through is refused here. It reads no socket, keeps no time and allocates nothing for a head it has
// room for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace http {

struct HeaderView {
  std::string_view name;
  std::string_view value;
};

// Views into the bytes that were parsed, good as long as those stay where they are.
struct Head {
  Method method = Method::other;
  std::string_view target;     // in origin form: "/a?b", or "*"
  std::string_view authority;  // of a target in absolute form: it replaces Host
  bool is_http11 = false;
  bool keep_alive = false;
  bool has_body = false;  // there is a body to read, perhaps an empty one in chunks
  bool expects_continue = false;
  std::string_view accept_encoding;
  std::string_view if_none_match;
  std::string_view if_match;
  std::vector<HeaderView> headers;
};

// An owned copy, without body, client and secure.
Request to_request(const Head& head);

// One object reads one request after the other. Not thread-safe.
class RequestParser {
 public:
  struct Limits {
    std::size_t head_bytes;
    std::size_t body_bytes;
  };
  enum class Stage { incomplete, complete, refused };
  struct Progress {
    Stage stage = Stage::incomplete;
    std::size_t consumed = 0;  // bytes taken; for an incomplete head 0: give them again with more behind them
    int status = 0;            // the answer to a refused request: 400, 413, 414, 417, 431, 501, 505
  };

  explicit RequestParser(Limits limits);
  ~RequestParser();
  RequestParser(const RequestParser&) = delete;
  RequestParser& operator=(const RequestParser&) = delete;

  // Begins a new request. `bytes` start with its first line; they are written to only to read HTTP/1.2 to 1.9 as 1.1.
  Progress parse_head(char* bytes, std::size_t size);
  const Head& head() const { return head_; }
  // After a complete head with a body: appends what came to `body`. Bytes that were not consumed must be given again.
  Progress parse_body(const char* bytes, std::size_t size, std::string& body);

 private:
  class Machine;

  Limits limits_;
  Head head_;
  std::unique_ptr<Machine> machine_;
};

}  // namespace http
