#include "db/foreign_file.h"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "base/format.h"

namespace db {
namespace {

using base::Errc;
using base::Error;

constexpr std::string_view signature = "SQLite format 3";

std::string quoted(std::string_view name) {
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  if (name.empty() || !std::ranges::all_of(name, is_plain)) throw std::logic_error("this is no name of a table or column");
  return base::format("\"{}\"", name);
}

std::vector<std::string> columns_of(Connection& connection, std::string_view table) {
  std::vector<std::string> names;
  for (Query row = connection.query("SELECT name FROM pragma_table_info($1)").with(table); row.next();)
    names.emplace_back(row.text(0));
  return names;
}

// A file beside the database that holds writes the database does not.
bool is_beside(const std::filesystem::path& file, std::string_view ending) {
  std::error_code failure;
  const auto size = std::filesystem::file_size(file.native() + std::string(ending), failure);
  return !failure && size > 0;
}

// What SQLite finds wrong while it reads is the file's fault.
template <class F>
auto reading(F&& read) {
  try {
    return read();
  } catch (const DatabaseError& error) {
    throw DamagedFile(error.what());
  }
}

}  // namespace

base::Result<ForeignFile> ForeignFile::open(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in)
    return Error{Errc::not_found, base::format("{} can't be read. Check the name and that you may read it.", file.string()), {}};
  std::string head(signature.size(), '\0');
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  if (head != signature) return Error{Errc::invalid, base::format("{} is no SQLite database.", file.string()), {}};
  if (is_beside(file, "-wal") || is_beside(file, "-journal")) {
    return Error{Errc::conflict,
                 base::format("{} is in use, or was left in the middle of a write. Make a whole copy with: sqlite3 {} \".backup "
                              "copy.db\", and give copy.db.",
                              file.string(), file.string()),
                 {}};
  }
  try {
    return ForeignFile(open_foreign_sqlite(file));
  } catch (const DatabaseError& error) {
    return Error{Errc::invalid, base::format("{} can't be opened: {}", file.string(), error.what()), {}};
  }
}

bool ForeignFile::has_table(std::string_view name) const {
  return reading([&] {
    // A virtual table would run code of its module; none that we read is one.
    Query row =
        connection_->query("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1 AND sql NOT LIKE 'CREATE VIRTUAL%'")
            .with(name);
    return row.next();
  });
}

void ForeignFile::each_row(const ForeignTable& table, const std::function<void(const Query&)>& row) const {
  if (!has_table(table.name)) return;
  const std::vector<std::string> present = reading([&] { return columns_of(*connection_, table.name); });
  const auto is_present = [&](std::string_view column) { return std::ranges::find(present, column) != present.end(); };
  std::string sql;
  for (const std::string_view column : table.columns) {
    sql += sql.empty() ? "SELECT " : ", ";
    sql += is_present(column) ? quoted(column) : "NULL";
  }
  sql += base::format(" FROM {}", quoted(table.name));
  if (is_present(table.order)) sql += base::format(" ORDER BY {}", quoted(table.order));
  Query rows = reading([&] { return connection_->query(sql); });
  while (reading([&] { return rows.next(); })) row(rows);
}

}  // namespace db
