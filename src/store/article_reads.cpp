// One article at a time, whole or as a teaser.
#include "news/visibility.h"
#include "store/articles.h"
#include "store/byline.h"
#include "store/rows.h"

namespace store {
namespace {

// Columns from `first`: id, address, width, height of the media row, then the article's own words for the picture.
std::optional<news::Picture> picture_of(const db::Query& row, int first) {
  if (row.integer(first) == 0) return std::nullopt;
  news::Picture picture;
  picture.media = {row.integer(first)};
  picture.address = stored_text(row, first + 1);
  picture.width = stored_int(row, first + 2);
  picture.height = stored_int(row, first + 3);
  picture.alternative_text = stored_text(row, first + 4);
  picture.caption = stored_html(row, first + 5);
  picture.credit = stored_text(row, first + 6);
  return picture;
}

std::optional<news::Article> find_row(db::Connection& connection, news::ArticleId id) {
  db::Query row = connection
                      .query(
                          "SELECT a.kind, a.status, a.headline, a.slug, a.standfirst_html, a.body_html, a.dateline, a.language, "
                          "a.published, a.updated, a.comments, a.sticky, a.post_format, a.password_hash, a.parent_id, a.address, "
                          "t.comment_count, a.revision, a.position, "
                          "coalesce(m.id, 0), m.address, m.width, m.height, a.lead_alt, a.lead_caption_html, a.lead_credit "
                          "FROM articles a JOIN threads t ON t.article_id = a.id LEFT JOIN media m ON m.id = a.lead_media_id "
                          "WHERE a.id = $1")
                      .with(id.value);
  if (!row.next()) return std::nullopt;
  news::Article article;
  article.id = id;
  article.kind = static_cast<news::ArticleKind>(row.integer(0));
  article.status = static_cast<news::ArticleStatus>(row.integer(1));
  article.headline = stored_text(row, 2);
  article.slug = stored_text(row, 3);
  article.standfirst = stored_html(row, 4);
  article.body = stored_html(row, 5);
  article.dateline = stored_text(row, 6);
  article.language = stored_text(row, 7);
  article.published = stored_time(row, 8);
  article.updated = stored_time(row, 9);
  article.comments = static_cast<news::Comments>(row.integer(10));
  article.sticky = row.integer(11) != 0;
  article.post_format = stored_text(row, 12);
  article.password_hash = stored_text(row, 13);
  article.parent = {row.integer(14)};
  article.address = stored_text(row, 15);
  article.comment_count = stored_int(row, 16);
  article.revision = stored_int(row, 17);
  article.position = stored_int(row, 18);
  article.lead = picture_of(row, 19);
  return article;
}

// `rows` give id, name, address.
template <class Id>
void read_filing(db::Query rows, std::vector<news::Link>& links, std::vector<Id>& ids) {
  while (rows.next()) {
    ids.push_back({rows.integer(0)});
    links.push_back({stored_text(rows, 1), stored_text(rows, 2)});
  }
}

}  // namespace

std::optional<news::Article> find_article(db::Connection& connection, news::ArticleId id) {
  std::optional<news::Article> article = find_row(connection, id);
  if (!article) return std::nullopt;
  read_filing(connection
                  .query("SELECT a.id, a.name, a.address FROM article_authors x JOIN authors a ON a.id = x.author_id "
                         "WHERE x.article_id = $1 ORDER BY x.position")
                  .with(id.value),
              article->authors, article->author_ids);
  read_filing(connection
                  .query("SELECT s.id, s.name, s.address FROM article_sections x JOIN sections s ON s.id = x.section_id "
                         "WHERE x.article_id = $1 ORDER BY x.position")
                  .with(id.value),
              article->sections, article->section_ids);
  read_filing(connection
                  .query("SELECT t.id, t.name, t.address FROM article_tags x JOIN tags t ON t.id = x.tag_id "
                         "WHERE x.article_id = $1 ORDER BY x.position")
                  .with(id.value),
              article->tags, article->tag_ids);
  return article;
}

std::optional<news::Article> find_outline(db::Connection& connection, news::ArticleId id) {
  db::Query row = connection
                      .query(
                          "SELECT kind, status, headline, slug, language, published, updated, comments, sticky, password_hash, "
                          "parent_id, address FROM articles WHERE id = $1")
                      .with(id.value);
  if (!row.next()) return std::nullopt;
  news::Article article;
  article.id = id;
  article.kind = static_cast<news::ArticleKind>(row.integer(0));
  article.status = static_cast<news::ArticleStatus>(row.integer(1));
  article.headline = stored_text(row, 2);
  article.slug = stored_text(row, 3);
  article.language = stored_text(row, 4);
  article.published = stored_time(row, 5);
  article.updated = stored_time(row, 6);
  article.comments = static_cast<news::Comments>(row.integer(7));
  article.sticky = row.integer(8) != 0;
  article.password_hash = stored_text(row, 9);
  article.parent = {row.integer(10)};
  article.address = stored_text(row, 11);
  return article;
}

std::optional<news::ArticleId> find_article_by_slug(db::Connection& connection, news::ArticleKind kind, std::string_view slug) {
  db::Query row = connection.query("SELECT id FROM articles WHERE kind = $1 AND slug = $2 ORDER BY parent_id, id LIMIT 1")
                      .with(static_cast<int>(kind), slug);
  if (!row.next()) return std::nullopt;
  return news::ArticleId{row.integer(0)};
}

std::optional<news::Teaser> find_teaser(db::Connection& connection, news::ArticleId id) {
  db::Query row = connection
                      .query(
                          "SELECT a.status, a.headline, a.address, a.summary, a.language, a.published, a.sticky, a.byline, "
                          "t.comment_count, coalesce(s.id, 0), s.name, s.address, "
                          "coalesce(m.id, 0), m.address, m.width, m.height, a.lead_alt, a.lead_caption_html, a.lead_credit "
                          "FROM articles a JOIN threads t ON t.article_id = a.id LEFT JOIN sections s ON s.id = a.section_id "
                          "LEFT JOIN media m ON m.id = a.lead_media_id WHERE a.id = $1")
                      .with(id.value);
  if (!row.next()) return std::nullopt;
  news::Teaser teaser;
  teaser.id = id;
  teaser.status = static_cast<news::ArticleStatus>(row.integer(0));
  teaser.headline = stored_text(row, 1);
  teaser.address = stored_text(row, 2);
  teaser.language = stored_text(row, 4);
  teaser.published = stored_time(row, 5);
  teaser.sticky = row.integer(6) != 0;
  teaser.authors = parse_byline(row.text(7));
  teaser.comment_count = stored_int(row, 8);
  teaser.section_id = {row.integer(9)};
  if (teaser.section_id) teaser.section = news::Link{stored_text(row, 10), stored_text(row, 11)};
  // What the password opens is not told before.
  if (news::visibility_of(teaser.status) == news::Visibility::locked) return teaser;
  teaser.standfirst = stored_text(row, 3);
  teaser.lead = picture_of(row, 12);
  return teaser;
}

std::optional<Written> find_written(db::Connection& connection, news::ArticleId id) {
  db::Query row = connection
                      .query(
                          "SELECT r.format, r.source, r.headline, r.standfirst_html FROM articles a "
                          "JOIN revisions r ON r.article_id = a.id AND r.number = a.revision WHERE a.id = $1")
                      .with(id.value);
  if (!row.next()) return std::nullopt;
  return Written{static_cast<news::BodyFormat>(row.integer(0)), stored_text(row, 1), stored_text(row, 2), stored_text(row, 3)};
}

}  // namespace store
