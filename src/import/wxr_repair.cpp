#include "import/wxr_repair.h"

#include <algorithm>

namespace import_ {
namespace {

constexpr std::string_view cdata_open = "<![CDATA[";
constexpr std::string_view cdata_close = "]]>";
constexpr auto npos = std::string_view::npos;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':' || c == '_' || c == '-' ||
         c == '.';
}

std::size_t skip_space(std::string_view bytes, std::size_t at) {
  while (at < bytes.size() && is_space(bytes[at])) ++at;
  return at;
}

bool is_container(std::string_view name) {
  return unit_of(name) != WxrUnit::none || name == "wp:comment" || name == "wp:postmeta" || name == "wp:commentmeta" ||
         name == "wp:termmeta";
}

// True if "</name>" stands at `at`; `past` is then behind it.
bool closes(std::string_view bytes, std::size_t at, std::string_view name, std::size_t& past) {
  if (bytes.substr(at, 2) != "</" || bytes.substr(at + 2, name.size()) != name) return false;
  const std::size_t end = skip_space(bytes, at + 2 + name.size());
  if (end >= bytes.size() || bytes[end] != '>') return false;
  past = end + 1;
  return true;
}

// An item's end with the next item or the channel's end right behind it, and WordPress's own fields: whatever text spans that
// swallowed an item. (An article that quotes a feed has the first, but no such fields.)
bool spans_items(std::string_view text) {
  for (std::size_t at = text.find("</item>"); at != npos; at = text.find("</item>", at + 7)) {
    const std::size_t next = skip_space(text, at + 7);
    const bool is_boundary = text.substr(next, 5) == "<item" || text.substr(next, 9) == "</channel";
    if (is_boundary) return text.find("<wp:post_type>") != npos;
  }
  return false;
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  if (text.find(what) == npos) return;
  std::string out;
  std::size_t from = 0;
  for (std::size_t at = text.find(what); at != npos; at = text.find(what, from)) {
    out.append(text, from, at - from).append(with);
    from = at + what.size();
  }
  text = out.append(text, from);
}

struct NamedEntity {
  std::string_view name;
  char character;
};
constexpr NamedEntity xml_entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};

// XML's five entities; everything else that begins with '&' stays as it is, since the texts are HTML.
std::string without_entities(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto* entity = std::find_if(std::begin(xml_entities), std::end(xml_entities),
                                      [&](const NamedEntity& e) { return text.substr(at, e.name.size()) == e.name; });
    if (entity == std::end(xml_entities)) {
      out += text[at++];
    } else {
      out += entity->character;
      at += entity->name.size();
    }
  }
  return out;
}

class UnitRepair {
 public:
  UnitRepair(std::string_view bytes, bool is_whole, const WxrNames& names, WxrBuilder& builder)
      : bytes_(bytes), is_whole_(is_whole), names_(names), builder_(builder) {}

  WxrRepair run();

 private:
  // Each takes the tag at at_ and moves at_ behind what it understood; false ends the run with end_.
  bool take_tag();
  bool take_end_tag();
  bool take_start_tag();
  bool take_leaf(std::string_view raw_name, const std::string& name);
  bool finish(WxrRepair::End end) {
    end_ = end;
    return false;
  }
  bool out_of_bytes() {
    if (is_whole_) at_ = bytes_.size();
    return finish(is_whole_ ? WxrRepair::End::missing : WxrRepair::End::need_more);
  }
  WxrAttributes attributes(std::string_view tag) const;
  // The end of a leaf's text from `from`, and behind its end tag.
  bool find_leaf_end(std::string_view raw_name, std::size_t from, std::size_t& text_end, std::size_t& past);
  bool guess_leaf_end(std::size_t from, std::size_t& text_end, std::size_t& past) const;

  static constexpr int most_guesses = 50;

  std::string_view bytes_;
  bool is_whole_;
  const WxrNames& names_;
  WxrBuilder& builder_;
  std::size_t at_ = 0;
  WxrRepair::End end_ = WxrRepair::End::missing;
  std::vector<std::string> unclosed_;  // element names whose end tag does not come any more
  int guesses_ = 0;
};

WxrRepair UnitRepair::run() {
  while (true) {
    at_ = bytes_.find('<', at_);
    if (at_ == npos) {
      out_of_bytes();
      break;
    }
    if (!take_tag()) break;
  }
  return {end_, at_};
}

bool UnitRepair::take_tag() {
  if (bytes_.substr(at_, 4) == "<!--") {
    const std::size_t end = bytes_.find("-->", at_ + 4);
    if (end == npos) return out_of_bytes();
    at_ = end + 3;
    return true;
  }
  if (bytes_.substr(at_, 2) == "</") return take_end_tag();
  if (at_ + 1 < bytes_.size() && is_name_char(bytes_[at_ + 1])) return take_start_tag();
  if (at_ + 1 >= bytes_.size()) return out_of_bytes();
  ++at_;
  return true;
}

bool UnitRepair::take_end_tag() {
  std::size_t end = at_ + 2;
  while (end < bytes_.size() && is_name_char(bytes_[end])) ++end;
  const std::string name = names_.canonical(bytes_.substr(at_ + 2, end - at_ - 2));
  end = skip_space(bytes_, end);
  if (end >= bytes_.size()) return out_of_bytes();
  if (name == "channel" || name == "rss") return finish(WxrRepair::End::missing);
  at_ = end + (bytes_[end] == '>' ? 1 : 0);
  // The end of a text whose start was not understood says nothing.
  if (!is_container(name)) return true;
  builder_.end(name);
  return builder_.unit() == WxrUnit::none ? finish(WxrRepair::End::complete) : true;
}

bool UnitRepair::take_start_tag() {
  std::size_t name_end = at_ + 1;
  while (name_end < bytes_.size() && is_name_char(bytes_[name_end])) ++name_end;
  const std::string_view raw_name = bytes_.substr(at_ + 1, name_end - at_ - 1);
  const std::string name = names_.canonical(raw_name);
  const std::size_t tag_end = bytes_.find('>', name_end);
  if (tag_end == npos) return out_of_bytes();
  if (unit_of(name) != WxrUnit::none && builder_.unit() != WxrUnit::none) return finish(WxrRepair::End::missing);

  const std::string_view tag = bytes_.substr(name_end, tag_end - name_end);
  builder_.start(name, attributes(tag));
  at_ = tag_end + 1;
  if (tag.ends_with('/')) {
    builder_.end(name);
    return true;
  }
  return is_container(name) || take_leaf(raw_name, name);
}

bool UnitRepair::take_leaf(std::string_view raw_name, const std::string& name) {
  const std::size_t inner = skip_space(bytes_, at_);
  const bool is_cdata = bytes_.substr(inner, cdata_open.size()) == cdata_open;
  const std::size_t from = is_cdata ? inner + cdata_open.size() : at_;
  std::size_t text_end = 0;
  std::size_t past = 0;
  if (!find_leaf_end(raw_name, from, text_end, past)) {
    const bool may_come = !is_whole_ && !spans_items(bytes_.substr(from));
    if (may_come) return finish(WxrRepair::End::need_more);
    if (++guesses_ > most_guesses) return finish(WxrRepair::End::hopeless);
    if (!guess_leaf_end(from, text_end, past)) return out_of_bytes();
  }
  std::string text(bytes_.substr(from, text_end - from));
  if (is_cdata) {
    // WordPress's own way to write "]]>", then sections that merely follow each other.
    replace_all(text, "]]]]><![CDATA[>", "]]\x01>");
    replace_all(text, "]]><![CDATA[", "");
    replace_all(text, "]]\x01>", "]]>");
  } else {
    text = without_entities(text);
  }
  builder_.text(names_.to_utf8(text));
  builder_.end(name);
  at_ = past;
  return true;
}

bool UnitRepair::find_leaf_end(std::string_view raw_name, std::size_t from, std::size_t& text_end, std::size_t& past) {
  if (std::find(unclosed_.begin(), unclosed_.end(), raw_name) != unclosed_.end()) return false;
  const bool is_cdata = from >= cdata_open.size() && bytes_.substr(from - cdata_open.size(), cdata_open.size()) == cdata_open;
  std::size_t at = from;
  while (true) {
    // Only a "]]>" with the element's end tag behind it ends the section: this is the repair of WordPress 3.1's files.
    at = is_cdata ? bytes_.find(cdata_close, at) : bytes_.find("</", at);
    if (at == npos) {
      if (is_whole_) unclosed_.emplace_back(raw_name);
      return false;
    }
    const std::size_t tag = is_cdata ? skip_space(bytes_, at + cdata_close.size()) : at;
    if (closes(bytes_, tag, raw_name, past)) break;
    at += 2;
  }
  text_end = at;
  return !spans_items(bytes_.substr(from, at - from));
}

// The end tag is damaged or gone: the text ends with its section, or where the next field of WordPress's layout begins a line.
bool UnitRepair::guess_leaf_end(std::size_t from, std::size_t& text_end, std::size_t& past) const {
  for (std::size_t at = from; at < bytes_.size(); ++at) {
    if (bytes_[at] == ']' && bytes_.substr(at, 3) == cdata_close) {
      text_end = at;
      past = at + 3;
      return true;
    }
    if (bytes_[at] == '<' && (bytes_.substr(at, 7) == "</item>" || bytes_.substr(at, 5) == "</wp:")) {
      text_end = past = at;
      return true;
    }
    if (bytes_[at] != '\n') continue;
    const std::size_t tag = skip_space(bytes_, at);
    if (bytes_.substr(tag, 4) == "<wp:" || bytes_.substr(tag, 9) == "<excerpt:" || bytes_.substr(tag, 9) == "<content:") {
      text_end = past = at;
      return true;
    }
  }
  return false;
}

WxrAttributes UnitRepair::attributes(std::string_view tag) const {
  WxrAttributes found;
  for (std::size_t at = skip_space(tag, 0); at < tag.size(); at = skip_space(tag, at)) {
    const std::size_t equals = tag.find('=', at);
    if (equals == npos || equals + 1 >= tag.size()) break;
    const char quote = tag[equals + 1];
    const std::size_t end = quote == '"' || quote == '\'' ? tag.find(quote, equals + 2) : npos;
    if (end == npos) break;
    found.emplace_back(std::string(tag.substr(at, equals - at)),
                       names_.to_utf8(without_entities(tag.substr(equals + 2, end - equals - 2))));
    at = end + 1;
  }
  return found;
}

}  // namespace

WxrRepair repair_unit(std::string_view bytes, bool is_whole, const WxrNames& names, WxrBuilder& builder) {
  return UnitRepair(bytes, is_whole, names, builder).run();
}

std::size_t find_unit_start(std::string_view bytes, std::size_t from) {
  constexpr std::string_view starts[] = {"item", "wp:author", "wp:category", "wp:tag", "wp:term"};
  for (std::size_t at = bytes.find('<', from); at != npos; at = bytes.find('<', at + 1)) {
    for (const std::string_view start : starts) {
      if (bytes.substr(at + 1, start.size()) != start) continue;
      const std::size_t end = at + 1 + start.size();
      if (end < bytes.size() && (bytes[end] == '>' || is_space(bytes[end]))) return at;
    }
  }
  return npos;
}

}  // namespace import_
