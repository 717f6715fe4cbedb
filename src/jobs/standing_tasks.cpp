#include "jobs/standing_tasks.h"

#include "base/format.h"
#include "base/log.h"
#include "desk/forget_submissions.h"
#include "desk/publish_due.h"
#include "desk/send_mail.h"
#include "desk/sign_in.h"
#include "desk/worn_names.h"

namespace jobs {
namespace {

using namespace std::chrono_literals;

void publish(const desk::Desk& desk) {
  const int published = desk::publish_due(desk);
  if (published > 0) base::log::info(base::format("Published {} scheduled articles whose time has come", published));
}

}  // namespace

std::vector<Task> standing_tasks(const desk::Desk& desk) {
  return {
      {"hear what other processes wrote", 100ms, [&desk] { desk.database.poll(); }},
      {"publish what is due", 2s, [&desk] { publish(desk); }},
      {"forget old submissions", 1h, [&desk] { desk::forget_submissions(desk); }},
      {"forget mails, links and sessions", 1h,
       [&desk] {
         desk::forget_mails(desk);
         desk::forget_sign_ins(desk);
       }},
      {"learn the names of authors", 1h, [&desk] { desk::learn_author_names(desk); }},
  };
}

}  // namespace jobs
