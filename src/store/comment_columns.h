// A row of comments to the trade's types. Private to src/store.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "db/connection.h"
#include "news/comment.h"

namespace store {

// A comment and its place in the order of its thread.
struct PlacedComment {
  news::Comment comment;
  std::string path;
  bool is_shown = false;
};

// news::Marks as a column holds them.
std::int64_t bits_of(const news::Marks& marks);
news::Marks marks_of(std::int64_t bits);

// Nothing if there is none with that id.
std::optional<PlacedComment> find_placed(db::Connection& connection, news::CommentId id);

}  // namespace store
