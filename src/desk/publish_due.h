// Scheduled articles whose time has come become published. Catches up after a restart.
#pragma once

#include "desk/desk.h"

namespace desk {

// How many were published.
int publish_due(const Desk& desk);

}  // namespace desk
