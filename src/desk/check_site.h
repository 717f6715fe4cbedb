// `broadsheet check`: is everything whole?
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "desk/desk.h"
#include "store/integrity.h"

namespace desk {

struct CheckCounts {
  int articles = 0;
  int comments = 0;
  int addresses = 0;
  int media = 0;
  int problems = 0;
};

using store::Thoroughness;

struct CheckOptions {
  Thoroughness thoroughness = Thoroughness::quick;
  // May be empty: what is being looked at, how far, of how much (0: unknown).
  std::function<void(const std::string& stage, std::int64_t done, std::int64_t total)> progress = {};
};

// Database, media files below `media_root`, permalinks (each article's address leads to it, redirects end somewhere, no loops),
// sealed emails that can be opened; all of one moment. Calls `found` with a sentence for each problem. Changes nothing.
CheckCounts check_site(const Desk& desk, const std::filesystem::path& media_root, const std::function<void(std::string)>& found,
                       const CheckOptions& options = {});

}  // namespace desk
