// What a template is filled with: named texts, named pieces of Html, and named sections that are shown once per turn. Whether a
// value is text or Html is known from its type and nothing else, so a theme can't print text as markup. Holds no rule and no
// template.
#pragma once

#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/html.h"

namespace view {

// Names are literals of our source, in capitals: "HEADLINE". A section sees the values of the sections around it.
class Model {
 public:
  struct Text {
    std::string_view name;
    std::string value;
  };
  struct Markup {
    std::string_view name;
    text::Html value;
  };
  struct Section {
    std::string_view name;
    std::list<Model> turns;  // a list: a reference from add() stays good, wherever the section moves
  };

  void set(std::string_view name, std::string value) { texts_.push_back({name, std::move(value)}); }
  void set(std::string_view name, text::Html value) { markups_.push_back({name, std::move(value)}); }
  void set_number(std::string_view name, std::int64_t value) { set(name, std::to_string(value)); }

  // One more turn of a section, to be filled.
  Model& add(std::string_view section);
  // The section is shown, with nothing of its own in it.
  void show(std::string_view section) { add(section); }
  void show_if(bool claim, std::string_view section) {
    if (claim) show(section);
  }
  // The text, and a section IF_NAME around it, unless the text is empty: {{#IF_NAME}}<p>{{NAME}}</p>{{/IF_NAME}}.
  void set_if_any(std::string_view name, std::string_view section, std::string value) {
    if (value.empty()) return;
    add(section).set(name, std::move(value));
  }
  void set_if_any(std::string_view name, std::string_view section, text::Html value) {
    if (value.empty()) return;
    add(section).set(name, std::move(value));
  }

  const std::vector<Text>& texts() const { return texts_; }
  const std::vector<Markup>& markups() const { return markups_; }
  const std::vector<Section>& sections() const { return sections_; }

 private:
  std::vector<Text> texts_;
  std::vector<Markup> markups_;
  std::vector<Section> sections_;
};

}  // namespace view
