#include "view/theme_files.h"

#include <array>
#include <fstream>
#include <iterator>
#include <utility>

#include "base/format.h"
#include "embedded_themes.h"

namespace view {

namespace {

namespace fs = std::filesystem;

base::Error refuse(std::string sentence) { return {base::Errc::invalid, std::move(sentence), {}}; }

bool overlay_shipped(ThemeFiles& files, std::string_view name) {
  const std::string prefix = std::string(name) + "/";
  bool any = false;
  for (const base::EmbeddedFile& file : embedded_themes()) {
    if (!file.path.starts_with(prefix)) continue;
    const std::string path(file.path.substr(prefix.size()));
    files[path] = {std::string(file.content), base::format("themes/{} (shipped)/{}", name, path)};
    any = true;
  }
  return any;
}

base::Result<std::string> read_file(const fs::path& path, const std::string& origin) {
  std::error_code failure;
  const auto size = fs::file_size(path, failure);
  if (failure) return refuse(base::format("{}: cannot be read ({})", origin, failure.message()));
  if (size > max_theme_file_bytes) {
    return refuse(base::format("{}: has {} bytes; a file of a theme may have {}", origin, size, max_theme_file_bytes));
  }
  std::ifstream stream(path, std::ios::binary);
  std::string content{std::istreambuf_iterator<char>(stream), {}};
  if (!stream.is_open() || stream.bad()) return refuse(origin + ": cannot be read; check who may read it");
  return content;
}

bool is_hidden(const fs::path& relative) {
  for (const fs::path& part : relative) {
    if (part.string().starts_with('.')) return true;
  }
  return false;
}

base::Result<void> overlay_folder(ThemeFiles& files, std::string_view name, const fs::path& folder) {
  std::error_code failure;
  std::size_t count = 0;
  for (fs::recursive_directory_iterator entry(folder, failure), end; !failure && entry != end; entry.increment(failure)) {
    const fs::path relative = entry->path().lexically_relative(folder);
    if (is_hidden(relative) || !entry->is_regular_file()) continue;
    const std::string origin = base::format("themes/{}/{}", name, relative.generic_string());
    if (++count > max_theme_files) return refuse(base::format("themes/{}: has more than {} files", name, max_theme_files));
    files[relative.generic_string()] = { TRY(read_file(entry->path(), origin)), origin };
  }
  if (failure) return refuse(base::format("themes/{}: the folder cannot be read ({})", name, failure.message()));
  return {};
}

}  // namespace

base::Result<ThemeFiles> read_theme_files(std::string_view name, const fs::path& folder) {
  ThemeFiles files;
  overlay_shipped(files, "default");
  const bool shipped = name == "default" || overlay_shipped(files, name);
  std::error_code ignored;
  if (!folder.empty() && fs::is_directory(folder, ignored)) {
    TRY(overlay_folder(files, name, folder));
  } else if (!shipped) {
    return refuse(base::format("there is no theme \"{0}\": put its files into themes/{0}/, or set theme = \"default\"", name));
  }
  return files;
}

std::string_view asset_type(std::string_view path) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> types{{
      {".css", "text/css; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".jpeg", "image/jpeg"},
      {".gif", "image/gif"},
      {".webp", "image/webp"},
      {".avif", "image/avif"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".txt", "text/plain; charset=utf-8"},
  }};
  for (const auto& [ending, type] : types) {
    if (path.ends_with(ending)) return type;
  }
  return {};
}

}  // namespace view
