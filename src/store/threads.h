// SQL for threads as readers see them: pages by number, in other orders, and the page of one branch. What is read for a page has
// a bound that the server sets, and does not grow with the thread (docs/decisions/0028). Reads only.
#pragma once

#include <optional>
#include <vector>

#include "db/connection.h"
#include "news/comment.h"

namespace store {

// How many comments a page may hold for each of its top-level ones. Where there are more, these share the room evenly, and what
// one does not need goes to the others; what is left out stands on the page of its branch (invariant 8).
inline constexpr int comments_for_each_root = 3;
// The page of a branch, beside what its first comment answers.
inline constexpr int most_on_branch = 100;

// What the public sees of that part; with `own`, that comment too, whatever its status, if it belongs there. A numbered page past
// the end is empty. Nothing if its branch, or the comment that it begins behind, is none that the public sees in this thread.
// What was removed has neither author, website nor text, and the status rejected whatever the verdict was.
std::optional<news::ThreadPage> read_thread(db::Connection& connection, news::ArticleId article, const news::ThreadPart& part,
                                            int per_page, news::CommentId own = {});
// What the newsroom pinned in this thread and everybody may see, in reading order.
std::vector<news::CommentView> pinned_comments(db::Connection& connection, news::ArticleId article, int most);
// Where a comment stands, published or not: its numbered page, never one that is not there; or its branch, where that page leaves
// it out.
news::ThreadPart place_of(db::Connection& connection, const news::Comment& comment, int per_page);
// Of articles that everybody may read, newest first; `per_page` is for their addresses.
std::vector<news::CommentTeaser> latest_comments(db::Connection& connection, int most, int per_page);

}  // namespace store
