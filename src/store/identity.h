// SQL for readers who proved their email address: mailed links, sessions, and the names that belong to somebody. Addresses come
// in and go out sealed or as keyed hashes (invariant 3).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/secrets.h"
#include "base/time.h"
#include "db/database.h"
#include "news/ids.h"

namespace store {

struct SignIn {
  base::Digest email{};  // keyed hash
  std::string sealed;
  base::Time expires{};
};
std::int64_t insert(db::Transaction& tx, const SignIn& sign_in);
std::optional<SignIn> find_sign_in(db::Connection& connection, std::int64_t id);
void remove_sign_in(db::Transaction& tx, std::int64_t id);
// All links for this address.
void remove_sign_ins(db::Transaction& tx, const base::Digest& email);

std::int64_t insert_session(db::Transaction& tx, news::ReaderId reader, base::Time now, base::Time expires);
// None if it has ended.
news::ReaderId find_session(db::Connection& connection, std::int64_t id, base::Time now);
void remove_session(db::Transaction& tx, std::int64_t id);
void remove_sessions(db::Transaction& tx, news::ReaderId reader);
void prune_identity(db::Transaction& tx, base::Time now);

news::ReaderId find_confirmed_reader(db::Connection& connection, const base::Digest& email);
bool is_confirmed(db::Connection& connection, news::ReaderId reader);
void confirm_reader(db::Transaction& tx, news::ReaderId reader, const base::Digest& email, base::Time now);
// How many comments under this address were published, whoever typed it.
int count_published_under(db::Connection& connection, const base::Digest& email);

enum class NameOwner { author = 0, reader = 1 };
// Whether one of these keys (text::name_keys) is worn by anybody but this reader.
bool is_worn_by_another(db::Connection& connection, const std::vector<std::string>& keys, news::ReaderId reader);
// The owner wears these and no others from now on.
void set_worn_name(db::Transaction& tx, NameOwner kind, std::int64_t owner, const std::vector<std::string>& keys);
// What a reader signed with last.
void set_reader_name(db::Transaction& tx, news::ReaderId reader, std::string_view name);
// Authors whose names were not folded yet, with their names.
struct UnlearnedAuthor {
  std::int64_t id = 0;
  std::string name;
};
std::vector<UnlearnedAuthor> list_unlearned_authors(db::Connection& connection, int most);

}  // namespace store
