// SQL for mails that wait to be sent. Addresses come in and go out sealed (invariant 3); nothing here touches a page.
#pragma once

#include <optional>
#include <string>

#include "base/secrets.h"
#include "base/time.h"
#include "db/database.h"
#include "news/mail.h"

namespace store {

struct NewMail {
  news::MailKind kind = news::MailKind::sign_in;
  base::Digest recipient{};  // keyed hash of the address
  std::string sealed{};      // the address
  std::string actor{};       // token of who caused it; may be empty
  std::int64_t object = 0;   // the row of sign_ins or follows
  news::CommentId comment{};
  news::ArticleId article{};
  std::string language{};
  base::Time created{};
};
void insert(db::Transaction& tx, const NewMail& mail);

// What was made along the lines of this mail since then.
news::MailCounts count_mails(db::Connection& connection, const NewMail& mail, base::Time since);

struct WaitingMail {
  std::int64_t id = 0;
  news::MailKind kind = news::MailKind::sign_in;
  std::string sealed;
  std::int64_t object = 0;
  news::CommentId comment;
  news::ArticleId article;
  std::string language;
  int attempts = 0;
};
// The one that has been due longest.
std::optional<WaitingMail> find_due_mail(db::Connection& connection, base::Time now);
int count_sent_mails(db::Connection& connection, base::Time since);
// One attempt more, and not due before `due`.
void lease_mail(db::Transaction& tx, std::int64_t id, base::Time due);
// Only what counts keep.
void mark_mail_sent(db::Transaction& tx, std::int64_t id, base::Time now);
void mark_mail_failed(db::Transaction& tx, std::int64_t id, std::string_view problem, base::Time now);
void postpone_mail(db::Transaction& tx, std::int64_t id, std::string_view problem, base::Time due);
void remove_mail(db::Transaction& tx, std::int64_t id);

// Forgets sent mails, failed ones, and who caused what, each older than its time.
struct MailAges {
  base::Time sent;
  base::Time failed;
  base::Time actors;
};
void prune_mails(db::Transaction& tx, const MailAges& before);

}  // namespace store
