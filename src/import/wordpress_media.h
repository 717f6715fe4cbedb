// The media of a WordPress site: the uploads folder that is copied, and the attachments that name its files.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "import/report.h"
#include "import/wordpress_survey.h"
#include "news/media.h"

namespace import_ {

// Where uploads are served, and where they live below media/.
inline constexpr std::string_view uploads_address = "/wp-content/uploads/";

// Copies the files of `uploads` to media_root/wp-content/uploads, keeping their paths. A file that is there with the same size is left as it is. Programs
// (.php and the like) and links are left out and reported under "files". Each file is there whole or not at all.
base::Result<void> copy_uploads(const std::filesystem::path& uploads, const std::filesystem::path& media_root, Report& report,
                                const std::function<void(std::uint64_t, std::uint64_t)>& progress);

// The part of a media URL behind the uploads folder ("2013/03/boat.jpg"), by the site's own habits; nothing for addresses of others.
std::optional<std::string> uploads_path(const Survey& survey, std::string_view url);

// The record of an attachment. `file` is empty where media_root has no such file; its address is then the one it had.
news::NewMedia to_media(const Survey& survey, const WxrItem& attachment, const std::filesystem::path& media_root, const text::Html& caption, base::Time created);

}  // namespace import_
