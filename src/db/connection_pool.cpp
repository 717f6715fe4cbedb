#include "db/connection_pool.h"

#include <algorithm>

namespace db {

Connection& ConnectionPool::lend() {
  std::unique_ptr<Connection> connection = take_idle();
  if (!connection) connection = open_();
  connection->execute("BEGIN DEFERRED");
  Connection& lent = *connection;
  base::MutexLock lock(mutex_);
  lent_.push_back(std::move(connection));
  return lent;
}

void ConnectionPool::give_back(Connection& connection) noexcept {
  std::unique_ptr<Connection> returned = take_lent(connection);
  try {
    returned->execute("COMMIT");
  } catch (const DatabaseError&) {
    return;
  }
  base::MutexLock lock(mutex_);
  if (idle_.size() < kept_) idle_.push_back(std::move(returned));
}

std::unique_ptr<Connection> ConnectionPool::take_idle() {
  base::MutexLock lock(mutex_);
  if (idle_.empty()) return nullptr;
  std::unique_ptr<Connection> connection = std::move(idle_.back());
  idle_.pop_back();
  return connection;
}

std::unique_ptr<Connection> ConnectionPool::take_lent(const Connection& connection) {
  base::MutexLock lock(mutex_);
  const auto found = std::ranges::find(lent_, &connection, &std::unique_ptr<Connection>::get);
  std::unique_ptr<Connection> returned = std::move(*found);
  lent_.erase(found);
  return returned;
}

}  // namespace db
