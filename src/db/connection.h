// A connection to the database, its statements and transactions. Nothing here knows a table. SQL is written with $1 parameters that both SQLite and
// PostgreSQL accept; sqlite.cpp is the driver, a FaultyConnection in the tests another one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace db {

// The database is gone, locked for too long, full, or damaged; or a statement is wrong. Never thrown for what a person asked.
class DatabaseError : public std::runtime_error {
 public:
  enum class Cause { busy, full, read_only, damaged, constraint, other };
  DatabaseError(Cause cause, const std::string& what) : std::runtime_error(what), cause_(cause) {}
  Cause cause() const { return cause_; }

 private:
  Cause cause_;
};

// Bytes, as opposed to text. Borrowed: valid until the statement is run.
struct Blob {
  std::string_view bytes;
};

using Parameter = std::variant<std::nullptr_t, std::int64_t, double, std::string_view, Blob>;

// A prepared statement; one run at a time. Get it from Connection::prepare for each use: preparing is cached by the SQL's text.
class Statement {
 public:
  virtual ~Statement() = default;
  // $index, counted from 1.
  virtual void bind(int index, Parameter value) = 0;
  // The next row: false when there is none. Throws DatabaseError.
  virtual bool step() = 0;
  // Columns of the current row, counted from 0. Views are valid until the next step.
  virtual std::int64_t integer(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual std::string_view text(int column) const = 0;  // "" for NULL
  virtual std::string_view blob(int column) const = 0;
  virtual bool is_null(int column) const = 0;
  // Back to before the first row, bindings dropped.
  virtual void reset() = 0;
};

// A statement in use: resets it when it goes out of scope.
class Query {
 public:
  explicit Query(Statement& statement) : statement_(&statement) {}
  ~Query();
  Query(Query&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
  Query& operator=(Query&&) = delete;

  template <class... Values>
  Query& with(const Values&... values) {
    int index = 0;
    (statement_->bind(++index, to_parameter(values)), ...);
    return *this;
  }

  bool next() { return statement_->step(); }
  void run() { while (statement_->step()) {} }

  std::int64_t integer(int column) const { return statement_->integer(column); }
  double real(int column) const { return statement_->real(column); }
  std::string_view text(int column) const { return statement_->text(column); }
  std::string_view blob(int column) const { return statement_->blob(column); }
  bool is_null(int column) const { return statement_->is_null(column); }

 private:
  static Parameter to_parameter(std::nullptr_t) { return nullptr; }
  static Parameter to_parameter(Blob value) { return value; }
  static Parameter to_parameter(std::string_view value) { return value; }
  static Parameter to_parameter(const std::string& value) { return std::string_view(value); }
  static Parameter to_parameter(const char* value) { return std::string_view(value); }
  static Parameter to_parameter(double value) { return value; }
  template <class Integer>
    requires std::is_integral_v<Integer>
  static Parameter to_parameter(Integer value) { return static_cast<std::int64_t>(value); }

  Statement* statement_;
};

// Used by one thread at a time.
class Connection {
 public:
  virtual ~Connection() = default;
  // The prepared statement for this text, kept with the connection. The reference stays valid as long as the connection.
  virtual Statement& prepare(std::string_view sql) = 0;
  // Several statements without parameters or results (migrations, PRAGMA).
  virtual void execute(const std::string& sql) = 0;
  virtual std::int64_t last_insert_id() const = 0;
  virtual std::int64_t changes() const = 0;
  // A number that changes when another connection, of this process or another, has committed.
  virtual std::int64_t data_version() = 0;

  Query query(std::string_view sql) { return Query(prepare(sql)); }
};

enum class Access { read, write };

// Opens DIR/broadsheet.db in WAL mode, synchronous=FULL, foreign keys on, a busy timeout. Throws DatabaseError.
std::unique_ptr<Connection> open_sqlite(const std::filesystem::path& file, Access access);

}  // namespace db
