// The shown top-level comments of an article, counted in blocks of some hundreds, so that finding a page of a thread by its
// number, or the page of a comment, costs nearly the same in a thread of any length: a sum over the blocks, and counting within
// one. Private to src/store.
//
// Invariants, checked by integrity.cpp:
// 1. A block reaches from its first path to that of the next; the first block of an article begins with the empty path.
// 2. Its `roots` says how many shown top-level comments stand in it, and threads.shown_roots is the sum of all.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.h"
#include "news/ids.h"

namespace store {

// A block that grows beyond this is split in two.
inline constexpr int most_roots_in_block = 250;

// The top-level comment at `path` is shown from now on, or not any more. Its row says so already.
void add_to_block(db::Transaction& tx, news::ArticleId article, std::string_view path);
void take_from_block(db::Transaction& tx, news::ArticleId article, std::string_view path);

// How many shown top-level comments stand before `path`.
int roots_before(db::Connection& connection, news::ArticleId article, std::string_view path);
// The paths of shown top-level comments in the order of time, at most `most`, from number `first` on, counted from 0.
std::vector<std::string> list_roots(db::Connection& connection, news::ArticleId article, std::int64_t first, int most);
// The same counted from the end: the last `most` before the last `behind`.
std::vector<std::string> last_roots(db::Connection& connection, news::ArticleId article, std::int64_t behind, std::int64_t most);

}  // namespace store
