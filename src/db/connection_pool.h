// Connections for reading, kept open and lent to one thread at a time. It never makes a thread wait: when all are lent, it opens
// another, and closes what is more than it keeps when they come back.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "base/mutex.h"
#include "db/connection.h"

namespace db {

// Thread-safe.
class ConnectionPool {
 public:
  using Open = std::function<std::unique_ptr<Connection>()>;
  ConnectionPool(std::size_t kept, Open open) : kept_(kept), open_(std::move(open)) {}

  // A connection inside a read transaction. Throws DatabaseError.
  Connection& lend();
  // Ends the transaction. A connection that cannot even do that is closed.
  void give_back(Connection& connection) noexcept;

 private:
  std::unique_ptr<Connection> take_idle();
  std::unique_ptr<Connection> take_lent(const Connection& connection);

  const std::size_t kept_;
  const Open open_;
  base::Mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_ GUARDED_BY(mutex_);
  std::vector<std::unique_ptr<Connection>> lent_ GUARDED_BY(mutex_);
};

}  // namespace db
