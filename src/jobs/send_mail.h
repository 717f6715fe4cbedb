// The outbox, worked through in rounds on a thread of its own: a mail server that stalls keeps nobody else waiting.
#pragma once

#include <vector>

#include "desk/desk.h"
#include "jobs/scheduler.h"
#include "mail/postman.h"

namespace jobs {

// Sends what is due, at most a set number a round. A round ends early where no mail at all can be handed over. Never throws for
// what a server says; the log has the number of a mail and the server's code, never an address.
void send_due_mails(const desk::Desk& desk, mail::Postman& postman);

// Borrows both: they must outlive the Scheduler. Tell the postman to stop before the Scheduler ends.
std::vector<Task> mail_tasks(const desk::Desk& desk, mail::Postman& postman);

}  // namespace jobs
