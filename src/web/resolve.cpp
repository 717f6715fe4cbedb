#include "web/resolve.h"

#include <utility>

#include "base/format.h"
#include "desk/read_site.h"
#include "news/permalink.h"
#include "text/url.h"
#include "view/pages.h"
#include "web/answers.h"
#include "web/article_page.h"
#include "web/comment_form.h"
#include "web/files.h"
#include "web/pages.h"

namespace web {
namespace {

// What may hang below a stored address.
struct Suffix {
  enum class Kind { none, page, comment_page, part } kind = Kind::none;
  int number = 1;

  std::string written() const {
    switch (kind) {
      case Kind::none: break;
      case Kind::page: return base::format("page/{}", number);
      case Kind::comment_page: return base::format("comment-page-{}", number);
      case Kind::part: return std::to_string(number);
    }
    return {};
  }
};

std::string with_suffix(const std::string& address, const Suffix& suffix) {
  return suffix.kind == Suffix::Kind::none ? address : below(address, suffix.written());
}

MadePage moved(const Visit& visit, std::string_view address) {
  return {.response =
              redirect(301, address, query_without(visit, {"p", "page_id", "attachment_id", "cat", "author", "m", "cpage", "tag",
                                                           "category_name", "author_name", "year", "monthnum", "day"}))};
}

std::string address_of_page(const std::string& address, int page) {
  return page <= 1 ? address : below(address, base::format("page/{}", page));
}

MadePage show_listing(SiteParts& parts, const Visit& visit, base::Result<desk::ListContent> read, view::ListingPage page) {
  if (!read) return refused(parts, visit, read.error());
  desk::ListContent& content = *read;
  const std::string canonical = address_of_page(content.address, content.teasers.page);
  if (!is_at(visit, canonical)) return moved(visit, canonical);
  page.title = std::move(content.title);
  page.address = std::move(content.address);
  page.description = std::move(content.description);
  page.parents = std::move(content.parents);
  page.children = std::move(content.children);
  page.teasers = std::move(content.teasers);
  const news::SiteFrame frame = desk::read_frame(parts.desk);
  MadePage made{.response = {}, .keep = MadePage::Keep::yes, .sources = with_frame(std::move(content.sources))};
  made.response = page_answer(200, view::render_listing(*parts.theme(), site_around(parts, frame), page), Audience::public_);
  return made;
}

view::ListingPage listing_of(view::ListingKind kind) {
  view::ListingPage page;
  page.kind = kind;
  return page;
}

MadePage show_list(SiteParts& parts, const Visit& visit, news::ListKey key, view::ListingKind kind, int page) {
  return show_listing(parts, visit, desk::read_list(parts.desk, key, page), listing_of(kind));
}

MadePage show_article_below(SiteParts& parts, const Visit& visit, news::ArticleId id, const Suffix& suffix) {
  switch (suffix.kind) {
    case Suffix::Kind::none: {
      const int page = parse_number(visit.parameter("cpage").value_or("1")).value_or(1);
      return show_article(parts, visit, id, visit.parameter("p") ? page : 1);
    }
    case Suffix::Kind::comment_page: return show_article(parts, visit, id, suffix.number);
    case Suffix::Kind::part: {
      const base::Result<desk::ArticleContent> content = desk::read_article(parts.desk, id, 1);
      if (!content) return refused(parts, visit, content.error());
      const std::string fragment = suffix.number > 1 ? base::format("#page-{}", suffix.number) : std::string();
      return {.response = redirect(301, content->article.address + fragment, visit.request.query)};
    }
    case Suffix::Kind::page: break;
  }
  return not_found(parts, visit);
}

bool is_for_lists(const Suffix& suffix) { return suffix.kind == Suffix::Kind::none || suffix.kind == Suffix::Kind::page; }

MadePage show_redirect(SiteParts& parts, const Visit& visit, const std::string& target, const Suffix& suffix) {
  const bool takes_suffix =
      suffix.kind == Suffix::Kind::none || (target.starts_with('/') && target.find_first_of("?#") == std::string::npos);
  return takes_suffix ? moved(visit, with_suffix(target, suffix)) : not_found(parts, visit);
}

MadePage show_target(SiteParts& parts, const Visit& visit, const news::AddressTarget& target, const Suffix& suffix) {
  switch (target.kind) {
    case news::AddressKind::article: return show_article_below(parts, visit, {target.object_id}, suffix);
    case news::AddressKind::redirect: return show_redirect(parts, visit, target.target, suffix);
    case news::AddressKind::gone: return refused(parts, visit, {base::Errc::gone, "article.gone", {}});
    case news::AddressKind::media:
      return suffix.kind == Suffix::Kind::none ? show_moved_media(parts, visit) : not_found(parts, visit);
    case news::AddressKind::section:
    case news::AddressKind::tag:
    case news::AddressKind::author: break;
  }
  if (!is_for_lists(suffix)) return not_found(parts, visit);
  const bool is_section = target.kind == news::AddressKind::section;
  const bool is_tag = target.kind == news::AddressKind::tag;
  const news::ListKey key{is_section ? news::ListKind::section
                          : is_tag   ? news::ListKind::tag
                                     : news::ListKind::author,
                          target.object_id};
  const view::ListingKind kind = is_section ? view::ListingKind::section
                                 : is_tag   ? view::ListingKind::tag
                                            : view::ListingKind::author;
  return show_list(parts, visit, key, kind, suffix.number);
}

// What stands at the key itself, or, one after the other, at what is left when a suffix is taken off.
std::optional<MadePage> show_stored(SiteParts& parts, const Visit& visit, std::string_view key) {
  if (const auto target = desk::find_address(parts.desk, key)) return show_target(parts, visit, *target, {});
  const auto try_below = [&](const std::optional<Numbered>& split, Suffix::Kind kind) -> std::optional<MadePage> {
    if (!split) return std::nullopt;
    const auto target = desk::find_address(parts.desk, split->base);
    return target ? std::optional(show_target(parts, visit, *target, {kind, split->number})) : std::nullopt;
  };
  if (auto made = try_below(split_comment_page(key), Suffix::Kind::comment_page)) return made;
  if (auto made = try_below(split_page(key), Suffix::Kind::page)) return made;
  return try_below(split_part(key), Suffix::Kind::part);
}

// "/2026/11/23" below the rules' date base.
std::optional<desk::DateKey> parse_date_key(std::string_view key) {
  int parts[3] = {0, 0, 0};
  for (int index = 0; index < 3 && !key.empty(); ++index) {
    const std::size_t length = index == 0 ? 4 : 2;
    if (key.size() <= length || key.front() != '/') return std::nullopt;
    for (const char digit : key.substr(1, length)) {
      if (digit < '0' || digit > '9') return std::nullopt;
      parts[index] = parts[index] * 10 + (digit - '0');
    }
    key.remove_prefix(length + 1);
  }
  if (!key.empty() || parts[0] == 0) return std::nullopt;
  return desk::DateKey{parts[0], parts[1], parts[2]};
}

MadePage show_archive(SiteParts& parts, const Visit& visit, const desk::DateKey& date, int page) {
  view::ListingPage shown = listing_of(view::ListingKind::date);
  shown.period = {date.year, date.month, date.day};
  return show_listing(parts, visit, desk::read_archive(parts.desk, date, page), std::move(shown));
}

std::optional<MadePage> show_date(SiteParts& parts, const Visit& visit, std::string_view key) {
  const std::string date_base = text::address_key(desk::read_permalink_rules(parts.desk).date_base).value_or(std::string());
  if (date_base.size() > 1) {
    if (!key.starts_with(date_base)) return std::nullopt;
    key.remove_prefix(date_base.size());
  }
  const std::optional<Numbered> split = split_page(key);
  const std::optional<desk::DateKey> date = parse_date_key(split ? split->base : key);
  if (!date) return std::nullopt;
  return show_archive(parts, visit, *date, split ? split->number : 1);
}

MadePage show_latest(SiteParts& parts, const Visit& visit, int page) {
  if (page == 1) return {.response = redirect(301, "/", visit.request.query)};
  base::Result<desk::ListContent> read = desk::read_list(parts.desk, {}, page);
  if (read) read->address = "/";  // pages of the front page, as WordPress has them
  return show_listing(parts, visit, std::move(read), listing_of(view::ListingKind::latest));
}

// "?m=202611", as WordPress's archives by query.
std::optional<MadePage> show_month(SiteParts& parts, const Visit& visit) {
  const std::string_view digits = visit.parameter("m").value_or("");
  if (digits.size() != 4 && digits.size() != 6 && digits.size() != 8) return std::nullopt;
  std::string key = "/" + std::string(digits.substr(0, 4));
  for (std::size_t at = 4; at < digits.size(); at += 2) key += "/" + std::string(digits.substr(at, 2));
  const std::optional<desk::DateKey> date = parse_date_key(key);
  if (!date) return std::nullopt;
  return moved(visit, news::date_address(desk::read_permalink_rules(parts.desk), date->year, date->month, date->day));
}

// "?year=2026&monthnum=11&day=23", the other way of WordPress to name an archive.
std::optional<MadePage> show_year(SiteParts& parts, const Visit& visit) {
  const auto number = [&](std::string_view name) { return parse_number(visit.parameter(name).value_or("")).value_or(0); };
  const int year = number("year");
  if (year == 0) return std::nullopt;
  const int month = number("monthnum");
  return moved(visit, news::date_address(desk::read_permalink_rules(parts.desk), year, month, month == 0 ? 0 : number("day")));
}

// "?tag=fog", "?category_name=harbour/ferries", "?author_name=ada": lists by their slugs, as WordPress without pretty addresses
// writes them.
std::optional<MadePage> show_by_slug(SiteParts& parts, const Visit& visit) {
  struct Way {
    std::string_view parameter;
    std::string (*address)(const news::PermalinkRules& rules, std::string_view slug);
  };
  constexpr Way ways[] = {
      {"tag", news::tag_address}, {"category_name", news::section_address}, {"author_name", news::author_address}};
  for (const Way& way : ways) {
    const auto slug = visit.parameter(way.parameter);
    if (!slug) continue;
    const std::optional<std::string> key = text::address_key(way.address(desk::read_permalink_rules(parts.desk), *slug));
    const auto target = key ? desk::find_address(parts.desk, *key) : std::nullopt;
    return target ? show_target(parts, visit, *target, {}) : not_found(parts, visit);
  }
  return std::nullopt;
}

// "?page_id=12" is also known as "?p=12": WordPress numbers posts, pages and attachments together.
std::optional<MadePage> show_by_id(SiteParts& parts, const Visit& visit, std::string_view name) {
  const auto value = visit.parameter(name);
  if (!value) return std::nullopt;
  const std::int64_t id = parse_id(*value);
  if (id == 0) return std::nullopt;
  std::optional<news::AddressTarget> target = desk::find_address(parts.desk, base::format("?{}={}", name, id));
  const bool is_post = name == "page_id" || name == "attachment_id";
  if (!target && is_post) target = desk::find_address(parts.desk, base::format("?p={}", id));
  return target ? show_target(parts, visit, *target, {}) : not_found(parts, visit);
}

}  // namespace

std::optional<MadePage> show_by_query(SiteParts& parts, const Visit& visit) {
  if (visit.parameters.empty()) return std::nullopt;
  if (const auto words = visit.parameter("s")) {
    return MadePage{.response = redirect(301, "/search?q=" + text::percent_encode(*words), query_without(visit, {"s"}))};
  }
  if (visit.parameter("feed")) return not_found(parts, visit);
  for (const std::string_view name : {"p", "page_id", "attachment_id", "cat", "author"}) {
    if (auto made = show_by_id(parts, visit, name)) return made;
  }
  if (auto made = show_by_slug(parts, visit)) return made;
  if (auto made = show_year(parts, visit)) return made;
  return show_month(parts, visit);
}

MadePage show_address(SiteParts& parts, const Visit& visit) {
  const std::optional<std::string> key = text::address_key(visit.request.path);
  if (!key) return not_found(parts, visit);
  if (auto made = show_stored(parts, visit, *key)) return *std::move(made);
  if (const auto split = split_page(*key); split && split->base == "/") return show_latest(parts, visit, split->number);
  if (auto made = show_date(parts, visit, *key)) return *std::move(made);
  if (*key == "/index.php") {
    if (auto made = show_by_query(parts, visit)) return *std::move(made);
  }
  // Other ways of writing what has a row of its own, and addresses of a WordPress without pretty permalinks.
  if (*key == "/" || *key == "/index.php") return {.response = redirect(301, "/", visit.request.query)};
  if (*key == "/search") return {.response = redirect(301, "/search", visit.request.query)};
  if (key->starts_with("/index.php/")) return {.response = redirect(301, key->substr(10) + "/", visit.request.query)};
  if (key->starts_with("/wp-content/uploads/")) return show_moved_media(parts, visit);
  if (const auto meant = desk::guess_address(parts.desk, *key))
    return {.response = redirect(301, encode_address(*meant), visit.request.query)};
  return not_found(parts, visit);
}

}  // namespace web
