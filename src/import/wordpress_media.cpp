#include "import/wordpress_media.h"

#include <algorithm>
#include <system_error>
#include <vector>

#include "base/format.h"
#include "import/file_types.h"
#include "import/image_size.h"
#include "text/plain.h"
#include "text/url.h"

namespace import_ {
namespace {

namespace fs = std::filesystem;
using base::Errc;
using base::Error;
using base::Result;

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
