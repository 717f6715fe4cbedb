// What a write sees: the connection while a transaction is open, and the list of what it makes stale. Only the Writer makes one.
#pragma once

#include <cstdint>
#include <vector>

#include "db/connection.h"

namespace db {

// Something that a committed write changed; the numbers are news::SourceKind and an id, of which db knows nothing.
struct Touched {
  std::int32_t kind = 0;
  std::int64_t id = 0;
  auto operator<=>(const Touched&) const = default;
};

// Valid only inside the function that got it.
class Transaction {
 public:
  explicit Transaction(Connection& connection) : connection_(connection) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  Query query(std::string_view sql) { return connection_.query(sql); }
  Connection& connection() { return connection_; }

  // Remembered until the commit is durable, then handed to everybody who keeps pages (docs/architecture.md, step 8 and 10).
  void touch(Touched what);
  const std::vector<Touched>& touched() const { return touched_; }

 private:
  Connection& connection_;
  std::vector<Touched> touched_;
};

}  // namespace db
