#include "text/admission.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "text/attribute_value.h"
#include "text/language.h"
#include "text/markup_token.h"
#include "text/url.h"

namespace text {
namespace {

using Nodes = std::vector<Node>;

class Admission {
 public:
  explicit Admission(const SanitisePolicy& policy) : policy_(policy) {
    if (const std::optional<Url> own = parse_url(policy.own_origin); own && !own->host.empty()) own_ = *own;
  }

  Nodes admit_all(Nodes nodes) {
    Nodes out;
    out.reserve(nodes.size());
    for (Node& node : nodes) admit_node(std::move(node), out);
    return out;
  }

 private:
  bool in_comment() const { return policy_.trust == Trust::comment; }
  bool is_allowed(Tag tag) const { return !in_comment() || traits_of(tag).in_comments; }

  void admit_node(Node node, Nodes& out);
  void admit_link(Node node, Nodes& out);
  void admit_picture(const Node& node, Nodes& out);
  void admit_frame(const Node& node, Nodes& out);
  void admit_media(const Node& node, Nodes& out);
  void admit_element(Node node, Nodes& out);
  void admit_foreign_to_comments(Node node, Nodes& out);
  void unwrap(Node node, Nodes& out);

  std::vector<Attribute> common_attributes(const Node& node);
  void add_identity(const Node& node, std::vector<Attribute>& to);
  void add_classes(const Node& node, std::vector<Attribute>& to) const;
  bool add_own_attributes(const Node& node, std::vector<Attribute>& to);
  void add_list_attributes(const Node& node, std::vector<Attribute>& to) const;

  std::optional<std::string> link_address(std::string_view written) const;
  std::optional<std::string> served_address(std::string_view written) const;
  void add_link(const std::string& address, std::string label, Nodes& out) const;
  void add_relations(const Node* node, std::vector<Attribute>& to) const;

  const SanitisePolicy& policy_;
  std::optional<Url> own_;
  std::unordered_set<std::string> ids_;
  bool in_link_ = false;
};

void add(std::vector<Attribute>& to, std::string_view name, std::optional<std::string> value) {
  if (value) to.push_back({name, *std::move(value)});
}

std::string value_of(const Node& node, std::string_view name) {
  const std::string* value = node.find(name);
  return value ? *value : std::string();
}

Node element(Tag tag, Nodes children) {
  Node node;
  node.tag = tag;
  node.children = std::move(children);
  return node;
}

std::string host_of(const std::string& address) {
  const std::optional<Url> url = parse_url(address);
  return url ? url->host : std::string();
}

void Admission::admit_node(Node node, Nodes& out) {
  switch (node.tag) {
    case Tag::text: out.push_back(std::move(node)); return;
    case Tag::a: return admit_link(std::move(node), out);
    case Tag::img: return admit_picture(node, out);
    case Tag::embed: return admit_frame(node, out);
    case Tag::audio:
    case Tag::video: return admit_media(node, out);
    case Tag::source: return;
    default: break;
  }
  if (is_allowed(node.tag)) {
    admit_element(std::move(node), out);
  } else {
    admit_foreign_to_comments(std::move(node), out);
  }
}

void Admission::unwrap(Node node, Nodes& out) {
  for (Node& child : node.children) admit_node(std::move(child), out);
}

void Admission::admit_element(Node node, Nodes& out) {
  Node kept;
  kept.tag = node.tag;
  kept.attributes = common_attributes(node);
  if (!add_own_attributes(node, kept.attributes)) return unwrap(std::move(node), out);
  kept.children = admit_all(std::move(node.children));
  out.push_back(std::move(kept));
}

// Blocks become anonymous ones, which the content model turns into paragraphs; headings become bold; the rest leaves its text.
void Admission::admit_foreign_to_comments(Node node, Nodes& out) {
  if (!is_block(node.tag)) return unwrap(std::move(node), out);
  Nodes children = admit_all(std::move(node.children));
  if (is_heading(node.tag)) {
    Nodes bold;
    bold.push_back(element(Tag::strong, std::move(children)));
    children = std::move(bold);
  }
  out.push_back(element(Tag::div, std::move(children)));
}

void Admission::admit_link(Node node, Nodes& out) {
  if (in_link_) return unwrap(std::move(node), out);
  Node kept;
  kept.tag = Tag::a;
  std::optional<std::string> address = link_address(value_of(node, "href"));
  add(kept.attributes, "href", address);
  for (Attribute& attribute : common_attributes(node)) kept.attributes.push_back(std::move(attribute));
  if (address) add_relations(&node, kept.attributes);
  if (!address && !kept.find("id")) return unwrap(std::move(node), out);
  in_link_ = true;
  kept.children = admit_all(std::move(node.children));
  in_link_ = false;
  out.push_back(std::move(kept));
}

void Admission::admit_picture(const Node& node, Nodes& out) {
  const std::string classes = value_of(node, "class");
  const bool is_emoji = classes.find("emoji") != std::string::npos || classes.find("wp-smiley") != std::string::npos;
  const std::string written = value_of(node, "src");
  std::string description = value_of(node, "alt");
  const std::optional<std::string> served = in_comment() ? std::nullopt : served_address(written);
  if (served) {
    Node kept;
    kept.tag = Tag::img;
    kept.attributes = {{"src", *served}, {"alt", description}};
    add(kept.attributes, "width", pixels(value_of(node, "width")));
    add(kept.attributes, "height", pixels(value_of(node, "height")));
    kept.attributes.insert(kept.attributes.end(), {{"loading", "lazy"}, {"decoding", "async"}});
    for (Attribute& attribute : common_attributes(node)) kept.attributes.push_back(std::move(attribute));
    out.push_back(std::move(kept));
    return;
  }
  const std::optional<std::string> address = written.empty() || is_emoji ? std::nullopt : link_address(written);
  if (address && description.empty()) description = host_of(*address).empty() ? "Picture" : "Picture: " + host_of(*address);
  if (address) {
    add_link(*address, std::move(description), out);
  } else if (!description.empty()) {
    out.push_back(text_node(std::move(description)));
  }
}

void Admission::admit_frame(const Node& node, Nodes& out) {
  const std::string* written = node.find("src");
  if (!written) written = node.find("data");
  const std::optional<std::string> address = written ? link_address(*written) : std::nullopt;
  if (!address || host_of(*address).empty()) return;
  // Old players stand in an object that holds an embed of the same address.
  const std::string* previous = out.empty() ? nullptr : out.back().find("href");
  if (previous && *previous == *address) return;
  add_link(*address, host_of(*address), out);
}

void Admission::admit_media(const Node& node, Nodes& out) {
  Nodes sources;
  std::optional<std::string> elsewhere;
  const auto consider = [&](const Node& from) {
    const std::string written = value_of(from, "src");
    if (written.empty()) return;
    const std::optional<std::string> served = served_address(written);
    if (!served && !elsewhere) elsewhere = link_address(written);
    if (!served) return;
    Node source = element(Tag::source, {});
    source.attributes.push_back({"src", *served});
    if (is_media_type(value_of(from, "type"))) source.attributes.push_back({"type", value_of(from, "type")});
    sources.push_back(std::move(source));
  };
  consider(node);
  for (const Node& child : node.children) {
    if (child.tag == Tag::source) consider(child);
  }
  if (sources.empty() || in_comment() || in_link_) {
    if (!sources.empty()) elsewhere = sources.front().attributes.front().value;
    if (elsewhere) add_link(*elsewhere, host_of(*elsewhere).empty() ? std::string(name_of(node.tag)) : host_of(*elsewhere), out);
    return;
  }
  Node kept = element(node.tag, {});
  kept.attributes = {{"controls", ""}, {"preload", "metadata"}};
  if (sources.size() == 1) {
    kept.attributes.insert(kept.attributes.begin(), sources.front().attributes.front());
  } else {
    kept.children = std::move(sources);
  }
  if (node.find("loop")) kept.attributes.push_back({"loop", ""});
  if (node.tag == Tag::video) {
    const std::string poster = value_of(node, "poster");
    if (!poster.empty()) add(kept.attributes, "poster", served_address(poster));
    add(kept.attributes, "width", pixels(value_of(node, "width")));
    add(kept.attributes, "height", pixels(value_of(node, "height")));
  }
  for (Attribute& attribute : common_attributes(node)) kept.attributes.push_back(std::move(attribute));
  out.push_back(std::move(kept));
}

std::vector<Attribute> Admission::common_attributes(const Node& node) {
  std::vector<Attribute> kept;
  if (!in_comment()) {
    add_identity(node, kept);
    add_classes(node, kept);
    const std::string title = value_of(node, "title");
    if (!title.empty()) kept.push_back({"title", title});
  }
  const std::string language = value_of(node, "lang");
  if (is_known_language(language)) kept.push_back({"lang", language});
  const std::string direction = value_of(node, "dir");
  for (const std::string_view known : {"ltr", "rtl", "auto"}) {
    if (equals_ignoring_case(direction, known)) kept.push_back({"dir", std::string(known)});
  }
  return kept;
}

void Admission::add_identity(const Node& node, std::vector<Attribute>& to) {
  std::string id = value_of(node, "id");
  if (id.empty() && node.tag == Tag::a) id = value_of(node, "name");
  if (!is_id(id)) return;
  if (!id.starts_with(policy_.id_prefix)) id = policy_.id_prefix + id;
  if (ids_.insert(id).second) to.push_back({"id", std::move(id)});
}

void Admission::add_classes(const Node& node, std::vector<Attribute>& to) const {
  const bool floats = node.tag == Tag::img || node.tag == Tag::table || node.tag == Tag::figure;
  const std::optional<std::string> alignment =
      alignment_class(value_of(node, "align"), floats ? "" : value_of(node, "style"), floats ? "align" : "has-text-align-");
  std::string classes = value_of(node, "class");
  if (alignment) classes += " " + *alignment;
  classes = theme_classes(classes);
  if (!classes.empty()) to.push_back({"class", std::move(classes)});
}

// Those of one element only. False if the element means nothing without an attribute that it lacks.
bool Admission::add_own_attributes(const Node& node, std::vector<Attribute>& to) {
  if (role_of(node.tag) == Role::list || node.tag == Tag::li) add_list_attributes(node, to);
  if (in_comment()) return true;
  const std::string cite = value_of(node, "cite");
  const std::string moment = value_of(node, "datetime");
  switch (node.tag) {
    case Tag::q:
    case Tag::blockquote:
    case Tag::ins:
    case Tag::del:
      if (!cite.empty()) add(to, "cite", link_address(cite));
      if ((node.tag == Tag::ins || node.tag == Tag::del) && is_change_time(moment)) to.push_back({"datetime", moment});
      return true;
    case Tag::time:
      if (is_datetime(moment)) to.push_back({"datetime", moment});
      return is_datetime(moment);
    case Tag::bdo:
      return std::any_of(to.begin(), to.end(), [](const Attribute& a) { return a.name == "dir" && a.value != "auto"; });
    case Tag::td:
    case Tag::th:
      add(to, "colspan", whole_number(value_of(node, "colspan"), 2, 100));
      add(to, "rowspan", whole_number(value_of(node, "rowspan"), 2, 1000));
      if (node.tag == Tag::th) {
        for (const std::string_view known : {"row", "col", "rowgroup", "colgroup"}) {
          if (equals_ignoring_case(value_of(node, "scope"), known)) to.push_back({"scope", std::string(known)});
        }
      }
      return true;
    case Tag::details:
      if (node.find("open")) to.push_back({"open", ""});
      return true;
    default: return true;
  }
}

void Admission::add_list_attributes(const Node& node, std::vector<Attribute>& to) const {
  constexpr int most = 1'000'000'000;
  if (node.tag == Tag::li && !in_comment()) add(to, "value", whole_number(value_of(node, "value"), -most, most));
  if (node.tag != Tag::ol) return;
  add(to, "start", whole_number(value_of(node, "start"), -most, most));
  if (in_comment()) return;
  if (node.find("reversed")) to.push_back({"reversed", ""});
  const std::string type = value_of(node, "type");
  if (type.size() == 1 && std::string_view("1aAiI").find(type[0]) != std::string_view::npos) to.push_back({"type", type});
}

// Where a link leads, as it is to be written; nothing for what is no safe link.
std::optional<std::string> Admission::link_address(std::string_view written) const {
  const std::optional<std::string> link = clean_link(written);
  if (!link || link->empty()) return std::nullopt;
  if (link->starts_with('#')) {
    const std::string fragment = link->substr(1);
    if (fragment.empty() || fragment.starts_with(policy_.id_prefix)) return link;
    return "#" + policy_.id_prefix + fragment;
  }
  const std::optional<Url> url = parse_url(*link);
  // Old texts link to their own site with either scheme.
  const bool is_web = url && (url->scheme.empty() || url->scheme == "http" || url->scheme == "https");
  if (!own_ || !is_web || url->host != own_->host) return link;
  // "https://own//other/x" without its origin would lead to the host "other".
  if (url->path.starts_with("//")) return link;
  std::string local = url->path.empty() ? "/" : url->path;
  if (!url->query.empty()) local += "?" + url->query;
  if (!url->fragment.empty()) local += "#" + url->fragment;
  return local;
}

// The address of a picture or recording that a page may load: our own, or one of a named host.
std::optional<std::string> Admission::served_address(std::string_view written) const {
  const std::optional<std::string> address = link_address(written);
  const std::optional<Url> url = address ? parse_url(*address) : std::nullopt;
  if (!url || (url->host.empty() && !url->scheme.empty()) || address->starts_with('#')) return std::nullopt;
  const bool is_own = url->host.empty() || (own_ && url->host == own_->host);
  const auto& hosts = policy_.image_hosts;
  if (!is_own && std::find(hosts.begin(), hosts.end(), url->host) == hosts.end()) return std::nullopt;
  return address;
}

// Inside another link only the label can stand.
void Admission::add_link(const std::string& address, std::string label, Nodes& out) const {
  Node content = text_node(std::move(label));
  if (in_link_) {
    out.push_back(std::move(content));
    return;
  }
  Node link = element(Tag::a, {});
  link.attributes.push_back({"href", address});
  add_relations(nullptr, link.attributes);
  link.children.push_back(std::move(content));
  out.push_back(std::move(link));
}

void Admission::add_relations(const Node* node, std::vector<Attribute>& to) const {
  if (in_comment()) {
    to.push_back({"rel", "nofollow ugc noopener"});
    return;
  }
  std::string relations = node ? link_relations(value_of(*node, "rel")) : std::string();
  if (!relations.empty()) to.push_back({"rel", std::move(relations)});
}

}  // namespace

std::vector<Node> admit(std::vector<Node> nodes, const SanitisePolicy& policy) {
  return Admission(policy).admit_all(std::move(nodes));
}

}  // namespace text
