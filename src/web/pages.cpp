#include "web/pages.h"

#include <algorithm>
#include <utility>

#include "base/format.h"
#include "desk/read_site.h"
#include "text/url.h"
#include "text/utf8.h"
#include "view/pages.h"
#include "web/answers.h"
#include "web/article_page.h"
#include "web/comment_form.h"
#include "web/files.h"
#include "web/resolve.h"

namespace web {
namespace {

constexpr int latest_on_refusals = 6;
constexpr std::size_t most_search_bytes = 200;

// "/2026/11/the-bridge" gives "the bridge": what its reader may have been looking for.
std::string words_of(std::string_view path) {
  std::string words = text::percent_decode(path).value_or(std::string());
  const std::size_t end = words.find_last_not_of('/');
  words.resize(end == std::string::npos ? 0 : end + 1);
  words.erase(0, words.rfind('/') + 1);
  std::replace_if(
      words.begin(), words.end(), [](char c) { return c == '-' || c == '_' || c == '+' || c == '.'; }, ' ');
  return words.size() > 80 ? std::string() : text::clean_line(words);
}

std::string search_words(const Visit& visit) {
  std::string words = text::clean_line(visit.parameter("q").value_or(""));
  if (words.size() <= most_search_bytes) return words;
  words.resize(most_search_bytes);
  const std::size_t space = words.rfind(' ');
  return space == std::string::npos ? text::to_valid_utf8(words) : words.substr(0, space);
}

view::FrontPage to_page(desk::FrontContent content) {
  view::FrontPage page;
  page.lead = std::move(content.lead);
  page.seconds = std::move(content.seconds);
  for (desk::FrontContent::Block& block : content.blocks)
    page.blocks.push_back({std::move(block.section), std::move(block.teasers)});
  page.latest = std::move(content.latest);
  page.most_discussed = std::move(content.most_discussed);
  page.comments = std::move(content.comments);
  page.has_older = content.has_older;
  return page;
}

}  // namespace

std::vector<news::Source> with_frame(std::vector<news::Source> sources) {
  sources.push_back({news::SourceKind::frame, 0});
  return sources;
}

MadePage show_front(SiteParts& parts, const Visit& visit) {
  if (std::optional<MadePage> elsewhere = show_by_query(parts, visit)) return *std::move(elsewhere);
  desk::FrontContent content = desk::read_front(parts.desk);
  const news::SiteFrame frame = desk::read_frame(parts.desk);
  MadePage made{.response = {}, .keep = MadePage::Keep::yes, .sources = with_frame(std::move(content.sources))};
  made.response = page_answer(200, view::render_front(*parts.theme(), site_around(parts, frame), to_page(std::move(content))),
                              Audience::public_);
  return made;
}

MadePage show_search(SiteParts& parts, const Visit& visit) {
  const std::string words = search_words(visit);
  const int page = parse_number(visit.parameter("page").value_or("1")).value_or(1);
  desk::SearchContent found = words.empty() ? desk::SearchContent{} : desk::search(parts.desk, words, page);
  const news::SiteFrame frame = desk::read_frame(parts.desk);
  const view::SearchPage shown{
      .words = words, .hits = std::move(found.hits), .page = found.page, .pages = found.pages, .total = found.total, .has_more = found.has_more};
  MadePage made;
  made.response = page_answer(200, view::render_search(*parts.theme(), site_around(parts, frame), shown), Audience::public_);
  made.response.set("X-Robots-Tag", "noindex");
  return made;
}

MadePage show_comment_place(SiteParts& parts, const Visit& visit) {
  std::string_view number = std::string_view(visit.request.path).substr(std::string_view("/comment/").size());
  if (number.ends_with('/')) number.remove_suffix(1);
  const std::optional<int> id = parse_number(number);
  const std::optional<desk::CommentPlace> place = id ? desk::find_comment_place(parts.desk, {*id}) : std::nullopt;
  if (!place) return show_address(parts, visit);
  MadePage made{.response = redirect(301, place->address)};
  made.response.set("Cache-Control", "no-cache");  // the page it stands on changes with its neighbours
  return made;
}

MadePage not_found(const SiteParts& parts, const Visit& visit) {
  if (visit.wants_json) return {.response = json_error(parts, 404, {base::Errc::not_found, "article.missing", {}})};
  const news::SiteFrame frame = desk::read_frame(parts.desk);
  const view::NotFoundPage page{.words = words_of(visit.request.path),
                                .latest = desk::read_latest(parts.desk, latest_on_refusals)};
  MadePage made;
  made.response = page_answer(404, view::render_not_found(*parts.theme(), site_around(parts, frame), page), Audience::public_);
  made.response.set("X-Robots-Tag", "noindex");
  return made;
}

MadePage refused(const SiteParts& parts, const Visit& visit, const base::Error& error) {
  if (error.code == base::Errc::not_found) return not_found(parts, visit);
  if (error.code != base::Errc::gone || visit.wants_json)
    return {.response = error_answer(parts, visit, status_of(error.code), error)};
  const news::SiteFrame frame = desk::read_frame(parts.desk);
  const view::GonePage page{.latest = desk::read_latest(parts.desk, latest_on_refusals)};
  return {.response = page_answer(410, view::render_gone(*parts.theme(), site_around(parts, frame), page), Audience::public_)};
}

}  // namespace web
