// The bytes of a file in pieces, unpacked if it is gzip (RFC 1952, several members too): of files of any size only one piece is
// in memory. It refuses what unpacks to far more than any text does, and a gzip file that ends too early.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

#include "base/result.h"

namespace import_ {

// Used by one thread.
class ByteSource {
 public:
  // Error{not_found, sentence} if it can't be read.
  static base::Result<ByteSource> open(const std::filesystem::path& file);
  ByteSource(ByteSource&&) noexcept;
  ~ByteSource();

  // The next piece, valid until the next call; empty at the end. Error{invalid, sentence} if the file is no whole gzip file, or
  // unpacks without end.
  base::Result<std::string_view> read();

  // Bytes of the file that were read, and all of it.
  std::uint64_t done() const;
  std::uint64_t size() const;

 private:
  struct State;
  explicit ByteSource(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace import_
