// The shortcodes that WordPress itself knows: [caption], [gallery], [audio], [video], [playlist], [embed]. Others are text, as in
// WordPress. Pure functions; what they write is HTML that still has to be sanitised.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "import/markup_scan.h"
#include "import/wordpress_text.h"

namespace import_ {

// "[caption id=x]" or "[/caption]" by itself: where the first at or behind `from` stands; size 0 if there is none.
struct ShortcodeTag {
  std::size_t start = 0, size = 0;
};
ShortcodeTag find_shortcode_tag(std::string_view text, std::size_t from);

// Like split_markup, but a shortcode's tag is a part of its own, even with a tag inside.
std::vector<MarkupPart> split_with_shortcodes(std::string_view text);

// Takes <p> off around a shortcode that stands in it alone.
std::string unwrap_shortcodes(std::string_view markup);

// Replaces every shortcode by what it stands for; [[gallery]] becomes the text "[gallery]".
std::string expand_shortcodes(std::string_view markup, const WordPressContext& context, std::vector<std::string>& left_out);

// Replaces [embed]address[/embed] only: WordPress does so before it makes paragraphs.
std::string expand_embed_shortcodes(std::string_view text);

}  // namespace import_
