// Names as people see them: whether two could be taken for one another. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace text {

// The keys of a name: two names that share one look alike to a hurried reader. Case, accents written in another way, spaces,
// invisible characters and letters of other scripts that look the same (Unicode Technical Standard 39, section 4) make no
// difference. One or two keys; none for a name of which nothing is seen.
std::vector<std::string> name_keys(std::string_view name);

}  // namespace text
