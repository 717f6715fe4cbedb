// The picture beside a comment: a few shapes in two quiet colours, drawn from the opaque id of its writer and from nothing else.
// Every id gives a picture, the same one always, so asking for one tells nothing of whom it stands for or whether there is
// anybody.
#pragma once

#include <string>
#include <string_view>

namespace view {

// What desk makes of a reader: 20 lower-case hexadecimal digits.
bool is_avatar_key(std::string_view key);

// An SVG document without script, style, text or reference, legible on light and dark paper. Precondition: is_avatar_key(key).
std::string draw_avatar(std::string_view key);

}  // namespace view
