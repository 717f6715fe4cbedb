#include "desk/send_mail.h"

#include "base/format.h"
#include "desk/letters.h"
#include "store/outbox.h"

namespace desk {
namespace {

constexpr std::chrono::minutes lease{10};
constexpr int most_looked_at = 100;

std::string name_of(const base::Secrets& secrets, std::int64_t id) {
  const base::Digest digest = secrets.keyed_hash(base::Purpose::message_id, std::to_string(id));
  std::string name;
  for (std::size_t i = 0; i < 10; ++i) name += base::format("{:02x}", digest[i]);
  return name;
}

// One step of the writer: a mail that says nothing any more is dropped, and the next is looked at.
std::optional<DueMail> take(db::Transaction& tx, const Desk& desk) {
  const base::Time now = desk.clock.now();
  if (store::count_sent_mails(tx.connection(), now - std::chrono::hours(1)) >= desk.settings.mails_per_hour) return std::nullopt;
  for (int looked_at = 0; looked_at < most_looked_at; ++looked_at) {
    const std::optional<store::WaitingMail> waiting = store::find_due_mail(tx.connection(), now);
    if (!waiting) return std::nullopt;
    const std::optional<std::string> to = desk.secrets.unseal(base::Purpose::email_seal, waiting->sealed);
    std::optional<news::Letter> letter = to ? read_letter(tx.connection(), desk, *waiting) : std::nullopt;
    if (letter) {
      store::lease_mail(tx, waiting->id, now + lease);
      return DueMail{waiting->id, waiting->attempts + 1, *to, name_of(desk.secrets, waiting->id), *std::move(letter)};
    }
    store::remove_mail(tx, waiting->id);
  }
  return std::nullopt;
}

double chance() {
  const std::string random = base::random_hex(2);
  return static_cast<double>(std::stoi(random, nullptr, 16)) / 65'535.0;
}

}  // namespace

std::optional<DueMail> take_due_mail(const Desk& desk) {
  {
    db::Reading reading = desk.database.read();
    if (!store::find_due_mail(reading.connection(), desk.clock.now())) return std::nullopt;
  }
  std::optional<DueMail> mail;
  *desk.database.write([&](db::Transaction& tx) -> base::Result<void> {
    mail = take(tx, desk);
    return {};
  });
  return mail;
}

void settle_mail(const Desk& desk, const DueMail& mail, MailFate fate, std::string_view problem) {
  const base::Time now = desk.clock.now();
  *desk.database.write([&](db::Transaction& tx) -> base::Result<void> {
    if (fate == MailFate::sent)
      store::mark_mail_sent(tx, mail.id, now);
    else if (fate == MailFate::refused || mail.attempt >= news::most_mail_attempts)
      store::mark_mail_failed(tx, mail.id, problem, now);
    else
      store::postpone_mail(tx, mail.id, problem, now + news::wait_after_attempt(mail.attempt, chance()));
    return {};
  });
}

void forget_mails(const Desk& desk) {
  const base::Time now = desk.clock.now();
  const store::MailAges before{.sent = now - std::chrono::hours(2),
                               .failed = now - std::chrono::days(desk.settings.keep_failed_mail_days),
                               .actors = now - std::chrono::days(desk.settings.keep_tokens_days)};
  *desk.database.write([&](db::Transaction& tx) -> base::Result<void> {
    store::prune_mails(tx, before);
    return {};
  });
}

}  // namespace desk
