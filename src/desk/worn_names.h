// Whose name is whose: names of staff (a setting), of the articles' authors and of confirmed readers are worn by nobody else, nor
// is one that looks like it (text::name_keys). A confirmed reader wears one name at a time: the one they signed with last.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "desk/desk.h"

namespace desk {

// Somebody's wish to wear a name. Folding it takes longer than all the database has to do for it, so it is made before the writer's
// turn comes.
class NameClaim {
 public:
  NameClaim(const news::SiteSettings& settings, std::string_view name);

  // `reader`: who asks, if they are signed in.
  bool may_be_worn(db::Connection& connection, news::ReaderId reader) const;

 private:
  std::vector<std::string> keys_;
  bool is_reserved_ = false;
};

void wear_name(db::Transaction& tx, news::ReaderId reader, std::string_view name);

// Folds the names of authors that came without (from before this was known, or by import). Cheap when there are none.
void learn_author_names(const Desk& desk);

}  // namespace desk
