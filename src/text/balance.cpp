#include "text/balance.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <optional>
#include <vector>

#include "text/attribute.h"
#include "text/markup_token.h"
#include "text/sanitise.h"
#include "text/tag.h"

namespace text {
namespace {

// What happens to an element by its name.
enum class Fate : std::uint8_t {
  keep,     // written under `tag`'s name
  unwrap,   // its content stays
  space,    // its content stays, set apart
  drop,     // its content is raw text that nobody sees
  graphic,  // its content is of another vocabulary that nobody sees
  quote,    // its content is raw text that stays
};

struct Entry {
  std::string_view name;
  Fate fate = Fate::unwrap;
  Tag tag = Tag::text;
};

// Elements that are written under another name or not at all. Those that tag.h knows by name are not repeated here.
constexpr Entry entries[] = {
    {"acronym", Fate::keep, Tag::abbr},
    {"article", Fate::keep, Tag::div},
    {"center", Fate::keep, Tag::div},
    {"dir", Fate::keep, Tag::ul},
    {"fieldset", Fate::keep, Tag::div},
    {"footer", Fate::keep, Tag::div},
    {"form", Fate::keep, Tag::div},
    {"h1", Fate::keep, Tag::h2},
    {"header", Fate::keep, Tag::div},
    {"hgroup", Fate::keep, Tag::div},
    {"iframe", Fate::keep, Tag::embed},
    {"image", Fate::keep, Tag::img},
    {"legend", Fate::keep, Tag::div},
    {"listing", Fate::keep, Tag::pre},
    {"main", Fate::keep, Tag::div},
    {"math", Fate::graphic},
    {"menu", Fate::keep, Tag::ul},
    {"nav", Fate::keep, Tag::div},
    {"noembed", Fate::drop},
    {"noframes", Fate::drop},
    {"noscript", Fate::drop},
    {"object", Fate::keep, Tag::embed},
    {"optgroup", Fate::space},
    {"option", Fate::space},
    {"plaintext", Fate::drop},
    {"script", Fate::drop},
    {"search", Fate::keep, Tag::div},
    {"section", Fate::keep, Tag::div},
    {"select", Fate::space},
    {"strike", Fate::keep, Tag::s},
    {"style", Fate::drop},
    {"svg", Fate::graphic},
    {"template", Fate::graphic},
    {"textarea", Fate::quote},
    {"title", Fate::drop},
    {"tt", Fate::keep, Tag::code},
    {"xmp", Fate::drop},
};

std::vector<Entry> sorted_entries() {
  std::vector<Entry> all(std::begin(entries), std::end(entries));
  for (std::size_t i = 1; i < tag_count; ++i) {
    const Tag tag = static_cast<Tag>(i);
    all.push_back({name_of(tag), Fate::keep, tag});
  }
  std::sort(all.begin(), all.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
  return all;
}

std::string lower(std::string_view name) {
  std::string out(name);
  for (char& byte : out) {
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<char>(byte + ('a' - 'A'));
  }
  return out;
}

Entry find_entry(std::string_view name) {
  static const std::vector<Entry> sorted = sorted_entries();
  if (name.size() > 16) return {};
  const std::string key = lower(name);
  const auto found = std::lower_bound(sorted.begin(), sorted.end(), key,
                                      [](const Entry& entry, const std::string& k) { return entry.name < k; });
  return found != sorted.end() && found->name == key ? *found : Entry{};
}

bool is_in_table(Tag tag) { return tag == Tag::table || is_table_section(tag) || tag == Tag::tr; }
bool is_table_boundary(Tag tag) { return is_in_table(tag) || is_cell(tag) || tag == Tag::caption; }

// Which open elements the start of `tag` ends, up to which boundary: HTML, "the in body insertion mode", the tags that may be
// left out.
struct Closing {
  bool (*ends)(Tag);
  bool (*stops)(Tag);
};

std::optional<Closing> closing_for(Tag tag) {
  if (tag == Tag::li) {
    return Closing{[](Tag open) { return open == Tag::li; },
                   [](Tag open) { return role_of(open) == Role::list || is_table_boundary(open); }};
  }
  if (role_of(tag) == Role::description_part) {
    return Closing{[](Tag open) { return role_of(open) == Role::description_part; },
                   [](Tag open) { return open == Tag::dl || is_table_boundary(open); }};
  }
  if (role_of(tag) == Role::ruby_part) {
    return Closing{[](Tag open) { return role_of(open) == Role::ruby_part; },
                   [](Tag open) { return open == Tag::ruby || is_block(open); }};
  }
  if (is_cell(tag)) return Closing{is_cell, [](Tag open) { return open == Tag::table; }};
  if (tag == Tag::tr) return Closing{[](Tag open) { return open == Tag::tr; }, [](Tag open) { return open == Tag::table; }};
  if (is_table_section(tag) || tag == Tag::caption) {
    return Closing{[](Tag open) { return is_table_section(open) || open == Tag::caption; },
                   [](Tag open) { return open == Tag::table; }};
  }
  if (tag == Tag::a) return Closing{[](Tag open) { return open == Tag::a; }, is_table_boundary};
  return std::nullopt;
}

class Balancer {
 public:
  explicit Balancer(std::string_view markup) : reader_(markup) { out_.reserve(markup.size() + markup.size() / 8); }

  std::string run() {
    for (MarkupToken token; reader_.read(token);) {
      if (token.kind == MarkupToken::Kind::text) write_text(token.text);
      if (token.kind == MarkupToken::Kind::start_tag) handle_start(token);
      if (token.kind == MarkupToken::Kind::end_tag) handle_end(find_entry(token.name));
    }
    while (!open_.empty()) close_top();
    return std::move(out_);
  }

 private:
  void handle_start(const MarkupToken& token);
  void handle_end(const Entry& entry);
  void start(Tag tag, const MarkupToken& token);
  void end(Tag tag);
  void skip_graphic(std::string_view name);

  bool is_open(Tag tag) const { return open_count_[static_cast<std::size_t>(tag)] > 0; }
  void open(Tag tag);
  void close_top();
  void close_through(std::size_t index) {
    while (open_.size() > index) close_top();
  }
  void close_nearest(Closing closing);
  void close_paragraph(Tag starting);
  bool make_room(Tag tag);
  bool make_room_in_table(Tag tag);

  void write_text(std::string_view text);
  void write_start(Tag tag, const MarkupToken& token, bool centred);

  MarkupReader reader_;
  std::string out_;
  std::vector<Tag> open_;
  std::array<std::uint32_t, tag_count> open_count_{};
  int unclosed_graphics_ = 0;
};

void Balancer::handle_start(const MarkupToken& token) {
  const Entry entry = find_entry(token.name);
  switch (entry.fate) {
    case Fate::keep: start(entry.tag, token); break;
    case Fate::unwrap: break;
    case Fate::space: out_ += ' '; break;
    case Fate::drop: reader_.read_raw(token.name); break;
    case Fate::graphic:
      if (!token.self_closing) skip_graphic(token.name);
      break;
    case Fate::quote: write_text(reader_.read_raw(token.name)); break;
  }
  // Browsers take what stands in a frame as raw text.
  if (equals_ignoring_case(token.name, "iframe")) reader_.read_raw(token.name);
}

void Balancer::handle_end(const Entry& entry) {
  if (entry.fate == Fate::space) out_ += ' ';
  if (entry.fate == Fate::keep) end(entry.tag);
}

// Skips to behind the matching end tag; stays where it is when there is none, so that an unclosed tag hides nothing. After a few
// that had none the search is given up, or it would take quadratic time.
void Balancer::skip_graphic(std::string_view name) {
  constexpr int most_unclosed = 16;
  if (unclosed_graphics_ == most_unclosed) return;
  const std::size_t start = reader_.position();
  std::size_t depth = 1;
  for (MarkupToken token; depth > 0;) {
    if (!reader_.read(token)) {
      ++unclosed_graphics_;
      return reader_.move_to(start);
    }
    if (!equals_ignoring_case(token.name, name)) continue;
    if (token.kind == MarkupToken::Kind::start_tag && !token.self_closing) ++depth;
    if (token.kind == MarkupToken::Kind::end_tag) --depth;
  }
}

void Balancer::start(Tag tag, const MarkupToken& token) {
  if (is_block(tag)) close_paragraph(tag);
  if (const std::optional<Closing> closing = closing_for(tag)) close_nearest(*closing);
  if (!make_room(tag)) return;
  write_start(tag, token, equals_ignoring_case(token.name, "center"));
  if (!is_void(tag)) open(tag);
}

void Balancer::end(Tag tag) {
  if (!is_open(tag)) return;
  for (std::size_t i = open_.size(); i-- > 0;) {
    if (open_[i] == tag) return close_through(i);
    const bool is_of_table = is_table_boundary(tag);
    if (is_of_table ? open_[i] == Tag::table : is_table_boundary(open_[i])) return;
  }
}

void Balancer::open(Tag tag) {
  open_.push_back(tag);
  ++open_count_[static_cast<std::size_t>(tag)];
}

void Balancer::close_top() {
  out_.append("</").append(name_of(open_.back())).append(">");
  --open_count_[static_cast<std::size_t>(open_.back())];
  open_.pop_back();
}

void Balancer::close_nearest(Closing closing) {
  for (std::size_t i = open_.size(); i-- > 0;) {
    if (closing.ends(open_[i])) return close_through(i);
    if (closing.stops(open_[i])) return;
  }
}

// A block ends the paragraph around it, a heading the heading around it, if nothing but inline elements stand between.
void Balancer::close_paragraph(Tag starting) {
  for (std::size_t i = open_.size(); i-- > 0;) {
    if (open_[i] == Tag::p || (is_heading(open_[i]) && is_heading(starting))) return close_through(i);
    if (is_block(open_[i])) return;
  }
}

// False if `tag` can't be opened here and is to be left out.
bool Balancer::make_room(Tag tag) {
  const Tag top = open_.empty() ? Tag::div : open_.back();
  const bool is_of_table = role_of(tag) == Role::table_part;
  if (is_of_table && !is_in_table(top)) {
    out_ += ' ';
    return false;
  }
  if (is_in_table(top)) {
    // The parser moves other content in front of the table; a void element can't drag anything with it.
    if (!is_of_table) return is_void(tag);
    if (!make_room_in_table(tag)) return false;
  }
  return is_void(tag) || open_.size() < max_markup_depth;
}

// Opens the section and row that the parser would imply, so that they are counted.
bool Balancer::make_room_in_table(Tag tag) {
  const auto imply = [&](Tag implied) {
    out_.append("<").append(name_of(implied)).append(">");
    open(implied);
  };
  if (open_.size() + 3 > max_markup_depth) return false;
  if ((tag == Tag::caption || is_table_section(tag)) && open_.back() != Tag::table) return false;
  if ((tag == Tag::tr || is_cell(tag)) && open_.back() == Tag::table) imply(Tag::tbody);
  if (is_cell(tag) && is_table_section(open_.back())) imply(Tag::tr);
  return true;
}

void Balancer::write_text(std::string_view text) {
  for (const char byte : text) {
    if (byte == '<') {
      out_ += "&lt;";
    } else if (byte != '\0') {
      out_ += byte;
    }
  }
}

void Balancer::write_start(Tag tag, const MarkupToken& token, bool centred) {
  out_.append("<").append(name_of(tag));
  std::bitset<known_attributes.size()> written;
  for (const MarkupToken::Attribute& attribute : token.attributes) {
    const std::size_t known = find_attribute(attribute.name);
    if (known == known_attributes.size() || written[known]) continue;
    written.set(known);
    out_.append(" ").append(known_attributes[known]).append("=\"");
    for (const char byte : attribute.value) {
      if (byte == '"') {
        out_ += "&quot;";
      } else if (byte != '\0') {
        out_ += byte;
      }
    }
    out_ += '"';
  }
  if (centred) out_ += " align=\"center\"";
  out_ += '>';
}

}  // namespace

std::string balance_markup(std::string_view untrusted) { return Balancer(untrusted).run(); }

}  // namespace text
