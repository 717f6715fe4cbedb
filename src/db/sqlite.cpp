// The driver for SQLite. Every call of its C API stands here, but for those of full-text search in relevance.cpp and of the layer
// below it in gathered_log.cpp.
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <functional>
#include <thread>
#include <unordered_map>

#include "base/format.h"
#include "db/connection.h"
#include "db/foreign_file.h"
#include "db/gathered_log.h"
#include "db/relevance.h"
#include "db/scratch.h"
#include "db/snapshot.h"

namespace db {
namespace {

constexpr int busy_timeout_milliseconds = 10'000;
// In WAL mode nobody but a program that locks the whole file can keep a reader waiting, and readers of pages have no ten seconds.
constexpr int reader_busy_timeout_milliseconds = 2'000;

DatabaseError::Cause cause_of(int code) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return DatabaseError::Cause::busy;
    case SQLITE_FULL: return DatabaseError::Cause::full;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN: return DatabaseError::Cause::read_only;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return DatabaseError::Cause::damaged;
    case SQLITE_CONSTRAINT: return DatabaseError::Cause::constraint;
    default: return DatabaseError::Cause::other;
  }
}

// What an operator can do; nothing where the fault is in the program.
std::string_view remedy_for(DatabaseError::Cause cause, int system_error) {
  if (system_error == EMFILE || system_error == ENFILE) {
    return "Too many files are open: raise the limit (LimitNOFILE, ulimit -n), or lower http.max_connections.";
  }
  switch (cause) {
    case DatabaseError::Cause::busy: return "Another program keeps the database locked: wait until it is done, or end it.";
    case DatabaseError::Cause::full: return "The disk is full: make room.";
    case DatabaseError::Cause::read_only:
      return "Check that the folder and the database are there and that this user may write to both.";
    case DatabaseError::Cause::damaged: return "The database file is damaged: run broadsheet check, and restore a backup.";
    case DatabaseError::Cause::constraint: return "";
    case DatabaseError::Cause::other: break;
  }
  return system_error != 0 ? "Check the disk and the rights of the folder." : "";
}

[[noreturn]] void fail(sqlite3* handle, int code, std::string_view doing) {
  const char* message = handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
  const int system_error = handle ? sqlite3_system_errno(handle) : 0;
  std::string what = base::format("{} ({}) in: {}", message, sqlite3_errstr(code), doing.substr(0, 200));
  const std::string_view remedy = remedy_for(cause_of(code), system_error);
  if (!remedy.empty()) what += base::format(". {}", remedy);
  throw DatabaseError(cause_of(code), what);
}

struct CloseHandle {
  void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Handle = std::unique_ptr<sqlite3, CloseHandle>;
using StatementHandle = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

std::string_view view_of(const void* bytes, int count) {
  return bytes ? std::string_view(static_cast<const char*>(bytes), static_cast<std::size_t>(count)) : std::string_view();
}

class SqliteStatement final : public Statement {
 public:
  SqliteStatement(sqlite3* handle, std::string_view sql) : handle_(handle) {
    sqlite3_stmt* made = nullptr;
    const int code =
        sqlite3_prepare_v3(handle, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &made, nullptr);
    if (code != SQLITE_OK) fail(handle, code, sql);
    statement_.reset(made);
    find_parameters();
  }

  bool is_in_use() const { return in_use_; }
  void take() { in_use_ = true; }

  void bind(int index, Parameter value) override {
    const int position = position_of(index);
    if (position == 0) throw DatabaseError(DatabaseError::Cause::other, base::format("no parameter ${} in: {}", index, sql()));
    const int code = std::visit([&](auto bound) { return bind_value(position, bound); }, value);
    if (code != SQLITE_OK) fail(handle_, code, sql());
  }

  bool step() override {
    if (is_done_) return false;
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    is_done_ = true;
    if (code == SQLITE_DONE) return false;
    fail(handle_, code, sql());
  }

  std::int64_t integer(int column) const override { return sqlite3_column_int64(statement_.get(), column); }
  double real(int column) const override { return sqlite3_column_double(statement_.get(), column); }
  std::string_view text(int column) const override {
    const void* bytes = sqlite3_column_text(statement_.get(), column);
    return view_of(bytes, sqlite3_column_bytes(statement_.get(), column));
  }
  std::string_view blob(int column) const override {
    const void* bytes = sqlite3_column_blob(statement_.get(), column);
    return view_of(bytes, sqlite3_column_bytes(statement_.get(), column));
  }
  bool is_null(int column) const override { return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL; }

  void reset() override {
    sqlite3_reset(statement_.get());  // returns what step threw already
    sqlite3_clear_bindings(statement_.get());
    is_done_ = false;
    in_use_ = false;
  }

 private:
  // SQLite counts parameters in the order of their first use and takes "$2" for a name.
  void find_parameters() {
    const int count = sqlite3_bind_parameter_count(statement_.get());
    positions_.resize(static_cast<std::size_t>(count));
    for (int index = 1; index <= count; ++index) {
      positions_[static_cast<std::size_t>(index - 1)] =
          sqlite3_bind_parameter_index(statement_.get(), base::format("${}", index).c_str());
    }
  }

  int position_of(int index) const {
    return index >= 1 && index <= static_cast<int>(positions_.size()) ? positions_[static_cast<std::size_t>(index - 1)] : 0;
  }

  int bind_value(int position, std::nullptr_t) { return sqlite3_bind_null(statement_.get(), position); }
  int bind_value(int position, std::int64_t value) { return sqlite3_bind_int64(statement_.get(), position, value); }
  int bind_value(int position, double value) { return sqlite3_bind_double(statement_.get(), position, value); }
  int bind_value(int position, std::string_view value) {
    // A null pointer would be bound as NULL, where an empty text is meant.
    const char* bytes = value.data() ? value.data() : "";
    return sqlite3_bind_text64(statement_.get(), position, bytes, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  }
  int bind_value(int position, Blob value) {
    const char* bytes = value.bytes.data() ? value.bytes.data() : "";
    return sqlite3_bind_blob64(statement_.get(), position, bytes, value.bytes.size(), SQLITE_TRANSIENT);
  }

  std::string_view sql() const { return sqlite3_sql(statement_.get()); }

  sqlite3* handle_;
  StatementHandle statement_;
  std::vector<int> positions_;
  bool in_use_ = false;
  bool is_done_ = false;
};

struct HashText {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

class SqliteConnection final : public Connection {
 public:
  explicit SqliteConnection(Handle handle) : handle_(std::move(handle)) {}

  sqlite3* handle() const { return handle_.get(); }

  Statement& prepare(std::string_view sql) override {
    auto found = statements_.find(sql);
    if (found == statements_.end()) found = statements_.emplace(std::string(sql), Copies{}).first;
    // One statement is enough but where a query runs inside another with the same text.
    for (const auto& copy : found->second) {
      if (copy->is_in_use()) continue;
      copy->take();
      return *copy;
    }
    found->second.push_back(std::make_unique<SqliteStatement>(handle_.get(), found->first));
    found->second.back()->take();
    return *found->second.back();
  }

  void execute(const std::string& sql) override {
    // Every page and every comment begins and ends a transaction, and to compile that takes longer than to do it.
    if (std::ranges::find(transaction_words, sql) != transaction_words.end()) return query(sql).run();
    const int code = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(handle_.get(), code, sql);
  }

  std::int64_t last_insert_id() const override { return sqlite3_last_insert_rowid(handle_.get()); }
  std::int64_t changes() const override { return sqlite3_changes64(handle_.get()); }
  bool in_transaction() const override { return sqlite3_get_autocommit(handle_.get()) == 0; }

  std::int64_t data_version() override {
    Query version = query("PRAGMA data_version");
    version.next();
    return version.integer(0);
  }

 private:
  static constexpr std::array<std::string_view, 4> transaction_words{"BEGIN DEFERRED", "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"};

  using Copies = std::vector<std::unique_ptr<SqliteStatement>>;

  Handle handle_;
  std::unordered_map<std::string, Copies, HashText, std::equal_to<>> statements_;
};

bool is_in_wal_mode(Connection& connection) {
  Query mode = connection.query("PRAGMA journal_mode");
  return mode.next() && mode.text(0) == "wal";
}

// Changing the mode needs the file for oneself, and SQLite does not call the busy handler for it: of two processes that open a
// new database at once, one has to try again.
void enter_wal_mode(Connection& connection) {
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::milliseconds(busy_timeout_milliseconds);
  while (!is_in_wal_mode(connection)) {
    try {
      connection.execute("PRAGMA journal_mode = WAL");
    } catch (const DatabaseError& error) {
      if (error.cause() != DatabaseError::Cause::busy || std::chrono::steady_clock::now() > give_up) throw;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
}

// "file:" and the path, as SQLite decodes it (https://www.sqlite.org/uri.html). immutable: nothing beside the file is looked for
// or made.
std::string immutable_uri(const std::filesystem::path& file) {
  const std::string path = std::filesystem::absolute(file).native();
  std::string uri = "file:";
  for (const char c : path) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '.' ||
                          c == '-' || c == '_';
    uri += is_plain ? std::string(1, c) : base::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return uri + "?mode=ro&immutable=1";
}

// What SQLite advises for files of unknown origin (https://www.sqlite.org/security.html, "Untrusted SQLite Database Files").
void distrust(sqlite3* handle) {
  for (const auto& [option, value] : {std::pair(SQLITE_DBCONFIG_DEFENSIVE, 1), std::pair(SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
                                      std::pair(SQLITE_DBCONFIG_ENABLE_TRIGGER, 0), std::pair(SQLITE_DBCONFIG_ENABLE_VIEW, 0)}) {
    sqlite3_db_config(handle, option, value, nullptr);
  }
  for (const auto& [limit, value] : {std::pair(SQLITE_LIMIT_LENGTH, 8'000'000), std::pair(SQLITE_LIMIT_SQL_LENGTH, 100'000),
                                     std::pair(SQLITE_LIMIT_EXPR_DEPTH, 20), std::pair(SQLITE_LIMIT_COMPOUND_SELECT, 3),
                                     std::pair(SQLITE_LIMIT_VDBE_OP, 25'000), std::pair(SQLITE_LIMIT_ATTACHED, 0)}) {
    sqlite3_limit(handle, limit, value);
  }
}

// Statistics of memory, which nobody reads, would take a lock of the whole process at every allocation.
void configure_library() {
  static const int once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(once);  // refused only where the library is in use already, and then nothing is lost but time
}

struct FinishBackup {
  void operator()(sqlite3_backup* backup) const { sqlite3_backup_finish(backup); }
};
using BackupHandle = std::unique_ptr<sqlite3_backup, FinishBackup>;

// A copy that is cut short is thrown away, so it needs neither a journal nor fsync.
Handle open_target(const std::filesystem::path& file) {
  sqlite3* opened = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(file.c_str(), &opened, flags, nullptr);
  Handle handle(opened);
  if (code != SQLITE_OK) fail(opened, code, file.native());
  const char* const settings = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF";
  if (const int failed = sqlite3_exec(opened, settings, nullptr, nullptr, nullptr); failed != SQLITE_OK)
    fail(opened, failed, settings);
  return handle;
}

}  // namespace

std::unique_ptr<Connection> open_foreign_sqlite(const std::filesystem::path& file) {
  sqlite3* opened = nullptr;
  const int flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(immutable_uri(file).c_str(), &opened, flags, nullptr);
  Handle handle(opened);
  if (code != SQLITE_OK) fail(opened, code, file.native());
  distrust(opened);
  auto connection = std::make_unique<SqliteConnection>(std::move(handle));
  connection->execute("PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA cache_size = -2000; PRAGMA temp_store = FILE");
  return connection;
}

std::unique_ptr<Connection> open_nameless_sqlite() {
  sqlite3* opened = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  // SQLite unlinks the file of a database without a name as soon as it has made it.
  const int code = sqlite3_open_v2("", &opened, flags, nullptr);
  Handle handle(opened);
  if (code != SQLITE_OK) fail(opened, code, "a temporary database");
  auto connection = std::make_unique<SqliteConnection>(std::move(handle));
  connection->execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE; PRAGMA cache_size = -6000");
  return connection;
}

bool copy_sqlite(Connection& source, const std::filesystem::path& target, const CopyProgress& progress) {
  constexpr int pages_a_step = 256;
  const Handle copy = open_target(target);
  const BackupHandle backup(sqlite3_backup_init(copy.get(), "main", dynamic_cast<SqliteConnection&>(source).handle(), "main"));
  if (!backup) fail(copy.get(), sqlite3_errcode(copy.get()), "copying the database");
  for (int code = SQLITE_OK; code != SQLITE_DONE;) {
    code = sqlite3_backup_step(backup.get(), pages_a_step);
    if (code != SQLITE_OK && code != SQLITE_DONE) fail(nullptr, code, "copying the database");
    const std::int64_t total = sqlite3_backup_pagecount(backup.get());
    if (!progress(total - sqlite3_backup_remaining(backup.get()), total) && code != SQLITE_DONE) return false;
  }
  return true;
}

std::unique_ptr<Connection> open_sqlite(const std::filesystem::path& file, Access access) {
  configure_library();
  sqlite3* opened = nullptr;
  const int create = access == Access::write ? SQLITE_OPEN_CREATE : 0;
  const int code =
      sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | create,
                      access == Access::write ? gathered_log() : nullptr);
  Handle handle(opened);
  if (code != SQLITE_OK) fail(opened, code, file.native());
  sqlite3_busy_timeout(opened, busy_timeout_milliseconds);
  // Plans by the text alone. Otherwise a statement is prepared anew whenever a parameter that a partial index might look at
  // changes.
  sqlite3_db_config(opened, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
  if (const int failed = teach_relevance(opened); failed != SQLITE_OK) fail(opened, failed, "relevance");

  auto connection = std::make_unique<SqliteConnection>(std::move(handle));
  enter_wal_mode(*connection);
  connection->execute(
      "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF");
  connection->execute(access == Access::write ? "PRAGMA secure_delete = ON; PRAGMA cache_size = -4000; PRAGMA journal_size_limit "
                                                "= 33554432; PRAGMA wal_autocheckpoint = 7500"
                                              : "PRAGMA cache_size = -1500; PRAGMA query_only = ON");
  if (access == Access::read) sqlite3_busy_timeout(opened, reader_busy_timeout_milliseconds);
  return connection;
}

}  // namespace db
