// The byline of an article as one column, so that a teaser is one row: "name\taddress\n" for each author. Private to src/store.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "db/database.h"
#include "news/ids.h"
#include "news/taxonomy.h"

namespace store {

std::vector<news::Link> parse_byline(std::string_view byline);

// What the column says of an article by them, in that order.
std::string byline_of(db::Connection& connection, const std::vector<news::AuthorId>& authors);
// Writes the column again from the article's authors.
void write_byline(db::Transaction& tx, news::ArticleId article);

// The same for every article of the author, who has another address or name now.
void write_bylines_of(db::Transaction& tx, news::AuthorId author);

}  // namespace store
