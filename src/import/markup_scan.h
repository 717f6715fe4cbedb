// Small steps through markup as WordPress sees it: text, with tags and comments in between, none of it parsed into a tree. The
// WordPress renderers are defined on such text, quirks included. Pure functions, linear, never safe HTML.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace import_ {

// ASCII white space as WordPress's patterns know it.
inline bool is_markup_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
// A letter, digit or underscore of ASCII.
inline bool is_word_char(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_'; }

std::size_t skip_markup_space(std::string_view text, std::size_t at);
std::string_view trim_markup(std::string_view text);
std::string replace_every(std::string_view text, std::string_view what, std::string_view with);
bool starts_with_ignoring_case(std::string_view text, std::string_view lower_case_start);

// The next '>' (or other mark) for positions that only grow: remembers what it found, so that a text of a million "<" stays
// linear.
class NextMark {
 public:
  NextMark(std::string_view text, char mark) : text_(text), mark_(mark) {}
  std::size_t after(std::size_t at) {
    if (found_ < at || !searched_) found_ = text_.find(mark_, at);
    searched_ = true;
    return found_;
  }

 private:
  std::string_view text_;
  char mark_;
  std::size_t found_ = 0;
  bool searched_ = false;
};

struct MarkupPart {
  enum class Kind { text, tag, comment, shortcode };  // shortcodes only where they are asked for
  Kind kind = Kind::text;
  std::string_view content;
};

// The tag or comment that begins at `at`, which is a '<'.
MarkupPart markup_part_at(std::string_view text, std::size_t at);

// Cuts text into parts that join to it again. A '<' without '>' is a tag up to the end; so is a comment without its end.
std::vector<MarkupPart> split_markup(std::string_view text);

// "pre" of "<pre class=x>" and of "</pre>"; as written, so compare with care for case.
std::string_view tag_name(std::string_view tag);
inline bool is_end_tag(std::string_view tag) { return tag.size() > 1 && tag[1] == '/'; }

// The value of an attribute of a tag, its character references as they stand; nothing if it is not there.
std::optional<std::string_view> tag_attribute(std::string_view tag, std::string_view lower_case_name);

// For attribute values and text that we write ourselves. `&` stays where it begins a character reference.
std::string escape_markup(std::string_view text);

// True if a character reference begins at `at`, which is a '&'.
bool is_character_reference(std::string_view text, std::size_t at);

}  // namespace import_
