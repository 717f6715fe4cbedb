// Form bodies: what was decoded is never longer than what came, and what is said again means the same.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "http/form.h"

namespace {

std::string encode(std::string_view plain) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const char c : plain) {
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto form = http::parse_form({reinterpret_cast<const char*>(data), size});
  if (!form) return 0;
  std::size_t decoded = 0;
  std::string again;
  for (const auto& [name, value] : form->fields) {
    decoded += name.size() + value.size();
    if (name.find('\0') != std::string::npos || value.find('\0') != std::string::npos) std::abort();
    again += encode(name) + "=" + encode(value) + "&";
  }
  if (decoded > size || form->fields.size() > 100) std::abort();
  const auto read = http::parse_form(again);
  if (!read || read->fields != form->fields) std::abort();
  return 0;
}
