#include "store/byline.h"

#include <algorithm>

#include "store/rows.h"

namespace store {
namespace {

void append_cell(std::string& byline, std::string_view cell, char end) {
  for (const char letter : cell) byline += letter == '\t' || letter == '\n' ? ' ' : letter;
  byline += end;
}

// A row of name and address.
void append(std::string& byline, const db::Query& author) {
  append_cell(byline, author.text(0), '\t');
  append_cell(byline, author.text(1), '\n');
}

}  // namespace

std::vector<news::Link> parse_byline(std::string_view byline) {
  std::vector<news::Link> authors;
  while (!byline.empty()) {
    const std::size_t end = std::min(byline.find('\n'), byline.size());
    const std::string_view line = byline.substr(0, end);
    const std::size_t tab = std::min(line.find('\t'), line.size());
    authors.push_back({std::string(line.substr(0, tab)), std::string(line.substr(std::min(tab + 1, line.size())))});
    byline.remove_prefix(std::min(end + 1, byline.size()));
  }
  return authors;
}

std::string byline_of(db::Connection& connection, const std::vector<news::AuthorId>& authors) {
  std::string byline;
  for (const news::AuthorId author : authors) {
    db::Query row = connection.query("SELECT name, address FROM authors WHERE id = $1").with(author.value);
    if (row.next()) append(byline, row);
  }
  return byline;
}

void write_byline(db::Transaction& tx, news::ArticleId article) {
  std::string byline;
  {
    db::Query rows = tx.query(
                           "SELECT a.name, a.address FROM article_authors x JOIN authors a ON a.id = x.author_id "
                           "WHERE x.article_id = $1 ORDER BY x.position")
                         .with(article.value);
    while (rows.next()) append(byline, rows);
  }
  tx.query("UPDATE articles SET byline = $2 WHERE id = $1").with(article.value, byline).run();
}

void write_bylines_of(db::Transaction& tx, news::AuthorId author) {
  std::vector<news::ArticleId> articles;
  {
    db::Query rows = tx.query("SELECT article_id FROM article_authors WHERE author_id = $1").with(author.value);
    while (rows.next()) articles.push_back({rows.integer(0)});
  }
  for (const news::ArticleId article : articles) write_byline(tx, article);
}

}  // namespace store
