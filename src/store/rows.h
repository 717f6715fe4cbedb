// What the sources of store share: touching the trade's sources, reading stored markup and times back, keys of addresses. Private
// to src/store.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"
#include "db/database.h"
#include "news/address.h"
#include "news/source.h"
#include "text/html.h"
#include "text/trusted_html.h"

namespace store {

inline void touch(db::Transaction& tx, news::Source source) { tx.touch({static_cast<std::int32_t>(source.kind), source.id}); }
inline void touch(db::Transaction& tx, news::SourceKind kind) { touch(tx, news::Source{kind, 0}); }

// Only for columns named *_html: the sanitiser wrote them.
inline text::Html stored_html(const db::Query& row, int column) {
  return text::StoredHtml::read_back(std::string(row.text(column)));
}
inline std::string stored_text(const db::Query& row, int column) { return std::string(row.text(column)); }
inline base::Time stored_time(const db::Query& row, int column) { return base::from_unix(row.integer(column)); }
inline int stored_int(const db::Query& row, int column) { return static_cast<int>(row.integer(column)); }

// One number, or 0 if there is no row.
inline std::int64_t number(db::Query row) { return row.next() ? row.integer(0) : 0; }

// The key under which an object's address is stored: "/a/b/" to "/a/b", "/?p=12" to "?p=12".
std::string key_of(std::string_view address);

// The object moves: `to` leads to it from now on, `from` and all that led there redirect to `to` (invariant 7).
struct Move {
  news::AddressTarget object;
  std::string_view from;
  std::string_view to;
};
void move_address(db::Transaction& tx, const Move& move);

}  // namespace store
