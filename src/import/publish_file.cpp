#include "import/publish_file.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/format.h"
#include "import/file_types.h"
#include "import/front_matter.h"
#include "import/image_size.h"
#include "text/slug.h"
#include "text/url.h"

namespace import_ {
namespace {

namespace fs = std::filesystem;
using base::Errc;
using base::Error;
using base::Result;

constexpr std::uintmax_t most_article_bytes = 4U << 20U;

Result<std::string> read_file(const fs::path& file, std::uintmax_t most) {
  std::error_code failure;
  const std::uintmax_t size = fs::file_size(file, failure);
  if (failure) return Error{Errc::not_found, base::format("{} can't be read: {}.", file.string(), failure.message()), {}};
  if (size > most) return Error{Errc::invalid, base::format("{} has {} bytes; at most {} are taken.", file.string(), size, most), {}};
  std::ifstream in(file, std::ios::binary);
  std::string content(std::istreambuf_iterator<char>(in), {});
  if (!in) return Error{Errc::not_found, base::format("{} can't be read. Check that you may read it.", file.string()), {}};
  return content;
}

bool has_same_bytes(const fs::path& left, const fs::path& right) {
  std::error_code failure;
  if (fs::file_size(left, failure) != fs::file_size(right, failure) || failure) return false;
  std::ifstream a(left, std::ios::binary);
  std::ifstream b(right, std::ios::binary);
  return std::equal(std::istreambuf_iterator<char>(a), {}, std::istreambuf_iterator<char>(b), {});
}

// Below media/, by month like everything else. Another picture that has the name already keeps it.
fs::path place_for(const fs::path& picture, const fs::path& media_root, const text::CivilTime& when) {
  const fs::path folder = base::format("{:04}/{:02}", when.year, when.month);
  std::string stem = text::slugify(picture.stem().string());
  if (stem.empty()) stem = "picture";
  const std::string extension = picture.extension().string();
  fs::path place = folder / (stem + extension);
  for (int n = 2; fs::exists(media_root / place) && !has_same_bytes(picture, media_root / place); ++n) {
    place = folder / base::format("{}-{}{}", stem, n, extension);
  }
  return place;
}

Result<desk::LeadPicture> take_picture(const desk::Desk& desk, const FrontMatterImage& image, const fs::path& beside, const PublishPlaces& places, base::Time when) {
  const fs::path picture = (places.pictures.empty() ? beside : places.pictures) / image.file;
  std::error_code failure;
  if (!fs::is_regular_file(picture, failure)) {
    return Error{Errc::not_found, base::format("There is no picture {}. Correct \"image\" in the front matter, or name its folder with --files.", picture.string()), {}};
  }
  const std::optional<ImageSize> size = read_image_size(picture);
  if (!size) return Error{Errc::invalid, base::format("{} is no picture of a kind that browsers show (JPEG, PNG, GIF, WebP, AVIF, SVG).", picture.string()), {}};
  const fs::path place = place_for(picture, places.media_root, desk.zone.to_civil(when));
  if (!fs::exists(places.media_root / place)) copy_whole(picture, places.media_root / place);
  desk::LeadPicture lead;
  lead.caption = image.caption;
  lead.media = {.address = text::percent_encode_path("/media/" + place.generic_string()),
                .file = place.generic_string(),
                .type = type_of(place),
                .width = size->width,
                .height = size->height,
                .bytes = static_cast<std::int64_t>(fs::file_size(picture)),
                .title = {},
                .alternative_text = image.alt,
                .caption = {},
                .credit = image.credit,
                .created = when};
  return lead;
}

news::ArticleStatus status_of(FileStatus status) {
  switch (status) {
    case FileStatus::published:
    case FileStatus::scheduled: return news::ArticleStatus::published;   // the date tells them apart
    case FileStatus::draft: return news::ArticleStatus::draft;
    case FileStatus::withheld: return news::ArticleStatus::private_;
  }
  return news::ArticleStatus::draft;
}

desk::PublishRequest to_request(const MarkdownFile& file) {
  const FrontMatter& front = file.front;
  desk::PublishRequest request;
  request.kind = front.kind == FileKind::page ? news::ArticleKind::page : news::ArticleKind::article;
  request.headline = front.title;
  request.standfirst = front.standfirst;
  request.body = file.body;
  request.slug = front.slug;
  // "about/team" stands below the page "team": slugs of pages are looked up by themselves.
  request.parent_slug = front.parent.substr(front.parent.find_last_of('/') + 1);
  request.sections = front.sections;
  request.tags = front.tags;
  request.authors = front.authors;
  request.published = front.date;
  request.updated = front.updated;
  const bool is_open = front.comments_open.value_or(front.kind == FileKind::article);
  request.comments = is_open ? news::Comments::open : news::Comments::closed;
  request.language = front.language;
  request.status = status_of(front.status);
  request.dateline = front.dateline;
  request.sticky = front.is_sticky;
  request.password = front.password;
  return request;
}

}  // namespace

Result<PublishedFile> publish_file(const desk::Desk& desk, const fs::path& file, const PublishPlaces& places) {
  const std::string content = TRY(read_file(file, most_article_bytes));
  const base::Time now = desk.clock.now();
  const MarkdownFile markdown = TRY(parse_markdown_file(content, file.string(), desk.zone, now));
  desk::PublishRequest request = to_request(markdown);
  if (markdown.front.image) {
    request.lead = TRY(take_picture(desk, *markdown.front.image, file.parent_path(), places, markdown.front.date.value_or(now)));
  }
  Result<desk::PublishedArticle> published = desk::publish_article(desk, request);
  if (!published) return Error{published.error().code, base::format("{}: {}", file.string(), published.error().key), published.error().fields};
  return PublishedFile{*published, markdown.warnings};
}

}  // namespace import_
