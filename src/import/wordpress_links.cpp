#include "import/wordpress_links.h"

#include <algorithm>
#include <optional>

#include "base/format.h"
#include "import/markup_scan.h"

namespace import_ {
namespace {

using base::format;

constexpr auto npos = std::string_view::npos;

bool is_web_address(std::string_view text) {
  return starts_with_ignoring_case(text, "http://") || starts_with_ignoring_case(text, "https://");
}

std::string link_to(std::string_view url, std::string_view words) {
  return format("<a href=\"{}\">{}</a>", escape_markup(url), escape_markup(words));
}

bool is_lone_address(std::string_view line) {
  return is_web_address(line) && line.find_first_of(" \t\r\n<>\"") == npos && line.size() > 8;
}

// Where no link may begin: inside another one, and where text is shown letter by letter.
class ClosedToLinks {
 public:
  bool is_open() const { return depth_ == 0; }
  void see(std::string_view tag) {
    constexpr std::string_view names[] = {"a", "pre", "code", "script", "style", "textarea"};
    if (std::find(std::begin(names), std::end(names), tag_name(tag)) == std::end(names)) return;
    if (!is_end_tag(tag)) {
      ++depth_;
    } else if (depth_ > 0) {
      --depth_;
    }
  }

 private:
  int depth_ = 0;
};

// One stretch of text between tags. `is_after_p` and `is_before_p` say that a paragraph's tags stand around it.
std::string link_lone_lines(std::string_view text, bool is_after_edge, bool is_before_edge) {
  std::string out;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    const std::string_view line = text.substr(from, end - from);
    const std::string_view word = trim_markup(line);
    const bool begins = from > 0 || is_after_edge;
    const bool ends = end < text.size() || is_before_edge;
    if (begins && ends && is_lone_address(word)) {
      const auto before = static_cast<std::size_t>(word.data() - line.data());
      out.append(line.substr(0, before)).append(link_to(word, word)).append(line.substr(before + word.size()));
    } else {
      out.append(line);
    }
    if (end < text.size()) out += '\n';
    from = end + 1;
  }
  return out;
}

std::string page_of_player(std::string_view url) {
  std::string page = replace_every(url, "&amp;", "&");
  page = replace_every(page, "&#038;", "&");
  if (page.starts_with("//")) page.insert(0, "https:");
  for (const std::string_view path : {"youtube.com/embed/", "youtube-nocookie.com/embed/", "youtube.com/v/"}) {
    const std::size_t at = page.find(path);
    if (at == std::string::npos) continue;
    const std::string id = page.substr(at + path.size(), page.find_first_of("?&/#", at + path.size()) - at - path.size());
    if (!id.empty() && id != "videoseries") return "https://www.youtube.com/watch?v=" + id;
  }
  const std::size_t vimeo = page.find("player.vimeo.com/video/");
  if (vimeo != std::string::npos)
    return "https://vimeo.com/" + page.substr(vimeo + 23, page.find_first_of("?&/#", vimeo + 23) - vimeo - 23);
  return page;
}

std::string_view frame_address(std::string_view tag) {
  for (const std::string_view name : {"src", "data-src", "data"})
    if (const auto value = tag_attribute(tag, name); value && !trim_markup(*value).empty()) return trim_markup(*value);
  return {};
}

std::string frame_link(std::string_view address) {
  constexpr std::size_t most_words = 80;  // players carry their settings behind '?'
  const std::string page = page_of_player(address);
  const std::string_view words = std::string_view(page).substr(0, page.size() > most_words ? page.find('?') : npos);
  return is_web_address(page) ? link_to(page, words) : std::string{};
}

// Inside <object>: what it shows is named by the first address in it.
struct OpenObject {
  bool is_open = false;
  std::string address;
};

bool is_frame_part(std::string_view name) { return name == "object" || name == "param" || name == "embed"; }

void see_object_part(std::string_view tag, std::string_view name, OpenObject& object) {
  std::string_view address;
  if (name == "param") {
    const auto key = tag_attribute(tag, "name");
    const auto value = tag_attribute(tag, "value");
    if (key && value && (*key == "movie" || *key == "src")) address = *value;
  } else if (!is_end_tag(tag)) {
    address = frame_address(tag);
  }
  if (object.address.empty()) object.address = address;
}

constexpr std::string_view address_starts[] = {"https://", "http://", "ftp://", "www."};

std::size_t address_start_size(std::string_view text) {
  for (const std::string_view start : address_starts)
    if (starts_with_ignoring_case(text, start)) return start.size();
  return 0;
}

bool may_begin_address(std::string_view text, std::size_t at) {
  if (at == 0) return true;
  const char before = text[at - 1];
  return is_markup_space(before) || before == '(' || before == '[' || before == ',' || before == ';' || before == '"' ||
         before == '\'' || before == '>' || static_cast<unsigned char>(before) >= 0x80;
}

// Where an address that begins at `at` ends: marks of the sentence around it are no part of it.
std::size_t end_of_address(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && !is_markup_space(text[end]) && text[end] != '"' && text[end] != '<' && text[end] != '>') ++end;
  while (end > at) {
    const char last = text[end - 1];
    const std::string_view address = text.substr(at, end - at);
    const bool is_unbalanced =
        last == ')' && std::count(address.begin(), address.end(), '(') < std::count(address.begin(), address.end(), ')');
    if (std::string_view(".,;:!?'*]").find(last) == npos && !is_unbalanced) break;
    --end;
  }
  return end;
}

std::string link_words(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = may_begin_address(text, at) ? address_start_size(text.substr(at, 8)) : 0;
    const std::size_t end = start == 0 ? 0 : end_of_address(text, at);
    if (end <= at + start + 1 || end - at > 2000) {
      out += text[at++];
      continue;
    }
    const std::string_view address = text.substr(at, end - at);
    const bool is_bare = starts_with_ignoring_case(address, "www.");
    out += format("<a href=\"{}{}\">{}</a>", is_bare ? "http://" : "", escape_markup(address), address);
    at = end;
  }
  return out;
}

}  // namespace

std::string link_lone_addresses(std::string_view text) {
  if (text.find("://") == npos) return std::string(text);
  const std::vector<MarkupPart> parts = split_markup(text);
  ClosedToLinks closed;
  std::string out;
  for (std::size_t at = 0; at < parts.size(); ++at) {
    const MarkupPart& part = parts[at];
    if (part.kind == MarkupPart::Kind::tag) closed.see(part.content);
    if (part.kind != MarkupPart::Kind::text || !closed.is_open()) {
      out.append(part.content);
      continue;
    }
    const bool after_p = at > 0 && tag_name(parts[at - 1].content) == "p" && !is_end_tag(parts[at - 1].content);
    const bool before_p = at + 1 < parts.size() && tag_name(parts[at + 1].content) == "p" && is_end_tag(parts[at + 1].content);
    out += link_lone_lines(part.content, at == 0 || (after_p && before_p), at + 1 == parts.size() || (after_p && before_p));
  }
  return out;
}

std::string link_frames(std::string_view markup) {
  std::string out;
  OpenObject object;
  for (const MarkupPart& part : split_markup(markup)) {
    const std::string_view name = part.kind == MarkupPart::Kind::tag ? tag_name(part.content) : std::string_view{};
    if (name == "iframe") {
      if (!is_end_tag(part.content)) out += frame_link(frame_address(part.content));
    } else if (name == "object" && is_end_tag(part.content)) {
      out += frame_link(object.address);
      object = {};
    } else if (name == "object" || (object.is_open && is_frame_part(name))) {
      object.is_open = true;
      see_object_part(part.content, name, object);
    } else if (name == "embed") {
      if (!is_end_tag(part.content)) out += frame_link(frame_address(part.content));
    } else {
      out.append(part.content);
    }
  }
  return out;
}

std::string link_addresses(std::string_view markup) {
  ClosedToLinks closed;
  std::string out;
  for (const MarkupPart& part : split_markup(markup)) {
    if (part.kind == MarkupPart::Kind::tag) closed.see(part.content);
    out += part.kind == MarkupPart::Kind::text && closed.is_open() ? link_words(part.content) : std::string(part.content);
  }
  return out;
}

}  // namespace import_
