// SQL for sections, tags, authors and the frame of the site: menus and settings. Writes touch the frame and the lists they
// concern; they check no rule of the trade (that is desk's).
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "db/database.h"
#include "news/site.h"
#include "news/taxonomy.h"

namespace store {

// Slug and address must be free.
news::SectionId insert(db::Transaction& tx, const news::NewSection& section, std::string_view address);
news::TagId insert(db::Transaction& tx, const news::NewTag& tag, std::string_view address);
news::AuthorId insert(db::Transaction& tx, const news::NewAuthor& author, std::string_view address);

std::optional<news::Section> find_section(db::Connection& connection, news::SectionId id);
std::optional<news::Section> find_section_by_slug(db::Connection& connection, std::string_view slug);
std::optional<news::Section> find_section_by_name(db::Connection& connection, news::SectionId parent, std::string_view name);
std::optional<news::Tag> find_tag(db::Connection& connection, news::TagId id);
std::optional<news::Tag> find_tag_by_slug(db::Connection& connection, std::string_view slug);
std::optional<news::Author> find_author(db::Connection& connection, news::AuthorId id);
std::optional<news::Author> find_author_by_slug(db::Connection& connection, std::string_view slug);

// All sections, parents before their children, siblings in order.
std::vector<news::Section> list_sections(db::Connection& connection);
// Moves a section; the lists of its articles are made again. `parent` must not stand below it. Sections below keep their
// addresses.
void set_parent(db::Transaction& tx, news::SectionId id, news::SectionId parent, std::string_view address);
// A section, tag or author gets a new address; the old one redirects to it.
void set_address(db::Transaction& tx, news::SectionId id, std::string_view address);
void set_address(db::Transaction& tx, news::TagId id, std::string_view address);
void set_address(db::Transaction& tx, news::AuthorId id, std::string_view address);

struct NewMenuItem {
  std::int64_t menu = 0;
  news::MenuItemId parent;
  int position = 0;
  std::string label;
  std::string address;
};
std::int64_t insert_menu(db::Transaction& tx, std::string_view slug,
                         std::string_view name);  // the id of the one with that slug if there is one
news::MenuItemId insert(db::Transaction& tx, const NewMenuItem& item);
// The first menu that has items, in display order; empty if there is none.
std::vector<news::MenuEntry> main_menu(db::Connection& connection);

// A setting that changes touches everything.
std::optional<std::string> find_setting(db::Connection& connection, std::string_view name);
void set_setting(db::Transaction& tx, std::string_view name, std::string_view value);

}  // namespace store
