#include "backup/manifest.h"

#include <algorithm>
#include <array>
#include <exception>

#include "base/format.h"
#include "text/json.h"

namespace backup {
namespace {

using base::Errc;
using base::Error;
namespace json = text::json;

constexpr std::int64_t format_number = 1;
constexpr std::array<std::string_view, 3> folders{"media", "themes", secrets_name};

// Throws what Boost.JSON throws where something is missing or of another kind.
Manifest from_json(const json::object& object) {
  Manifest manifest;
  manifest.program = object.at("program").as_string();
  manifest.made = object.at("made").as_string();
  manifest.has_secrets = object.at("secrets").as_bool();
  for (const json::value& value : object.at("files").as_array()) {
    const json::object& file = value.as_object();
    manifest.files.push_back({.path = std::string(file.at("path").as_string()),
                              .bytes = file.at("bytes").to_number<std::uint64_t>(),
                              .hash = std::string(file.at("blake2b_256").as_string())});
  }
  return manifest;
}

bool is_name(std::string_view name) {
  if (name.empty() || name == "." || name == "..") return false;
  return std::ranges::none_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\'; });
}

}  // namespace

std::string to_json(const Manifest& manifest) {
  json::array files;
  for (const FileRecord& file : manifest.files) {
    files.push_back({{"path", file.path}, {"bytes", file.bytes}, {"blake2b_256", file.hash}});
  }
  return json::serialize(json::object{{"format", format_number},
                                      {"program", manifest.program},
                                      {"made", manifest.made},
                                      {"secrets", manifest.has_secrets},
                                      {"files", std::move(files)}}) +
         "\n";
}

base::Result<Manifest> parse_manifest(std::string_view text) {
  try {
    const json::value parsed = json::parse(json::string_view(text.data(), text.size()));
    const std::int64_t format = parsed.as_object().at("format").as_int64();
    if (format == format_number) return from_json(parsed.as_object());
    return Error{
        Errc::conflict,
        base::format("it is of format {}, and this program reads format {}. Use the version that wrote it, or a newer one",
                     format, format_number),
        {}};
  } catch (const std::exception&) {
    return Error{Errc::conflict, "its manifest is damaged. Take another backup file", {}};
  }
}

bool is_path_of_a_site(std::string_view path) {
  if (path == settings_name || path == database_name) return true;
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos || std::ranges::find(folders, path.substr(0, slash)) == folders.end()) return false;
  for (std::string_view rest = path.substr(slash + 1);;) {
    const std::size_t next = rest.find('/');
    if (!is_name(rest.substr(0, next))) return false;
    if (next == std::string_view::npos) return true;
    rest.remove_prefix(next + 1);
  }
}

}  // namespace backup
