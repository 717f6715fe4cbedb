// What a backup holds: written as its last entry, so that a file without one is known to be cut. A plain record; it reads and
// writes JSON and touches no file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace backup {

// Where things stand in a site folder and, under the same names, in a backup.
inline constexpr std::string_view settings_name = "broadsheet.toml";
inline constexpr std::string_view database_name = "broadsheet.db";
inline constexpr std::string_view secrets_name = "secrets";
inline constexpr std::string_view manifest_name = "manifest.json";

struct FileRecord {
  std::string path;  // below the site folder, with slashes
  std::uint64_t bytes = 0;
  std::string hash;  // base::hash_of its content

  bool operator==(const FileRecord&) const = default;
};

struct Manifest {
  std::string program;  // the version that wrote it
  std::string made;     // "2026-11-26T03:30:00+01:00"
  bool has_secrets = true;
  std::vector<FileRecord> files;  // in the order in which they stand in the backup

  bool operator==(const Manifest&) const = default;
};

std::string to_json(const Manifest& manifest);
// Error{conflict, the end of a sentence} if it is no manifest, or one that this program cannot read.
base::Result<Manifest> parse_manifest(std::string_view json);

// Whether a backup may hold an entry of that name: a file of a site folder, below it, without "..", and nothing else. Bytes that
// no file name of ours has (control characters, backslashes) are refused as well.
bool is_path_of_a_site(std::string_view path);

}  // namespace backup
