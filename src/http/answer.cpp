#include "http/answer.h"

#include "http/compress.h"
#include "http/conditions.h"
#include "http/serialise.h"
#include "http/status.h"
#include "http/syntax.h"

namespace http {

namespace {

constexpr int quick_level = 4;

bool contains(const std::string* list, std::string_view word) {
  if (!list) return false;
  for (std::string_view rest = *list; !rest.empty();) {
    if (equals_ignoring_case(trim(cut_until(rest, ',')), word)) return true;
  }
  return false;
}

// What may not be stored is personal. Compressed together with text that another site can choose, its length would give its
// secrets away letter by letter (BREACH), so it goes out plain.
bool may_compress(const Response& response) {
  const std::string* type = response.find("Content-Type");
  return !response.file && response.body.size() > least_compressed && type && is_compressible(*type) &&
         !response.find("Content-Encoding") && !response.find("Content-Range") &&
         !contains(response.find("Cache-Control"), "no-store");
}

void add_vary(Response& response) {
  const std::string* vary = response.find("Vary");
  if (contains(vary, "Accept-Encoding") || contains(vary, "*")) return;
  response.set("Vary", vary ? *vary + ", Accept-Encoding" : "Accept-Encoding");
}

void compress(Response& response, std::string_view accept_encoding) {
  add_vary(response);
  if (!accepts_gzip(accept_encoding)) return;
  std::string small = gzip(response.body, quick_level);
  if (small.empty()) return;
  response.body = std::move(small);
  response.set("Content-Encoding", "gzip");
  // Other bytes than those the tag was made for: it still says "same content", no longer "same bytes" (RFC 9110, 8.8.1).
  const std::string* etag = response.find("ETag");
  if (etag && !etag->starts_with("W/")) response.set("ETag", "W/" + *etag);
}

std::optional<std::uint64_t> length_of(const Response& response) {
  if (response.events) return std::nullopt;
  return response.file ? response.file->size() : response.body.size();
}

}  // namespace

Wanted Wanted::of(const Request& request) {
  return {.is_head = request.method == Method::head,
          .accept_encoding = request.join_header("accept-encoding"),
          .if_none_match = request.join_header("if-none-match"),
          .if_match = request.join_header("if-match")};
}

Answer Answer::make(Response&& response, const Wanted& wanted) {
  if (may_compress(response)) compress(response, wanted.accept_encoding);
  Answer answer;
  answer.status_ = response.status;
  answer.head_ = serialise_head(response, length_of(response));
  if (wanted.is_head || is_bodiless(response.status)) return answer;
  answer.events_ = std::move(response.events);
  if (response.file)
    answer.file_ = std::move(response.file);
  else
    answer.body_ = std::move(response.body);
  return answer;
}

Answer Answer::make(std::shared_ptr<const Prepared> prepared, const Wanted& wanted) {
  Answer answer;
  const Representation& chosen = choose(*prepared, wanted.accept_encoding);
  // What has no tag is no success, and only a success has conditions (RFC 9110, 13.2.1). Pages know no date.
  const Conditions conditions{.if_match = wanted.if_match, .if_none_match = wanted.if_none_match};
  const Verdict verdict = chosen.etag.empty() ? Verdict::proceed : judge(conditions, {chosen.etag, std::nullopt});
  if (verdict == Verdict::failed) return make(plain_answer(412), wanted);
  const bool is_known = verdict == Verdict::not_modified;
  answer.status_ = is_known ? 304 : prepared->status;
  answer.borrowed_head_ = is_known ? &chosen.not_modified_head : &chosen.head;
  if (!is_known && !wanted.is_head) {
    if (is_packed(*prepared, chosen))
      answer.body_ = plain_body(*prepared);
    else
      answer.borrowed_body_ = &chosen.body;
  }
  answer.prepared_ = std::move(prepared);
  return answer;
}

}  // namespace http
