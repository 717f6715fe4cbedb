// What a page was made from. A write names the sources it changed (tx.touch), a cached page the sources it used; where they meet, the
// page is made anew.
#pragma once

#include <cstdint>
#include <vector>

#include "news/article.h"
#include "news/ids.h"

namespace news {

enum class SourceKind : std::int32_t {
  everything = 0,   // too much changed to say (an import, new settings)
  frame = 1,        // sections, menus, standing pages' titles
  article = 2,      // headline, body, status of one article or page
  thread = 3,       // the comments of one article, and so its count
  list_all = 4,
  list_section = 5,
  list_tag = 6,
  list_author = 7,
  comments = 8,     // the latest and most discussed of the whole site
  addresses = 9,    // an address came, moved or went (what was a 404 may be none any more)
};

struct Source {
  SourceKind kind = SourceKind::everything;
  std::int64_t id = 0;
  auto operator<=>(const Source&) const = default;
};

inline Source source_of(ArticleId id) { return {SourceKind::article, id.value}; }
inline Source thread_of(ArticleId id) { return {SourceKind::thread, id.value}; }
inline Source source_of(ListKey list) {
  return {static_cast<SourceKind>(static_cast<std::int32_t>(SourceKind::list_all) + static_cast<std::int32_t>(list.kind)), list.id};
}

}  // namespace news
