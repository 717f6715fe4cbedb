#include "db/snapshot.h"

#include <string>
#include <utility>

namespace db {
namespace {

// Many of these share the one connection whose transaction is the moment, so that none may begin or end one.
class PinnedConnection final : public Connection {
 public:
  explicit PinnedConnection(std::shared_ptr<Connection> real) : real_(std::move(real)) {}

  Statement& prepare(std::string_view sql) override { return real_->prepare(sql); }
  void execute(const std::string& sql) override {
    if (sql != "BEGIN DEFERRED" && sql != "COMMIT")
      throw DatabaseError(DatabaseError::Cause::read_only, "a snapshot takes no writes: " + sql);
  }
  std::int64_t last_insert_id() const override { return 0; }
  std::int64_t changes() const override { return 0; }
  bool in_transaction() const override { return false; }
  std::int64_t data_version() override { return 0; }

 private:
  std::shared_ptr<Connection> real_;
};

}  // namespace

Snapshot::Snapshot(const std::filesystem::path& file) : file_(file), connection_(open_sqlite(file, Access::read)) {
  connection_->execute("BEGIN DEFERRED");
  connection_->query("SELECT count(*) FROM sqlite_schema").run();  // the moment is that of the first reading
}

DatabaseSettings Snapshot::settings() const {
  DatabaseSettings settings{.file = file_, .readers = 1, .announce = false};
  settings.connect = [real = connection_](const std::filesystem::path&, Access) {
    return std::make_unique<PinnedConnection>(real);
  };
  return settings;
}

}  // namespace db
