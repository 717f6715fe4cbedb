#include "main/service_manager.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <optional>
#include <sstream>

#include "base/format.h"

namespace cli {
namespace {

constexpr int first_inherited = 3;  // SD_LISTEN_FDS_START
constexpr int most_inherited = 64;

std::optional<long> number_in(const char* variable) {
  const char* const text = std::getenv(variable);
  if (!text || !*text) return std::nullopt;
  char* end = nullptr;
  const long number = std::strtol(text, &end, 10);
  return *end ? std::nullopt : std::optional(number);
}

std::vector<std::string> names_of(const char* list) {
  std::vector<std::string> names;
  std::istringstream in(list ? list : "");
  for (std::string name; std::getline(in, name, ':');) names.push_back(name);
  return names;
}

}  // namespace

// LISTEN_PID keeps a child of the process that was meant from taking what is not there.
std::vector<NamedSocket> inherited_sockets() {
  std::vector<NamedSocket> sockets;
  const std::optional<long> process = number_in("LISTEN_PID"), count = number_in("LISTEN_FDS");
  if (process == ::getpid() && count && *count > 0 && *count <= most_inherited) {
    const std::vector<std::string> names = names_of(std::getenv("LISTEN_FDNAMES"));
    for (int i = 0; i < *count; ++i) {
      const int number = first_inherited + i;
      ::fcntl(number, F_SETFD, FD_CLOEXEC);
      const auto place = static_cast<std::size_t>(i);
      sockets.push_back({place < names.size() ? names[place] : std::string(), base::Descriptor(number)});
    }
  }
  for (const char* const variable : {"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"}) ::unsetenv(variable);
  return sockets;
}

std::vector<base::Descriptor> take_sockets_for(std::string_view purpose, std::vector<NamedSocket>& sockets) {
  const auto is_wanted = [&](const NamedSocket& socket) {
    const bool is_special = socket.name == "https" || socket.name == "ops";
    return socket.name == purpose || (purpose == "http" && !is_special);
  };
  std::vector<base::Descriptor> taken;
  for (NamedSocket& socket : sockets) {
    if (is_wanted(socket)) taken.push_back(std::move(socket.socket));
  }
  std::erase_if(sockets, is_wanted);
  return taken;
}

void notify_service_manager(std::string_view state) {
  const char* const path = std::getenv("NOTIFY_SOCKET");
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (!path || (path[0] != '/' && path[0] != '@') || std::strlen(path) >= sizeof address.sun_path) return;
  const std::size_t length = std::strlen(path);
  std::memcpy(address.sun_path, path, length);
  if (path[0] == '@') address.sun_path[0] = '\0';  // an abstract address
  const base::Descriptor socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!socket) return;
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + length);
  ::sendto(socket.number(), state.data(), state.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&address), size);
}

std::string reloading_state() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return base::format("RELOADING=1\nMONOTONIC_USEC={}", now.tv_sec * 1'000'000LL + now.tv_nsec / 1000);
}

}  // namespace cli
