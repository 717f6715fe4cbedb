// SQL for articles and standing pages, their revisions, addresses and lists. Writes keep list_entries, list_counts, addresses and
// the search index in step and touch what they change; they check no rule of the trade (that is desk's). Writes to an article
// that is not there do nothing.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "db/database.h"
#include "news/article.h"
#include "news/source.h"

namespace store {

// The id that the next insert will give, for addresses that hold it. Inside a transaction nobody else can take it.
news::ArticleId next_article_id(db::Connection& connection);

// `article.address` and `article.slug` must be set and free. `summary` is the teaser's plain text, `plain_body` what search
// reads.
struct ArticleTexts {
  std::string summary;
  std::string plain_body;
};
// Gets next_article_id.
news::ArticleId insert(db::Transaction& tx, const news::NewArticle& article, const ArticleTexts& texts, base::Time now);
// Replaces all but id and counts, adds a revision. Where the address changes, the old one becomes a redirect.
void update(db::Transaction& tx, news::ArticleId id, const news::NewArticle& article, const ArticleTexts& texts, base::Time now);
void set_status(db::Transaction& tx, news::ArticleId id, news::ArticleStatus status);
// The same without a new revision, for what an importer learns later (parents that came after their children, lead pictures).
void set_parent(db::Transaction& tx, news::ArticleId id, news::ArticleId parent, std::string_view address);
void set_lead(db::Transaction& tx, news::ArticleId id, const news::Picture& lead);

std::optional<news::Article> find_article(db::Connection& connection, news::ArticleId id);
// Without what only its own page shows: no texts but the headline, no picture, authors, sections or tags. Enough for every rule, and
// its cost does not grow with the article.
std::optional<news::Article> find_outline(db::Connection& connection, news::ArticleId id);
std::optional<news::ArticleId> find_article_by_slug(db::Connection& connection, news::ArticleKind kind, std::string_view slug);
std::optional<news::Teaser> find_teaser(db::Connection& connection, news::ArticleId id);
// The present revision's source.
struct Written {
  news::BodyFormat format;
  std::string source;
  std::string headline;
  std::string standfirst;  // HTML as stored
};
std::optional<Written> find_written(db::Connection& connection, news::ArticleId id);

// Newest first. `page` counts from 1; a page past the end is empty.
news::TeaserPage list_teasers(db::Connection& connection, news::ListKey list, int page, int per_page);
news::TeaserPage list_teasers_between(db::Connection& connection, news::TimeRange range, int page, int per_page);
std::vector<news::Teaser> sticky_teasers(db::Connection& connection, int most);
// Published articles with comments since then, those with the most comments first. Only the few hundred with the latest comments
// take part.
std::vector<news::Teaser> most_discussed(db::Connection& connection, base::Time since, int most);
// Share tags or a section with the article: those that share most first, then the newest; the article itself left out. Looks at a
// bounded number of the newest of each list.
std::vector<news::Teaser> related_teasers(db::Connection& connection, const news::Article& article, int most);
// The neighbours in `all`: previous is older, next is newer.
struct Neighbours {
  std::optional<news::Teaser> previous;
  std::optional<news::Teaser> next;
};
Neighbours neighbours(db::Connection& connection, const news::Article& article);

std::vector<news::Teaser> child_pages(db::Connection& connection, news::ArticleId parent);  // none: the top ones
std::vector<news::ArticleId> due_articles(db::Connection& connection, base::Time now);      // scheduled, their time reached

inline constexpr int most_counted = 300;
struct SearchPage {
  std::vector<news::SearchHit> hits;
  int page = 1;
  int pages = 1;
  int total = 0;          // at most most_counted
  bool has_more = false;  // further hits are on no page
};
// `words` as typed by anybody: made into an FTS5 query of quoted words here, so no operator of theirs is one. All words must
// occur; the last one at least as a beginning, where few articles hold it whole. Published articles and pages; password-protected
// ones only by headline. The best first; where there are more than are counted, the best of the newest and of those that hold the
// words in their headline.
SearchPage search(db::Connection& connection, std::string_view words, int page, int per_page);

}  // namespace store
