// Reads a tar file, plain or compressed, entry by entry. It trusts nothing in it: it hands out names as they stand and says of
// what kind each entry is; what may be made of them is its caller's business.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace backup {

struct TarEntry {
  std::string path;
  bool is_file = false;  // a plain file: no link, folder or device
  std::uint64_t bytes = 0;
  std::int64_t modified_seconds = 0;
  long modified_nanoseconds = 0;
};

// Used by one thread. A file that is cut or damaged is an Error{conflict, the end of a sentence}.
class TarReader {
 public:
  // Error{not_found} if it cannot be opened; {conflict} if it is no tar file.
  static base::Result<std::unique_ptr<TarReader>> open(const std::filesystem::path& file);
  ~TarReader();
  TarReader(const TarReader&) = delete;
  TarReader& operator=(const TarReader&) = delete;

  // The next entry, nothing at the end.
  base::Result<std::optional<TarEntry>> next();
  // The content of that entry, in pieces. Once, before the next one.
  base::Result<void> read(const std::function<void(std::string_view)>& take);

 private:
  struct State;
  explicit TarReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace backup
