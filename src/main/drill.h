// The drill: takes a backup of a site, restores it into a folder of its own, examines that, and compares pages of both, byte for
// byte. The site may be served and written to meanwhile: the pages of the original are made from the very moment that was copied.
// It changes nothing in the site.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "desk/check_site.h"
#include "main/settings.h"
#include "main/site_folder.h"

namespace cli {

struct DrillOptions {
  SiteFolder folder;
  std::vector<Override> overrides = {};  // of the settings, for both sides
  std::filesystem::path scratch = {};    // a folder with room for the site twice; a folder in it is made and removed
  std::filesystem::path keep_as = {};    // where the backup stays; empty: it is removed as well
  std::size_t pages = 1000;              // compared at most; 0: all
  std::stop_token stop = {};
  std::function<void(const std::string& stage, std::uint64_t done, std::uint64_t total)> progress = {};
};

// How a drill went. `problems` is empty if and only if all is well.
struct DrillReport {
  base::Time began{};
  double seconds = 0;
  std::string backup = {};  // the file that stayed; empty: none
  std::uint64_t backup_bytes = 0;
  std::size_t files = 0;
  desk::CheckCounts counts = {};
  std::size_t pages_compared = 0;
  std::size_t pages_different = 0;
  std::vector<std::string> problems = {};  // the first hundred, as sentences
  std::vector<std::string> notes = {};     // what was left out of the backup

  bool is_well() const { return problems.empty(); }
};

// Whatever goes wrong is a problem in the report. Error only where nothing could be begun: no site, or a folder that cannot be
// used.
base::Result<DrillReport> run_drill(const DrillOptions& options);

// One line of JSON without the line's end.
std::string to_json(const DrillReport& report);
// A sentence or a few, for people.
std::string to_text(const DrillReport& report);

}  // namespace cli
