#include "desk/outbox.h"

#include <utility>

namespace desk {

bool make_mail(db::Transaction& tx, const Desk& desk, store::NewMail mail) {
  if (!desk.settings.sends_mail) return false;
  mail.created = desk.clock.now();
  if (!news::may_mail(mail.kind, store::count_mails(tx.connection(), mail, mail.created - std::chrono::hours(1)))) return false;
  store::insert(tx, mail);
  return true;
}

}  // namespace desk
