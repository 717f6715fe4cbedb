// Lists by section, tag, author and date.
#include <algorithm>

#include "desk/read_site.h"
#include "desk/settings_rows.h"
#include "desk/sources.h"
#include "news/permalink.h"
#include "store/articles.h"
#include "store/taxonomy.h"

namespace desk {
namespace {

using base::Errc;
using base::Error;
using base::Result;

Error no_such_list() { return {Errc::not_found, "list.missing", {}}; }

// `all` parents of a section, the top one first. The list comes parents before children, so one walk backwards finds them.
std::vector<news::Link> parents_of(const std::vector<news::Section>& sections, news::SectionId parent) {
  std::vector<news::Link> parents;
  for (auto section = sections.rbegin(); section != sections.rend() && parent; ++section) {
    if (section->id != parent) continue;
    parents.push_back({section->name, section->address});
    parent = section->parent;
  }
  std::reverse(parents.begin(), parents.end());
  return parents;
}

Result<void> describe_section(db::Connection& connection, news::SectionId id, ListContent& content) {
  std::optional<news::Section> found = store::find_section(connection, id);
  if (!found) return no_such_list();
  content.title = found->name;
  content.address = found->address;
  content.description = std::move(found->description);
  std::vector<news::Section> sections = store::list_sections(connection);
  content.parents = parents_of(sections, found->parent);
  for (news::Section& section : sections) {
    if (section.parent == id && section.article_count > 0) content.children.push_back(std::move(section));
  }
  return {};
}

Result<void> describe_tag(db::Connection& connection, news::TagId id, ListContent& content) {
  std::optional<news::Tag> found = store::find_tag(connection, id);
  if (!found) return no_such_list();
  content.title = found->name;
  content.address = found->address;
  content.description = std::move(found->description);
  return {};
}

Result<void> describe_author(db::Connection& connection, news::AuthorId id, ListContent& content) {
  std::optional<news::Author> found = store::find_author(connection, id);
  if (!found) return no_such_list();
  content.title = found->name;
  content.address = found->address;
  content.description = std::move(found->biography);
  return {};
}

Result<void> describe(db::Connection& connection, news::ListKey key, ListContent& content) {
  switch (key.kind) {
    case news::ListKind::all: content.address = "/"; return {};
    case news::ListKind::section: return describe_section(connection, {key.id}, content);
    case news::ListKind::tag: return describe_tag(connection, {key.id}, content);
    case news::ListKind::author: return describe_author(connection, {key.id}, content);
  }
  return no_such_list();
}

// The moment at which the year, month or day begins, `later` of them after the one given.
base::Time begin_of(const DateKey& date, int later, const text::TimeZone& zone) {
  using namespace std::chrono;
  text::CivilTime civil{.year = date.year, .month = std::max(date.month, 1), .day = std::max(date.day, 1)};
  if (date.month == 0) {
    civil.year += later;
  } else if (date.day == 0) {
    civil.month += later;
    if (civil.month == 13) civil = {.year = civil.year + 1, .month = 1, .day = 1};
  } else {
    const year_month_day next{sys_days{year{date.year} / date.month / date.day} + days{later}};
    civil = {.year = static_cast<int>(next.year()),
             .month = static_cast<int>(static_cast<unsigned>(next.month())),
             .day = static_cast<int>(static_cast<unsigned>(next.day()))};
  }
  return zone.to_time(civil);
}

bool is_possible(const DateKey& date) {
  using namespace std::chrono;
  if (date.year < 1 || date.year > 9999 || date.month < 0 || date.day < 0 || (date.month == 0 && date.day != 0)) return false;
  return (year{date.year} / std::max(date.month, 1) / std::max(date.day, 1)).ok();
}

}  // namespace

Result<ListContent> read_list(const Desk& desk, news::ListKey key, int page) {
  if (page < 1) return no_such_list();
  db::Reading reading = desk.database.read();
  ListContent content;
  content.key = key;
  TRY(describe(reading.connection(), key, content));
  content.teasers = store::list_teasers(reading.connection(), key, page, desk.settings.articles_per_page);
  if (page > content.teasers.pages) return no_such_list();

  Sources sources{{news::SourceKind::frame}, news::source_of(key)};
  sources.add(content.teasers.teasers);
  content.sources = sources.take();
  return content;
}

Result<ListContent> read_archive(const Desk& desk, DateKey date, int page) {
  if (page < 1 || !is_possible(date)) return no_such_list();
  db::Reading reading = desk.database.read();
  ListContent content;
  content.address = news::date_address(permalink_rules(reading.connection()), date.year, date.month, date.day);
  const news::TimeRange range{begin_of(date, 0, desk.zone), begin_of(date, 1, desk.zone)};
  content.teasers = store::list_teasers_between(reading.connection(), range, page, desk.settings.articles_per_page);
  if (content.teasers.total == 0 || page > content.teasers.pages) return no_such_list();

  Sources sources{{news::SourceKind::frame}, {news::SourceKind::list_all}};
  sources.add(content.teasers.teasers);
  content.sources = sources.take();
  return content;
}

}  // namespace desk
