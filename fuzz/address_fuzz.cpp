// Paths and queries: the key of an address is one and the same however it is written, holds nothing that climbs or hides, and
// what is sent out as an address is one.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "text/url.h"
#include "text/utf8.h"
#include "web/page_address.h"

namespace {

void demand(bool claim) {
  if (!claim) std::abort();
}

void check_key(std::string_view path) {
  const auto key = text::address_key(path);
  if (!key) return;
  demand(key->starts_with('/') && text::is_valid_utf8(*key));
  demand(*key == "/" || !key->ends_with('/'));
  for (const char c : *key) demand(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f);
  const std::string fenced = *key + "/";
  for (const char* forbidden : {"//", "/./", "/../"}) demand(*key == "/" || fenced.find(forbidden) == std::string::npos);
  demand(text::address_key(text::percent_encode_path(*key)) == key);
  web::split_page(*key);
  web::split_part(*key);
  if (const auto split = web::split_comment_page(*key)) demand(key->starts_with(split->base) && split->number > 0);
}

void check_escapes(std::string_view text) {
  const auto decoded = text::percent_decode(text);
  if (decoded) {
    demand(text::is_valid_utf8(*decoded) && decoded->size() <= text.size() && decoded->find('\0') == std::string::npos);
    demand(text::percent_decode(text::percent_encode(*decoded)) == decoded);
  }
  const std::string address = web::encode_address(text);
  demand(web::encode_address(address) == address);
  for (const char c : address) demand(c > 0x20 && c < 0x7f && c != '"' && c != '<' && c != '>' && c != '\\');
}

void check_query(std::string_view target) {
  if (const auto key = web::cache_key(target))
    demand(target.starts_with(*key) && (key->find('?') == std::string_view::npos || *key == target));
  std::size_t written = 0;
  for (const web::Parameter& parameter : web::parse_parameters(target)) {
    written += parameter.written.size();
    demand(text::is_valid_utf8(parameter.name) && text::is_valid_utf8(parameter.value));
  }
  demand(written <= target.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_key(text);
  check_key("/" + std::string(text));
  check_escapes(text);
  check_query(text);
  return 0;
}
