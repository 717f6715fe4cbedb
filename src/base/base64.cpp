#include "base/base64.h"

#include <sodium.h>

namespace base {

std::string to_base64(std::string_view bytes) {
  constexpr int variant = sodium_base64_VARIANT_ORIGINAL;
  std::string encoded(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(encoded.data(), encoded.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), variant);
  encoded.pop_back();  // the terminating zero, which libsodium counts
  return encoded;
}

}  // namespace base
