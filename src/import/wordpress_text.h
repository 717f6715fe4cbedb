// What is written in a WordPress database to the HTML that WordPress would show for it: blocks, paragraphs, quotes, shortcodes,
// smileys, links. What only a running WordPress can compute (lists of latest posts, search forms) is left out and named. The
// result is as untrusted as the source: it goes through text::sanitise before anybody sees it. Pure functions, linear in their
// input, thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace import_ {

struct WordPressPicture {
  std::int64_t id = 0;
  std::string url;  // of the file
  std::string alt, caption, title;
  int width = 0, height = 0;  // 0 if not known
};

// What a [gallery] or [playlist] asks for.
struct GalleryRequest {
  std::int64_t post_id = 0;           // whose attachments, in menu order, if `ids` is empty
  std::vector<std::int64_t> ids;      // these, in this order
  std::vector<std::int64_t> exclude;  // but not these
  std::string kind = "image";         // "image", "audio" or "video"
};

struct WordPressFootnote {
  std::string id, content;
};

struct WordPressContext {
  std::int64_t post_id = 0;
  std::string language = "en";  // whose quotation marks WordPress would set
  std::vector<WordPressFootnote> footnotes;
  // Without them galleries and synced patterns are left out.
  std::function<std::vector<WordPressPicture>(const GalleryRequest&)> attachments;
  std::function<std::string(std::int64_t)> synced_pattern;  // the raw content of a wp_block; empty if there is none
};

struct RenderedText {
  std::string html;
  std::vector<std::string> left_out;  // "block latest-posts", "gallery without pictures"; each once
};

// The whole article on one page: <!--nextpage--> becomes <hr class="wp-nextpage" id="page-2">, <!--more--> an empty <span
// id="more-ID">.
RenderedText render_wordpress_content(std::string_view raw, const WordPressContext& context);

// A title is one line of HTML: entities and elements like <em> may be in it.
std::string render_wordpress_title(std::string_view raw, std::string_view language);

// A written excerpt.
std::string render_wordpress_excerpt(std::string_view raw, std::string_view language);

std::string render_wordpress_comment(std::string_view raw, std::string_view language);

// The value of the post meta "footnotes", which is JSON; empty if it can't be read.
std::vector<WordPressFootnote> parse_wordpress_footnotes(std::string_view meta_value);

// The numbers of "12, 15,x": 12 and 15.
std::vector<std::int64_t> parse_id_list(std::string_view list);

}  // namespace import_
