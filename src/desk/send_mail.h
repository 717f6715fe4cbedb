// The outbox as jobs works through it. What a mail says is read when it is sent: a comment that was withdrawn meanwhile is in no
// mail, and neither texts nor capabilities wait in the database. The one place where an address is opened to be used.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "desk/desk.h"
#include "news/mail.h"

namespace desk {

struct DueMail {
  std::int64_t id = 0;
  int attempt = 1;
  std::string to;    // an address, in clear: it goes to the mail server and nowhere else
  std::string name;  // the same for every attempt, so that a mail that arrives twice is known: a local part for Message-ID
  news::Letter letter;
};

// The next mail that is due, taken for ten minutes: if nobody says what became of it, it is due again. None if nothing is due, or
// if the site's bound of the hour is reached.
std::optional<DueMail> take_due_mail(const Desk& desk);

enum class MailFate { sent, refused, postponed };
// `problem` without any address. A mail that is postponed for the last time has failed.
void settle_mail(const Desk& desk, const DueMail& mail, MailFate fate, std::string_view problem);

// Forgets what was sent, what failed long ago, and who caused what.
void forget_mails(const Desk& desk);

// One mail to each moderator if comments are waiting that they were not told of. Call it every quarter of an hour.
void tell_moderators(const Desk& desk);

}  // namespace desk
