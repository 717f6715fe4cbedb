#include <cstdio>

#include "base/format.h"
#include "main/commands.h"

namespace cli {

base::Result<void> init(const InitOptions& options) {
  // The same rules as for the file, so that init never writes what serve refuses.
  TRY(check_setting("site.title", options.site.title));
  TRY(check_setting("site.tagline", options.site.tagline));
  TRY(check_setting("site.url", options.site.url));
  TRY(check_setting("site.timezone", options.site.timezone));
  TRY(check_setting("site.language", options.site.language));
  TRY(make_site_folder(options.folder, options.site));
  std::fputs(base::format("Made a new site in {0}.\nServe it with: broadsheet serve {0}\n", options.folder.root.string()).c_str(), stdout);
  return {};
}

}  // namespace cli
