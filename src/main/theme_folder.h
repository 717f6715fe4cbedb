// Where the site's theme is found.
#pragma once

#include <memory>

#include "base/result.h"
#include "main/site_folder.h"
#include "view/theme.h"

namespace cli {

// The theme that the settings name, from the site folder's themes/. Error{invalid, sentences with file and line} if it is broken or missing.
base::Result<std::shared_ptr<const view::Theme>> load_theme(const SiteFolder& folder, const news::SiteSettings& settings);

}  // namespace cli
