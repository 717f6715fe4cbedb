#include "main/listen_place.h"

#include <charconv>

#include "base/format.h"

namespace cli {

using base::Errc;
using base::Error;

base::Result<ListenPlace> parse_listen(const std::string& listen) {
  const auto colon = listen.rfind(':');
  std::string address = colon == std::string::npos ? "" : listen.substr(0, colon);
  const std::string port = colon == std::string::npos ? listen : listen.substr(colon + 1);
  if (address.size() > 2 && address.front() == '[' && address.back() == ']') address = address.substr(1, address.size() - 2);
  std::uint16_t number = 0;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  if (error != std::errc{} || end != port.data() + port.size()) {
    return Error{
        Errc::invalid,
        base::format("\"{}\" is no address to listen on. Write ADDRESS:PORT, like 127.0.0.1:8080; port 0 takes a free one.",
                     listen),
        {}};
  }
  return ListenPlace{address.empty() ? "127.0.0.1" : address, number};
}

}  // namespace cli
