// For tests: a connection that works like the one it wraps until it is told to fail, as a full disk or a broken one would. It
// never damages the database itself.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/mutex.h"
#include "db/connection.h"

namespace db {

// Which call fails next. Shared between a test and its connections. Thread-safe.
class Faults {
 public:
  enum class Point { begin, step, commit };
  enum class Aftermath { transaction_stays, transaction_is_lost };

  struct Fault {
    Point point = Point::commit;
    int nth = 1;  // counted from now
    DatabaseError::Cause cause = DatabaseError::Cause::full;
    Aftermath aftermath = Aftermath::transaction_stays;
  };

  void plan(Fault fault) {
    base::MutexLock lock(mutex_);
    fault_ = fault;
  }

  // Throws if it is this call's turn; each plan fails once.
  void pass(Point point, Connection& connection) {
    Fault fault;
    {
      base::MutexLock lock(mutex_);
      if (fault_.point != point || fault_.nth <= 0 || --fault_.nth > 0) return;
      fault = fault_;
    }
    if (fault.aftermath == Aftermath::transaction_is_lost) connection.execute("ROLLBACK");
    throw DatabaseError(fault.cause, "a fault of the test");
  }

 private:
  base::Mutex mutex_;
  Fault fault_ GUARDED_BY(mutex_) = {.nth = 0};
};

class FaultyConnection final : public Connection {
 public:
  FaultyConnection(std::unique_ptr<Connection> real, std::shared_ptr<Faults> faults)
      : real_(std::move(real)), faults_(std::move(faults)) {}

  Statement& prepare(std::string_view sql) override {
    Statement& real = real_->prepare(sql);
    // What bounds a work is no step of it.
    if (sql.starts_with("SAVEPOINT") || sql.starts_with("RELEASE")) return real;
    std::unique_ptr<FaultyStatement>& wrapped = statements_[&real];
    if (!wrapped) wrapped = std::make_unique<FaultyStatement>(real, *this);
    return *wrapped;
  }

  void execute(const std::string& sql) override {
    if (sql.starts_with("BEGIN")) {
      faults_->pass(Faults::Point::begin, *real_);
      writes_ = sql.starts_with("BEGIN IMMEDIATE");
    }
    if (sql.starts_with("COMMIT") && writes_) faults_->pass(Faults::Point::commit, *real_);
    real_->execute(sql);
  }

  std::int64_t last_insert_id() const override { return real_->last_insert_id(); }
  std::int64_t changes() const override { return real_->changes(); }
  bool in_transaction() const override { return real_->in_transaction(); }
  std::int64_t data_version() override { return real_->data_version(); }

 private:
  class FaultyStatement final : public Statement {
   public:
    FaultyStatement(Statement& real, FaultyConnection& connection) : real_(real), connection_(connection) {}
    void bind(int index, Parameter value) override { real_.bind(index, value); }
    bool step() override {
      connection_.faults_->pass(Faults::Point::step, *connection_.real_);
      return real_.step();
    }
    std::int64_t integer(int column) const override { return real_.integer(column); }
    double real(int column) const override { return real_.real(column); }
    std::string_view text(int column) const override { return real_.text(column); }
    std::string_view blob(int column) const override { return real_.blob(column); }
    bool is_null(int column) const override { return real_.is_null(column); }
    void reset() override { real_.reset(); }

   private:
    Statement& real_;
    FaultyConnection& connection_;
  };

  std::unique_ptr<Connection> real_;
  std::shared_ptr<Faults> faults_;
  bool writes_ = false;  // the end of a reading is no commit that could fail
  std::map<Statement*, std::unique_ptr<FaultyStatement>> statements_;
};

}  // namespace db
