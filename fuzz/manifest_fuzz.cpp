// Any bytes as the manifest of a backup, and as the name of an entry in one: what is read is the same when it is written and read
// again, and no name that is taken leads out of the site folder.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "backup/manifest.h"

namespace {

void demand(bool claim) {
  if (!claim) std::abort();
}

void check_path(std::string_view path) {
  if (!backup::is_path_of_a_site(path)) return;
  const std::filesystem::path folder = "/srv/site";
  const std::filesystem::path file = folder / path;
  demand(file == file.lexically_normal() && file.has_filename());
  demand(file.string().starts_with("/srv/site/") && file.string().substr(10) == path);
  for (const char c : path) demand(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f && c != '\\');
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_path(text);
  const auto manifest = backup::parse_manifest(text);
  if (!manifest) {
    demand(!manifest.error().key.empty());
    return 0;
  }
  const auto again = backup::parse_manifest(backup::to_json(*manifest));
  demand(again && *again == *manifest);
  for (const backup::FileRecord& record : manifest->files) check_path(record.path);
  return 0;
}
