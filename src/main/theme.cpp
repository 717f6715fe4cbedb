#include <cstdio>
#include <fstream>

#include "base/format.h"
#include "main/commands.h"
#include "main/theme_folder.h"
#include "view/catalogue.h"
#include "view/theme.h"
#include "view/theme_files.h"

namespace cli {

using base::Errc;
using base::Error;
using base::Result;

Result<std::shared_ptr<const view::Theme>> load_theme(const SiteFolder& folder, const news::SiteSettings& settings) {
  return view::Theme::load(settings.theme, folder.themes() / settings.theme, view::Catalogue::of(settings.language));
}

Result<void> copy_theme(const SiteFolder& folder, const std::string& name) {
  if (name == "default" || name.empty() || name.find_first_of("/\\.") != std::string::npos) {
    return Error{Errc::invalid, base::format("\"{}\" can't be the name of a copy. Take a word without dots and slashes that is not \"default\".", name), {}};
  }
  if (!std::filesystem::exists(folder.settings())) {
    return Error{Errc::not_found, base::format("{} is no site: it holds no broadsheet.toml.", folder.root.string()), {}};
  }
  const std::filesystem::path target = folder.themes() / name;
  if (std::filesystem::exists(target)) {
    return Error{Errc::conflict, base::format("There is a theme {} already. Choose another name, or remove that folder first.", target.string()), {}};
  }
  for (const auto& [name_below, file] : TRY(view::read_theme_files("default", {}))) {
    const std::filesystem::path path = target / name_below;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream out(path, std::ios::binary);
    out << file.content << std::flush;
    if (!out) throw std::runtime_error(base::format("cannot write {}", path.string()));
  }
  std::fputs(base::format("Copied the shipped theme to {}.\nEdit it, then set theme = \"{}\" in the [site] table of broadsheet.toml.\n", target.string(), name).c_str(),
             stdout);
  return {};
}

}  // namespace cli
