#include "desk/readers.h"

#include <string>

#include "store/comments.h"
#include "text/utf8.h"

namespace desk {

base::Digest lookup_hash(const base::Secrets& secrets, std::string_view email) {
  return secrets.keyed_hash(base::Purpose::email_lookup, "form\n" + text::fold_case(email));
}

news::ReaderId prove_reader(db::Connection& connection, news::ReaderId by_cookie, const base::Digest& email) {
  if (!by_cookie) return {};
  return store::find_email_hash(connection, by_cookie) == email ? by_cookie : news::ReaderId();
}

news::Standing standing_of(db::Connection& connection, news::ReaderId proven) {
  const std::optional<store::Reader> reader = proven ? store::find_reader(connection, proven) : std::nullopt;
  if (!reader) return {};
  return {.proven = true, .published_before = reader->published};
}

news::ReaderId imported_reader(db::Transaction& tx, const base::Secrets& secrets, std::string_view name, std::string_view email,
                               base::Time now) {
  const base::Digest hash = secrets.keyed_hash(base::Purpose::email_lookup, "import\n" + text::fold_case(email));
  if (const std::optional<store::Reader> known = store::find_reader_by_email(tx.connection(), hash)) return known->id;
  return store::insert_reader(tx, name, hash, secrets.seal(base::Purpose::email_seal, email), now);
}

}  // namespace desk
