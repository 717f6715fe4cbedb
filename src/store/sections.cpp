#include <map>

#include "store/addresses.h"
#include "store/listing.h"
#include "store/rows.h"
#include "store/taxonomy.h"

namespace store {
namespace {

news::ListKey list_of(news::SectionId id) { return {news::ListKind::section, id.value}; }
news::AddressTarget target_of(news::SectionId id) { return {news::AddressKind::section, id.value, {}}; }

void touch_section(db::Transaction& tx, news::SectionId id) {
  touch(tx, news::SourceKind::frame);
  touch(tx, news::source_of(list_of(id)));
}

news::Section section_of(const db::Query& row) {
  news::Section section;
  section.id = {row.integer(0)};
  section.parent = {row.integer(1)};
  section.slug = stored_text(row, 2);
  section.name = stored_text(row, 3);
  section.description = stored_html(row, 4);
  section.address = stored_text(row, 5);
  section.position = stored_int(row, 6);
  section.article_count = stored_int(row, 7);
  return section;
}

using Children = std::map<news::SectionId, std::vector<news::Section>>;

void append_below(news::SectionId parent, Children& children, std::vector<news::Section>& out) {
  const auto found = children.find(parent);
  if (found == children.end()) return;
  const std::vector<news::Section> siblings = std::move(found->second);
  children.erase(found);  // so that a loop in a damaged database ends
  for (const news::Section& section : siblings) {
    out.push_back(section);
    append_below(section.id, children, out);
  }
}

}  // namespace

news::SectionId insert(db::Transaction& tx, const news::NewSection& section, std::string_view address) {
  tx.query("INSERT INTO sections (parent_id, slug, name, description_html, address) VALUES ($1, $2, $3, $4, $5)")
      .with(section.parent.value, section.slug, section.name, section.description.string(), address)
      .run();
  const news::SectionId id{tx.connection().last_insert_id()};
  set_address(tx, key_of(address), target_of(id));
  touch_section(tx, id);
  return id;
}

std::optional<news::Section> find_section(db::Connection& connection, news::SectionId id) {
  db::Query row =
      connection
          .query(
              "SELECT s.id, s.parent_id, s.slug, s.name, s.description_html, s.address, s.position, coalesce(c.count, 0) "
              "FROM sections s LEFT JOIN list_counts c ON c.kind = 1 AND c.owner_id = s.id WHERE s.id = $1")
          .with(id.value);
  if (!row.next()) return std::nullopt;
  return section_of(row);
}

std::optional<news::Section> find_section_by_slug(db::Connection& connection, std::string_view slug) {
  return find_section(connection, {number(connection.query("SELECT id FROM sections WHERE slug = $1").with(slug))});
}

std::optional<news::Section> find_section_by_name(db::Connection& connection, news::SectionId parent, std::string_view name) {
  db::Query row =
      connection.query("SELECT id FROM sections WHERE parent_id = $1 AND name = $2 ORDER BY id").with(parent.value, name);
  return find_section(connection, {number(std::move(row))});
}

std::vector<news::Section> list_sections(db::Connection& connection) {
  Children children;
  db::Query rows = connection.query(
      "SELECT s.id, s.parent_id, s.slug, s.name, s.description_html, s.address, s.position, coalesce(c.count, 0) "
      "FROM sections s LEFT JOIN list_counts c ON c.kind = 1 AND c.owner_id = s.id ORDER BY s.position, s.id");
  while (rows.next()) {
    news::Section section = section_of(rows);
    children[section.parent].push_back(std::move(section));
  }
  std::vector<news::Section> sections;
  append_below({}, children, sections);
  // What hangs below a section that is not there still has a page.
  while (!children.empty()) append_below(children.begin()->first, children, sections);
  return sections;
}

void set_parent(db::Transaction& tx, news::SectionId id, news::SectionId parent, std::string_view address) {
  const std::optional<news::Section> before = find_section(tx.connection(), id);
  if (!before) return;
  tx.query("UPDATE sections SET parent_id = $2 WHERE id = $1").with(id.value, parent.value).run();
  list_members_again(tx, list_of(id));
  touch_section(tx, id);
  if (before->parent) touch(tx, news::source_of(list_of(before->parent)));
  if (parent) touch(tx, news::source_of(list_of(parent)));
  set_address(tx, id, address);
}

void set_address(db::Transaction& tx, news::SectionId id, std::string_view address) {
  const std::optional<news::Section> before = find_section(tx.connection(), id);
  if (!before || before->address == address) return;
  tx.query("UPDATE sections SET address = $2 WHERE id = $1").with(id.value, address).run();
  move_address(tx, {target_of(id), before->address, address});
  touch_section(tx, id);
}

}  // namespace store
