// Keyed hashes as the database holds them. Private to src/store.
#pragma once

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/secrets.h"
#include "db/connection.h"

namespace store {

inline db::Blob bytes_of(const base::Digest& digest) { return {{reinterpret_cast<const char*>(digest.data()), digest.size()}}; }

// Nothing for bytes of another length.
inline std::optional<base::Digest> digest_of(std::string_view bytes) {
  base::Digest digest{};
  if (bytes.size() != digest.size()) return std::nullopt;
  std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char*>(digest.data()));
  return digest;
}

}  // namespace store
