#include "web/files.h"

#include <utility>

#include "base/format.h"
#include "desk/read_site.h"
#include "text/escape.h"
#include "text/url.h"
#include "view/avatar.h"
#include "view/theme.h"
#include "web/answers.h"
#include "web/pages.h"

namespace web {
namespace {

std::string plain_file(std::string_view key) {
  return std::string(key.starts_with("/media/") ? key.substr(std::string_view("/media/").size()) : key.substr(1));
}

std::optional<http::Response> find_media(const SiteParts& parts, const Visit& visit) {
  const std::optional<std::string> key = text::address_key(visit.request.path);
  if (!parts.media || !key || key->size() < 2) return std::nullopt;
  const std::string file = desk::find_media_file(parts.desk, *key).value_or(plain_file(*key));
  return parts.media->find(visit.request, file, "public, max-age=86400");
}

MadePage kept(http::Response response) { return {.response = std::move(response), .keep = MadePage::Keep::yes, .sources = {}}; }

}  // namespace

MadePage show_theme_file(SiteParts& parts, const Visit& visit) {
  const std::shared_ptr<const view::Theme> theme = parts.theme();
  const std::optional<view::Asset> asset =
      theme->find_asset(std::string_view(visit.request.path).substr(std::string_view("/theme/").size()));
  if (!asset) return not_found(parts, visit);
  http::Response response = text_answer(200, asset->type, std::string(asset->content));
  if (asset->immutable) response.set("Cache-Control", "public, max-age=31536000, immutable");
  return kept(std::move(response));
}

MadePage show_media(SiteParts& parts, const Visit& visit) {
  if (auto file = find_media(parts, visit)) return {.response = *std::move(file)};
  if (auto refusal = refuse_haste(parts, visit)) return {.response = *std::move(refusal)};
  return not_found(parts, visit);
}

MadePage show_moved_media(SiteParts& parts, const Visit& visit) {
  if (auto file = find_media(parts, visit)) return {.response = *std::move(file)};
  return not_found(parts, visit);
}

MadePage show_avatar(SiteParts& parts, const Visit& visit) {
  std::string_view key = std::string_view(visit.request.path).substr(std::string_view("/avatar/").size());
  constexpr std::string_view ending = ".svg";
  if (key.ends_with(ending)) key.remove_suffix(ending.size());
  // What is no id may be an address of the newsroom's.
  if (!view::is_avatar_key(key) || !visit.request.path.ends_with(ending)) return show_address(parts, visit);
  http::Response response = text_answer(200, "image/svg+xml", view::draw_avatar(key));
  response.set("Cache-Control", "public, max-age=31536000, immutable");
  response.set("Content-Security-Policy", "default-src 'none'; sandbox");
  return kept(std::move(response));
}

MadePage show_robots(SiteParts&, const Visit&) {
  return kept(text_answer(
      200, "text/plain; charset=utf-8",
      "User-agent: *\nDisallow: /search\nDisallow: /*?replytocom=\nDisallow: /*?posted=\nDisallow: /comment/report\n"));
}

MadePage show_icon(SiteParts& parts, const Visit&) {
  const std::string& title = parts.desk.settings.title;
  std::size_t end = title.empty() ? 0 : 1;
  while (end < title.size() && (static_cast<unsigned char>(title[end]) & 0xC0) == 0x80) ++end;
  const text::Html letter = text::escape(title.substr(0, end));
  return kept(text_answer(200, "image/svg+xml",
                          base::format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\"><rect width=\"64\" "
                                       "height=\"64\" rx=\"10\" fill=\"#1a1a1a\"/>"
                                       "<text x=\"32\" y=\"47\" font-family=\"Georgia,serif\" font-size=\"44\" "
                                       "text-anchor=\"middle\" fill=\"#fff\">{}</text></svg>",
                                       letter.string())));
}

MadePage show_no_icon(SiteParts&, const Visit&) {
  MadePage made{.response = text_answer(204, "image/x-icon", {})};
  made.response.set("Cache-Control", "public, max-age=86400");
  return made;
}

}  // namespace web
