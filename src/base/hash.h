// BLAKE2b-256 of bytes that come in pieces: tells whether a file is still what it was. `b2sum -l 256` computes the same. It needs
// no secret and proves nothing about who wrote the bytes; what must not be forged is signed by Secrets.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace base {

// Used by one thread at a time.
class Hash {
 public:
  Hash();
  ~Hash();
  Hash(const Hash&) = delete;
  Hash& operator=(const Hash&) = delete;

  void add(std::string_view bytes);
  // In lower-case hexadecimal, 64 characters. Call it once, at the end.
  std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string hash_of(std::string_view bytes);

}  // namespace base
