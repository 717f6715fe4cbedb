#include "desk/readers.h"

#include <string>

#include "base/format.h"
#include "store/comments.h"
#include "store/identity.h"
#include "store/imported.h"
#include "text/utf8.h"

namespace desk {

base::Digest lookup_hash(const base::Secrets& secrets, std::string_view email) {
  return secrets.keyed_hash(base::Purpose::email_lookup, "form\n" + text::fold_case(email));
}

news::ReaderId prove_reader(db::Connection& connection, const Actor& actor, const base::Digest& email) {
  const auto is_theirs = [&](news::ReaderId reader) { return reader && store::find_email_hash(connection, reader) == email; };
  if (is_theirs(actor.signed_in)) return actor.signed_in;
  if (!is_theirs(actor.reader) || store::is_confirmed(connection, actor.reader)) return {};
  return actor.reader;
}

news::Standing standing_of(db::Connection& connection, news::ReaderId proven) {
  const std::optional<store::Reader> reader = proven ? store::find_reader(connection, proven) : std::nullopt;
  if (!reader) return {};
  const auto email = store::is_confirmed(connection, proven) ? store::find_email_hash(connection, proven) : std::nullopt;
  return {.proven = true, .published_before = email ? store::count_published_under(connection, *email) : reader->published};
}

bool is_reader(db::Connection& connection, const Actor& actor, news::ReaderId reader) {
  if (!reader) return false;
  return actor.signed_in == reader || (actor.reader == reader && !store::is_confirmed(connection, reader));
}

base::Digest import_hash(const base::Secrets& secrets, std::string_view email) {
  return secrets.keyed_hash(base::Purpose::email_lookup, "import\n" + text::fold_case(email));
}

news::ReaderId imported_reader(db::Transaction& tx, const base::Secrets& secrets, std::string_view name, std::string_view email,
                               base::Time now) {
  const base::Digest hash = import_hash(secrets, email);
  if (const std::optional<news::ReaderId> known = store::find_reader_by_email(tx.connection(), hash)) return *known;
  return store::insert_reader(tx, name, hash, secrets.seal(base::Purpose::email_seal, email), now);
}

news::ReaderId imported_person(db::Transaction& tx, const base::Secrets& secrets, std::string_view name, std::string_view person,
                               base::Time now) {
  const base::Digest hash = secrets.keyed_hash(base::Purpose::email_lookup, "person\n" + std::string(person));
  std::string key;
  for (const unsigned char byte : hash) key += base::format("{:02x}", byte);
  const store::ForeignKey foreign{"people", "reader", key};
  if (const std::optional<std::int64_t> known = store::find_imported(tx.connection(), foreign)) return {*known};
  const news::ReaderId id = store::insert_reader(tx, name, now);
  store::remember_imported(tx, foreign, id.value);
  return id;
}

}  // namespace desk
