// The fingerprints of accepted forms, which recognise a retry (post_comment.h), are forgotten after a day even where nobody
// comments any more.
#pragma once

#include "desk/desk.h"

namespace desk {

void forget_submissions(const Desk& desk);

}  // namespace desk
