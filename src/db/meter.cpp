#include "db/meter.h"

#include <chrono>
#include <optional>
#include <utility>

#include "db/database.h"
#include "db/time_spent.h"

namespace db {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr double batch_bounds[] = {1, 2, 4, 8, 16, 32, 64, 128, 256};
constexpr double commit_bounds[] = {0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5};

std::uintmax_t size_of(const std::filesystem::path& file) {
  std::error_code failure;
  const std::uintmax_t size = std::filesystem::file_size(file, failure);
  return failure ? 0 : size;
}

// Statements go to the real connection as they are: only what stands around them is looked at.
class Around : public Connection {
 public:
  explicit Around(std::unique_ptr<Connection> real) : real_(std::move(real)) {}
  Statement& prepare(std::string_view sql) override { return real_->prepare(sql); }
  std::int64_t last_insert_id() const override { return real_->last_insert_id(); }
  std::int64_t changes() const override { return real_->changes(); }
  bool in_transaction() const override { return real_->in_transaction(); }
  std::int64_t data_version() override { return real_->data_version(); }

 protected:
  Connection& real() { return *real_; }

 private:
  std::unique_ptr<Connection> real_;
};

class MeasuredReading final : public Around {
 public:
  using Around::Around;
  void execute(const std::string& sql) override {
    real().execute(sql);
    if (sql == "BEGIN DEFERRED") begun_ = SteadyClock::now();
    if (sql == "COMMIT") time_spent_on_this_thread().reading += SteadyClock::now() - begun_;
  }

 private:
  SteadyClock::time_point begun_ = SteadyClock::now();
};

}  // namespace

TimeSpent& time_spent_on_this_thread() {
  static thread_local TimeSpent spent;
  return spent;
}

std::size_t& works_on_this_thread() {
  static thread_local std::size_t works = 0;
  return works;
}

// A transaction may end without a word: SQLite gives it up by itself when the disk is full. It is noticed when the next one
// begins.
class MeasuredWriting final : public Around {
 public:
  MeasuredWriting(std::unique_ptr<Connection> real, std::shared_ptr<Meter> meter)
      : Around(std::move(real)), meter_(std::move(meter)) {}
  void execute(const std::string& sql) override {
    if (sql == "COMMIT") return commit();
    if (sql == "BEGIN IMMEDIATE") begin();
    if (sql == "ROLLBACK") lose();
    real().execute(sql);
  }

 private:
  void begin() {
    lose();
    meter_->begun_.add();
    is_open_ = true;
  }
  void lose() {
    if (is_open_) meter_->failed_.add();
    is_open_ = false;
  }
  void commit() {
    const auto works = static_cast<unsigned>(std::exchange(works_on_this_thread(), 0));
    const auto begun = SteadyClock::now();
    real().execute("COMMIT");
    is_open_ = false;
    if (works == 0) return;  // a migration
    meter_->commit_seconds_.observe(std::chrono::duration<double>(SteadyClock::now() - begun).count());
    meter_->batch_sizes_.observe(works);
    meter_->works_.add(works);
  }

  std::shared_ptr<Meter> meter_;
  bool is_open_ = false;
};

Meter::Meter() : batch_sizes_(batch_bounds), commit_seconds_(commit_bounds) {}

Meter::Connect Meter::around(Connect connect) {
  return [self = shared_from_this(), connect = std::move(connect)](const std::filesystem::path& file,
                                                                   Access access) -> std::unique_ptr<Connection> {
    std::unique_ptr<Connection> real = connect(file, access);
    if (access == Access::read) return std::make_unique<MeasuredReading>(std::move(real));
    return std::make_unique<MeasuredWriting>(std::move(real), self);
  };
}

DatabaseCounts Meter::read(const std::filesystem::path& file) const {
  return {.begun = begun_.value(),
          .works = works_.value(),
          .failed = failed_.value(),
          .batch_sizes = batch_sizes_.read(),
          .commit_seconds = commit_seconds_.read(),
          .file_bytes = size_of(file),
          .log_bytes = size_of(file.string() + "-wal")};
}

bool answers(Database& database) noexcept {
  try {
    Reading reading = database.read();
    return reading.query("SELECT count(*) FROM touched WHERE number < 0").next();
  } catch (const std::exception&) {
    return false;
  }
}

}  // namespace db
