// Held comments, told to moderators in one mail for all that arrived since the last. Neither an address of mail nor one of the
// network stands in it.
#include "desk/outbox.h"
#include "desk/readers.h"
#include "desk/send_mail.h"
#include "store/comments.h"
#include "store/counters.h"

namespace desk {
namespace {

constexpr std::string_view told = "moderators_told";

}  // namespace

void tell_moderators(const Desk& desk) {
  if (!desk.settings.sends_mail || desk.settings.moderators.empty()) return;
  const auto newest_held = [](db::Connection& connection) {
    const std::vector<news::Comment> held = store::list_comments(connection, news::CommentStatus::held, 1);
    return held.empty() ? std::int64_t{0} : held.front().id.value;
  };
  {
    db::Reading reading = desk.database.read();
    if (newest_held(reading.connection()) <= store::find_counter(reading.connection(), told)) return;
  }
  *desk.database.write([&](db::Transaction& tx) -> base::Result<void> {
    store::set_counter(tx, told, newest_held(tx.connection()));
    for (const std::string& address : desk.settings.moderators) {
      store::NewMail mail{.kind = news::MailKind::held, .recipient = lookup_hash(desk.secrets, address)};
      mail.sealed = desk.secrets.seal(base::Purpose::email_seal, address);
      mail.language = desk.settings.language;
      make_mail(tx, desk, std::move(mail));
    }
    return {};
  });
}

}  // namespace desk
