#include "import/wordpress_shortcodes.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/format.h"

namespace import_ {
namespace {

using base::format;

constexpr auto npos = std::string_view::npos;
constexpr std::string_view known_names[] = {"wp_caption", "caption", "gallery", "playlist", "audio", "video", "embed"};
constexpr int most_nesting = 4;
// What nobody writes, and what would make hostile texts slow.
constexpr int most_shortcodes = 2000;
constexpr std::size_t most_attributes = 8192;

// A shortcode with its attributes and, where an end tag follows, what it encloses.
struct Shortcode {
  std::size_t start = 0, size = 0;
  std::string_view name, attributes, content;
  bool is_escaped = false;  // [[name]]: meant to be read
};

std::string_view known_name_at(std::string_view text, std::size_t at) {
  for (const std::string_view name : known_names) {
    if (text.substr(at, name.size()) != name) continue;
    const std::size_t end = at + name.size();
    if (end < text.size() && (is_word_char(text[end]) || text[end] == '-')) continue;
    return name;
  }
  return {};
}

// Behind the attributes of a start tag: at the ']' or, for "/]", at the '/'.
std::size_t end_of_attributes(std::string_view text, std::size_t at) {
  const std::size_t limit = std::min(text.size(), at + most_attributes);
  for (; at < limit && text[at] != ']'; ++at)
    if (text[at] == '/' && text.substr(at + 1, 1) == "]") return at;
  return at < limit ? at : npos;
}

// The next end tag of each name, for positions that only grow: a text of a hundred thousand "[caption]" stays linear.
class EndTags {
 public:
  explicit EndTags(std::string_view text) : text_(text) {}
  std::size_t after(std::string_view name, std::size_t at) {
    const auto index =
        static_cast<std::size_t>(std::find(std::begin(known_names), std::end(known_names), name) - std::begin(known_names));
    std::optional<std::size_t>& next = next_[index];
    if (!next || *next < at) next = text_.find(format("[/{}]", name), at);
    return *next;
  }

 private:
  std::string_view text_;
  std::array<std::optional<std::size_t>, std::size(known_names)> next_;
};

std::optional<Shortcode> shortcode_at(std::string_view text, std::size_t start, EndTags& end_tags) {
  const bool is_doubled = text.substr(start + 1, 1) == "[";
  const std::size_t name_at = start + (is_doubled ? 2 : 1);
  const std::string_view name = known_name_at(text, name_at);
  if (name.empty()) return std::nullopt;
  const std::size_t attributes_at = name_at + name.size();
  std::size_t end = end_of_attributes(text, attributes_at);
  if (end == npos) return std::nullopt;
  Shortcode found{start, 0, name, text.substr(attributes_at, end - attributes_at), {}, false};
  const bool is_closed = text[end] == '/';
  end += is_closed ? 2 : 1;
  const std::size_t close = is_closed ? npos : end_tags.after(name, end);
  if (close != npos) {
    found.content = text.substr(end, close - end);
    end = close + name.size() + 3;
  }
  found.is_escaped = is_doubled && text.substr(end, 1) == "]";
  if (is_doubled && !found.is_escaped) {
    ++found.start;  // the first bracket is text
  } else if (found.is_escaped) {
    ++end;
  }
  found.size = end - found.start;
  return found;
}

std::optional<Shortcode> find_shortcode(std::string_view text, std::size_t from, EndTags& end_tags) {
  for (std::size_t at = text.find('[', from); at != npos; at = text.find('[', at + 1))
    if (std::optional<Shortcode> found = shortcode_at(text, at, end_tags)) return found;
  return std::nullopt;
}

struct Attribute {
  std::string_view name;  // empty for a bare value
  std::string_view value;
};

std::vector<Attribute> attributes_of(std::string_view text) {
  std::vector<Attribute> all;
  std::size_t at = skip_markup_space(text, 0);
  while (at < text.size()) {
    std::size_t end = at;
    while (end < text.size() && (is_word_char(text[end]) || text[end] == '-')) ++end;
    Attribute attribute;
    const std::size_t equals = skip_markup_space(text, end);
    if (end > at && equals < text.size() && text[equals] == '=') {
      attribute.name = text.substr(at, end - at);
      at = skip_markup_space(text, equals + 1);
    }
    const char quote = at < text.size() ? text[at] : '\0';
    const bool is_quoted = (quote == '"' || quote == '\'') && text.find(quote, at + 1) != npos;
    const std::size_t start = is_quoted ? at + 1 : at;
    end = is_quoted ? text.find(quote, start) : std::min(text.find_first_of(" \t\r\n", start), text.size());
    attribute.value = text.substr(std::min(start, text.size()), end - std::min(start, text.size()));
    all.push_back(attribute);
    at = skip_markup_space(text, end + (is_quoted ? 1 : 0));
  }
  return all;
}

std::string_view value_of(const std::vector<Attribute>& attributes, std::string_view name) {
  for (const Attribute& attribute : attributes)
    if (attribute.name.size() == name.size() && starts_with_ignoring_case(attribute.name, name)) return attribute.value;
  return {};
}

// [caption]: the picture, linked or not, and behind it the words.
std::size_t end_of_picture(std::string_view content) {
  const std::size_t picture = content.find("<img ");
  if (picture == npos) return npos;
  const std::size_t picture_end = content.find('>', picture);
  if (picture_end == npos) return npos;
  const std::size_t link_end = skip_markup_space(content, picture_end + 1);
  return content.substr(link_end, 4) == "</a>" ? link_end + 4 : picture_end + 1;
}

std::string_view alignment_class(std::string_view align) {
  for (const std::string_view known : {"alignleft", "alignright", "aligncenter", "alignnone"})
    if (align == known) return known;
  return "alignnone";
}

std::string caption_figure(const Shortcode& shortcode) {
  const std::vector<Attribute> attributes = attributes_of(shortcode.attributes);
  std::string_view picture = shortcode.content;
  std::string_view words = trim_markup(value_of(attributes, "caption"));
  const std::size_t picture_end = end_of_picture(shortcode.content);
  if (words.empty() && picture_end != npos) {
    picture = shortcode.content.substr(0, picture_end);
    words = trim_markup(shortcode.content.substr(picture_end));
  }
  if (words.empty()) return std::string(shortcode.content);
  return format("<figure class=\"wp-caption {}\">{}<figcaption>{}</figcaption></figure>",
                alignment_class(value_of(attributes, "align")), trim_markup(picture), words);
}

std::string picture_figure(const WordPressPicture& picture) {
  std::string size;
  if (picture.width > 0 && picture.height > 0) size = format(" width=\"{}\" height=\"{}\"", picture.width, picture.height);
  const std::string url = escape_markup(picture.url);
  std::string figure =
      format("<figure><a href=\"{}\"><img src=\"{}\" alt=\"{}\"{} /></a>", url, url, escape_markup(picture.alt), size);
  if (!trim_markup(picture.caption).empty()) figure += format("<figcaption>{}</figcaption>", trim_markup(picture.caption));
  return figure + "</figure>";
}

GalleryRequest request_of(const std::vector<Attribute>& attributes, const WordPressContext& context) {
  GalleryRequest request;
  request.post_id = context.post_id;
  const std::vector<std::int64_t> other_post = parse_id_list(value_of(attributes, "id"));
  if (!other_post.empty()) request.post_id = other_post.front();
  request.ids = parse_id_list(value_of(attributes, "ids"));
  if (request.ids.empty()) request.ids = parse_id_list(value_of(attributes, "include"));
  request.exclude = parse_id_list(value_of(attributes, "exclude"));
  return request;
}

std::vector<WordPressPicture> attachments_of(const GalleryRequest& request, const WordPressContext& context) {
  return context.attachments ? context.attachments(request) : std::vector<WordPressPicture>{};
}

std::string gallery_figure(const Shortcode& shortcode, const WordPressContext& context, std::vector<std::string>& left_out) {
  const std::vector<WordPressPicture> pictures =
      attachments_of(request_of(attributes_of(shortcode.attributes), context), context);
  if (pictures.empty()) {
    left_out.emplace_back("gallery without pictures");
    return {};
  }
  std::string figures;
  for (const WordPressPicture& picture : pictures) figures += picture_figure(picture) + "\n";
  return format("<figure class=\"wp-block-gallery\">\n{}</figure>", figures);
}

std::string file_name_of(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  const std::size_t slash = url.rfind('/');
  return std::string(slash == npos || slash + 1 == url.size() ? url : url.substr(slash + 1));
}

// A player for one file; its inside is what remains where no player is shown.
std::string player(std::string_view kind, std::string_view url, std::string_view words) {
  const std::string address = escape_markup(url);
  return format("<figure class=\"wp-block-{}\"><{} controls src=\"{}\"><a href=\"{}\">{}</a></{}></figure>", kind, kind, address,
                address, escape_markup(words.empty() ? file_name_of(url) : std::string(words)), kind);
}

bool is_address(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://") || text.starts_with("/");
}

std::string media_player(const Shortcode& shortcode, const WordPressContext& context, std::vector<std::string>& left_out) {
  constexpr std::string_view sources[] = {"src", "mp3",  "m4a", "ogg", "wav", "flac", "mp4",
                                          "m4v", "webm", "ogv", "wmv", "flv", ""};
  const std::vector<Attribute> attributes = attributes_of(shortcode.attributes);
  for (const std::string_view source : sources) {
    const std::string_view url = trim_markup(value_of(attributes, source));
    if (is_address(url)) return player(shortcode.name, url, {});
  }
  GalleryRequest request = request_of(attributes, context);
  request.kind = shortcode.name;
  const std::vector<WordPressPicture> files = attachments_of(request, context);
  if (!files.empty()) return player(shortcode.name, files.front().url, files.front().title);
  left_out.emplace_back(format("{} without a file", shortcode.name));
  return {};
}

std::string playlist_figures(const Shortcode& shortcode, const WordPressContext& context, std::vector<std::string>& left_out) {
  const std::vector<Attribute> attributes = attributes_of(shortcode.attributes);
  GalleryRequest request = request_of(attributes, context);
  request.kind = value_of(attributes, "type") == "video" ? "video" : "audio";
  const std::vector<WordPressPicture> files = attachments_of(request, context);
  if (files.empty()) left_out.emplace_back("playlist without files");
  std::string figures;
  for (const WordPressPicture& file : files) figures += player(request.kind, file.url, file.title) + "\n";
  return figures;
}

std::string plain_link(std::string_view url) { return format("<a href=\"{}\">{}</a>", escape_markup(url), escape_markup(url)); }

std::string embed_link(const Shortcode& shortcode) {
  std::string_view url = trim_markup(shortcode.content);
  if (url.empty()) url = trim_markup(value_of(attributes_of(shortcode.attributes), "src"));
  return is_address(url) ? plain_link(url) : std::string(url);
}

std::string expand_nested(std::string_view markup, const WordPressContext& context, std::vector<std::string>& left_out,
                          int depth);

std::string expand_one(const Shortcode& shortcode, const WordPressContext& context, std::vector<std::string>& left_out,
                       int depth) {
  if (shortcode.name == "gallery") return gallery_figure(shortcode, context, left_out);
  if (shortcode.name == "playlist") return playlist_figures(shortcode, context, left_out);
  if (shortcode.name == "audio" || shortcode.name == "video") return media_player(shortcode, context, left_out);
  if (shortcode.name == "embed") return embed_link(shortcode);
  return expand_nested(caption_figure(shortcode), context, left_out, depth + 1);
}

std::string expand_nested(std::string_view markup, const WordPressContext& context, std::vector<std::string>& left_out,
                          int depth) {
  if (depth > most_nesting) return std::string(markup);
  std::string out;
  std::size_t from = 0;
  EndTags end_tags(markup);
  for (int count = 0; count < most_shortcodes; ++count) {
    const std::optional<Shortcode> found = find_shortcode(markup, from, end_tags);
    if (!found) break;
    out.append(markup.substr(from, found->start - from));
    from = found->start + found->size;
    out += found->is_escaped ? std::string(markup.substr(found->start + 1, found->size - 2))
                             : expand_one(*found, context, left_out, depth);
  }
  return out.append(markup.substr(from));
}

}  // namespace

ShortcodeTag find_shortcode_tag(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find('[', from); at != npos; at = text.find('[', at + 1)) {
    const char second = at + 1 < text.size() ? text[at + 1] : '\0';
    const std::size_t name_at = at + (second == '[' || second == '/' ? 2 : 1);
    const std::string_view name = known_name_at(text, name_at);
    if (name.empty()) continue;
    const std::size_t end = text.find_first_of("[]", name_at + name.size());
    if (end == npos || text[end] != ']') continue;
    const std::size_t size = end + 1 - at + (text.substr(end + 1, 1) == "]" ? 1 : 0);
    return {at, size};
  }
  return {text.size(), 0};
}

std::vector<MarkupPart> split_with_shortcodes(std::string_view text) {
  std::vector<MarkupPart> parts;
  std::size_t from = 0;
  ShortcodeTag next = find_shortcode_tag(text, 0);
  while (from < text.size()) {
    if (next.start < from) next = find_shortcode_tag(text, from);
    const std::size_t tag = std::min(text.find('<', from), text.size());
    if (next.size > 0 && next.start <= tag) {
      if (next.start > from) parts.push_back({MarkupPart::Kind::text, text.substr(from, next.start - from)});
      parts.push_back({MarkupPart::Kind::shortcode, text.substr(next.start, next.size)});
      from = next.start + next.size;
      continue;
    }
    if (tag > from) parts.push_back({MarkupPart::Kind::text, text.substr(from, tag - from)});
    if (tag == text.size()) break;
    parts.push_back(markup_part_at(text, tag));
    from = tag + parts.back().content.size();
  }
  return parts;
}

std::string unwrap_shortcodes(std::string_view markup) {
  std::string out;
  std::size_t from = 0;
  EndTags end_tags(markup);
  for (std::size_t at = markup.find("<p>"); at != npos; at = markup.find("<p>", std::max(from, at + 1))) {
    const std::size_t start = skip_markup_space(markup, at + 3);
    if (start >= markup.size() || markup[start] != '[') continue;
    const std::optional<Shortcode> found = shortcode_at(markup, start, end_tags);
    if (!found || found->start != start || found->is_escaped) continue;
    const std::size_t end = skip_markup_space(markup, start + found->size);
    if (markup.substr(end, 4) != "</p>") continue;
    out.append(markup.substr(from, at - from)).append(markup.substr(start, found->size));
    from = end + 4;
  }
  return out.append(markup.substr(from));
}

std::string expand_shortcodes(std::string_view markup, const WordPressContext& context, std::vector<std::string>& left_out) {
  return expand_nested(markup, context, left_out, 0);
}

std::string expand_embed_shortcodes(std::string_view text) {
  std::string out;
  std::size_t from = 0;
  EndTags end_tags(text);
  for (std::size_t at = text.find("[embed"); at != npos; at = text.find("[embed", std::max(from, at + 1))) {
    const std::optional<Shortcode> found = shortcode_at(text, at, end_tags);
    if (!found || found->name != "embed" || found->content.empty() || (at > 0 && text[at - 1] == '[')) continue;
    out.append(text.substr(from, at - from)).append(embed_link(*found));
    from = at + found->size;
  }
  return out.append(text.substr(from));
}

std::vector<std::int64_t> parse_id_list(std::string_view list) {
  std::vector<std::int64_t> ids;
  for (std::size_t at = 0; at < list.size();) {
    if (!is_digit(list[at])) {
      ++at;
      continue;
    }
    std::int64_t id = 0;
    for (int digits = 0; at < list.size() && is_digit(list[at]); ++at, ++digits)
      if (digits < 18) id = id * 10 + (list[at] - '0');
    ids.push_back(id);
  }
  return ids;
}

}  // namespace import_
