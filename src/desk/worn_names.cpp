#include "desk/worn_names.h"

#include <algorithm>

#include "store/identity.h"
#include "text/name_keys.h"

namespace desk {
namespace {

constexpr int authors_at_once = 500;

bool is_reserved(const news::SiteSettings& settings, const std::vector<std::string>& keys) {
  return std::any_of(settings.reserved_names.begin(), settings.reserved_names.end(), [&](const std::string& reserved) {
    const std::vector<std::string> taken = text::name_keys(reserved);
    return std::find_first_of(taken.begin(), taken.end(), keys.begin(), keys.end()) != taken.end();
  });
}

}  // namespace

NameClaim::NameClaim(const news::SiteSettings& settings, std::string_view name)
    : keys_(text::name_keys(name)), is_reserved_(is_reserved(settings, keys_)) {}

bool NameClaim::may_be_worn(db::Connection& connection, news::ReaderId reader) const {
  return !is_reserved_ && !store::is_worn_by_another(connection, keys_, reader);
}

void wear_name(db::Transaction& tx, news::ReaderId reader, std::string_view name) {
  store::set_worn_name(tx, store::NameOwner::reader, reader.value, text::name_keys(name));
  store::set_reader_name(tx, reader, name);
}

void learn_author_names(const Desk& desk) {
  std::vector<store::UnlearnedAuthor> authors;
  {
    db::Reading reading = desk.database.read();
    authors = store::list_unlearned_authors(reading.connection(), authors_at_once);
  }
  if (authors.empty()) return;
  *desk.database.write([&](db::Transaction& tx) -> base::Result<void> {
    for (const store::UnlearnedAuthor& author : authors) {
      std::vector<std::string> keys = text::name_keys(author.name);
      if (keys.empty()) keys = {author.name};  // nobody sees it; but it is learned
      store::set_worn_name(tx, store::NameOwner::author, author.id, keys);
    }
    return {};
  });
}

}  // namespace desk
