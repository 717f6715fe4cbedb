#include "desk/follow_replies.h"

#include "desk/capability.h"
#include "desk/outbox.h"
#include "desk/subject.h"
#include "store/comments.h"

namespace desk {
namespace {

using base::Errc;
using base::Error;
using base::Result;

// Mail is read late, and a link that ends mails must work when it is.
constexpr std::chrono::days unfollow_lasts{2 * 365};

Error wrong_link() { return {Errc::unproven, "reader.link.wrong", {}}; }

Result<store::Follow> find_asked(const Desk& desk, db::Connection& connection, std::string_view link) {
  const std::optional<Grant> grant = redeem(desk.secrets, base::Purpose::follow, link, desk.clock.now());
  if (!grant) return wrong_link();
  const std::optional<store::Follow> follow = store::find_follow(connection, grant->object);
  if (!follow) return Error{Errc::gone, "reader.link.used", {}};
  if (grant->subject != subject_of(follow->email)) return wrong_link();
  return *follow;
}

// Nothing where it has ended already: twice is as good as once.
Result<std::optional<store::Follow>> find_followed(const Desk& desk, db::Connection& connection, std::string_view capability) {
  const std::optional<Grant> grant = redeem(desk.secrets, base::Purpose::unfollow, capability, desk.clock.now());
  if (!grant) return wrong_link();
  std::optional<store::Follow> follow = store::find_follow(connection, grant->object);
  if (follow && grant->subject != subject_of(follow->email)) return wrong_link();
  return follow;
}

}  // namespace

Result<void> check_follow(const Desk& desk, std::string_view link) {
  db::Reading reading = desk.database.read();
  TRY(find_asked(desk, reading.connection(), link));
  return {};
}

Result<void> confirm_follow(const Desk& desk, std::string_view link) {
  return desk.database.write([&](db::Transaction& tx) -> Result<void> {
    store::confirm_follow(tx, TRY(find_asked(desk, tx.connection(), link)).id);
    return {};
  });
}

Result<void> check_unfollow(const Desk& desk, std::string_view capability) {
  db::Reading reading = desk.database.read();
  TRY(find_followed(desk, reading.connection(), capability));
  return {};
}

Result<void> unfollow(const Desk& desk, std::string_view capability, Unfollow what) {
  return desk.database.write([&](db::Transaction& tx) -> Result<void> {
    const std::optional<store::Follow> follow = TRY(find_followed(desk, tx.connection(), capability));
    if (!follow) return {};
    if (what == Unfollow::all)
      store::remove_follows(tx, follow->email);
    else
      store::remove_follow(tx, follow->id);
    return {};
  });
}

std::string unfollow_capability(const Desk& desk, const store::Follow& follow) {
  // To the day, so that a mail that is sent twice is the same.
  const base::Time day = std::chrono::floor<std::chrono::days>(desk.clock.now());
  return issue(desk.secrets, base::Purpose::unfollow, {follow.id, subject_of(follow.email), day + unfollow_lasts});
}

std::string follow_capability(const Desk& desk, const store::Follow& follow) {
  return issue(desk.secrets, base::Purpose::follow, {follow.id, subject_of(follow.email), follow.created + follow_link_lasts});
}

void ask_to_follow(db::Transaction& tx, const Desk& desk, const Actor& actor, const WishToFollow& wish) {
  if (!desk.settings.sends_mail) return;
  store::Follow follow{.comment = wish.comment.id, .article = wish.comment.article, .reader = wish.comment.reader};
  follow.email = wish.email;
  follow.sealed = wish.sealed_email;
  follow.language = wish.language;
  follow.created = desk.clock.now();
  follow.confirmed = wish.is_confirmed;
  follow.id = store::insert(tx, follow);
  if (wish.is_confirmed) return;
  store::NewMail mail{
      .kind = news::MailKind::follow, .recipient = wish.email, .sealed = wish.sealed_email, .actor = actor.client};
  mail.object = follow.id;
  mail.article = wish.comment.article;
  mail.language = wish.language;
  if (!make_mail(tx, desk, std::move(mail))) store::remove_follow(tx, follow.id);
}

void tell_followers(db::Transaction& tx, const Desk& desk, news::CommentId reply) {
  const std::optional<news::Comment> comment = store::find_comment(tx.connection(), reply);
  if (!comment || comment->verdict.status != news::CommentStatus::published) return;
  for (const store::Notice& notice : store::take_notices(tx, reply)) {
    const std::optional<store::Follow> follow = store::find_follow(tx.connection(), notice.follow);
    if (!follow || !follow->confirmed) continue;
    store::NewMail mail{
        .kind = news::MailKind::reply, .recipient = follow->email, .sealed = follow->sealed, .actor = notice.actor};
    mail.object = follow->id;
    mail.comment = reply;
    mail.article = comment->article;
    mail.language = follow->language;
    make_mail(tx, desk, std::move(mail));
  }
}

}  // namespace desk
