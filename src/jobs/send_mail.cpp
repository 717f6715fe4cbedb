#include "jobs/send_mail.h"

#include "base/format.h"
#include "base/log.h"
#include "desk/send_mail.h"
#include "mail/message.h"
#include "view/letters.h"

namespace jobs {
namespace {

using namespace std::chrono_literals;
using mail::Outcome;

constexpr int most_in_a_round = 50;

mail::Message message_of(const desk::Desk& desk, const mail::Server& server, const desk::DueMail& due) {
  view::MailText written = view::render_letter(desk.settings, due.letter);
  mail::Message message;
  message.from = server.from;
  message.from_name = server.from_name.empty() ? desk.settings.title : server.from_name;
  message.to = due.to;
  message.subject = std::move(written.subject);
  message.message_id = base::format("{}@{}", due.name, mail::domain_of(server.from));
  message.date = desk.clock.now();
  message.unsubscribe = std::move(written.unsubscribe);
  message.text = std::move(written.text);
  message.html = written.html.string();
  return message;
}

Outcome send(const desk::Desk& desk, mail::Postman& postman, const desk::DueMail& due) {
  const base::Result<std::string> bytes = mail::compose(message_of(desk, postman.server(), due));
  if (!bytes) return {Outcome::Kind::refused, 0, bytes.error().key};
  return postman.send(due.to, *bytes);
}

void settle(const desk::Desk& desk, const desk::DueMail& due, const Outcome& outcome) {
  switch (outcome.kind) {
    case Outcome::Kind::sent: return desk::settle_mail(desk, due, desk::MailFate::sent, {});
    case Outcome::Kind::refused:
      base::log::warning(base::format("Mail {} was refused and is not tried again: {}", due.id, outcome.problem));
      return desk::settle_mail(desk, due, desk::MailFate::refused, outcome.problem);
    case Outcome::Kind::postponed:
    case Outcome::Kind::unreachable:
      base::log::warning(base::format("Mail {} could not be sent (attempt {}): {}", due.id, due.attempt, outcome.problem));
      return desk::settle_mail(desk, due, desk::MailFate::postponed, outcome.problem);
  }
}

}  // namespace

void send_due_mails(const desk::Desk& desk, mail::Postman& postman) {
  for (int sent = 0; sent < most_in_a_round; ++sent) {
    const std::optional<desk::DueMail> due = desk::take_due_mail(desk);
    if (!due) break;
    const Outcome outcome = send(desk, postman, *due);
    settle(desk, *due, outcome);
    if (outcome.kind == Outcome::Kind::unreachable) break;
  }
  postman.hang_up();
}

std::vector<Task> mail_tasks(const desk::Desk& desk, mail::Postman& postman) {
  return {
      {"send mail", 1s, [&] { send_due_mails(desk, postman); }},
      {"tell moderators of held comments", 15min, [&] { desk::tell_moderators(desk); }},
  };
}

}  // namespace jobs
