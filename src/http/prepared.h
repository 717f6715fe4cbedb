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
  int status = 200;       // of a request without conditions
  Representation identity;
  Representation gzip;    // body empty: not worth compressing
  Representation brotli;  // body empty: not made
};

// Makes the codings of one response, compressed now so that no request ever waits for it. The response must hold no ETag, Vary or
// Content-Encoding; they are added (an ETag only to a 200, for only that can become a 304).
// quick: somebody waits for it, gzip alone; good: what it is worth to be sent more than once; thorough: for pages that stay.
enum class Effort { quick, good, thorough };
std::shared_ptr<const Prepared> prepare(const Response& response, Effort effort);

// The coding that `accept_encoding` prefers among those present (RFC 9110, 12.5.3).
const Representation& choose(const Prepared& prepared, std::string_view accept_encoding);
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
