// Typed row ids: an ArticleId cannot be passed where a CommentId is meant. Zero means "none yet".
#pragma once

#include <cstdint>
#include <functional>

namespace base {

template <class Tag>
struct Id {
  std::int64_t value = 0;

  constexpr explicit operator bool() const { return value != 0; }
  constexpr auto operator<=>(const Id&) const = default;
};

}  // namespace base

template <class Tag>
struct std::hash<base::Id<Tag>> {
  std::size_t operator()(base::Id<Tag> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
