#include "store/search_index.h"

#include "news/visibility.h"
#include "store/rows.h"
#include "text/plain.h"

namespace store {

void index_for_search(db::Transaction& tx, news::ArticleId id, news::ArticleStatus status, const SearchedTexts& texts) {
  tx.query("DELETE FROM article_search WHERE rowid = $1").with(id.value).run();
  index_new_for_search(tx, id, status, texts);
}

void index_new_for_search(db::Transaction& tx, news::ArticleId id, news::ArticleStatus status, const SearchedTexts& texts) {
  const news::Visibility visibility = news::visibility_of(status);
  if (visibility == news::Visibility::hidden || visibility == news::Visibility::gone) return;
  const bool is_open = visibility == news::Visibility::open;
  tx.query("INSERT INTO article_search (rowid, headline, standfirst, body) VALUES ($1, $2, $3, $4)")
      .with(id.value, texts.headline, is_open ? text::plain_text(texts.standfirst) : "", is_open ? texts.plain_body : "")
      .run();
}

void index_for_search(db::Transaction& tx, news::ArticleId id) {
  news::ArticleStatus status{};
  std::string headline;
  text::Html standfirst;
  text::Html body;
  {
    db::Query row = tx.query("SELECT status, headline, standfirst_html, body_html FROM articles WHERE id = $1").with(id.value);
    if (!row.next()) return;
    status = static_cast<news::ArticleStatus>(row.integer(0));
    headline = stored_text(row, 1);
    standfirst = stored_html(row, 2);
    body = stored_html(row, 3);
  }
  index_for_search(tx, id, status, {headline, standfirst, text::plain_text(body)});
}

}  // namespace store
