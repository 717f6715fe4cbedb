// The first pass over the export files: what must be known before anything is brought in. Writes nothing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "import/permalink_structure.h"
#include "import/wxr.h"

namespace import_ {

// Authors, terms and attachments, which posts refer to, in the order of the files.
struct Foundation {
  std::vector<std::variant<WxrAuthor, WxrTerm, WxrItem>> parts;
  bool is_whole = true;  // false: there was more than memory should hold, and nothing was kept
};

struct Survey {
  WxrSite site;                 // of the first file
  std::string origin;           // "wordpress:https://example.org": names this site in the memory of imports
  std::vector<std::string> own_origins;   // under which the site's own addresses are written in texts, both schemes
  std::vector<std::string> media_hosts;   // other hosts on which its attachments live
  std::string uploads_prefix;   // what media addresses begin with, "https://example.org/wp-content/uploads/"
  std::vector<PermalinkSample> samples;   // a bounded number
  std::map<std::int64_t, std::string> patterns;   // synced patterns (wp_block) by id: raw content; a bounded amount
  std::map<std::int64_t, std::vector<std::int64_t>> attachments_of;   // by the post they belong to, in the file's order
  Foundation foundation;
};

// Refuses what import_::read_wxr refuses.
base::Result<Survey> survey_exports(const std::vector<std::filesystem::path>& files,
                                    const std::function<void(std::uint64_t, std::uint64_t)>& progress);

}  // namespace import_
