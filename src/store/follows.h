// SQL for wishes to hear of replies, and for replies that somebody is to hear of once they are public.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/secrets.h"
#include "base/time.h"
#include "db/database.h"
#include "news/ids.h"

namespace store {

struct Follow {
  std::int64_t id = 0;
  news::CommentId comment{};  // replies to it
  news::ArticleId article{};
  news::ReaderId reader{};
  base::Digest email{};  // keyed hash
  std::string sealed{};
  std::string language{};
  base::Time created{};
  bool confirmed = false;
};
// The id; of the one that is there already if this address follows the comment.
std::int64_t insert(db::Transaction& tx, const Follow& follow);
std::optional<Follow> find_follow(db::Connection& connection, std::int64_t id);
void confirm_follow(db::Transaction& tx, std::int64_t id);
void remove_follow(db::Transaction& tx, std::int64_t id);
void remove_follows(db::Transaction& tx, const base::Digest& email);
// Confirmed ones, the newest first.
std::vector<Follow> list_follows(db::Connection& connection, const base::Digest& email, int most);
// Whether confirmed or not.
std::vector<Follow> list_follows_of(db::Connection& connection, const base::Digest& email, int most);
void prune_follows(db::Transaction& tx, base::Time unconfirmed_before);

// For everybody who follows the comment that is answered, but the one who answers. `actor`: who wrote the reply, as a token of
// the day.
struct NewNotice {
  news::CommentId reply;
  news::CommentId answered;
  base::Digest author{};  // keyed hash of their address
  std::string_view actor;
  base::Time created{};
};
void insert_notices(db::Transaction& tx, const NewNotice& notice);
struct Notice {
  std::int64_t follow = 0;
  std::string actor;
};
// And forgets them.
std::vector<Notice> take_notices(db::Transaction& tx, news::CommentId reply);

}  // namespace store
