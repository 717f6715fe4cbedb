// SQL for comments and their readers. Writes keep the counts of the article, `shown` of the ancestors and the reader's record in
// step, and touch the thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/secrets.h"
#include "db/database.h"
#include "news/comment.h"

namespace store {

// The parent, if there is one, must be a comment of the same article (std::logic_error). Depth counts from 0; a comment that
// would be deeper than `max_depth` hangs below the ancestor that is just above: as its parent's sibling where the parent is at
// `max_depth`.
news::CommentId insert(db::Transaction& tx, const news::NewComment& comment, int max_depth);
// False if there is no such comment. Setting what it is already changes nothing.
bool set_verdict(db::Transaction& tx, news::CommentId id, const news::Verdict& verdict);

std::optional<news::Comment> find_comment(db::Connection& connection, news::CommentId id);
// Without its texts, which are most of it.
struct CommentState {
  news::ArticleId article;
  news::CommentStatus status = {};
};
std::optional<CommentState> find_comment_state(db::Connection& connection, news::CommentId id);
// Newest first.
std::vector<news::Comment> list_comments(db::Connection& connection, std::optional<news::CommentStatus> status, int most);
// In order of their ids, those after `after`, at most `most`: for walking all of them.
std::vector<news::CommentId> list_comment_ids(db::Connection& connection, news::CommentId after, int most);
int count_comments(db::Connection& connection, news::CommentStatus status);

struct Reader {
  news::ReaderId id;
  std::string name;
  int published = 0;
};
news::ReaderId insert_reader(db::Transaction& tx, std::string_view name, const base::Digest& email_hash,
                             std::string_view sealed_email, base::Time now);
// One whose email nobody knows.
news::ReaderId insert_reader(db::Transaction& tx, std::string_view name, base::Time now);
std::optional<Reader> find_reader(db::Connection& connection, news::ReaderId id);
std::optional<news::ReaderId> find_reader_by_email(db::Connection& connection, const base::Digest& email_hash);
std::optional<base::Digest> find_email_hash(db::Connection& connection, news::ReaderId id);

// One of that time or later; older ones are forgotten, whether prune_submissions has removed them or not.
std::optional<news::CommentId> find_submission(db::Connection& connection, const base::Digest& fingerprint, base::Time since);
void insert_submission(db::Transaction& tx, const base::Digest& fingerprint, news::CommentId comment, base::Time now);
void prune_submissions(db::Transaction& tx, base::Time before);

}  // namespace store
