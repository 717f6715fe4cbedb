#include "desk/comment_grants.h"

#include "desk/capability.h"
#include "store/comments.h"

namespace desk {
namespace {

base::Time expiry(const Desk& desk, base::Purpose purpose, const news::Comment& comment) {
  if (purpose == base::Purpose::edit_comment) return comment.created + std::chrono::minutes(desk.settings.comment_edit_minutes);
  return comment.created + own_comment_lasts;
}

}  // namespace

std::string grant_comment(const Desk& desk, base::Purpose purpose, const news::Comment& comment) {
  return issue(desk.secrets, purpose, {comment.id.value, comment.reader.value, expiry(desk, purpose, comment)});
}

std::optional<news::Comment> redeem_comment(const Desk& desk, db::Connection& connection, base::Purpose purpose,
                                            std::string_view token) {
  const std::optional<Grant> grant = redeem(desk.secrets, purpose, token, desk.clock.now());
  if (!grant || grant->subject <= 0) return std::nullopt;
  std::optional<news::Comment> comment = store::find_comment(connection, {grant->object});
  if (!comment || comment->reader.value != grant->subject) return std::nullopt;
  return comment;
}

}  // namespace desk
