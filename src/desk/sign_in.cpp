#include "desk/sign_in.h"

#include "desk/capability.h"
#include "desk/follow_replies.h"
#include "desk/outbox.h"
#include "desk/readers.h"
#include "desk/subject.h"
#include "news/comment_rules.h"
#include "news/permalink.h"
#include "news/visibility.h"
#include "store/articles.h"
#include "store/comments.h"
#include "store/follows.h"
#include "store/identity.h"
#include "text/utf8.h"

namespace desk {
namespace {

using base::Errc;
using base::Error;
using base::FieldError;
using base::Result;

constexpr std::chrono::days session_lasts{90};
constexpr int most_follows_shown = 100;

Error wrong_link() { return {Errc::unproven, "reader.link.wrong", {}}; }
Error used_link() { return {Errc::gone, "reader.link.used", {}}; }

Result<std::string> clean_email(std::string_view typed) {
  const auto invalid = [](const char* key) { return Error{Errc::invalid, "comment.invalid", {FieldError{"email", key}}}; };
  if (typed.size() > news::max_email * 4 || !text::is_valid_utf8(typed)) return invalid("comment.email.invalid");
  std::string email = text::clean_line(typed);
  if (email.empty()) return invalid("comment.email.required");
  if (!news::is_email_address(email)) return invalid("comment.email.invalid");
  return email;
}

// The row of a link that is still good. An expired one is answered as a used one, forged ones are not looked for.
Result<std::int64_t> find_link(const Desk& desk, db::Connection& connection, std::string_view link, store::SignIn& sign_in) {
  const std::optional<Grant> grant = redeem(desk.secrets, base::Purpose::sign_in, link, desk.clock.now());
  if (!grant) return is_genuine(desk.secrets, base::Purpose::sign_in, link) ? used_link() : wrong_link();
  const std::optional<store::SignIn> found = store::find_sign_in(connection, grant->object);
  if (!found || found->expires <= desk.clock.now()) return used_link();
  if (grant->subject != subject_of(found->email)) return wrong_link();
  sign_in = *found;
  return grant->object;
}

news::ReaderId confirmed_reader(db::Transaction& tx, const Desk& desk, const Actor& actor, const store::SignIn& sign_in) {
  if (const news::ReaderId known = store::find_confirmed_reader(tx.connection(), sign_in.email)) return known;
  news::ReaderId reader = prove_reader(tx.connection(), {.reader = actor.reader}, sign_in.email);
  if (!reader) reader = store::insert_reader(tx, {}, sign_in.email, sign_in.sealed, desk.clock.now());
  store::confirm_reader(tx, reader, sign_in.email, desk.clock.now());
  return reader;
}

}  // namespace

Result<void> ask_to_sign_in(const Desk& desk, const Actor& actor, std::string_view typed, std::string_view language) {
  const std::string email = TRY(clean_email(typed));
  const base::Time expires = desk.clock.now() + sign_in_lasts;
  return desk.database.write([&](db::Transaction& tx) -> Result<void> {
    const base::Digest hash = lookup_hash(desk.secrets, email);
    const std::string sealed = desk.secrets.seal(base::Purpose::email_seal, email);
    const std::int64_t id = store::insert(tx, store::SignIn{hash, sealed, expires});
    store::NewMail mail{.kind = news::MailKind::sign_in, .recipient = hash, .sealed = sealed, .actor = actor.client};
    mail.object = id;
    mail.language = language;
    if (!make_mail(tx, desk, std::move(mail))) store::remove_sign_in(tx, id);
    return {};
  });
}

Result<void> check_sign_in(const Desk& desk, std::string_view link) {
  db::Reading reading = desk.database.read();
  store::SignIn sign_in;
  TRY(find_link(desk, reading.connection(), link, sign_in));
  return {};
}

Result<SignedIn> sign_in(const Desk& desk, const Actor& actor, std::string_view link) {
  return desk.database.write([&](db::Transaction& tx) -> Result<SignedIn> {
    store::SignIn sign_in;
    TRY(find_link(desk, tx.connection(), link, sign_in));
    store::remove_sign_ins(tx, sign_in.email);
    const news::ReaderId reader = confirmed_reader(tx, desk, actor, sign_in);
    const base::Time now = desk.clock.now();
    const std::int64_t session = store::insert_session(tx, reader, now, now + session_lasts);
    return SignedIn{reader, issue(desk.secrets, base::Purpose::session, {session, reader.value, now + session_lasts})};
  });
}

news::ReaderId reader_of_session(const Desk& desk, std::string_view session) {
  const std::optional<Grant> grant = redeem(desk.secrets, base::Purpose::session, session, desk.clock.now());
  if (!grant) return {};
  db::Reading reading = desk.database.read();
  const news::ReaderId reader = store::find_session(reading.connection(), grant->object, desk.clock.now());
  return reader.value == grant->subject ? reader : news::ReaderId();
}

void sign_out(const Desk& desk, std::string_view session) {
  const base::Time now = desk.clock.now();
  const std::optional<Grant> grant = redeem(desk.secrets, base::Purpose::session, session, now);
  if (!grant) return;
  *desk.database.write([&](db::Transaction& tx) -> Result<void> {
    const news::ReaderId reader = store::find_session(tx.connection(), grant->object, now);
    if (reader.value == grant->subject) store::remove_session(tx, grant->object);
    return {};
  });
}

std::optional<ReaderAccount> read_account(const Desk& desk, news::ReaderId id) {
  db::Reading reading = desk.database.read();
  const std::optional<store::Reader> reader = store::find_reader(reading.connection(), id);
  const std::optional<base::Digest> email = store::find_email_hash(reading.connection(), id);
  if (!reader || !email) return std::nullopt;
  ReaderAccount account{reader->name, {}};
  for (const store::Follow& follow : store::list_follows(reading.connection(), *email, most_follows_shown)) {
    const std::optional<news::Article> article = store::find_article(reading.connection(), follow.article);
    if (!article || news::visibility_of(article->status) != news::Visibility::open) continue;
    account.follows.push_back({article->headline, article->address, unfollow_capability(desk, follow)});
  }
  return account;
}

void forget_sign_ins(const Desk& desk) {
  const base::Time now = desk.clock.now();
  *desk.database.write([&](db::Transaction& tx) -> Result<void> {
    store::prune_identity(tx, now);
    store::prune_follows(tx, now - follow_link_lasts);
    return {};
  });
}

}  // namespace desk
