// Which reader a form or an imported comment belongs to (docs/decisions/0008). Private to src/desk. Emails come in as typed and
// leave only sealed or as keyed hashes (invariant 3).
#pragma once

#include <string_view>

#include "base/secrets.h"
#include "base/time.h"
#include "db/database.h"
#include "desk/desk.h"
#include "news/comment_rules.h"
#include "news/ids.h"

namespace desk {

// The keyed hash under which an email typed into a form is found.
base::Digest lookup_hash(const base::Secrets& secrets, std::string_view email);

// A cookie proves a reader only together with that reader's email: another email means another person at the same browser. One
// who confirmed the email is proven by signing in alone: whoever signed out is nobody to us. None if nothing proves it.
news::ReaderId prove_reader(db::Connection& connection, const Actor& actor, const base::Digest& email);

// What the rules may know of a reader who was proven, or of nobody. To one who confirmed the email counts whatever was published
// under it: nobody else can have any good of that (docs/decisions/0026).
news::Standing standing_of(db::Connection& connection, news::ReaderId proven);

// Whether the actor is this reader, by the same rules but without an email: for what a capability already opens.
bool is_reader(db::Connection& connection, const Actor& actor, news::ReaderId reader);

// The one under which an imported email is found.
base::Digest import_hash(const base::Secrets& secrets, std::string_view email);

// The reader of an imported comment; made if there is none with this email yet. In a look-up space of its own, so that no form
// ever meets it.
news::ReaderId imported_reader(db::Transaction& tx, const base::Secrets& secrets, std::string_view name, std::string_view email,
                               base::Time now);

// The reader of an imported comment who is known by an account elsewhere and by no email; made if there is none yet. Such names
// are often made from emails, so nothing of them is kept but a keyed hash (invariant 3).
news::ReaderId imported_person(db::Transaction& tx, const base::Secrets& secrets, std::string_view name, std::string_view person,
                               base::Time now);

}  // namespace desk
