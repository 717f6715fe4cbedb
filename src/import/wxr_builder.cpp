#include "import/wxr_builder.h"

#include <charconv>

namespace import_ {
namespace {

template <class Struct>
struct TextField {
  std::string_view element;
  std::string Struct::*member;
};
template <class Struct>
struct NumberField {
  std::string_view element;
  std::int64_t Struct::*member;
};

constexpr TextField<WxrSite> site_fields[] = {
    {"title", &WxrSite::title},
    {"link", &WxrSite::link},
    {"description", &WxrSite::description},
    {"language", &WxrSite::language},
    {"wp:wxr_version", &WxrSite::version},
    {"wp:base_site_url", &WxrSite::base_site_url},
    {"wp:base_blog_url", &WxrSite::base_blog_url},
};

constexpr TextField<WxrAuthor> author_fields[] = {
    {"wp:author_login", &WxrAuthor::login},
    {"wp:author_email", &WxrAuthor::email},
    {"wp:author_display_name", &WxrAuthor::display_name},
    {"wp:author_first_name", &WxrAuthor::first_name},
    {"wp:author_last_name", &WxrAuthor::last_name},
};
constexpr NumberField<WxrAuthor> author_numbers[] = {{"wp:author_id", &WxrAuthor::id}};

constexpr TextField<WxrTerm> term_fields[] = {
    {"wp:category_nicename", &WxrTerm::slug},
    {"wp:category_parent", &WxrTerm::parent},
    {"wp:cat_name", &WxrTerm::name},
    {"wp:category_description", &WxrTerm::description},
    {"wp:tag_slug", &WxrTerm::slug},
    {"wp:tag_name", &WxrTerm::name},
    {"wp:tag_description", &WxrTerm::description},
    {"wp:term_taxonomy", &WxrTerm::taxonomy},
    {"wp:term_slug", &WxrTerm::slug},
    {"wp:term_parent", &WxrTerm::parent},
    {"wp:term_name", &WxrTerm::name},
    {"wp:term_description", &WxrTerm::description},
};
constexpr NumberField<WxrTerm> term_numbers[] = {{"wp:term_id", &WxrTerm::id}};

constexpr TextField<WxrItem> item_fields[] = {
    {"title", &WxrItem::title},
    {"link", &WxrItem::link},
    {"guid", &WxrItem::guid},
    {"pubDate", &WxrItem::pub_date},
    {"dc:creator", &WxrItem::creator},
    {"content:encoded", &WxrItem::content},
    {"excerpt:encoded", &WxrItem::excerpt},
    {"wp:post_date", &WxrItem::post_date},
    {"wp:post_date_gmt", &WxrItem::post_date_gmt},
    {"wp:post_modified", &WxrItem::post_modified},
    {"wp:post_modified_gmt", &WxrItem::post_modified_gmt},
    {"wp:comment_status", &WxrItem::comment_status},
    {"wp:ping_status", &WxrItem::ping_status},
    {"wp:post_name", &WxrItem::post_name},
    {"wp:status", &WxrItem::status},
    {"wp:post_type", &WxrItem::post_type},
    {"wp:post_password", &WxrItem::post_password},
    {"wp:attachment_url", &WxrItem::attachment_url},
};
constexpr NumberField<WxrItem> item_numbers[] = {
    {"wp:post_id", &WxrItem::post_id},
    {"wp:post_parent", &WxrItem::post_parent},
    {"wp:menu_order", &WxrItem::menu_order},
};

constexpr TextField<WxrComment> comment_fields[] = {
    {"wp:comment_author", &WxrComment::author},     {"wp:comment_author_email", &WxrComment::email},
    {"wp:comment_author_url", &WxrComment::url},    {"wp:comment_date", &WxrComment::date},
    {"wp:comment_date_gmt", &WxrComment::date_gmt}, {"wp:comment_content", &WxrComment::content},
    {"wp:comment_approved", &WxrComment::approved}, {"wp:comment_type", &WxrComment::type},
};
constexpr NumberField<WxrComment> comment_numbers[] = {
    {"wp:comment_id", &WxrComment::id},
    {"wp:comment_parent", &WxrComment::parent},
    {"wp:comment_user_id", &WxrComment::user_id},
};

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::int64_t to_number(std::string_view text) {
  text = trimmed(text);
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

template <class Struct, std::size_t N>
bool take_text(const TextField<Struct> (&fields)[N], std::string_view element, std::string& text, Struct& into) {
  for (const auto& field : fields) {
    if (field.element != element) continue;
    // White space around a text is WordPress's or a hand's indentation, except in what people wrote.
    const bool is_writing = element == "content:encoded" || element == "excerpt:encoded" || element == "wp:comment_content";
    into.*field.member = is_writing ? std::move(text) : std::string(trimmed(text));
    return true;
  }
  return false;
}

template <class Struct, std::size_t N>
bool take_number(const NumberField<Struct> (&fields)[N], std::string_view element, std::string_view text, Struct& into) {
  for (const auto& field : fields) {
    if (field.element != element) continue;
    into.*field.member = to_number(text);
    return true;
  }
  return false;
}

std::string attribute(const WxrAttributes& attributes, std::string_view name) {
  for (const auto& [key, value] : attributes)
    if (key == name) return value;
  return {};
}

bool is_meta(std::string_view element) {
  return element == "wp:postmeta" || element == "wp:commentmeta" || element == "wp:termmeta";
}

}  // namespace

const std::string* find_meta(const std::vector<WxrMeta>& metas, const char* key) {
  for (const WxrMeta& meta : metas)
    if (meta.key == key) return &meta.value;
  return nullptr;
}

WxrUnit unit_of(std::string_view element) {
  if (element == "item") return WxrUnit::item;
  if (element == "wp:author") return WxrUnit::author;
  if (element == "wp:category" || element == "wp:tag" || element == "wp:term") return WxrUnit::term;
  return WxrUnit::none;
}

void WxrBuilder::start(std::string_view name, const WxrAttributes& attributes) {
  text_.clear();
  if (unit_ == WxrUnit::none) {
    if (name == "image") in_image_ = true;
    unit_ = unit_of(name);
    if (unit_ == WxrUnit::none) return;
    drop_unit();
    unit_ = unit_of(name);
    if (name == "wp:category") term_.taxonomy = "category";
    if (name == "wp:tag") term_.taxonomy = "post_tag";
    return;
  }
  if (is_meta(name)) meta_ = {};
  if (unit_ != WxrUnit::item) return;
  if (name == "wp:comment") {
    item_.comments.emplace_back();
    in_comment_ = true;
  } else if (name == "category") {
    item_term_ = {attribute(attributes, "domain"), attribute(attributes, "nicename"), {}};
    if (item_term_.taxonomy == "tag") item_term_.taxonomy = "post_tag";
    if (item_term_.taxonomy.empty()) item_term_.taxonomy = "category";
  }
}

void WxrBuilder::text(std::string_view part) {
  const std::size_t room = std::min(most_text - text_.size(), most_unit - std::min(most_unit, unit_bytes_));
  if (part.size() > room) {
    was_cut_ = true;
    part = part.substr(0, room);
  }
  unit_bytes_ += part.size();
  text_ += part;
}

void WxrBuilder::end(std::string_view name) {
  switch (unit_) {
    case WxrUnit::none: end_in_channel(name); break;
    case WxrUnit::item: in_comment_ ? end_in_comment(name) : end_in_item(name); break;
    case WxrUnit::author:
      if (name == "wp:author") unit_ = WxrUnit::none;
      if (!take_text(author_fields, name, text_, author_)) take_number(author_numbers, name, text_, author_);
      break;
    case WxrUnit::term:
      if (unit_of(name) == WxrUnit::term) unit_ = WxrUnit::none;
      if (end_meta(name, term_.meta)) break;
      if (!take_text(term_fields, name, text_, term_)) take_number(term_numbers, name, text_, term_);
      break;
  }
  text_.clear();
}

void WxrBuilder::end_in_channel(std::string_view name) {
  if (name == "image") in_image_ = false;
  if (in_image_) return;
  take_text(site_fields, name, text_, site_);
}

void WxrBuilder::end_in_item(std::string_view name) {
  if (name == "item") {
    unit_ = WxrUnit::none;
  } else if (name == "category") {
    item_term_.name = trimmed(text_);
    item_.terms.push_back(std::move(item_term_));
    item_term_ = {};
  } else if (name == "wp:is_sticky") {
    item_.is_sticky = trimmed(text_) == "1";
  } else if (!end_meta(name, item_.meta) && !take_text(item_fields, name, text_, item_)) {
    take_number(item_numbers, name, text_, item_);
  }
}

void WxrBuilder::end_in_comment(std::string_view name) {
  WxrComment& comment = item_.comments.back();
  if (name == "wp:comment") {
    in_comment_ = false;
  } else if (!end_meta(name, comment.meta) && !take_text(comment_fields, name, text_, comment)) {
    take_number(comment_numbers, name, text_, comment);
  }
}

bool WxrBuilder::end_meta(std::string_view name, std::vector<WxrMeta>& metas) {
  if (is_meta(name)) {
    metas.push_back(std::move(meta_));
    meta_ = {};
    return true;
  }
  if (name == "wp:meta_key") meta_.key = trimmed(text_);
  if (name == "wp:meta_value") meta_.value = std::move(text_);
  return name == "wp:meta_key" || name == "wp:meta_value";
}

void WxrBuilder::drop_unit() {
  unit_ = WxrUnit::none;
  in_comment_ = false;
  was_cut_ = false;
  unit_bytes_ = 0;
  text_.clear();
  item_ = {};
  author_ = {};
  term_ = {};
}

WxrItem WxrBuilder::take_item() {
  // Old files list every term twice, once by name only: keep those only where nothing better is there.
  const auto is_named_only = [](const WxrItemTerm& term) { return term.slug.empty(); };
  bool any_slug = false;
  for (const WxrItemTerm& term : item_.terms) any_slug = any_slug || !is_named_only(term);
  if (any_slug) std::erase_if(item_.terms, is_named_only);
  return std::exchange(item_, {});
}

WxrAuthor WxrBuilder::take_author() { return std::exchange(author_, {}); }

WxrTerm WxrBuilder::take_term() { return std::exchange(term_, {}); }

}  // namespace import_
