// What search reads: one row for each article and page that the public may find. Private to src/store; asking is in search.cpp.
#pragma once

#include <string_view>

#include "db/database.h"
#include "news/article.h"

namespace store {

struct SearchedTexts {
  std::string_view headline;
  const text::Html& standfirst;
  std::string_view plain_body;
};

// Replaces or removes the article's row, by its status. Of password-protected articles the headline alone goes in.
void index_for_search(db::Transaction& tx, news::ArticleId id, news::ArticleStatus status, const SearchedTexts& texts);

// The same for an article that was not there before.
void index_new_for_search(db::Transaction& tx, news::ArticleId id, news::ArticleStatus status, const SearchedTexts& texts);
// The same from what is stored.
void index_for_search(db::Transaction& tx, news::ArticleId id);

}  // namespace store
