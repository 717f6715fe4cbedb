#include "http/prepared.h"

#include <cstring>
#include <utility>

#include "base/format.h"
#include "http/compress.h"
#include "http/serialise.h"
#include "http/syntax.h"

namespace http {

namespace {

__extension__ typedef unsigned __int128 Wide;

std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t word_at(std::string_view text, std::size_t offset) {
  std::uint64_t word = 0;
  std::memcpy(&word, text.data() + offset, std::min<std::size_t>(8, text.size() - offset));
  return word;
}

// Two lanes of multiply-and-fold over 8 bytes each. It tells versions of a page apart; it is no defence against somebody who
// builds collisions, and needs to be none: an entity tag proves nothing.
std::string content_tag(std::string_view body) {
  constexpr std::uint64_t first = 0x9e3779b97f4a7c15, second = 0xd1b54a32d192ed03;
  std::uint64_t a = first ^ body.size(), b = second;
  for (std::size_t i = 0; i < body.size(); i += 8) {
    const std::uint64_t word = word_at(body, i);
    a = fold(a ^ word, second) + i;
    b = fold(b + word, first) ^ a;
  }
  return base::format("{:016x}{:016x}", fold(a ^ b, first), fold(b, second ^ a));
}

std::string make_etag(const std::string& tag, std::string_view suffix) { return base::format("\"{}{}\"", tag, suffix); }

Response copy_head(const Response& response) {
  Response head;
  head.status = response.status;
  head.headers = response.headers;
  return head;
}

// All but the body.
Representation represent(const Response& base, std::size_t size, std::string etag, std::string_view coding) {
  Response response = copy_head(base);
  Representation made;
  if (!coding.empty()) response.set("Content-Encoding", coding);
  // Conditions are looked at only where the answer would be a success (RFC 9110, 13.2.1).
  if (response.status == 200) {
    response.set("ETag", etag);
    made.etag = std::move(etag);
    made.not_modified_head = serialise_not_modified(response);
  }
  made.head = serialise_head(response, size);
  return made;
}

Representation represent(const Response& base, std::string body, std::string etag, std::string_view coding) {
  Representation made = represent(base, body.size(), std::move(etag), coding);
  made.body = std::move(body);
  return made;
}

struct Levels {
  int gzip;
  int brotli;  // 0: not made
};

// Brotli that is cheap to make is a twentieth smaller than gzip, and would take as much room again; at 10, with which it searches in
// another way than below (9 takes longer and finds nothing), it is a sixth smaller.
constexpr Levels levels_of(Effort effort) {
  switch (effort) {
    case Effort::quick: return {quickest, 0};
    case Effort::good: return {6, 0};
    case Effort::thorough: break;
  }
  return {10, 10};
}

struct Wish {
  int quality = -1;  // -1: not mentioned
  int or_default(int value) const { return quality >= 0 ? quality : value; }
};

struct Wishes {
  Wish gzip, brotli, identity, any;
};

Wishes parse_wishes(std::string_view accept_encoding) {
  Wishes wishes;
  while (!accept_encoding.empty()) {
    std::string_view rest = trim(cut_until(accept_encoding, ','));
    const std::string_view name = trim(cut_until(rest, ';'));
    rest = trim(rest);
    const int quality = rest.empty() ? 1000 : starts_ignoring_case(rest, "q=") ? parse_quality(trim(rest.substr(2))) : 0;
    if (equals_ignoring_case(name, "gzip") || equals_ignoring_case(name, "x-gzip")) wishes.gzip.quality = quality;
    if (equals_ignoring_case(name, "br")) wishes.brotli.quality = quality;
    if (equals_ignoring_case(name, "identity")) wishes.identity.quality = quality;
    if (name == "*") wishes.any.quality = quality;
  }
  return wishes;
}

}  // namespace

std::shared_ptr<const Prepared> prepare(const Response& response, Effort effort, Plain plain) {
  Response base = copy_head(response);
  const std::string tag = content_tag(response.body);
  const std::string* type = response.find("Content-Type");
  const bool worth_it = response.body.size() >= least_compressed && type && is_compressible(*type);
  const Levels levels = levels_of(effort);
  std::string gzipped = worth_it ? gzip(response.body, levels.gzip) : std::string();
  std::string brotlied = worth_it && levels.brotli > 0 ? brotli(response.body, levels.brotli) : std::string();
  if (!gzipped.empty() || !brotlied.empty()) base.set("Vary", "Accept-Encoding");

  auto prepared = std::make_shared<Prepared>();
  prepared->status = response.status;
  prepared->plain_size = response.body.size();
  prepared->identity = represent(base, response.body.size(), make_etag(tag, ""), "");
  if (plain == Plain::keep || gzipped.empty()) prepared->identity.body = response.body;
  if (!gzipped.empty()) prepared->gzip = represent(base, std::move(gzipped), make_etag(tag, "-gz"), "gzip");
  if (!brotlied.empty()) prepared->brotli = represent(base, std::move(brotlied), make_etag(tag, "-br"), "br");
  return prepared;
}

std::string plain_body(const Prepared& prepared) {
  return prepared.is_packed() ? gunzip(prepared.gzip.body, prepared.plain_size) : prepared.identity.body;
}

std::shared_ptr<const Prepared> unpack(const Prepared& packed) {
  auto whole = std::make_shared<Prepared>(packed);
  whole->identity.body = plain_body(packed);
  return whole;
}

bool is_packed(const Prepared& prepared, const Representation& chosen) {
  return &chosen == &prepared.identity && prepared.is_packed();
}

const Representation& choose(const Prepared& prepared, std::string_view accept_encoding) {
  if (accept_encoding.empty()) return prepared.identity;
  const Wishes wishes = parse_wishes(accept_encoding);
  const int other = wishes.any.or_default(0);
  const int gzip = prepared.gzip.body.empty() ? 0 : wishes.gzip.or_default(other);
  const int brotli = prepared.brotli.body.empty() ? 0 : wishes.brotli.or_default(other);
  // Not mentioned, the plain form is welcome but comes after whatever was asked for.
  const int identity = wishes.identity.or_default(0);
  if (brotli > 0 && brotli >= gzip && brotli >= identity) return prepared.brotli;
  if (gzip > 0 && gzip >= identity) return prepared.gzip;
  return prepared.identity;
}

bool accepts_gzip(std::string_view accept_encoding) {
  static const Prepared both{
      .identity = {}, .gzip = {.head = {}, .body = "?", .not_modified_head = {}, .etag = {}}, .brotli = {}};
  return &choose(both, accept_encoding) == &both.gzip;
}

}  // namespace http
