#include "import/wordpress_blocks.h"

#include <algorithm>
#include <optional>

#include "base/format.h"
#include "import/markup_scan.h"
#include "import/wordpress_paragraphs.h"
#include "import/wordpress_shortcodes.h"
#include "text/json.h"

namespace import_ {
namespace {

using base::format;

constexpr auto npos = std::string_view::npos;
constexpr int most_patterns = 20;  // synced patterns in one article, nested ones too

// "<!-- wp:name {json} -->", with "/-->" if nothing is inside, or "<!-- /wp:name -->".
struct BlockComment {
  std::size_t start = 0, size = 0;
  std::string_view name;  // without "core/"
  std::string_view attributes;
  bool is_end = false, is_void = false;
};

std::optional<BlockComment> find_block_comment(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find("<!--", from); at != npos; at = text.find("<!--", at + 4)) {
    const std::size_t start = skip_markup_space(text, at + 4);
    const bool is_end = text.substr(start, 1) == "/";
    std::size_t name_at = start + (is_end ? 1 : 0);
    if (start == at + 4 || text.substr(name_at, 3) != "wp:") continue;
    const std::size_t close = text.find("-->", name_at);
    if (close == npos) return std::nullopt;
    name_at += 3;
    if (text.substr(name_at, 5) == "core/") name_at += 5;
    const std::size_t name_end = std::min(text.find_first_of(" \t\r\n", name_at), close);
    BlockComment found{at, close + 3 - at, text.substr(name_at, name_end - name_at), {}, is_end, false};
    std::string_view rest = trim_markup(text.substr(name_end, close - name_end));
    found.is_void = rest.ends_with('/');
    if (found.is_void) rest.remove_suffix(1);
    found.attributes = trim_markup(rest);
    return found;
  }
  return std::nullopt;
}

// Containers whose stored inside is a pattern for what WordPress computes, not something a reader saw.
bool is_computed_container(std::string_view name) {
  constexpr std::string_view names[] = {
      "query",      "comments",      "comments-query-loop", "post-template",    "comment-template",
      "navigation", "template-part", "query-no-results",    "query-pagination", "comments-pagination"};
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

text::json::object attributes_of(const BlockComment& block) {
  boost::system::error_code error;
  text::json::parse_options options;
  options.max_depth = 16;
  text::json::value value = text::json::parse({block.attributes.data(), block.attributes.size()}, error, {}, options);
  return error || !value.is_object() ? text::json::object{} : value.as_object();
}

std::string text_of(const text::json::object& object, std::string_view key) {
  const text::json::value* value = object.if_contains({key.data(), key.size()});
  return value != nullptr && value->is_string() ? std::string(value->as_string().c_str()) : std::string{};
}

struct Service {
  std::string_view name, shown;
};
constexpr Service services[] = {
    {"wordpress", "WordPress"},
    {"youtube", "YouTube"},
    {"github", "GitHub"},
    {"linkedin", "LinkedIn"},
    {"feed", "RSS Feed"},
    {"mail", "Mail"},
    {"x", "X"},
    {"tiktok", "TikTok"},
    {"whatsapp", "WhatsApp"},
    {"chain", "Link"},
    {"soundcloud", "SoundCloud"},
    {"deviantart", "DeviantArt"},
    {"vk", "VK"},
    {"lastfm", "Last.fm"},
    {"goodreads", "Goodreads"},
};

std::string social_link(const text::json::object& attributes) {
  std::string url = text_of(attributes, "url");
  const std::string service = text_of(attributes, "service");
  std::string words = text_of(attributes, "label");
  if (url.empty()) return {};
  if (service == "mail" && url.find(':') == std::string::npos) url = "mailto:" + url;
  if (url.find(':') == std::string::npos && !url.starts_with('/') && !url.starts_with('#')) url = "https://" + url;
  for (const Service& known : services)
    if (words.empty() && known.name == service) words = known.shown;
  if (words.empty() && !service.empty()) {
    words = service;
    if (words[0] >= 'a' && words[0] <= 'z') words[0] = static_cast<char>(words[0] - 'a' + 'A');
  }
  return format("<li><a href=\"{}\">{}</a></li>", escape_markup(url), escape_markup(words.empty() ? url : words));
}

std::string footnote_list(const std::vector<WordPressFootnote>& footnotes) {
  if (footnotes.empty()) return {};
  std::string items;
  for (const WordPressFootnote& note : footnotes) {
    const std::string id = escape_markup(note.id);
    items += format("<li id=\"{}\">{} <a href=\"#{}-link\">↩︎</a></li>", id, note.content, id);
  }
  return format("<ol class=\"wp-block-footnotes\">{}</ol>", items);
}

class BlockRenderer {
 public:
  BlockRenderer(const WordPressContext& context, std::vector<std::string>& left_out) : context_(context), left_out_(left_out) {}

  std::string render(std::string_view raw) {
    std::string out;
    std::size_t from = 0;
    while (const std::optional<BlockComment> block = find_block_comment(raw, from)) {
      out.append(raw.substr(from, block->start - from));
      from = block->start + block->size;
      if (block->is_end) continue;
      if (block->is_void) {
        out += void_block(*block);
      } else if (is_computed_container(block->name)) {
        from = behind_end(raw, *block, from);
      } else if (block->name == "shortcode") {
        const std::size_t end = raw.find("<!-- /wp:shortcode -->", from);
        const std::string_view inside = raw.substr(from, end == npos ? 0 : end - from);
        out += unwrap_shortcodes(make_paragraphs(inside));
        from += inside.size();
      }
    }
    return out.append(raw.substr(from));
  }

 private:
  std::string void_block(const BlockComment& block) {
    if (block.name == "social-link") return social_link(attributes_of(block));
    if (block.name == "footnotes") return footnote_list(context_.footnotes);
    if (block.name == "block") return synced_pattern(attributes_of(block));
    left_out_.push_back(format("block {}", block.name));
    return {};
  }

  std::string synced_pattern(const text::json::object& attributes) {
    const text::json::value* ref = attributes.if_contains("ref");
    std::string raw;
    if (ref != nullptr && ref->is_int64() && context_.synced_pattern && ++patterns_ <= most_patterns)
      raw = context_.synced_pattern(ref->as_int64());
    if (raw.empty()) left_out_.emplace_back("synced pattern that is not in the export");
    return raw.empty() ? raw : render(raw);
  }

  // Behind the end of a block that began before `from`; `from` itself if it has none.
  std::size_t behind_end(std::string_view raw, const BlockComment& open, std::size_t from) {
    left_out_.push_back(format("block {}", open.name));
    if (std::find(endless_.begin(), endless_.end(), open.name) != endless_.end()) return from;
    int depth = 1;
    std::size_t at = from;
    while (const std::optional<BlockComment> inner = find_block_comment(raw, at)) {
      at = inner->start + inner->size;
      if (inner->name != open.name || inner->is_void) continue;
      depth += inner->is_end ? -1 : 1;
      if (depth == 0) return at;
    }
    endless_.emplace_back(open.name);
    return from;
  }

  const WordPressContext& context_;
  std::vector<std::string>& left_out_;
  std::vector<std::string> endless_;  // names that were left open once: nobody searches for their end again
  int patterns_ = 0;
};

}  // namespace

bool has_blocks(std::string_view raw) { return raw.find("<!-- wp:") != npos; }

std::string render_blocks(std::string_view raw, const WordPressContext& context, std::vector<std::string>& left_out) {
  return BlockRenderer(context, left_out).render(raw);
}

std::vector<WordPressFootnote> parse_wordpress_footnotes(std::string_view meta_value) {
  boost::system::error_code error;
  const text::json::value value = text::json::parse({meta_value.data(), meta_value.size()}, error);
  std::vector<WordPressFootnote> notes;
  if (error || !value.is_array()) return notes;
  for (const text::json::value& note : value.as_array())
    if (note.is_object()) notes.push_back({text_of(note.as_object(), "id"), text_of(note.as_object(), "content")});
  return notes;
}

}  // namespace import_
