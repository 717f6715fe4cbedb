// Which reader a form or an imported comment belongs to (docs/decisions/0008). Private to src/desk. Emails come in as typed and
// leave only sealed or as keyed hashes (invariant 3).
#pragma once

#include <string_view>

#include "base/secrets.h"
#include "base/time.h"
#include "db/database.h"
#include "news/comment_rules.h"
#include "news/ids.h"

namespace desk {

// The keyed hash under which an email typed into a form is found.
base::Digest lookup_hash(const base::Secrets& secrets, std::string_view email);

// A cookie proves a reader only together with that reader's email: another email means another person at the same browser. None
// if it does not.
news::ReaderId prove_reader(db::Connection& connection, news::ReaderId by_cookie, const base::Digest& email);

// What the rules may know of a reader who was proven, or of nobody.
news::Standing standing_of(db::Connection& connection, news::ReaderId proven);

// The reader of an imported comment; made if there is none with this email yet. In a look-up space of its own, so that no form
// ever meets it.
news::ReaderId imported_reader(db::Transaction& tx, const base::Secrets& secrets, std::string_view name, std::string_view email,
                               base::Time now);

// The reader of an imported comment who is known by an account elsewhere and by no email; made if there is none yet. Such names
// are often made from emails, so nothing of them is kept but a keyed hash (invariant 3).
news::ReaderId imported_person(db::Transaction& tx, const base::Secrets& secrets, std::string_view name, std::string_view person,
                               base::Time now);

}  // namespace desk
