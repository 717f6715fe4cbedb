// Where in an HTML document one stands after having read so much of it: in an element's content, in a tag, in which attribute's
// value. Follows the tokeniser of https://html.spec.whatwg.org/multipage/parsing.html#tokenization as far as well-written
// templates need it, and tells its caller each tag and attribute. Holds no opinion on what is allowed: template_check.cpp does.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace view {

enum class Where {
  content,        // between tags
  plain_content,  // in <title> or <textarea>, where tags are text
  raw_content,    // in <script> or <style>
  tag_start,      // right after '<'
  tag_name,
  in_tag,  // between attributes
  attribute_name,
  before_value,  // right after '='
  quoted_value,
  bare_value,  // not in quotes
  comment,
  declaration,  // <!doctype …>
};

struct Place {
  Where where = Where::content;
  std::string
      element;  // in a tag: its name, lower case, with '/' before it for an end tag; in plain and raw content: the element around
  std::string attribute;  // in an attribute: its name, lower case
  std::string value;      // of the attribute, so far
  char quote = 0;
  bool operator==(const Place&) const = default;
};

class HtmlPlace {
 public:
  struct Listener {
    std::function<void(const Place&)> attribute;  // its name is complete, its value is not
    std::function<void(const Place&)> tag;        // the tag is complete
    std::function<void(std::string_view)> fault;  // what can't be followed
  };
  explicit HtmlPlace(Listener listener) : listener_(std::move(listener)) {}

  void read(std::string_view markup);
  // A marker of the template stands here; what it will be is part of the value of the attribute around it, if there is one.
  void read_marker();
  // Before a section begins or ends: the name of a tag or attribute ends here, and a space must follow if the tag goes on.
  void settle();

  const Place& place() const { return place_; }

 private:
  void step(char c);
  void step_content(char c);
  void step_plain(char c);
  void step_tag_start(char c);
  void step_tag_name(char c);
  void step_in_tag(char c);
  void step_attribute_name(char c);
  void step_value(char c);
  void step_comment(char c);
  void finish_attribute_name();
  void finish_tag();

  Listener listener_;
  Place place_;
  bool settled_ = false;
  bool must_end_name_ = false;  // what ends a script or a title is its whole name
  std::string seen_;            // the last characters, for "-->" and "</title"
};

}  // namespace view
