// Form bodies and the small grammars of headers: no input crashes them, and what was decoded is never longer than what came.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "http/client_address.h"
#include "http/date.h"
#include "http/form.h"
#include "http/prepared.h"

namespace {

void read_headers(std::string_view text) {
  http::choose(http::Prepared{}, text);
  if (const auto time = http::parse_date(text)) {
    if (http::parse_date(http::format_date(*time)) != time) std::abort();
  }
  http::Request request;
  request.headers = {{"X-Forwarded-For", std::string(text)}, {"Forwarded", std::string(text)}, {"Cookie", std::string(text)}};
  request.find_cookie("a");
  const auto proxies = http::TrustedProxies::parse({"0.0.0.0/1"});
  proxies->name_client(request, *http::NetworkAddress::parse("127.0.0.1"));
  if (!http::NetworkAddress::parse(request.client)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  read_headers(text);
  const auto form = http::parse_form(text);
  if (!form) return 0;
  std::size_t decoded = 0;
  for (const auto& [name, value] : form->fields) {
    decoded += name.size() + value.size();
    if (name.find('\0') != std::string::npos || value.find('\0') != std::string::npos) std::abort();
  }
  if (decoded > size || form->fields.size() > 100) std::abort();
  return 0;
}
