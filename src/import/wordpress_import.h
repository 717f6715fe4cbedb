// `broadsheet import wordpress`: a whole WordPress site from its export files, with every address intact. Three passes over the files, each in constant memory: a
// survey that writes nothing (so that a file which is no export is refused before anything changed), then authors, terms and media, then
// posts, pages, comments and menus in small transactions. Everything goes through desk::Intake. An interrupted import is run again and goes on;
// a finished one that is run again changes nothing (invariant 9). It never fetches anything.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "desk/desk.h"
#include "import/report.h"

namespace import_ {

struct WordPressImport {
  std::vector<std::filesystem::path> files;
  std::filesystem::path uploads;     // a copy of wp-content/uploads; empty: none
  std::filesystem::path media_root;  // the site folder's media/
};

// What is being done, with bytes or files done and in all.
using ImportProgress = std::function<void(const std::string& what, std::uint64_t done, std::uint64_t total)>;

// Error{invalid, sentence with file and line} for a file that is no export; then nothing was changed. Everything else ends in the report.
base::Result<void> import_wordpress(const desk::Desk& desk, const WordPressImport& import, Report& report, const ImportProgress& progress);

}  // namespace import_
