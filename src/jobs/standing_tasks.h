// What a running server does by itself, without anybody asking.
#pragma once

#include <vector>

#include "desk/desk.h"
#include "jobs/scheduler.h"

namespace jobs {

// Publishing what is due, forgetting old submissions, and hearing what other processes wrote. Borrows `desk`: it must outlive the
// Scheduler.
std::vector<Task> standing_tasks(const desk::Desk& desk);

}  // namespace jobs
