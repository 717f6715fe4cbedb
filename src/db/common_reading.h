// A reading that several answers share: it begins when the first of them asks for it, and sees all that was committed before.
#pragma once

#include "db/connection_pool.h"

namespace db {

// Used by one thread.
class CommonReading {
 public:
  explicit CommonReading(ConnectionPool& pool) : pool_(pool) {}
  CommonReading(const CommonReading&) = delete;
  CommonReading& operator=(const CommonReading&) = delete;
  ~CommonReading() {
    if (connection_) pool_.give_back(*connection_);
  }

  // Throws DatabaseError.
  Connection& connection() {
    if (!connection_) connection_ = &pool_.lend();
    return *connection_;
  }

 private:
  ConnectionPool& pool_;
  Connection* connection_ = nullptr;
};

}  // namespace db
