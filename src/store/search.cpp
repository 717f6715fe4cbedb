// Full-text search (https://www.sqlite.org/fts5.html): which articles hold the words, the best first, as teasers with marked
// snippets.
#include <algorithm>
#include <limits>
#include <map>

#include "store/articles.h"
#include "store/rows.h"
#include "store/search_query.h"
#include "text/escape.h"

namespace store {
namespace {

// Who finds so many articles with exactly the words they typed needs none with longer ones.
constexpr int enough_whole = 100;
constexpr int most_by_headline = 100;
constexpr int newest_headlines = 10'000;

int count_matches(db::Connection& connection, std::string_view match) {
  return static_cast<int>(
      number(connection.query("SELECT count(*) FROM (SELECT 1 FROM article_search WHERE article_search MATCH $1 LIMIT $2)")
                 .with(match, most_counted + 1)));
}

struct Matches {
  std::string match;
  int count = 0;  // at most one more than are counted
};

Matches find_matches(db::Connection& connection, const std::vector<std::string>& words) {
  Matches whole{.match = match_whole(words)};
  whole.count = count_matches(connection, whole.match);
  if (whole.count >= enough_whole) return whole;
  Matches longer{.match = match_beginning(connection, words)};
  longer.count = count_matches(connection, longer.match);
  return longer;
}

struct Window {
  int most;
  std::int64_t offset;
};

// First those with all words in the headline, then the others, each by relevance. What is new weighs up to twice what is old,
// newness being halved after one year; standing pages have no age. Of very many only the newest are weighed, and of those among
// the newest headlines the ones that are older count as much as the best.
std::vector<news::ArticleId> best_matches(db::Connection& connection, const Matches& matches, Window window) {
  const int headlines = matches.count > most_counted ? newest_headlines : std::numeric_limits<int>::max();
  std::vector<news::ArticleId> ids;
  db::Query rows =
      connection
          .query(
              "SELECT found.id FROM ("
              "SELECT id, max(by_headline) AS by_headline, coalesce(max(relevance), max(max(relevance)) OVER ()) AS relevance "
              "FROM ("
              "SELECT * FROM (SELECT rowid AS id, 0 AS by_headline, relevance(article_search, 10.0, 4.0, 1.0) AS relevance "
              "FROM article_search WHERE article_search MATCH $1 ORDER BY rowid DESC LIMIT $2) "
              "UNION ALL SELECT * FROM (SELECT rowid, 1, NULL FROM article_search WHERE article_search MATCH $3 "
              "AND rowid > (SELECT max(id) FROM articles) - $4 ORDER BY rowid DESC LIMIT $5)) GROUP BY id) found "
              "LEFT JOIN list_entries entry ON entry.article_id = found.id AND entry.kind = 0 AND entry.owner_id = 0 "
              "ORDER BY found.by_headline DESC, found.relevance * (1.0 + coalesce(1.0 / (1.0 + max(0, (SELECT max(published) "
              "FROM list_entries WHERE kind = 0 AND owner_id = 0) - entry.published) / 31557600.0), 0.0)) DESC, "
              "entry.published DESC, found.id DESC LIMIT $6 OFFSET $7")
          .with(matches.match, most_counted, in_headline(matches.match), headlines, most_by_headline, window.most, window.offset);
  while (rows.next()) ids.push_back({rows.integer(0)});
  return ids;
}

constexpr char mark_begins = '\x01';
constexpr char mark_ends = '\x02';

// Escaped piece by piece, and balanced whatever stands in the text.
text::Html with_marks(std::string_view snippet) {
  text::Html out;
  bool is_marked = false;
  const auto end_mark = [&] {
    if (is_marked) out += text::Html::literal("</mark>");
    is_marked = false;
  };
  while (!snippet.empty()) {
    const std::size_t plain = std::min(snippet.find_first_of("\x01\x02"), snippet.size());
    out += text::escape(snippet.substr(0, plain));
    snippet.remove_prefix(plain);
    if (snippet.empty()) break;
    end_mark();
    is_marked = snippet.front() == mark_begins;
    if (is_marked) out += text::Html::literal("<mark>");
    snippet.remove_prefix(1);
  }
  end_mark();
  return out;
}

bool has_mark(std::string_view snippet) { return snippet.find(mark_ends) != std::string_view::npos; }

// From the body, where a word stands in it, or from the standfirst; the headline is shown anyway. One walk along the matches: to
// open the index for each row alone takes longer than to pass those in between.
std::map<news::ArticleId, text::Html> snippets_of(db::Connection& connection, std::string_view match,
                                                  const std::vector<news::ArticleId>& ids) {
  std::map<news::ArticleId, text::Html> snippets;
  if (ids.empty()) return snippets;
  const auto [oldest, newest] = std::minmax_element(ids.begin(), ids.end());
  std::string list;
  for (const news::ArticleId id : ids) list += (list.empty() ? "[" : ",") + std::to_string(id.value);
  db::Query row =
      connection
          .query(
              "SELECT rowid, snippet(article_search, 2, $2, $3, '…', 28), snippet(article_search, 1, $2, $3, '…', 28) "
              "FROM article_search WHERE article_search MATCH $1 AND rowid BETWEEN $4 AND $5 "
              // With its sign SQLite does not look each of them up by itself.
              "AND +rowid IN (SELECT value FROM json_each($6))")
          .with(match, std::string_view(&mark_begins, 1), std::string_view(&mark_ends, 1), oldest->value, newest->value,
                list + "]");
  while (row.next()) {
    const bool prefer_standfirst = !has_mark(row.text(1)) && has_mark(row.text(2));
    snippets[{row.integer(0)}] = with_marks(row.text(prefer_standfirst ? 2 : 1));
  }
  return snippets;
}

}  // namespace

SearchPage search(db::Connection& connection, std::string_view words, int page, int per_page) {
  SearchPage result;
  result.page = std::max(page, 1);
  const std::vector<std::string> looked_for = searched_words(words);
  if (looked_for.empty()) return result;
  const Matches matches = find_matches(connection, looked_for);

  per_page = std::max(per_page, 1);
  result.total = std::min(matches.count, most_counted);
  result.has_more = matches.count > most_counted;
  result.pages = std::max((result.total + per_page - 1) / per_page, 1);
  const std::int64_t offset = static_cast<std::int64_t>(result.page - 1) * per_page;
  if (offset >= result.total) return result;
  const Window window{static_cast<int>(std::min<std::int64_t>(per_page, result.total - offset)), offset};
  const std::vector<news::ArticleId> best = best_matches(connection, matches, window);
  std::map<news::ArticleId, text::Html> snippets = snippets_of(connection, matches.match, best);
  for (const news::ArticleId id : best) {
    if (std::optional<news::Teaser> teaser = find_teaser(connection, id))
      result.hits.push_back({*std::move(teaser), std::move(snippets[id])});
  }
  return result;
}

}  // namespace store
