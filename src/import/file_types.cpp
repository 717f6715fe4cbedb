#include "import/file_types.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "base/secrets.h"

namespace import_ {
namespace {

namespace fs = std::filesystem;

struct FileType {
  std::string_view extension;
  std::string_view type;
};

// What a newsroom uploads. Everything else is served as a download, but it is brought along.
constexpr std::array types = {
    FileType{"jpg", "image/jpeg"},      FileType{"jpeg", "image/jpeg"},     FileType{"png", "image/png"},      FileType{"gif", "image/gif"},
    FileType{"webp", "image/webp"},     FileType{"avif", "image/avif"},     FileType{"svg", "image/svg+xml"},  FileType{"pdf", "application/pdf"},
    FileType{"mp3", "audio/mpeg"},      FileType{"m4a", "audio/mp4"},       FileType{"ogg", "audio/ogg"},      FileType{"wav", "audio/wav"},
    FileType{"mp4", "video/mp4"},       FileType{"m4v", "video/mp4"},       FileType{"webm", "video/webm"},    FileType{"mov", "video/quicktime"},
};

// A web server that one day serves this folder must not run what it finds.
constexpr std::array<std::string_view, 14> programs = {"php", "phtml", "php3", "php4", "php5", "php7", "phps", "phar", "cgi", "pl", "py", "asp", "aspx", "htaccess"};

std::string extension_of(const fs::path& file) {
  std::string extension = file.has_extension() ? file.extension().string().substr(1) : file.filename().string().substr(1);
  std::transform(extension.begin(), extension.end(), extension.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension;
}

}  // namespace

std::string type_of(const fs::path& file) {
  const std::string extension = extension_of(file);
  const auto found = std::find_if(types.begin(), types.end(), [&](const FileType& type) { return type.extension == extension; });
  return found == types.end() ? "application/octet-stream" : std::string(found->type);
}

bool is_program(const fs::path& file) {
  return std::find(programs.begin(), programs.end(), extension_of(file)) != programs.end();
}

// Whole or not at all: an import that is killed leaves at most a file with a name of its own beside it.
void copy_whole(const fs::path& from, const fs::path& to) {
  fs::create_directories(to.parent_path());
  const fs::path partial = to.parent_path() / (".partial-" + base::random_hex(8));
  std::error_code failure;
  fs::copy_file(from, partial, failure);
  if (!failure) {
    // Whoever may read the copy of the old site's uploads need not be the one who serves them.
    fs::permissions(partial, fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read | fs::perms::others_read, failure);
    fs::rename(partial, to, failure);
  }
  if (failure) {
    std::error_code ignored;
    fs::remove(partial, ignored);
    throw fs::filesystem_error("cannot copy", from, to, failure);
  }
}

}  // namespace import_
