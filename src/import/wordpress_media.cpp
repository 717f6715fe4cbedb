#include "import/wordpress_media.h"

#include <algorithm>
#include <array>
#include <system_error>
#include <vector>

#include "base/format.h"
#include "base/secrets.h"
#include "import/image_size.h"
#include "text/plain.h"
#include "text/url.h"

namespace import_ {
namespace {

namespace fs = std::filesystem;
using base::Errc;
using base::Error;
using base::Result;

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

void copy_upload(const fs::directory_entry& entry, const std::string& name, const fs::path& target, Report& report) {
  std::error_code failure;
  if (entry.is_symlink()) return report.left_out("files", name, "it is a link to another file");
  if (!entry.is_regular_file(failure)) return report.left_out("files", name, "it is no regular file");
  if (is_program(entry.path())) return report.left_out("files", name, "it is a program, not a picture or a document");
  const fs::path to = target / name;
  if (fs::exists(to, failure) && fs::file_size(to, failure) == entry.file_size(failure)) return report.already("files");
  try {
    copy_whole(entry.path(), to);
  } catch (const fs::filesystem_error& error) {
    return report.left_out("files", name, error.code().message());
  }
  report.imported("files");
}

// The copy may have been taken one or two folders higher up.
fs::path uploads_inside(const fs::path& given) {
  for (const char* below : {"wp-content/uploads", "uploads"}) {
    if (fs::is_directory(given / below)) return given / below;
  }
  return given;
}

}  // namespace

Result<void> copy_uploads(const fs::path& given, const fs::path& media_root, Report& report,
                          const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  if (!fs::is_directory(given)) {
    return Error{Errc::not_found, base::format("There is no folder {}. Name the copy of wp-content/uploads with --uploads, or leave it out.", given.string()), {}};
  }
  const fs::path uploads = uploads_inside(given);
  std::vector<fs::directory_entry> entries;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(uploads, fs::directory_options::skip_permission_denied)) {
    if (entry.is_symlink() || !entry.is_directory()) entries.push_back(entry);
  }
  const fs::path target = media_root / "wp-content" / "uploads";
  for (std::size_t i = 0; i < entries.size(); ++i) {
    copy_upload(entries[i], fs::relative(entries[i].path(), uploads).generic_string(), target, report);
    progress(i + 1, entries.size());
  }
  return {};
}

std::optional<std::string> uploads_path(const Survey& survey, std::string_view url) {
  const std::optional<text::Url> parsed = text::parse_url(url);
  if (!parsed) return std::nullopt;
  const auto below = [&](std::string_view path) -> std::optional<std::string> {
    const std::optional<std::string> key = text::address_key(path);
    return key ? std::optional(key->substr(1)) : std::nullopt;
  };
  const auto wp_content = parsed->path.find(uploads_address);
  const bool is_ours = parsed->host.empty() || std::find(survey.own_origins.begin(), survey.own_origins.end(), parsed->origin()) != survey.own_origins.end();
  if (is_ours && wp_content != std::string::npos) return below(parsed->path.substr(wp_content + uploads_address.size() - 1));
  // wordpress.com keeps the files of example.wordpress.com at example.files.wordpress.com/2013/03/boat.jpg.
  if (!survey.uploads_prefix.empty() && url.starts_with(survey.uploads_prefix)) return below("/" + std::string(url.substr(survey.uploads_prefix.size(), url.find_first_of("?#") - survey.uploads_prefix.size())));
  return std::nullopt;
}

news::NewMedia to_media(const Survey& survey, const WxrItem& attachment, const fs::path& media_root, const text::Html& caption, base::Time created) {
  news::NewMedia media;
  media.title = text::plain_text_of_untrusted(attachment.title);
  if (const std::string* alternative = find_meta(attachment.meta, "_wp_attachment_image_alt")) media.alternative_text = text::plain_text_of_untrusted(*alternative);
  media.caption = caption;
  media.created = created;
  media.type = type_of(fs::path(attachment.attachment_url));
  media.address = attachment.attachment_url;
  const std::optional<std::string> path = uploads_path(survey, attachment.attachment_url);
  if (!path) return media;
  const std::string file = "wp-content/uploads/" + *path;
  std::error_code failure;
  const std::uintmax_t bytes = fs::file_size(media_root / file, failure);
  if (failure) {
    // The address stays what it was; should the file come later, it is there.
    if (attachment.attachment_url.find(uploads_address) != std::string::npos) media.address = text::percent_encode_path(std::string(uploads_address) + *path);
    return media;
  }
  media.address = text::percent_encode_path(std::string(uploads_address) + *path);
  media.file = file;
  media.bytes = static_cast<std::int64_t>(bytes);
  if (const std::optional<ImageSize> size = read_image_size(media_root / file)) {
    media.width = size->width;
    media.height = size->height;
  }
  return media;
}

}  // namespace import_
