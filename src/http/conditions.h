// The conditions of a GET or HEAD (RFC 9110, 13) and what they say about what the server has. Pure functions over header values;
// none of them knows a request.
#pragma once

#include <optional>
#include <string_view>

#include "base/time.h"

namespace http {

// As received; empty: not there. A list that came in several lines is one here.
struct Conditions {
  std::string_view if_match = {};
  std::string_view if_none_match = {};
  std::string_view if_modified_since = {};
  std::string_view if_unmodified_since = {};
};

// What the server has.
struct Validators {
  std::string_view etag;               // with its quotes; empty: none
  std::optional<base::Time> modified;  // nothing: not known, and then no date counts
};

enum class Verdict { proceed, not_modified, failed };  // as without conditions, 304, 412

// In the order of RFC 9110, 13.2.2: If-Match before If-Unmodified-Since, then If-None-Match before If-Modified-Since. What cannot
// be read as a date is no condition.
Verdict judge(const Conditions& conditions, const Validators& validators);

// Whether a list of entity tags, or "*", names this one: weakly as for If-None-Match, strongly (no "W/" on either side) as for
// If-Match and If-Range. One walk over the list, whatever it holds.
enum class Comparison { weak, strong };
bool names_tag(std::string_view list, std::string_view etag, Comparison comparison);

}  // namespace http
