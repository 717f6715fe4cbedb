// Reads the tags out of markup, with the boundaries that a browser's tokeniser gives them (HTML, section 13.2.5). Knows nothing
// of what an element means. Never copies, never fails: what is no tag is text. Private to src/text.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace text {

struct MarkupToken {
  enum class Kind { text, start_tag, end_tag, ignored };  // ignored: comments, declarations, a tag that is cut off

  Kind kind = Kind::text;
  std::string_view text;  // the text, references not decoded
  std::string_view name;  // of a tag, as written
  struct Attribute {
    std::string_view name;   // as written
    std::string_view value;  // without quotes, references not decoded
  };
  std::vector<Attribute> attributes;
  bool self_closing = false;
};

class MarkupReader {
 public:
  explicit MarkupReader(std::string_view markup) : markup_(markup) {}

  // Fills `token` with what comes next; false at the end.
  bool read(MarkupToken& token);
  // What stands before "</name", which is then next; all the rest if there is none. For elements whose content is no markup.
  std::string_view read_raw(std::string_view name);
  std::size_t position() const { return at_; }
  void move_to(std::size_t position) { at_ = position; }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < markup_.size() ? markup_[at_ + ahead] : '\0'; }
  bool done() const { return at_ >= markup_.size(); }
  void read_text(MarkupToken& token);
  void read_tag(MarkupToken& token);
  void read_attribute(MarkupToken& token);
  std::string_view read_value();
  void skip_comment();
  void skip_past(std::string_view mark);

  std::string_view markup_;
  std::size_t at_ = 0;
};

bool equals_ignoring_case(std::string_view left, std::string_view right);

}  // namespace text
