// Which lists an article stands in: the upkeep of list_entries and list_counts. Private to src/store; it reads no page of a list.
#pragma once

#include <cstdint>

#include "db/database.h"
#include "news/article.h"

namespace store {

// Makes the entries of one article again from its row, sections and their ancestors, tags and authors; keeps the counts; touches
// every list that it left, entered or stays in. Call it after every change of an article.
void list_again(db::Transaction& tx, news::ArticleId id);

// The same for an article that was not there before.
void list_new(db::Transaction& tx, news::ArticleId id);
// The same for every article that stands in the list now.
void list_members_again(db::Transaction& tx, news::ListKey list);

}  // namespace store
