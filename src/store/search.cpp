// Full-text search (https://www.sqlite.org/fts5.html): what people type becomes a query of quoted words, hits become teasers with
// marked snippets.
#include <algorithm>

#include "store/articles.h"
#include "store/rows.h"
#include "text/escape.h"

namespace store {
namespace {

// Invariant 8: however much is typed, so much is looked for.
constexpr std::size_t most_words = 12;
constexpr std::size_t longest_word = 64;       // bytes
constexpr std::size_t shortest_beginning = 3;  // bytes; shorter ones would match half the dictionary
constexpr int most_weighed = 2000;

// What stands between words: ASCII but letters and digits, and the two blocks of punctuation that people type most.
bool is_separator(std::string_view bytes, std::size_t at) {
  const auto byte = static_cast<unsigned char>(bytes[at]);
  if (byte < 0x80) return !((byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'));
  return false;
}

// The length of a code point of U+00A0–00BF or U+2000–206F at `at`, or 0.
std::size_t punctuation_at(std::string_view bytes, std::size_t at) {
  const std::string_view rest = bytes.substr(at);
  const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(rest[index]); };
  if (rest.size() >= 2 && byte(0) == 0xC2) return 2;
  if (rest.size() >= 3 && byte(0) == 0xE2 && (byte(1) == 0x80 || byte(1) == 0x81)) return 3;
  return 0;
}

std::vector<std::string> words_of(std::string_view typed) {
  std::vector<std::string> words(1);
  for (std::size_t at = 0; at < typed.size() && words.size() <= most_words;) {
    const std::size_t skipped = is_separator(typed, at) ? 1 : punctuation_at(typed, at);
    if (skipped == 0) {
      if (words.back().size() < longest_word) words.back() += typed[at];
      ++at;
    } else {
      if (!words.back().empty()) words.emplace_back();
      at += skipped;
    }
  }
  if (words.back().empty() || words.size() > most_words) words.pop_back();
  return words;
}

// Words hold no quotation mark, so that quoting them is enough.
std::string to_match(const std::vector<std::string>& words) {
  std::string match;
  for (const std::string& word : words) match += '"' + word + "\" ";
  if (words.back().size() >= shortest_beginning) match += '*';
  return match;
}

int count_matches(db::Connection& connection, std::string_view match) {
  return static_cast<int>(
      number(connection.query("SELECT count(*) FROM (SELECT 1 FROM article_search WHERE article_search MATCH $1 LIMIT $2)")
                 .with(match, most_weighed + 1)));
}

struct Window {
  int most;
  std::int64_t offset;
};

// bm25 is the more negative the better. What is new weighs up to twice what is old, newness being halved after one year.
std::vector<news::ArticleId> best_matches(db::Connection& connection, std::string_view match, Window window) {
  std::vector<news::ArticleId> ids;
  db::Query rows =
      connection
          .query(
              "SELECT a.id FROM article_search JOIN articles a ON a.id = article_search.rowid WHERE article_search MATCH $1 "
              "ORDER BY bm25(article_search, 10.0, 4.0, 1.0) * (1.0 + 1.0 / (1.0 + "
              "max(0, (SELECT max(published) FROM list_entries WHERE kind = 0 AND owner_id = 0) - a.published) / 31557600.0)), "
              "a.published DESC, a.id DESC LIMIT $2 OFFSET $3")
          .with(match, window.most, window.offset);
  while (rows.next()) ids.push_back({rows.integer(0)});
  return ids;
}

std::vector<news::ArticleId> newest_matches(db::Connection& connection, std::string_view match, Window window) {
  std::vector<news::ArticleId> ids;
  db::Query rows =
      connection.query("SELECT rowid FROM article_search WHERE article_search MATCH $1 ORDER BY rowid DESC LIMIT $2 OFFSET $3")
          .with(match, window.most, window.offset);
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

// From the body, where a word stands in it, or from the standfirst; the headline is shown anyway.
text::Html snippet_of(db::Connection& connection, std::string_view match, news::ArticleId id) {
  db::Query row = connection
                      .query(
                          "SELECT snippet(article_search, 2, $3, $4, '…', 28), snippet(article_search, 1, $3, $4, '…', 28) "
                          "FROM article_search WHERE article_search MATCH $1 AND rowid = $2")
                      .with(match, id.value, std::string_view(&mark_begins, 1), std::string_view(&mark_ends, 1));
  if (!row.next()) return {};
  const bool prefer_standfirst = !has_mark(row.text(0)) && has_mark(row.text(1));
  return with_marks(row.text(prefer_standfirst ? 1 : 0));
}

}  // namespace

SearchPage search(db::Connection& connection, std::string_view words, int page, int per_page) {
  SearchPage result;
  result.page = std::max(page, 1);
  const std::vector<std::string> looked_for = words_of(words);
  if (looked_for.empty()) return result;
  const std::string match = to_match(looked_for);
  const int matches = count_matches(connection, match);

  per_page = std::max(per_page, 1);
  result.total = std::min(matches, most_counted);
  result.pages = std::max((result.total + per_page - 1) / per_page, 1);
  const std::int64_t offset = static_cast<std::int64_t>(result.page - 1) * per_page;
  if (offset >= result.total) return result;
  const Window window{static_cast<int>(std::min<std::int64_t>(per_page, result.total - offset)), offset};
  const std::vector<news::ArticleId> ids =
      matches <= most_weighed ? best_matches(connection, match, window) : newest_matches(connection, match, window);
  for (const news::ArticleId id : ids) {
    std::optional<news::Teaser> teaser = find_teaser(connection, id);
    if (teaser) result.hits.push_back({*std::move(teaser), snippet_of(connection, match, id)});
  }
  return result;
}

}  // namespace store
