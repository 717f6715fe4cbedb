// Intake of what articles are filed under, of menus, settings and second addresses.
#include <algorithm>

#include "base/format.h"
#include "desk/intake.h"
#include "desk/place.h"
#include "desk/settings_rows.h"
#include "news/permalink.h"
#include "store/addresses.h"
#include "store/taxonomy.h"
#include "store/walk.h"
#include "text/utf8.h"

namespace desk {
namespace {

constexpr int most_ancestors = 20;  // invariant 8
constexpr int portion = 500;

using news::AddressKind;

// The address that `make` gives for the slug, or for "slug-2" and so on where something else stands. The slug itself stays.
std::string free_address(db::Connection& connection, std::string_view slug, const news::AddressTarget& owner, Claim claim,
                         const std::function<std::string(const std::string&)>& make) {
  return make(
      first_free(slug, [&](const std::string& candidate) { return may_take(connection, make(candidate), owner, claim); }));
}

std::string joined(std::string_view path, std::string_view slug) {
  return path.empty() ? std::string(slug) : base::format("{}/{}", path, slug);
}

// The one of that name among those whose slug its name would get, or the slug that is free for it: "C" and "C++" are two tags.
template <class Found, class Find>
std::string slug_for_name(std::string_view name, std::string_view fallback, Find find, std::optional<Found>& found) {
  const std::string folded = text::fold_case(name);
  return first_free(slug_or("", name, fallback), [&](const std::string& slug) {
    std::optional<Found> there = find(slug);
    if (!there) return true;
    if (text::fold_case(there->name) != folded) return false;
    found = std::move(there);
    return true;
  });
}

}  // namespace

std::string Intake::section_path(news::SectionId section) const {
  std::string path;
  for (int i = 0; i < most_ancestors && section; ++i) {
    const std::optional<news::Section> present = store::find_section(tx_.connection(), section);
    if (!present) break;
    path = path.empty() ? present->slug : joined(present->slug, path);
    section = present->parent;
  }
  return path;
}

std::optional<news::Section> Intake::find_section(news::SectionId id) const { return store::find_section(tx_.connection(), id); }
std::optional<news::Tag> Intake::find_tag(news::TagId id) const { return store::find_tag(tx_.connection(), id); }
std::optional<news::Author> Intake::find_author(news::AuthorId id) const { return store::find_author(tx_.connection(), id); }

news::SectionId Intake::section(const news::NewSection& section) {
  news::NewSection wanted = section;
  wanted.slug = slug_or(section.slug, section.name, "section");
  if (const auto present = store::find_section_by_slug(tx_.connection(), wanted.slug)) return present->id;
  const std::string above = section_path(section.parent);
  const news::PermalinkRules rules = permalink_rules();
  const std::string address = free_address(tx_.connection(), wanted.slug, {}, Claim::free_only, [&](const std::string& slug) {
    return news::section_address(rules, joined(above, slug));
  });
  return store::insert(tx_, wanted, address);
}

news::TagId Intake::tag(const news::NewTag& tag) {
  news::NewTag wanted = tag;
  wanted.slug = slug_or(tag.slug, tag.name, "tag");
  if (const auto present = store::find_tag_by_slug(tx_.connection(), wanted.slug)) return present->id;
  const news::PermalinkRules rules = permalink_rules();
  const std::string address = free_address(tx_.connection(), wanted.slug, {}, Claim::free_only,
                                           [&](const std::string& slug) { return news::tag_address(rules, slug); });
  return store::insert(tx_, wanted, address);
}

news::AuthorId Intake::author(const news::NewAuthor& author) {
  news::NewAuthor wanted = author;
  wanted.slug = slug_or(author.slug, author.name, "author");
  if (const auto present = store::find_author_by_slug(tx_.connection(), wanted.slug)) return present->id;
  const news::PermalinkRules rules = permalink_rules();
  const std::string address = free_address(tx_.connection(), wanted.slug, {}, Claim::free_only,
                                           [&](const std::string& slug) { return news::author_address(rules, slug); });
  return store::insert(tx_, wanted, address);
}

news::SectionId Intake::section_named(std::string_view path) {
  news::SectionId parent;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string name = text::clean_line(path.substr(begin, end - begin));
    begin = end + 1;
    if (name.empty()) continue;
    if (const auto present = store::find_section_by_name(tx_.connection(), parent, name)) {
      parent = present->id;
      continue;
    }
    const std::string slug = first_free(slug_or("", name, "section"), [&](const std::string& candidate) {
      return !store::find_section_by_slug(tx_.connection(), candidate);
    });
    parent = section({.parent = parent, .slug = slug, .name = name, .description = {}});
  }
  return parent;
}

news::TagId Intake::tag_named(std::string_view name) {
  const std::string clean = text::clean_line(name);
  std::optional<news::Tag> found;
  std::string slug = slug_for_name(
      clean, "tag", [&](const std::string& candidate) { return store::find_tag_by_slug(tx_.connection(), candidate); }, found);
  return found ? found->id : tag({.slug = std::move(slug), .name = clean, .description = {}});
}

news::AuthorId Intake::author_named(std::string_view name) {
  const std::string clean = text::clean_line(name);
  std::optional<news::Author> found;
  std::string slug = slug_for_name(
      clean, "author", [&](const std::string& candidate) { return store::find_author_by_slug(tx_.connection(), candidate); },
      found);
  return found ? found->id : author({.slug = std::move(slug), .name = clean, .biography = {}});
}

void Intake::set_parent(news::SectionId section, news::SectionId parent) {
  const std::optional<news::Section> present = store::find_section(tx_.connection(), section);
  if (!present || present->parent == parent) return;
  news::SectionId ancestor = parent;
  for (int i = 0; i < most_ancestors && ancestor; ++i) {
    if (ancestor == section) return;  // a section below itself would hang in the air
    const std::optional<news::Section> above = store::find_section(tx_.connection(), ancestor);
    ancestor = above ? above->parent : news::SectionId();
  }
  const news::PermalinkRules rules = permalink_rules();
  const std::string above = section_path(parent);
  const std::string address =
      free_address(tx_.connection(), present->slug, {AddressKind::section, section.value, {}}, Claim::also_redirects,
                   [&](const std::string& slug) { return news::section_address(rules, joined(above, slug)); });
  store::set_parent(tx_, section, parent, address);
  move_sections(rules);  // those below it
}

std::int64_t Intake::menu(std::string_view slug, std::string_view name) { return store::insert_menu(tx_, slug, name); }

news::MenuItemId Intake::menu_item(std::int64_t menu, news::MenuItemId parent, int position, std::string_view label,
                                   std::string_view address) {
  return store::insert(
      tx_,
      store::NewMenuItem{
          .menu = menu, .parent = parent, .position = position, .label = std::string(label), .address = std::string(address)});
}

void Intake::alias(std::string_view key, std::string_view target_address) {
  store::set_address(tx_, key, {.kind = AddressKind::redirect, .object_id = 0, .target = std::string(target_address)},
                     store::Overwrite::keep);
}

news::PermalinkRules Intake::permalink_rules() const { return desk::permalink_rules(tx_.connection()); }

void Intake::set_permalink_rules(const news::PermalinkRules& rules) {
  for (const auto& [name, value] : news::to_settings(rules)) store::set_setting(tx_, name, value);
  move_sections(rules);
  move_tags(rules);
  move_authors(rules);
}

void Intake::move_sections(const news::PermalinkRules& rules) {
  for (const news::Section& section : store::list_sections(tx_.connection())) {
    const std::string above = section_path(section.parent);
    const std::string address =
        free_address(tx_.connection(), section.slug, {AddressKind::section, section.id.value, {}}, Claim::also_redirects,
                     [&](const std::string& slug) { return news::section_address(rules, joined(above, slug)); });
    if (address != section.address) store::set_address(tx_, section.id, address);
  }
}

void Intake::move_tags(const news::PermalinkRules& rules) {
  news::TagId after;
  for (std::vector<store::Slug> tags; !(tags = store::walk_tags(tx_.connection(), after, portion)).empty();
       after = {tags.back().id}) {
    for (const store::Slug& tag : tags) {
      const std::string address = free_address(tx_.connection(), tag.slug, {AddressKind::tag, tag.id, {}}, Claim::also_redirects,
                                               [&](const std::string& slug) { return news::tag_address(rules, slug); });
      if (address != tag.address) store::set_address(tx_, news::TagId{tag.id}, address);
    }
  }
}

void Intake::move_authors(const news::PermalinkRules& rules) {
  news::AuthorId after;
  for (std::vector<store::Slug> authors; !(authors = store::walk_authors(tx_.connection(), after, portion)).empty();
       after = {authors.back().id}) {
    for (const store::Slug& author : authors) {
      const std::string address =
          free_address(tx_.connection(), author.slug, {AddressKind::author, author.id, {}}, Claim::also_redirects,
                       [&](const std::string& slug) { return news::author_address(rules, slug); });
      if (address != author.address) store::set_address(tx_, news::AuthorId{author.id}, address);
    }
  }
}

std::optional<std::string> Intake::find_setting(std::string_view name) const {
  return store::find_setting(tx_.connection(), name);
}

void Intake::set_setting(std::string_view name, std::string_view value) { store::set_setting(tx_, name, value); }

}  // namespace desk
