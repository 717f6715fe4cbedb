#include "desk/read_site.h"

#include <algorithm>

#include "desk/settings_rows.h"
#include "news/visibility.h"
#include "store/addresses.h"
#include "store/articles.h"
#include "store/media.h"
#include "store/taxonomy.h"
#include "text/url.h"

namespace desk {
namespace {

constexpr int most_latest = 50;
constexpr std::size_t longest_search = 400;  // bytes; invariant 8
constexpr int last_search_page = 1000;

// At most so many bytes, without half a character at the end.
std::string_view begin_of(std::string_view words, std::size_t most) {
  if (words.size() <= most) return words;
  while (most > 0 && (static_cast<unsigned char>(words[most]) & 0xC0) == 0x80) --most;
  return words.substr(0, most);
}

}  // namespace

std::optional<std::string> guess_address(const Desk& desk, std::string_view key) {
  const std::string_view slug = key.substr(key.find_last_of('/') + 1);
  if (slug.empty()) return std::nullopt;
  db::Reading reading = desk.database.read();
  for (const news::ArticleKind kind : {news::ArticleKind::article, news::ArticleKind::page}) {
    const auto id = store::find_article_by_slug(reading.connection(), kind, slug);
    const std::optional<news::Teaser> found = id ? store::find_teaser(reading.connection(), *id) : std::nullopt;
    if (!found) continue;
    const news::Visibility visibility = news::visibility_of(found->status);
    if (visibility == news::Visibility::open || visibility == news::Visibility::locked) return found->address;
  }
  return std::nullopt;
}

news::SiteFrame read_frame(const Desk& desk) {
  db::Reading reading = desk.database.read();
  news::SiteFrame frame;
  for (news::Section& section : store::list_sections(reading.connection())) {
    if (!section.parent && section.article_count > 0) frame.sections.push_back(std::move(section));
  }
  frame.menu = store::main_menu(reading.connection());
  for (const news::Teaser& page : store::child_pages(reading.connection(), {}))
    frame.pages.push_back({page.headline, page.address});
  return frame;
}

news::PermalinkRules read_permalink_rules(const Desk& desk) {
  db::Reading reading = desk.database.read();
  return permalink_rules(reading.connection());
}

// A redirect to an article that the public may not see would tell its slug, which is as good as its headline: who follows it gets
// at once what the article itself would answer.
std::optional<news::AddressTarget> find_address(const Desk& desk, std::string_view key) {
  db::Reading reading = desk.database.read();
  std::optional<news::AddressTarget> found = store::find_address(reading.connection(), key);
  if (!found || found->kind != news::AddressKind::redirect) return found;
  const std::optional<std::string> end = text::address_key(found->target);
  std::optional<news::AddressTarget> target = end ? store::find_address(reading.connection(), *end) : std::nullopt;
  if (!target || target->kind != news::AddressKind::article) return found;
  const std::optional<news::Teaser> article = store::find_teaser(reading.connection(), {target->object_id});
  const news::Visibility visibility = article ? news::visibility_of(article->status) : news::Visibility::hidden;
  const bool is_public = visibility == news::Visibility::open || visibility == news::Visibility::locked;
  return is_public ? found : target;
}

SearchContent search(const Desk& desk, std::string_view words, int page) {
  words = begin_of(words, longest_search);
  db::Reading reading = desk.database.read();
  store::SearchPage found =
      store::search(reading.connection(), words, std::clamp(page, 1, last_search_page), desk.settings.articles_per_page);
  return {.hits = std::move(found.hits), .page = found.page, .pages = found.pages, .total = found.total, .has_more = found.has_more};
}

std::vector<news::Teaser> read_latest(const Desk& desk, int most) {
  db::Reading reading = desk.database.read();
  return store::list_teasers(reading.connection(), {}, 1, std::clamp(most, 1, most_latest)).teasers;
}

std::optional<std::string> find_media_file(const Desk& desk, std::string_view address) {
  db::Reading reading = desk.database.read();
  const std::optional<news::Media> media = store::find_media_by_address(reading.connection(), address);
  if (!media || media->file.empty()) return std::nullopt;
  return media->file;
}

}  // namespace desk
