#include <cstdio>

#include "base/format.h"
#include "desk/check_site.h"
#include "main/commands.h"

namespace cli {

base::Result<void> check(const SiteFolder& folder) {
  const std::unique_ptr<OpenSite> site = TRY(OpenSite::open(folder, {}, true));
  const desk::CheckCounts counts = desk::check_site(site->desk(), folder.media(), [](const std::string& finding) {
    std::fputs((finding + "\n").c_str(), stdout);
  });
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
