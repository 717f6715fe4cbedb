// Lists of articles: each is a short list of ids from an index, and then a teaser for each of them.
#include <algorithm>
#include <map>

#include "store/articles.h"
#include "store/rows.h"

namespace store {
namespace {

std::vector<news::Teaser> teasers_of(db::Connection& connection, db::Query rows) {
  std::vector<news::Teaser> teasers;
  while (rows.next()) {
    if (std::optional<news::Teaser> teaser = find_teaser(connection, {rows.integer(0)})) teasers.push_back(*std::move(teaser));
  }
  return teasers;
}

std::optional<news::Teaser> first_of(std::vector<news::Teaser> teasers) {
  if (teasers.empty()) return std::nullopt;
  return std::move(teasers.front());
}

struct Window {
  int per_page;
  std::int64_t offset;
};

Window window_of(int page, int per_page) {
  per_page = std::max(per_page, 1);
  return {per_page, static_cast<std::int64_t>(std::max(page, 1) - 1) * per_page};
}

news::TeaserPage empty_page(int page, int per_page, std::int64_t total) {
  const std::int64_t size = std::max(per_page, 1);
  return {{}, std::max(page, 1), static_cast<int>(std::max<std::int64_t>((total + size - 1) / size, 1)), static_cast<int>(total)};
}

constexpr int shared_tag_weighs = 2;
constexpr int shared_section_weighs = 1;
constexpr std::size_t most_tags = 6;
constexpr std::size_t most_sections = 2;
constexpr int newest_of_each = 25;  // with the above at most 200 rows

struct Candidate {
  int weight = 0;
  std::int64_t published = 0;
};
using Candidates = std::map<std::int64_t, Candidate>;

void weigh(db::Connection& connection, news::ListKey list, int weight, Candidates& candidates) {
  db::Query rows = connection
                       .query(
                           "SELECT article_id, published FROM list_entries WHERE kind = $1 AND owner_id = $2 "
                           "ORDER BY published DESC, article_id DESC LIMIT $3")
                       .with(static_cast<int>(list.kind), list.id, newest_of_each);
  while (rows.next()) {
    Candidate& candidate = candidates[rows.integer(0)];
    candidate.weight += weight;
    candidate.published = rows.integer(1);
  }
}

}  // namespace

news::TeaserPage list_teasers(db::Connection& connection, news::ListKey list, int page, int per_page) {
  const int kind = static_cast<int>(list.kind);
  const std::int64_t total =
      number(connection.query("SELECT count FROM list_counts WHERE kind = $1 AND owner_id = $2").with(kind, list.id));
  const Window window = window_of(page, per_page);
  news::TeaserPage result = empty_page(page, per_page, total);
  if (window.offset >= total) return result;  // invariant 8: not by walking past all of them
  result.teasers = teasers_of(connection, connection
                                              .query("SELECT article_id FROM list_entries WHERE kind = $1 AND owner_id = $2 "
                                                     "ORDER BY published DESC, article_id DESC LIMIT $3 OFFSET $4")
                                              .with(kind, list.id, window.per_page, window.offset));
  return result;
}

news::TeaserPage list_teasers_between(db::Connection& connection, news::TimeRange range, int page, int per_page) {
  const std::int64_t from = base::to_unix(range.from);
  const std::int64_t until = base::to_unix(range.until);
  const std::int64_t total = number(
      connection.query("SELECT count(*) FROM list_entries WHERE kind = 0 AND owner_id = 0 AND published >= $1 AND published < $2")
          .with(from, until));
  const Window window = window_of(page, per_page);
  news::TeaserPage result = empty_page(page, per_page, total);
  if (window.offset >= total) return result;  // invariant 8: not by walking past all of them
  result.teasers = teasers_of(
      connection,
      connection
          .query("SELECT article_id FROM list_entries WHERE kind = 0 AND owner_id = 0 AND published >= $1 AND published < $2 "
                 "ORDER BY published DESC, article_id DESC LIMIT $3 OFFSET $4")
          .with(from, until, window.per_page, window.offset));
  return result;
}

std::vector<news::Teaser> sticky_teasers(db::Connection& connection, int most) {
  return teasers_of(connection, connection
                                    .query("SELECT id FROM articles WHERE sticky = 1 AND kind = 0 AND status IN (2, 4) "
                                           "ORDER BY published DESC, id DESC LIMIT $1")
                                    .with(most));
}

// Articles are looked at one by one, and no more than are shown: joined, all 500 would be.
std::vector<news::Teaser> most_discussed(db::Connection& connection, base::Time since, int most) {
  std::vector<news::Teaser> teasers;
  db::Query threads = connection
                          .query(
                              "SELECT article_id FROM (SELECT article_id, comment_count, last_comment FROM threads "
                              "WHERE comment_count > 0 AND last_comment >= $1 ORDER BY last_comment DESC LIMIT 500) t "
                              "ORDER BY comment_count DESC, last_comment DESC, article_id DESC")
                          .with(base::to_unix(since));
  while (static_cast<int>(teasers.size()) < most && threads.next()) {
    const news::ArticleId id{threads.integer(0)};
    const bool is_shown =
        number(connection.query("SELECT 1 FROM articles WHERE id = $1 AND kind = 0 AND status = 2").with(id.value)) != 0;
    if (!is_shown) continue;
    if (std::optional<news::Teaser> teaser = find_teaser(connection, id)) teasers.push_back(*std::move(teaser));
  }
  return teasers;
}

std::vector<news::Teaser> related_teasers(db::Connection& connection, const news::Article& article, int most) {
  Candidates candidates;
  for (std::size_t i = 0; i < std::min(article.tag_ids.size(), most_tags); ++i) {
    weigh(connection, {news::ListKind::tag, article.tag_ids[i].value}, shared_tag_weighs, candidates);
  }
  for (std::size_t i = 0; i < std::min(article.section_ids.size(), most_sections); ++i) {
    weigh(connection, {news::ListKind::section, article.section_ids[i].value}, shared_section_weighs, candidates);
  }
  candidates.erase(article.id.value);

  std::vector<std::pair<std::int64_t, Candidate>> ranked(candidates.begin(), candidates.end());
  std::ranges::sort(ranked, [](const auto& left, const auto& right) {
    return std::tie(left.second.weight, left.second.published, left.first) >
           std::tie(right.second.weight, right.second.published, right.first);
  });
  std::vector<news::Teaser> related;
  for (const auto& [id, candidate] : ranked) {
    if (static_cast<int>(related.size()) >= most) break;
    if (std::optional<news::Teaser> teaser = find_teaser(connection, {id})) related.push_back(*std::move(teaser));
  }
  return related;
}

Neighbours neighbours(db::Connection& connection, const news::Article& article) {
  if (article.kind != news::ArticleKind::article) return {};
  const std::int64_t published = base::to_unix(article.published);
  return {.previous = first_of(teasers_of(
              connection, connection
                              .query("SELECT article_id FROM list_entries WHERE kind = 0 AND owner_id = 0 "
                                     "AND (published, article_id) < ($1, $2) ORDER BY published DESC, article_id DESC LIMIT 1")
                              .with(published, article.id.value))),
          .next = first_of(
              teasers_of(connection, connection
                                         .query("SELECT article_id FROM list_entries WHERE kind = 0 AND owner_id = 0 "
                                                "AND (published, article_id) > ($1, $2) ORDER BY published, article_id LIMIT 1")
                                         .with(published, article.id.value)))};
}

std::vector<news::Teaser> child_pages(db::Connection& connection, news::ArticleId parent) {
  return teasers_of(connection, connection
                                    .query("SELECT id FROM articles WHERE kind = 1 AND parent_id = $1 AND status IN (2, 4) "
                                           "ORDER BY position, headline, id LIMIT 1000")
                                    .with(parent.value));
}

std::vector<news::ArticleId> due_articles(db::Connection& connection, base::Time now) {
  std::vector<news::ArticleId> due;
  db::Query rows = connection.query("SELECT id FROM articles WHERE status = 1 AND published <= $1 ORDER BY published, id")
                       .with(base::to_unix(now));
  while (rows.next()) due.push_back({rows.integer(0)});
  return due;
}

}  // namespace store
