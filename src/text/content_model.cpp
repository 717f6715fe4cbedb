#include "text/content_model.h"

#include <algorithm>
#include <string>
#include <utility>

namespace text {
namespace {

using Nodes = std::vector<Node>;

// What surrounds a place.
struct Place {
  std::size_t depth = 0;
  bool phrasing = false;     // only phrasing content may stand here
  bool in_link = false;      // no links, no controls
  bool no_headings = false;  // nor aside: dt, th, address
  bool no_tables = false;    // caption
  bool in_address = false;
  bool in_phrasing_only(Tag tag) const { return phrasing && text::is_block(tag); }
};

Node element(Tag tag) {
  Node node;
  node.tag = tag;
  return node;
}

bool has_content(const Nodes& nodes) {
  return std::any_of(nodes.begin(), nodes.end(), [](const Node& node) {
    if (node.tag == Tag::text) return !is_blank(node);
    const Role role = role_of(node.tag);
    return node.tag == Tag::img || role == Role::media || has_content(node.children);
  });
}

bool has_text(const Nodes& nodes) {
  return std::any_of(nodes.begin(), nodes.end(), [](const Node& node) {
    if (node.tag == Tag::img) return !node.find("alt")->empty();
    return node.tag == Tag::text ? !is_blank(node) : has_text(node.children);
  });
}

void append(Nodes& out, Node node) {
  if (node.tag == Tag::text && !out.empty() && out.back().tag == Tag::text) {
    out.back().text += node.text;
  } else {
    out.push_back(std::move(node));
  }
}

// Keeps words apart that an element's borders kept apart.
void append_space(Nodes& out) {
  if (out.empty() || out.back().has_block || out.back().tag == Tag::br) return;
  if (out.back().tag == Tag::text &&
      (out.back().text.empty() || std::string_view(" \t\n").find(out.back().text.back()) != std::string_view::npos))
    return;
  append(out, text_node(" "));
}

bool any_block(const Nodes& nodes) {
  return std::any_of(nodes.begin(), nodes.end(), [](const Node& node) { return node.has_block; });
}

class Fitter {
 public:
  explicit Fitter(Trust trust) : trust_(trust) {}

  Nodes fit_all(Nodes nodes, const Place& place) {
    Nodes out;
    out.reserve(nodes.size());
    for (Node& node : nodes) fit(std::move(node), place, out);
    return out;
  }

 private:
  void fit(Node node, const Place& place, Nodes& out);
  void fit_inline(Node node, const Place& place, Nodes& out);
  void fit_transparent(Node node, const Place& place, Nodes& out);
  void fit_paragraph(Node node, const Place& place, Nodes& out);
  void fit_container(Node node, const Place& place, Nodes& out);
  void fit_list(Node node, const Place& place, Nodes& out);
  void fit_stray_item(Node node, const Place& place, Nodes& out);
  void fit_description_list(Node node, const Place& place, Nodes& out);
  void fit_figure(Node node, const Place& place, Nodes& out);
  void fit_details(Node node, const Place& place, Nodes& out);
  void fit_whole_table(Node node, const Place& place, Nodes& out);
  void fit_ruby(Node node, const Place& place, Nodes& out);
  Node fit_item(Node item, Tag list, const Place& place);
  Node fit_description_part(Node part, const Place& place);
  Node fit_table_part(Node part, const Place& place);
  void fit_description_children(Nodes children, const Place& place, Nodes& out);
  void splice(Node node, const Place& place, Nodes& out);
  void splice_apart(Node node, const Place& place, Nodes& out);
  void add_paragraphs(Nodes content, Nodes& out);

  Trust trust_;
};

Place inside(Place place) {
  ++place.depth;
  return place;
}

Place phrasing_inside(Place place) {
  place.phrasing = true;
  return inside(place);
}

void add_block(Node node, Nodes& out) {
  node.has_block = true;
  out.push_back(std::move(node));
}

// Elements with parts of their own need room for them below max_fitted_depth.
bool fits_depth(Tag tag, const Place& place) {
  switch (role_of(tag)) {
    case Role::inline_content:
    case Role::void_inline:
    case Role::media: return place.depth < max_fitted_depth;
    default: return place.depth + 8 < max_fitted_depth;
  }
}

void Fitter::fit(Node node, const Place& place, Nodes& out) {
  if (node.tag == Tag::text) return append(out, std::move(node));
  if (!fits_depth(node.tag, place)) return splice_apart(std::move(node), place, out);
  if (place.in_phrasing_only(node.tag)) return splice_apart(std::move(node), place, out);
  switch (role_of(node.tag)) {
    case Role::text:
    case Role::source:
    case Role::embed: return;
    case Role::void_inline: return out.push_back(std::move(node));
    case Role::media:
      if (!place.in_link) out.push_back(std::move(node));
      return;
    case Role::rule: return add_block(std::move(node), out);
    case Role::inline_content: return fit_inline(std::move(node), place, out);
    case Role::transparent: return fit_transparent(std::move(node), place, out);
    case Role::paragraph: return fit_paragraph(std::move(node), place, out);
    case Role::figcaption:
    case Role::summary: node.tag = Tag::div; [[fallthrough]];
    case Role::container: return fit_container(std::move(node), place, out);
    case Role::list: return fit_list(std::move(node), place, out);
    case Role::list_item:
    case Role::description_part: return fit_stray_item(std::move(node), place, out);
    case Role::description_list: return fit_description_list(std::move(node), place, out);
    case Role::table: return fit_whole_table(std::move(node), place, out);
    case Role::figure: return fit_figure(std::move(node), place, out);
    case Role::details: return fit_details(std::move(node), place, out);
    case Role::ruby: return fit_ruby(std::move(node), place, out);
    case Role::ruby_part: return splice(std::move(node), place, out);
    case Role::table_part: return splice_apart(std::move(node), place, out);
  }
}

void Fitter::splice(Node node, const Place& place, Nodes& out) {
  for (Node& child : node.children) fit(std::move(child), place, out);
}

void Fitter::splice_apart(Node node, const Place& place, Nodes& out) {
  append_space(out);
  splice(std::move(node), place, out);
  append_space(out);
}

// Bold around whole paragraphs is no valid HTML: the paragraphs stay, the bold goes.
void Fitter::fit_inline(Node node, const Place& place, Nodes& out) {
  node.children = fit_all(std::move(node.children), inside(place));
  if (!any_block(node.children)) return out.push_back(std::move(node));
  for (Node& child : node.children) append(out, std::move(child));
}

void Fitter::fit_transparent(Node node, const Place& place, Nodes& out) {
  Place within = inside(place);
  if (node.tag == Tag::a) {
    if (place.in_link) return splice(std::move(node), place, out);
    within.in_link = true;
  }
  node.children = fit_all(std::move(node.children), within);
  node.has_block = any_block(node.children);
  out.push_back(std::move(node));
}

void Fitter::fit_paragraph(Node node, const Place& place, Nodes& out) {
  if (is_heading(node.tag) && place.no_headings) return splice_apart(std::move(node), place, out);
  node.children = fit_all(std::move(node.children), phrasing_inside(place));
  const bool is_empty =
      is_heading(node.tag) ? !has_text(node.children) && !has_content(node.children) : !has_content(node.children);
  if (!is_empty || (node.tag == Tag::p && node.find("id"))) return add_block(std::move(node), out);
  // A line break or an empty anchor in an otherwise empty paragraph is all that is left of it.
  for (Node& child : node.children) {
    if (child.tag != Tag::text && child.tag != Tag::br) append(out, std::move(child));
  }
}

void Fitter::fit_container(Node node, const Place& place, Nodes& out) {
  const bool is_barred = (node.tag == Tag::aside && place.no_headings) || (node.tag == Tag::address && place.in_address);
  if (is_barred) return splice_apart(std::move(node), place, out);
  Place within = inside(place);
  if (node.tag == Tag::address) within.in_address = within.no_headings = true;
  node.children = fit_all(std::move(node.children), within);
  if (node.tag == Tag::div && trust_ == Trust::comment) return add_paragraphs(std::move(node.children), out);
  if (has_content(node.children) || any_block(node.children) || !node.attributes.empty()) return add_block(std::move(node), out);
  for (Node& child : node.children) append(out, std::move(child));
}

// In comments a block that is not allowed leaves its paragraphs.
void Fitter::add_paragraphs(Nodes content, Nodes& out) {
  Node paragraph = element(Tag::p);
  const auto finish = [&] {
    if (has_content(paragraph.children)) add_block(std::move(paragraph), out);
    paragraph = element(Tag::p);
  };
  for (Node& node : content) {
    if (node.has_block) {
      finish();
      out.push_back(std::move(node));
    } else {
      append(paragraph.children, std::move(node));
    }
  }
  finish();
}

Node Fitter::fit_item(Node item, Tag list, const Place& place) {
  if (list != Tag::ol) std::erase_if(item.attributes, [](const Attribute& attribute) { return attribute.name == "value"; });
  item.children = fit_all(std::move(item.children), inside(inside(place)));
  item.has_block = true;
  return item;
}

// A list in a list belongs to the item before it; what else stands between items becomes one.
void Fitter::fit_list(Node node, const Place& place, Nodes& out) {
  Nodes items;
  for (Node& child : node.children) {
    if (is_blank(child)) continue;
    if (child.tag == Tag::li) {
      items.push_back(fit_item(std::move(child), node.tag, place));
      continue;
    }
    Nodes content;
    fit(std::move(child), inside(inside(place)), content);
    if (content.empty()) continue;
    if (items.empty()) items.push_back(element(Tag::li));
    items.back().has_block = true;
    append_space(items.back().children);
    for (Node& piece : content) append(items.back().children, std::move(piece));
  }
  if (items.empty()) return;
  node.children = std::move(items);
  add_block(std::move(node), out);
}

// li, dt or dd without the list around it: neighbours share one that is made for them.
void Fitter::fit_stray_item(Node node, const Place& place, Nodes& out) {
  const Tag list = node.tag == Tag::li ? Tag::ul : Tag::dl;
  if (out.size() > 1 && is_blank(out.back()) && out[out.size() - 2].implied && out[out.size() - 2].tag == list) out.pop_back();
  if (out.empty() || !out.back().implied || out.back().tag != list) {
    Node made = element(list);
    made.implied = true;
    add_block(std::move(made), out);
  }
  if (node.tag == Tag::li) {
    out.back().children.push_back(fit_item(std::move(node), list, place));
    return;
  }
  Nodes& parts = out.back().children;
  // A term that was added to complete the list gives way to what follows.
  if (!parts.empty() && parts.back().implied) parts.pop_back();
  Nodes one;
  one.push_back(std::move(node));
  fit_description_children(std::move(one), place, parts);
  if (parts.back().tag == Tag::dt) {
    parts.push_back(element(Tag::dd));
    parts.back().implied = parts.back().has_block = true;
  }
}

Node Fitter::fit_description_part(Node part, const Place& place) {
  Place within = inside(inside(place));
  if (part.tag == Tag::dt) within.no_headings = true;
  part.children = fit_all(std::move(part.children), within);
  part.has_block = true;
  return part;
}

void Fitter::fit_description_children(Nodes children, const Place& place, Nodes& out) {
  const auto need_term = [&] {
    if (out.empty()) out.push_back(element(Tag::dt));
  };
  for (Node& child : children) {
    if (is_blank(child)) continue;
    if (child.tag == Tag::div) {
      fit_description_children(std::move(child.children), place, out);
    } else if (role_of(child.tag) == Role::description_part) {
      if (child.tag == Tag::dd) need_term();
      out.push_back(fit_description_part(std::move(child), place));
    } else {
      need_term();
      if (out.back().tag != Tag::dd) out.push_back(element(Tag::dd));
      Nodes content;
      fit(std::move(child), inside(inside(place)), content);
      append_space(out.back().children);
      for (Node& piece : content) append(out.back().children, std::move(piece));
    }
  }
}

// Groups of dt+ dd+: a description without a term gets an empty one, a term without a description too.
void Fitter::fit_description_list(Node node, const Place& place, Nodes& out) {
  Nodes parts;
  fit_description_children(std::move(node.children), place, parts);
  if (parts.empty()) return;
  if (parts.back().tag == Tag::dt) parts.push_back(element(Tag::dd));
  for (Node& part : parts) part.has_block = true;
  node.children = std::move(parts);
  add_block(std::move(node), out);
}

// One caption, first or last.
void Fitter::fit_figure(Node node, const Place& place, Nodes& out) {
  Nodes content;
  Nodes caption;
  bool caption_first = false;
  for (Node& child : node.children) {
    if (child.tag == Tag::figcaption && caption.empty()) {
      caption_first = !has_content(content);
      child.children = fit_all(std::move(child.children), inside(inside(place)));
      child.has_block = true;
      if (has_content(child.children)) caption.push_back(std::move(child));
    } else {
      fit(std::move(child), inside(place), content);
    }
  }
  if (!has_content(content) && !any_block(content) && caption.empty() && node.attributes.empty()) return;
  if (!caption.empty()) content.insert(caption_first ? content.begin() : content.end(), std::move(caption.front()));
  node.children = std::move(content);
  add_block(std::move(node), out);
}

void Fitter::fit_details(Node node, const Place& place, Nodes& out) {
  const auto first =
      std::find_if(node.children.begin(), node.children.end(), [](const Node& child) { return child.tag == Tag::summary; });
  Node summary = element(Tag::summary);
  if (first != node.children.end() && !place.in_link) {
    Place within = phrasing_inside(inside(place));
    summary.attributes = first->attributes;
    summary.children = fit_all(first->children, within);
  }
  if (!has_text(summary.children)) {
    node.tag = Tag::div;
    std::erase_if(node.attributes, [](const Attribute& attribute) { return attribute.name == "open"; });
    return fit_container(std::move(node), place, out);
  }
  node.children.erase(first);
  summary.has_block = true;
  Nodes content;
  content.push_back(std::move(summary));
  for (Node& child : node.children) fit(std::move(child), inside(place), content);
  node.children = std::move(content);
  add_block(std::move(node), out);
}

Node Fitter::fit_table_part(Node part, const Place& place) {
  Place within = inside(place);
  if (part.tag == Tag::caption) within.no_tables = true;
  if (part.tag == Tag::th) within.no_headings = true;
  part.has_block = true;
  if (part.tag == Tag::caption || is_cell(part.tag)) {
    part.children = fit_all(std::move(part.children), within);
    return part;
  }
  Nodes parts;
  for (Node& child : part.children) {
    if (role_of(child.tag) == Role::table_part) parts.push_back(fit_table_part(std::move(child), within));
  }
  part.children = std::move(parts);
  return part;
}

void Fitter::fit_whole_table(Node node, const Place& place, Nodes& out) {
  if (place.no_tables) return splice_apart(std::move(node), place, out);
  Nodes parts;
  for (Node& child : node.children) {
    if (role_of(child.tag) == Role::table_part) parts.push_back(fit_table_part(std::move(child), inside(place)));
  }
  node.children = std::move(parts);
  if (fit_table(node)) return add_block(std::move(node), out);
  for (Node& part : node.children) {
    if (!has_content(part.children)) continue;
    part.tag = Tag::div;
    part.attributes.clear();
    add_block(std::move(part), out);
  }
}

// A base text and its readings; without a reading it is just text. rp, for browsers that know no ruby, is left out: it may only
// stand around a reading, and those browsers are gone.
void Fitter::fit_ruby(Node node, const Place& place, Nodes& out) {
  const bool has_reading =
      std::any_of(node.children.begin(), node.children.end(), [](const Node& child) { return child.tag == Tag::rt; });
  if (!has_reading) return splice(std::move(node), place, out);
  const Place within = phrasing_inside(place);
  Nodes content;
  for (Node& child : node.children) {
    if (child.tag == Tag::rp) continue;
    if (child.tag == Tag::rt) {
      child.children = fit_all(std::move(child.children), inside(within));
      content.push_back(std::move(child));
    } else {
      fit(std::move(child), within, content);
    }
  }
  node.children = std::move(content);
  out.push_back(std::move(node));
}

// Headings below the page's h1 without gaps, which checkers and screen readers stumble over: a heading is one level below the
// last one before it that stood higher.
class HeadingLevels {
 public:
  void apply(Nodes& nodes) {
    for (Node& node : nodes) {
      if (is_heading(node.tag)) node.tag = level_of(node.tag);
      apply(node.children);
    }
  }

 private:
  Tag level_of(Tag written) {
    while (!above_.empty() && above_.back() >= written) above_.pop_back();
    above_.push_back(written);
    return static_cast<Tag>(static_cast<std::size_t>(Tag::h2) + above_.size() - 1);
  }

  std::vector<Tag> above_;  // the headings that this place stands under, as they were written
};

}  // namespace

std::vector<Node> fit_content(std::vector<Node> nodes, Trust trust) {
  nodes = Fitter(trust).fit_all(std::move(nodes), {});
  HeadingLevels().apply(nodes);
  return nodes;
}

}  // namespace text
