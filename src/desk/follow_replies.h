// Mails about replies, by double opt-in: a reader ticks the box, opens the link of a first mail and presses its button, and from
// then on hears of replies until they say stop. Only what the public can see is told, and only once.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "desk/desk.h"
#include "news/comment.h"
#include "store/follows.h"

namespace desk {

// For the pages with a button; changes nothing. Error{unproven, "reader.link.wrong"} if it is forged or too old, Error{gone,
// "reader.link.used"} if nothing is there to confirm any more.
base::Result<void> check_follow(const Desk& desk, std::string_view link);
base::Result<void> confirm_follow(const Desk& desk, std::string_view link);

// Error{unproven, "reader.link.wrong"} if it is forged. What has ended already ends again: the answer is the same.
base::Result<void> check_unfollow(const Desk& desk, std::string_view capability);
enum class Unfollow { this_comment, all };
base::Result<void> unfollow(const Desk& desk, std::string_view capability, Unfollow what);
std::string unfollow_capability(const Desk& desk, const store::Follow& follow);
std::string follow_capability(const Desk& desk, const store::Follow& follow);

// Of the author of a comment that was just stored, who ticked the box. One who is signed in needs no first mail: the address is
// proven.
struct WishToFollow {
  const news::Comment& comment;
  base::Digest email{};
  std::string sealed_email{};
  std::string language{};
  bool is_confirmed = false;
};
void ask_to_follow(db::Transaction& tx, const Desk& desk, const Actor& actor, const WishToFollow& wish);

// A mail to everybody who is to hear of this comment, if it is public; called whenever it may have become so. Each hears of it
// once.
void tell_followers(db::Transaction& tx, const Desk& desk, news::CommentId reply);

}  // namespace desk
