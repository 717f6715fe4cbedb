// Cookie lines: what is found is what stands there, and whatever the others are, ours is found among them.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "http/message.h"

namespace {

// What RFC 6265, 5.4 says, written once more in the plainest way.
std::string first_value(const http::Request& request, std::string_view name) {
  for (const http::Header& header : request.headers) {
    std::string pair;
    for (const char c : header.value + ";") {
      if (c != ';') {
        pair += c;
        continue;
      }
      while (!pair.empty() && (pair.front() == ' ' || pair.front() == '\t')) pair.erase(0, 1);
      while (!pair.empty() && (pair.back() == ' ' || pair.back() == '\t')) pair.pop_back();
      const std::size_t equals = pair.find('=');
      if (equals != std::string::npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
      pair.clear();
    }
  }
  return "not there";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = size / 2;
  http::Request request;
  request.headers = {{"Cookie", text.substr(0, cut)}, {"X-Other", "probe=no"}, {"COOKIE", text.substr(cut) + "; probe=yes"}};
  for (const std::string_view name : {"article-1", "session", "a", "", "probe"}) {
    const auto found = request.find_cookie(name);
    http::Request cookies_only;
    cookies_only.headers = {request.headers[0], request.headers[2]};
    if (std::string(found.value_or("not there")) != first_value(cookies_only, name)) std::abort();
  }
  if (!request.find_cookie("probe")) std::abort();
  return 0;
}
