// What a mail says, read from the database at the moment when it is sent. Private to src/desk.
#pragma once

#include <optional>

#include "desk/desk.h"
#include "news/mail.h"
#include "store/outbox.h"

namespace desk {

// Nothing if it has nothing to say any more: the link is used or too old, the comment is not public, nobody waits.
std::optional<news::Letter> read_letter(db::Connection& connection, const Desk& desk, const store::WaitingMail& mail);

}  // namespace desk
