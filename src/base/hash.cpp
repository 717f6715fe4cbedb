#include "base/hash.h"

#include <sodium.h>

#include <array>

#include "base/format.h"

namespace base {
namespace {

constexpr std::size_t digest_bytes = 32;

}  // namespace

struct Hash::State {
  crypto_generichash_state sodium;
};

Hash::Hash() : state_(std::make_unique<State>()) { crypto_generichash_init(&state_->sodium, nullptr, 0, digest_bytes); }
Hash::~Hash() = default;

void Hash::add(std::string_view bytes) {
  crypto_generichash_update(&state_->sodium, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

std::string Hash::finish() {
  std::array<unsigned char, digest_bytes> digest{};
  crypto_generichash_final(&state_->sodium, digest.data(), digest.size());
  std::string hex;
  for (const unsigned char byte : digest) hex += format("{:02x}", byte);
  return hex;
}

std::string hash_of(std::string_view bytes) {
  Hash hash;
  hash.add(bytes);
  return hash.finish();
}

}  // namespace base
