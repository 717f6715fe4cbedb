// What a write sees: the connection while a transaction is open, and the list of what it makes stale. It never begins or ends
// one: the writer thread of Database does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>

#include "db/connection.h"

namespace db {

// Something that a committed write changed; the numbers are news::SourceKind and an id, of which db knows nothing.
struct Touched {
  std::int32_t kind = 0;
  std::int64_t id = 0;
  auto operator<=>(const Touched&) const = default;
};

// kind 0 means everything: too much changed to say what.
inline constexpr Touched touched_everything{};

// Valid only inside the function that got it.
class Transaction {
 public:
  // A transaction that touches more than this has touched everything: naming it all would cost more than making all pages anew.
  static constexpr std::size_t most_touched = 10'000;

  explicit Transaction(Connection& connection) : connection_(connection) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  Query query(std::string_view sql) { return connection_.query(sql); }
  Connection& connection() { return connection_; }

  // Remembered until the commit is durable, then handed to everybody who keeps pages (docs/architecture.md, step 8 and 10).
  void touch(Touched what);
  // Each once, in order; touched_everything stands alone.
  const std::set<Touched>& touched() const { return touched_; }

 private:
  Connection& connection_;
  std::set<Touched> touched_;
};

}  // namespace db
