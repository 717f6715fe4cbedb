// Articles as they are written: the row, its revisions, and everything that is kept in step with it.
#include <utility>

#include "store/addresses.h"
#include "store/articles.h"
#include "store/byline.h"
#include "store/listing.h"
#include "store/rows.h"
#include "store/search_index.h"

namespace store {
namespace {

news::AddressTarget target_of(news::ArticleId id) { return {news::AddressKind::article, id.value, {}}; }

struct State {
  news::ArticleKind kind = news::ArticleKind::article;
  news::ArticleStatus status = {};
  std::string address = {};
  int comment_count = 0;
};

std::optional<State> find_state(db::Connection& connection, news::ArticleId id) {
  db::Query row =
      connection
          .query(
              "SELECT a.kind, a.status, a.address, t.comment_count FROM articles a JOIN threads t ON t.article_id = a.id "
              "WHERE a.id = $1")
          .with(id.value);
  if (!row.next()) return std::nullopt;
  return State{.kind = static_cast<news::ArticleKind>(row.integer(0)),
               .status = static_cast<news::ArticleStatus>(row.integer(1)),
               .address = stored_text(row, 2),
               .comment_count = stored_int(row, 3)};
}

// What shows the article apart from lists: itself, the frame if it is a page, and its comments' teasers.
void touch_article(db::Transaction& tx, news::ArticleId id, const State& state) {
  touch(tx, news::source_of(id));
  if (state.kind == news::ArticleKind::page) touch(tx, news::SourceKind::frame);
  if (state.comment_count > 0) touch(tx, news::SourceKind::comments);
}

template <class Ids>
void insert_filing(db::Transaction& tx, std::string_view insert_sql, news::ArticleId article, const Ids& ids) {
  int position = 0;
  for (const auto id : ids) tx.query(insert_sql).with(article.value, position++, id.value).run();
}

void insert_filings(db::Transaction& tx, news::ArticleId id, const news::NewArticle& article) {
  insert_filing(tx, "INSERT INTO article_sections (article_id, position, section_id) VALUES ($1, $2, $3)", id, article.sections);
  insert_filing(tx, "INSERT INTO article_tags (article_id, position, tag_id) VALUES ($1, $2, $3)", id, article.tags);
  insert_filing(tx, "INSERT INTO article_authors (article_id, position, author_id) VALUES ($1, $2, $3)", id, article.authors);
}

void delete_filings(db::Transaction& tx, news::ArticleId id) {
  tx.query("DELETE FROM article_sections WHERE article_id = $1").with(id.value).run();
  tx.query("DELETE FROM article_tags WHERE article_id = $1").with(id.value).run();
  tx.query("DELETE FROM article_authors WHERE article_id = $1").with(id.value).run();
}

void insert_revision(db::Transaction& tx, news::ArticleId id, std::int64_t revision, const news::NewArticle& article,
                     base::Time now) {
  tx.query(
        "INSERT INTO revisions (article_id, number, saved, headline, standfirst_html, format, source) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)")
      .with(id.value, revision, base::to_unix(now), article.headline, article.standfirst.string(),
            static_cast<int>(article.format), article.source)
      .run();
}

std::int64_t kicker_of(const news::NewArticle& article) { return article.sections.empty() ? 0 : article.sections.front().value; }

// The whole of it in one statement: the row holds the body, and to change any of it means to write all of it again.
void insert_row(db::Transaction& tx, news::ArticleId id, const news::NewArticle& article, const ArticleTexts& texts,
                base::Time now) {
  const news::Picture lead = article.lead.value_or(news::Picture());
  tx.query(
        "INSERT INTO articles (id, kind, status, slug, address, headline, standfirst_html, summary, dateline, language, "
        "published, updated, "
        "created, comments, sticky, post_format, password_hash, parent_id, position, section_id, byline, lead_media_id, "
        "lead_alt, "
        "lead_caption_html, lead_credit, body_html) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, "
        "$24, $25, $26)")
      .with(id.value, static_cast<int>(article.kind), static_cast<int>(article.status), article.slug, article.address,
            article.headline, article.standfirst.string(), texts.summary, article.dateline, article.language,
            base::to_unix(article.published), base::to_unix(article.updated), base::to_unix(now),
            static_cast<int>(article.comments), article.sticky, article.post_format, article.password_hash, article.parent.value,
            article.position, kicker_of(article), byline_of(tx.connection(), article.authors), lead.media.value,
            lead.alternative_text, lead.caption.string(), lead.credit, article.body.string())
      .run();
  tx.query("INSERT INTO threads (article_id, comment_count, shown_roots, last_comment) VALUES ($1, 0, 0, 0)")
      .with(id.value)
      .run();
}

void update_row(db::Transaction& tx, news::ArticleId id, const news::NewArticle& article, const ArticleTexts& texts) {
  tx.query(
        "UPDATE articles SET kind = $2, status = $3, slug = $4, address = $5, headline = $6, standfirst_html = $7, summary = $8, "
        "dateline = $9, "
        "language = $10, published = $11, updated = $12, comments = $13, sticky = $14, post_format = $15, password_hash = $16, "
        "parent_id = $17, position = $18, section_id = $19, body_html = $20, revision = revision + 1 WHERE id = $1")
      .with(id.value, static_cast<int>(article.kind), static_cast<int>(article.status), article.slug, article.address,
            article.headline, article.standfirst.string(), texts.summary, article.dateline, article.language,
            base::to_unix(article.published), base::to_unix(article.updated), static_cast<int>(article.comments), article.sticky,
            article.post_format, article.password_hash, article.parent.value, article.position, kicker_of(article),
            article.body.string())
      .run();
}

void write_lead(db::Transaction& tx, news::ArticleId id, const news::Picture& lead) {
  tx.query("UPDATE articles SET lead_media_id = $2, lead_alt = $3, lead_caption_html = $4, lead_credit = $5 WHERE id = $1")
      .with(id.value, lead.media.value, lead.alternative_text, lead.caption.string(), lead.credit)
      .run();
}

}  // namespace

news::ArticleId next_article_id(db::Connection& connection) {
  return {number(connection.query("SELECT coalesce(max(id), 0) + 1 FROM articles"))};
}

news::ArticleId insert(db::Transaction& tx, const news::NewArticle& article, const ArticleTexts& texts, base::Time now) {
  const news::ArticleId id = next_article_id(tx.connection());
  insert_row(tx, id, article, texts, now);
  insert_filings(tx, id, article);
  insert_revision(tx, id, 1, article, now);
  list_new(tx, id);
  index_new_for_search(tx, id, article.status, {article.headline, article.standfirst, texts.plain_body});
  set_address(tx, key_of(article.address), target_of(id));
  touch_article(tx, id, {.kind = article.kind});
  return id;
}

void update(db::Transaction& tx, news::ArticleId id, const news::NewArticle& article, const ArticleTexts& texts, base::Time now) {
  const std::optional<State> before = find_state(tx.connection(), id);
  if (!before) return;
  update_row(tx, id, article, texts);
  write_lead(tx, id, article.lead.value_or(news::Picture()));
  delete_filings(tx, id);
  insert_filings(tx, id, article);
  write_byline(tx, id);
  insert_revision(tx, id, number(tx.query("SELECT revision FROM articles WHERE id = $1").with(id.value)), article, now);
  list_again(tx, id);
  index_for_search(tx, id, article.status, {article.headline, article.standfirst, texts.plain_body});
  if (before->address != article.address) move_address(tx, {target_of(id), before->address, article.address});
  touch_article(tx, id, *before);
  if (before->status != article.status) touch(tx, news::SourceKind::addresses);  // what was a 404 may be there now
}

void set_status(db::Transaction& tx, news::ArticleId id, news::ArticleStatus status) {
  const std::optional<State> state = find_state(tx.connection(), id);
  if (!state) return;
  tx.query("UPDATE articles SET status = $2 WHERE id = $1").with(id.value, static_cast<int>(status)).run();
  list_again(tx, id);
  index_for_search(tx, id);
  touch_article(tx, id, *state);
  if (state->status != status) touch(tx, news::SourceKind::addresses);
}

void set_parent(db::Transaction& tx, news::ArticleId id, news::ArticleId parent, std::string_view address) {
  const std::optional<State> before = find_state(tx.connection(), id);
  if (!before) return;
  tx.query("UPDATE articles SET parent_id = $2, address = $3 WHERE id = $1").with(id.value, parent.value, address).run();
  if (before->address != address) move_address(tx, {target_of(id), before->address, address});
  touch_article(tx, id, *before);
}

void set_lead(db::Transaction& tx, news::ArticleId id, const news::Picture& lead) {
  const std::optional<State> state = find_state(tx.connection(), id);
  if (!state) return;
  write_lead(tx, id, lead);
  list_again(tx, id);  // its teasers show the picture
  touch_article(tx, id, *state);
}

}  // namespace store
