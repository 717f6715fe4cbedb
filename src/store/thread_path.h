// The order of a thread as bytes: ten for each ancestor and the comment itself, five of its time and five of its id, big-endian.
// Comparing paths is comparing places in the reading order; what begins with a path hangs below it. Pure functions. Private to
// src/store.
//
// Invariants:
// 1. A comment's path begins with its parent's and is one level longer.
// 2. Siblings are ordered by time, then by id. Times before 1970 count as 1970.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"
#include "news/ids.h"

namespace store {

inline constexpr std::size_t path_level_bytes = 10;

// `parent`: empty for a comment of its own.
std::string thread_path(std::string_view parent, base::Time created, news::CommentId id);

inline std::size_t path_levels(std::string_view path) { return path.size() / path_level_bytes; }
inline std::string_view root_of_path(std::string_view path) { return path.substr(0, path_level_bytes); }
inline std::string_view parent_of_path(std::string_view path) { return path.substr(0, path.size() - path_level_bytes); }

// The first path that may stand behind the comment: that of a reply to it.
std::string next_path(std::string_view path);
// The first path behind the comment and all that hangs below it.
std::string behind_thread(std::string_view path);

}  // namespace store
