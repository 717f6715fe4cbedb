// What a person may ask of the site about themselves: everything that is held under their address, and its end. For the operator
// alone, who has made sure that whoever asks owns the address.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "desk/desk.h"

namespace desk {

// JSON. Nothing private of anybody else is in it: of replies and of those who are answered, only numbers. Error{not_found,
// sentence} if nothing is held; Error{invalid, sentence} for what is no address; Error{forbidden} unless the actor may.
base::Result<std::string> export_reader(const Desk& desk, const Actor& actor, std::string_view email);

enum class ErasedComments {
  keep_text,  // they stay, without a name
  remove,     // nothing stays but the place that replies hang on
};
struct Erased {
  int readers = 0;
  int comments = 0;
};
// Nothing of the person is left in the database file, its log or free pages of either: the file is written anew, which takes as
// long as copying it, and no comment is taken meanwhile. Errors as export_reader.
base::Result<Erased> erase_reader(const Desk& desk, const Actor& actor, std::string_view email, ErasedComments comments);

}  // namespace desk
