// Mails are made here, in the transaction that causes them, and sent later by jobs. Private to src/desk.
#pragma once

#include "desk/desk.h"
#include "store/outbox.h"

namespace desk {

// False, and nothing is written, if this site sends no mail or the bound of the hour is reached (news::may_mail). `created` is
// set here.
bool make_mail(db::Transaction& tx, const Desk& desk, store::NewMail mail);

}  // namespace desk
