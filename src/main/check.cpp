#include <cstdio>

#include "base/format.h"
#include "desk/check_site.h"
#include "main/commands.h"
#include "main/progress.h"

namespace cli {

base::Result<void> check(const SiteFolder& folder, desk::Thoroughness thoroughness) {
  const std::unique_ptr<OpenSite> site = TRY(OpenSite::open(folder, {}, true));
  desk::CheckCounts counts;
  {
    StageProgress stages;
    counts = desk::check_site(
        site->desk(), folder.media(), [](const std::string& finding) { std::fputs((finding + "\n").c_str(), stdout); },
        {.thoroughness = thoroughness, .progress = [&](const std::string& stage, std::int64_t done, std::int64_t total) {
           stages.show(stage, static_cast<std::uint64_t>(done), static_cast<std::uint64_t>(total));
         }});
  }
  std::fputs(base::format("Checked {} articles and pages, {} comments, {} addresses, {} media files: {}.\n", counts.articles, counts.comments,
                          counts.addresses, counts.media, counts.problems == 0 ? "all is well" : base::format("{} problems", counts.problems))
                 .c_str(),
             stdout);
  if (counts.problems > 0) {
    return base::Error{base::Errc::conflict, "The site has the problems listed above. Restore what is missing from your backup, then check again.", {}};
  }
  return {};
}

}  // namespace cli
