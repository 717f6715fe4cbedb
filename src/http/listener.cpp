#include "http/listener.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <system_error>

#include "base/format.h"

namespace http {

namespace {

enum class Sharing { alone, with_siblings };

struct Address {
  sockaddr_storage storage{};
  socklen_t size = 0;

  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

std::optional<Address> parse_address(const std::string& text, std::uint16_t port) {
  Address address;
  auto& v4 = reinterpret_cast<sockaddr_in&>(address.storage);
  auto& v6 = reinterpret_cast<sockaddr_in6&>(address.storage);
  if (::inet_pton(AF_INET, text == "localhost" ? "127.0.0.1" : text.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    address.size = sizeof v4;
    return address;
  }
  const bool has_brackets = text.size() > 2 && text.front() == '[' && text.back() == ']';
  const std::string plain = has_brackets ? text.substr(1, text.size() - 2) : text;
  if (::inet_pton(AF_INET6, plain.c_str(), &v6.sin6_addr) != 1) return std::nullopt;
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(port);
  address.size = sizeof v6;
  return address;
}

base::Error refusal(const std::string& address, std::uint16_t port, int cause) {
  const char* remedy = "choose another address with --listen";
  switch (cause) {
    case EADDRINUSE:
      remedy =
          "another program listens there; stop it, choose another port with --listen, or, if it is the server of this site, take "
          "its place with --take-over";
      break;
    case EADDRNOTAVAIL:
      remedy = "this machine has no such address; choose one of its own with --listen, or 0.0.0.0 for all";
      break;
    case EACCES: remedy = "a port below 1024 needs a privilege (CAP_NET_BIND_SERVICE); choose a higher one with --listen"; break;
    case EMFILE: remedy = "too many files are open; raise the limit with ulimit -n"; break;
    default: break;
  }
  return {base::Errc::unavailable,
          base::format("cannot listen on {}:{}: {} ({})", address, port, remedy, std::generic_category().message(cause)),
          {}};
}

bool set_flag(int socket, int level, int option) {
  const int on = 1;
  return ::setsockopt(socket, level, option, &on, sizeof on) == 0;
}

// Gives the socket, or leaves the cause in errno.
base::Descriptor open_listener(const Address& address, Sharing sharing) {
  base::Descriptor made(::socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!made || !set_flag(made.number(), SOL_SOCKET, SO_REUSEADDR)) return base::Descriptor();
  if (sharing == Sharing::with_siblings && !set_flag(made.number(), SOL_SOCKET, SO_REUSEPORT)) return base::Descriptor();
  if (::bind(made.number(), address.get(), address.size) != 0) return base::Descriptor();
  if (::listen(made.number(), 4096) != 0) return base::Descriptor();
  return made;
}

std::string address_of(int socket) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  if (::getsockname(socket, reinterpret_cast<sockaddr*>(&storage), &size) != 0) return {};
  char text[INET6_ADDRSTRLEN] = {};
  const bool is_v6 = storage.ss_family == AF_INET6;
  const void* const bytes = is_v6 ? static_cast<const void*>(&reinterpret_cast<sockaddr_in6&>(storage).sin6_addr)
                                  : static_cast<const void*>(&reinterpret_cast<sockaddr_in&>(storage).sin_addr);
  return ::inet_ntop(storage.ss_family, bytes, text, sizeof text) ? text : "";
}

std::uint16_t port_of(int socket) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  if (::getsockname(socket, reinterpret_cast<sockaddr*>(&storage), &size) != 0) return 0;
  const bool is_v6 = storage.ss_family == AF_INET6;
  return ntohs(is_v6 ? reinterpret_cast<sockaddr_in6&>(storage).sin6_port : reinterpret_cast<sockaddr_in&>(storage).sin_port);
}

}  // namespace

namespace {

int option_of(int socket, int option) {
  int value = -1;
  socklen_t size = sizeof value;
  return ::getsockopt(socket, SOL_SOCKET, option, &value, &size) == 0 ? value : -1;
}

bool is_tcp_listener(int socket) {
  const int domain = option_of(socket, SO_DOMAIN);
  return (domain == AF_INET || domain == AF_INET6) && option_of(socket, SO_TYPE) == SOCK_STREAM &&
         option_of(socket, SO_ACCEPTCONN) == 1;
}

}  // namespace

// Whoever gave them may have left them blocking.
base::Result<Listeners> adopt(std::vector<base::Descriptor> given, unsigned count) {
  Listeners made;
  for (const base::Descriptor& socket : given) {
    const int flags = ::fcntl(socket.number(), F_GETFL);
    if (!is_tcp_listener(socket.number()) || flags < 0 || ::fcntl(socket.number(), F_SETFL, flags | O_NONBLOCK) != 0)
      return base::Error{base::Errc::unavailable,
                         "a socket that was handed over does not listen for TCP; give one like ListenStream=127.0.0.1:8080",
                         {}};
  }
  made.sockets = std::move(given);
  if (made.sockets.empty()) return made;
  made.is_v6 = option_of(made.sockets.front().number(), SO_DOMAIN) == AF_INET6;
  made.port = port_of(made.sockets.front().number());
  made.address = address_of(made.sockets.front().number());
  for (std::size_t i = 0; made.sockets.size() < count; ++i) {
    base::Descriptor copy(::fcntl(made.sockets[i].number(), F_DUPFD_CLOEXEC, 0));
    if (!copy) return base::Error{base::Errc::unavailable, "too many files are open; raise the limit with ulimit -n", {}};
    made.sockets.push_back(std::move(copy));
  }
  return made;
}

// With SO_REUSEPORT a second server of the same user would get half of our connections instead of an error. So a fixed port is
// first taken alone, which fails if anybody is there.
base::Result<Listeners> listen_on(const std::string& text, std::uint16_t port, unsigned count) {
  std::optional<Address> address = parse_address(text, port);
  if (!address) {
    return base::Error{
        base::Errc::unavailable,
        base::format("cannot listen on \"{}\": not a network address; choose one such as 127.0.0.1:8080 with --listen", text),
        {}};
  }
  const Sharing sharing = count > 1 ? Sharing::with_siblings : Sharing::alone;
  if (port != 0 && sharing == Sharing::with_siblings && !open_listener(*address, Sharing::alone))
    return refusal(text, port, errno);

  Listeners made;
  made.is_v6 = address->storage.ss_family == AF_INET6;
  for (unsigned i = 0; i < count; ++i) {
    base::Descriptor socket = open_listener(*address, sharing);
    if (!socket) return refusal(text, port, errno);
    if (i == 0) {
      made.port = port_of(socket.number());
      made.address = address_of(socket.number());
      address = parse_address(text, made.port);
    }
    made.sockets.push_back(std::move(socket));
  }
  return made;
}

}  // namespace http
