// A forgiving reader for one broken unit (item, author, term) of a WordPress export. WordPress 3.1 wrote "]]>" inside CDATA
// sections; other tools leave control characters, bare ampersands or half a file. It knows how WordPress lays an export out and
// trusts that rather than XML's rules. It never reads beyond the bytes it is given and is linear in them.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "import/wxr_builder.h"

namespace import_ {

struct WxrRepair {
  enum class End {
    complete,   // the unit's own end was found
    missing,    // the next unit begins, or the file ends, before it: what was built is partial
    need_more,  // the bytes end too early; call again with more of the file
    hopeless,   // too much is wrong with it
  };
  End end = End::hopeless;
  std::size_t consumed = 0;  // where to go on reading after the unit
};

struct WxrNames {
  std::function<std::string(std::string_view)> canonical;  // "wordpress:post_id" to "wp:post_id"
  std::function<std::string(std::string_view)> to_utf8;    // the file's encoding to valid UTF-8
};

// `bytes` begins with the unit's start tag; `is_whole` says that the file ends where they end. What is understood goes to
// `builder`, which must be between units and is left inside the unit unless the end is `complete`.
WxrRepair repair_unit(std::string_view bytes, bool is_whole, const WxrNames& names, WxrBuilder& builder);

// Where the next unit begins at or after `from`; npos if none does.
std::size_t find_unit_start(std::string_view bytes, std::size_t from);

}  // namespace import_
