// `broadsheet check`: is everything whole?
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "desk/desk.h"

namespace desk {

struct CheckCounts {
  int articles = 0;
  int comments = 0;
  int addresses = 0;
  int media = 0;
  int problems = 0;
};

// Database, media files below `media_root`, permalinks (each article's address leads to it, redirects end somewhere, no loops),
// sealed emails that can be opened. Calls `found` with a sentence for each problem. Changes nothing.
CheckCounts check_site(const Desk& desk, const std::filesystem::path& media_root, const std::function<void(std::string)>& found);

}  // namespace desk
