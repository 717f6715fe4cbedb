#include "import/wordpress_text.h"

#include <algorithm>

#include "base/format.h"
#include "import/markup_scan.h"
#include "import/wordpress_blocks.h"
#include "import/wordpress_links.h"
#include "import/wordpress_paragraphs.h"
#include "import/wordpress_shortcodes.h"
#include "import/wordpress_typography.h"

namespace import_ {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view page_break = "<!--nextpage-->";

// DEL and the control characters above ASCII, which old conversions left in texts: browsers show nothing for them, parsers put a
// replacement mark there.
std::string without_controls(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool is_control = text[at] == '\xC2' && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0;
    if (is_control) ++at;
    else if (text[at] != '\x7F') out += text[at];
  }
  return out;
}

// WordPress renders each page of an article by itself.
std::vector<std::string_view> split_pages(std::string_view text) {
  std::vector<std::string_view> pages;
  while (true) {
    const std::size_t at = text.find(page_break);
    pages.push_back(text.substr(0, at));
    if (at == npos) return pages;
    text.remove_prefix(at + page_break.size());
  }
}

// The first <!--more--> or <!--more words--> is a place to link to; <!--noteaser--> says something about lists only.
std::string mark_more(std::string_view text, std::int64_t post_id) {
  std::string out = replace_every(text, "<!--noteaser-->", "");
  const std::size_t at = out.find("<!--more");
  const std::size_t end = at == npos ? npos : out.find("-->", at);
  if (end != npos) out.replace(at, end + 3 - at, base::format("<span id=\"more-{}\"></span>", post_id));
  return out;
}

// The place is all that is left of a paragraph that held only <!--more-->.
std::string unwrap_more(std::string_view html, std::int64_t post_id) {
  const std::string span = base::format("<span id=\"more-{}\"></span>", post_id);
  return replace_every(html, "<p>" + span + "</p>", span);
}

enum class Source { classic, blocks };

std::string render_page(std::string_view page, Source source, const WordPressContext& context,
                        std::vector<std::string>& left_out) {
  std::string text = expand_embed_shortcodes(page);
  text = link_lone_addresses(text);
  text = set_typography(text, context.language);
  if (source == Source::classic) text = make_paragraphs(text);
  text = unwrap_shortcodes(text);
  text = set_capital_p(text);
  text = expand_shortcodes(text, context, left_out);
  text = set_smileys(text);
  return link_frames(text);
}

void keep_once(std::vector<std::string>& names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

}  // namespace

RenderedText render_wordpress_content(std::string_view raw, const WordPressContext& context) {
  RenderedText rendered;
  const Source source = has_blocks(raw) ? Source::blocks : Source::classic;
  std::string text = mark_more(without_controls(raw), context.post_id);
  if (source == Source::blocks) text = render_blocks(text, context, rendered.left_out);
  int number = 0;
  for (const std::string_view page : split_pages(text)) {
    if (++number > 1) rendered.html += base::format("\n<hr class=\"wp-nextpage\" id=\"page-{}\" />\n", number);
    rendered.html += render_page(page, source, context, rendered.left_out);
  }
  rendered.html = unwrap_more(rendered.html, context.post_id);
  keep_once(rendered.left_out);
  return rendered;
}

std::string render_wordpress_title(std::string_view raw, std::string_view language) {
  return replace_every(set_typography(trim_markup(without_controls(raw)), language), "Wordpress", "WordPress");
}

std::string render_wordpress_excerpt(std::string_view raw, std::string_view language) {
  return make_paragraphs(set_smileys(set_typography(without_controls(raw), language)));
}

std::string render_wordpress_comment(std::string_view raw, std::string_view language) {
  std::string text = link_addresses(without_controls(raw));
  text = set_typography(text, language);
  text = make_paragraphs(set_smileys(text));
  return set_capital_p(text);
}

}  // namespace import_
