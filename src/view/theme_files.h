// The files of a theme by name: what the site's own folder has, over the shipped theme of that name, over the shipped default.
// Reads files and nothing else; what they mean is the concern of template_source.h and theme.h.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace view {

struct ThemeFile {
  std::string content;
  std::string origin;  // for messages: "themes/mine/article.tpl"
};

// By path within the theme, '/' between folders: "article.tpl", "pictures/paper.svg". Hidden files are left out.
using ThemeFiles = std::map<std::string, ThemeFile, std::less<>>;

inline constexpr std::size_t max_theme_file_bytes = 2'000'000;
inline constexpr std::size_t max_theme_files = 500;

// Error{invalid, sentence} if there is neither a shipped theme of this name nor a folder, or the folder can't be read or is too
// large.
base::Result<ThemeFiles> read_theme_files(std::string_view name, const std::filesystem::path& folder);

// The content type of a file that browsers may fetch from a theme, by its ending; empty for every other file (templates, notes).
std::string_view asset_type(std::string_view path);

}  // namespace view
