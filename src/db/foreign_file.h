// A SQLite file that another program wrote: read, never written, and not trusted. It is opened read-only with nothing beside it
// touched, its views and triggers do nothing, and no row of it may be larger than a few megabytes (invariant 8). Rows are read by
// the names of tables and columns, so that whoever reads it needs no SQL.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "db/connection.h"

namespace db {

// Names consist of letters, digits and '_' (std::logic_error otherwise): they stand in our source, never in a file.
struct ForeignTable {
  std::string_view name;
  std::vector<std::string_view> columns;
  std::string_view order;  // the column by which the rows come; empty: as they stand
};

// Where such a file is damaged: no fault of ours, so no DatabaseError.
class DamagedFile : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Used by one thread. Everything but open throws DamagedFile.
class ForeignFile {
 public:
  // Error{not_found} if it can't be read, {conflict} if its program has it open or left it in the middle of a write, {invalid} if
  // it is no database; each with a sentence for the operator.
  static base::Result<ForeignFile> open(const std::filesystem::path& file);

  bool has_table(std::string_view name) const;
  // Calls `row` for each row; column i of the row is columns[i], NULL where the table has no such column. Nothing if there is no
  // such table.
  void each_row(const ForeignTable& table, const std::function<void(const Query&)>& row) const;

 private:
  explicit ForeignFile(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}

  std::unique_ptr<Connection> connection_;
};

// Of sqlite.cpp, for foreign_file.cpp alone.
std::unique_ptr<Connection> open_foreign_sqlite(const std::filesystem::path& file);

}  // namespace db
