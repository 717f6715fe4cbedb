// A response whose bytes were made beforehand: what the read path sends without allocating, locking or leaving its thread
// (docs/architecture.md, the path of one page view). Immutable once shared.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "http/message.h"

namespace http {

// One content coding of a page. `head` is the status line and all headers but Date, each line ended, without the empty line:
// the connection sends {head, "Date: …\r\n\r\n", body} in one gathered write.
struct Representation {
  std::string head;
  std::string body;
  std::string not_modified_head;  // the same for a 304
  std::string etag;               // with its quotes: "\"…\""
};

struct Prepared {
  int status = 200;            // of a request without conditions
  std::size_t plain_size = 0;  // bytes
  Representation identity;     // body empty where it is packed
  Representation gzip;         // body empty: not worth compressing
  Representation brotli;       // body empty: not made

  // The plain body is left out, for hardly anybody asks for it, and comes out of the gzip when somebody does.
  bool is_packed() const { return identity.body.size() != plain_size; }
};

// quick: somebody waits for it; good: what it is worth to be sent more than once; thorough: for pages that stay, with brotli too.
enum class Effort { quick, good, thorough };
enum class Plain { keep, leave_out };

// Makes the codings of one response, compressed now so that no request ever waits for it. The response must hold no ETag, Vary or
// Content-Encoding; they are added (an ETag only to a 200, for only that can become a 304). What is not worth compressing keeps
// its plain body in any case.
std::shared_ptr<const Prepared> prepare(const Response& response, Effort effort, Plain plain = Plain::keep);

// The plain body, also of what is packed.
std::string plain_body(const Prepared& prepared);
// The same, with the plain body in its place.
std::shared_ptr<const Prepared> unpack(const Prepared& packed);

// The coding that `accept_encoding` prefers among those present (RFC 9110, 12.5.3).
const Representation& choose(const Prepared& prepared, std::string_view accept_encoding);
// Whether gzip is what it would get where there is gzip and no brotli.
bool accepts_gzip(std::string_view accept_encoding);
// Its body has to be unpacked first.
bool is_packed(const Prepared& prepared, const Representation& chosen);

// What one I/O thread asks before it hands a GET or HEAD to the workers. One object per thread, used by that thread only, so that
// it needs no lock. `target` is as received, query included. Nothing: the request goes to the handler.
class PreparedSource {
 public:
  virtual ~PreparedSource() = default;
  // The pointer stays valid until the next call on this object.
  virtual const Prepared* find(std::string_view target) = 0;
  // The same, for an answer that is not sent at once.
  virtual std::shared_ptr<const Prepared> find_shared(std::string_view target) = 0;
  // Once a second from the same thread: time to drop what is no longer good.
  virtual void tick() {}
};

}  // namespace http
