// Tables of an article get a box of their own to scroll in, which the keyboard can reach, so that a wide one never widens the
// page. Only adds elements around whole tables; never changes, drops or reorders what is there.
#pragma once

#include <string_view>

#include "text/html.h"

namespace view {

// `label` names the box for those who can't see it.
text::Html wrap_tables(const text::Html& body, std::string_view label);

}  // namespace view
