// A keyed hash of an address as the subject of a capability: whose it is, without saying who. Private to src/desk.
#pragma once

#include <chrono>
#include <cstdint>

#include "base/secrets.h"

namespace desk {

inline constexpr std::chrono::minutes sign_in_lasts{30};
inline constexpr std::chrono::days follow_link_lasts{3};

inline std::int64_t subject_of(const base::Digest& email) {
  std::int64_t number = 0;
  for (std::size_t i = 0; i < 7; ++i) number = number * 256 + email[i];
  return number;
}

}  // namespace desk
