#include "http/conditions.h"

#include "http/date.h"
#include "http/syntax.h"

namespace http {

namespace {

// Absent, unreadable, or not comparable with anything we know: no condition.
std::optional<bool> is_modified_since(std::string_view date, const Validators& validators) {
  const auto time = date.empty() || !validators.modified ? std::nullopt : parse_date(date);
  if (!time) return std::nullopt;
  return *validators.modified > *time;
}

bool fails(const Conditions& conditions, const Validators& validators) {
  if (!conditions.if_match.empty()) return !names_tag(conditions.if_match, validators.etag, Comparison::strong);
  return is_modified_since(conditions.if_unmodified_since, validators).value_or(false);
}

bool is_known(const Conditions& conditions, const Validators& validators) {
  if (!conditions.if_none_match.empty()) return names_tag(conditions.if_none_match, validators.etag, Comparison::weak);
  return !is_modified_since(conditions.if_modified_since, validators).value_or(true);
}

}  // namespace

Verdict judge(const Conditions& conditions, const Validators& validators) {
  if (fails(conditions, validators)) return Verdict::failed;
  return is_known(conditions, validators) ? Verdict::not_modified : Verdict::proceed;
}

bool names_tag(std::string_view list, std::string_view etag, Comparison comparison) {
  if (etag.empty()) return false;
  if (trim(list) == "*") return true;
  if (etag.starts_with("W/")) {
    if (comparison == Comparison::strong) return false;
    etag.remove_prefix(2);
  }
  // A tag may hold commas, so the list is read tag by tag.
  while (true) {
    const std::size_t begin = list.find('"');
    if (begin == std::string_view::npos) return false;
    const std::size_t end = list.find('"', begin + 1);
    if (end == std::string_view::npos) return false;
    const bool is_weak = begin >= 2 && list.substr(begin - 2, 2) == "W/";
    if (list.substr(begin, end + 1 - begin) == etag && (comparison == Comparison::weak || !is_weak)) return true;
    list.remove_prefix(end + 1);
  }
}

}  // namespace http
