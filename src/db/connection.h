// A connection to the database and its statements. Nothing here knows a table or decides when a transaction begins. SQL is
// written with $1 parameters that both SQLite and PostgreSQL accept; sqlite.cpp is the driver, the tests' FaultyConnection
// another one.
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

// Bytes, as opposed to text. Borrowed: read before bind returns.
struct Blob {
  std::string_view bytes;
};

using Parameter = std::variant<std::nullptr_t, std::int64_t, double, std::string_view, Blob>;

// A prepared statement in use. Get it from Connection::prepare for each use, and reset it afterwards (Query does): preparing is
// cached by the SQL's text.
class Statement {
 public:
  virtual ~Statement() = default;
  // $index, counted from 1. The value is copied.
  virtual void bind(int index, Parameter value) = 0;
  // The next row: false when there is none, and then false until it is reset. Throws DatabaseError.
  virtual bool step() = 0;
  // Columns of the current row, counted from 0. Views are valid until the next step.
  virtual std::int64_t integer(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual std::string_view text(int column) const = 0;  // "" for NULL
  virtual std::string_view blob(int column) const = 0;
  virtual bool is_null(int column) const = 0;
  // Back to before the first row, bindings dropped; prepare may hand it out again.
  virtual void reset() = 0;
};

// A statement in use: resets it when it goes out of scope. Either run at once, connection.query(sql).with(1).run(), or kept:
// Query rows = connection.query(sql).with(1); while (rows.next()) ...
class Query {
 public:
  explicit Query(Statement& statement) : statement_(&statement) {}
  ~Query() {
    if (statement_) statement_->reset();
  }
  Query(Query&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
  Query& operator=(Query&&) = delete;

  template <class... Values>
  Query& with(const Values&... values) & {
    int index = 0;
    (statement_->bind(++index, to_parameter(values)), ...);
    return *this;
  }
  template <class... Values>
  Query with(const Values&... values) && {
    with(values...);
    return std::move(*this);
  }

  bool next() { return statement_->step(); }
  void run() {
    while (statement_->step()) {
    }
  }

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
  // A prepared statement for this text that nobody uses at present, kept with the connection. The reference stays valid as long
  // as the connection.
  virtual Statement& prepare(std::string_view sql) = 0;
  // Several statements without parameters or results (migrations, PRAGMA).
  virtual void execute(const std::string& sql) = 0;
  virtual std::int64_t last_insert_id() const = 0;
  virtual std::int64_t changes() const = 0;
  // Whether a transaction is open. Some failures (disk full, input/output error) end it by themselves.
  virtual bool in_transaction() const = 0;
  // A number that changes when another connection, of this process or another, has committed.
  virtual std::int64_t data_version() = 0;

  Query query(std::string_view sql) { return Query(prepare(sql)); }
};

// write makes the file if it is missing; read refuses every change.
enum class Access { read, write };

// Opens the file in WAL mode with synchronous=FULL (invariant 1), waiting up to ten seconds for other processes. Throws
// DatabaseError.
std::unique_ptr<Connection> open_sqlite(const std::filesystem::path& file, Access access);

}  // namespace db
