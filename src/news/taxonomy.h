// What articles are filed under: sections in a tree, tags, and the authors of their bylines. An author need not have a login.
#pragma once

#include <string>
#include <vector>

#include "news/ids.h"
#include "text/html.h"

namespace news {

struct NewSection {
  SectionId parent;  // none: a top section
  std::string slug;  // unique among all sections
  std::string name;
  text::Html description;
};

struct Section {
  SectionId id;
  SectionId parent;
  std::string slug;
  std::string name;
  text::Html description;
  std::string address;      // the path it is served at: "/category/news/town-hall/"
  int position = 0;         // among its siblings, as the operator ordered them
  int article_count = 0;    // published, its sub-sections' included
};

struct NewTag {
  std::string slug;
  std::string name;
  text::Html description;
};

struct Tag {
  TagId id;
  std::string slug;
  std::string name;
  text::Html description;
  std::string address;
  int article_count = 0;
};

struct NewAuthor {
  std::string slug;
  std::string name;
  text::Html biography;
};

struct Author {
  AuthorId id;
  std::string slug;
  std::string name;
  text::Html biography;
  std::string address;
  int article_count = 0;
};

// A name that links somewhere: a byline, a section, a tag as an article shows it.
struct Link {
  std::string name;
  std::string address;
  bool operator==(const Link&) const = default;
};

}  // namespace news
