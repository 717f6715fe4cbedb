#include "db/migration.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/format.h"
#include "embedded_migrations.h"

namespace db {
namespace {

constexpr std::string_view folder = "sqlite/";

// "0001_site" of "sqlite/0001_site.sql": the same in every kind of database.
std::string_view name_of(std::string_view path) {
  path.remove_prefix(folder.size());
  return path.substr(0, path.rfind('.'));
}

std::vector<std::string> applied_migrations(Connection& connection) {
  std::vector<std::string> names;
  Query table = connection.query("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migrations'");
  if (!table.next()) return names;
  Query rows = connection.query("SELECT name FROM schema_migrations ORDER BY name");
  while (rows.next()) names.emplace_back(rows.text(0));
  return names;
}

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

void apply(Connection& connection, const base::EmbeddedFile& migration) {
  const std::string_view name = name_of(migration.path);
  try {
    connection.execute("CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT PRIMARY KEY) WITHOUT ROWID");
    connection.execute(std::string(migration.content));
    connection.query("INSERT INTO schema_migrations (name) VALUES ($1)").with(name).run();
  } catch (const DatabaseError& error) {
    throw DatabaseError(error.cause(),
                        base::format("the migration {} failed, and the database was left as it was, so that the version which "
                                     "served it before still can: {}",
                                     name, error.what()));
  }
}

// BEGIN IMMEDIATE first, so that of two processes one waits here and then finds the work done.
void apply_missing(Connection& connection, std::span<const base::EmbeddedFile> migrations) {
  connection.execute("BEGIN IMMEDIATE");
  try {
    const std::vector<std::string> applied = applied_migrations(connection);
    for (const base::EmbeddedFile& file : migrations) {
      if (file.path.starts_with(folder) && !contains(applied, name_of(file.path))) apply(connection, file);
    }
    connection.execute("COMMIT");
  } catch (...) {
    if (connection.in_transaction()) connection.execute("ROLLBACK");
    throw;
  }
}

}  // namespace

base::Result<void> migrate(Connection& connection, std::span<const base::EmbeddedFile> migrations) {
  const std::vector<std::string> applied = applied_migrations(connection);
  for (const std::string& name : applied) {
    const bool known = std::ranges::any_of(
        migrations, [&](const base::EmbeddedFile& file) { return file.path.starts_with(folder) && name_of(file.path) == name; });
    if (known) continue;
    return base::Error{
        base::Errc::conflict,
        base::format("This site's database was written by a newer Broadsheet (migration {}), and this one cannot read it. "
                     "Install that version or newer, or restore a backup made before the upgrade.",
                     name),
        {}};
  }
  const bool is_complete = std::ranges::all_of(migrations, [&](const base::EmbeddedFile& file) {
    return !file.path.starts_with(folder) || contains(applied, name_of(file.path));
  });
  if (!is_complete) apply_missing(connection, migrations);
  return {};
}

std::span<const base::EmbeddedFile> built_in_migrations() { return embedded_migrations(); }

}  // namespace db
