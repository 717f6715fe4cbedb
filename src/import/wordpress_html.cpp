// From WordPress's raw texts to safe Html: rendered as WordPress would, then sanitised.
#include <algorithm>

#include "import/wordpress_intake.h"
#include "import/wordpress_media.h"
#include "import/wordpress_text.h"
#include "text/plain.h"
#include "text/sanitise.h"
#include "text/url.h"
#include "text/utf8.h"

namespace import_ {
namespace {

constexpr std::size_t most_gallery_pictures = 200;  // invariant 8

}  // namespace

std::optional<std::string> WordPressIntake::old_address(const WxrItem& item) const {
  const std::optional<text::Url> url = text::parse_url(item.link);
  if (!url || url->path.empty() || url->path == "/" || !url->query.empty()) return std::nullopt;
  if (!text::address_key(url->path)) return std::nullopt;
  // As it stands in the file, so that links with its way of percent-encoding need no redirect; but "//" at the start would name a host.
  std::string path;
  for (const char c : url->path) {
    if (c != '/' || !path.ends_with('/')) path += c;
  }
  const bool is_ascii = std::all_of(path.begin(), path.end(), [](unsigned char c) { return c > 0x20 && c < 0x7f; });
  return is_ascii ? path : text::percent_encode_path(text::percent_decode(path).value_or(path));
}

text::Html WordPressIntake::to_standfirst(const WxrItem& item) const {
  if (item.excerpt.empty()) return {};
  return text::sanitise(render_wordpress_excerpt(item.excerpt, survey_.site.language),
                        {.trust = text::Trust::comment, .image_hosts = {}, .own_origin = own_origin(), .id_prefix = {}});
}

text::Html WordPressIntake::to_comment_html(const std::string& content) const {
  return text::sanitise(render_wordpress_comment(content, survey_.site.language),
                        {.trust = text::Trust::comment, .image_hosts = {}, .own_origin = own_origin(), .id_prefix = {}});
}

RenderedPost WordPressIntake::render(const WxrItem& item) const {
  RenderedPost rendered;
  rendered.headline = text::clean_line(text::plain_text_of_untrusted(render_wordpress_title(item.title, survey_.site.language)));
  rendered.standfirst = to_standfirst(item);
  bool needs_pictures = false;
  RenderedPost::Body body = to_html(item, [&](const GalleryRequest&) {
    needs_pictures = true;
    return std::vector<WordPressPicture>();
  });
  if (!needs_pictures) rendered.body = std::move(body);
  for (const WxrComment& comment : item.comments) {
    rendered.comments.push_back({.body = to_comment_html(comment.content),
                                 .author = text::clean_line(text::plain_text_of_untrusted(comment.author)),
                                 .website = text::clean_website(comment.url).value_or(""),
                                 .created = time_of(comment.date_gmt, comment.date, desk_.clock.now())});
  }
  return rendered;
}

RenderedPost::Body WordPressIntake::to_html(const WxrItem& item, Attachments attachments) const {
  WordPressContext context;
  context.post_id = item.post_id;
  context.language = survey_.site.language;
  if (const std::string* footnotes = find_meta(item.meta, "footnotes")) context.footnotes = parse_wordpress_footnotes(*footnotes);
  context.attachments = std::move(attachments);
  context.synced_pattern = [this](std::int64_t id) {
    const auto found = survey_.patterns.find(id);
    return found == survey_.patterns.end() ? std::string() : found->second;
  };
  RenderedText rendered = render_wordpress_content(item.content, context);
  std::vector<std::string> image_hosts = desk_.settings.image_hosts;
  image_hosts.insert(image_hosts.end(), survey_.media_hosts.begin(), survey_.media_hosts.end());
  return {.html = text::sanitise(with_own_media(std::move(rendered.html)), {.trust = text::Trust::article,
                                                                            .image_hosts = std::move(image_hosts),
                                                                            .own_origin = own_origin(),
                                                                            .id_prefix = {}}),
          .left_out = std::move(rendered.left_out)};
}

std::vector<WordPressPicture> WordPressIntake::pictures_for(desk::Intake& intake, const GalleryRequest& request) const {
  std::vector<std::int64_t> ids = request.ids;
  if (const auto own = survey_.attachments_of.find(request.post_id); ids.empty() && own != survey_.attachments_of.end()) ids = own->second;
  std::vector<WordPressPicture> pictures;
  for (const std::int64_t id : ids) {
    if (std::find(request.exclude.begin(), request.exclude.end(), id) != request.exclude.end()) continue;
    const std::optional<news::Media> media = intake.find_media(news::MediaId{intake.find(from("attachment", std::to_string(id)))});
    if (!media || !media->type.starts_with(request.kind + "/")) continue;
    pictures.push_back({.id = id, .url = media->address, .alt = media->alternative_text, .caption = media->caption.string(), .title = media->title,
                        .width = media->width, .height = media->height});
    if (pictures.size() == most_gallery_pictures) break;
  }
  return pictures;
}

// Uploads that lived on a host of their own (https://example.files.wordpress.com/2013/03/boat.jpg) and were copied are now under our own address.
std::string WordPressIntake::with_own_media(std::string html) const {
  const std::string& prefix = survey_.uploads_prefix;
  if (prefix.empty()) return html;
  std::string result;
  std::size_t from = 0;
  for (std::size_t at = html.find(prefix); at != std::string::npos; at = html.find(prefix, from)) {
    const std::size_t end = std::min(html.find_first_of("\"'<> \n", at), html.size());
    const std::string url = html.substr(at, end - at);
    const std::optional<std::string> path = uploads_path(survey_, url);
    std::error_code failure;
    const bool is_here = path && std::filesystem::is_regular_file(media_root_ / "wp-content" / "uploads" / *path, failure);
    result += html.substr(from, at - from) + (is_here ? text::percent_encode_path(std::string(uploads_address) + *path) : url);
    from = end;
  }
  return result + html.substr(from);
}

}  // namespace import_
