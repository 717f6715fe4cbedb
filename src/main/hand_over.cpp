#include "main/hand_over.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <sstream>
#include <system_error>

#include "base/format.h"
#include "base/log.h"

namespace cli {
namespace {

using base::Errc;
using base::Error;
using base::Result;

constexpr const char* socket_name = "serve.sock";
constexpr std::string_view greeting = "broadsheet 1";  // then a name a line, as many as there are descriptors
constexpr std::string_view ready = "ready";
constexpr std::size_t most_sockets = 128;
constexpr int patience_milliseconds = 30'000;  // for a successor that opens a large site

// A path of at most 107 bytes, whatever the folder is called: through the descriptor of the folder.
struct Place {
  base::Descriptor folder;
  sockaddr_un address{};

  Place(const std::filesystem::path& path, const std::string& name)
      : folder(::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)) {
    const std::string through = base::format("/proc/self/fd/{}/{}", folder.number(), name);
    address.sun_family = AF_UNIX;
    through.copy(address.sun_path, sizeof address.sun_path - 1);
  }
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&address); }
};

base::Descriptor unix_socket() { return base::Descriptor(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0)); }

// Under another name first and then moved into place: whoever was there before is replaced, and no moment has nobody.
base::Descriptor listen_in(const std::filesystem::path& folder) {
  const std::string passing = base::format("{}.{}", socket_name, ::getpid());
  const Place place(folder, passing);
  base::Descriptor socket = unix_socket();
  std::error_code failure;
  std::filesystem::remove(folder / passing, failure);
  const mode_t before = ::umask(0077);
  const bool is_bound =
      socket && ::bind(socket.number(), place.get(), sizeof place.address) == 0 && ::listen(socket.number(), 4) == 0;
  ::umask(before);
  if (!is_bound) return base::Descriptor();
  std::filesystem::rename(folder / passing, folder / socket_name, failure);
  return failure ? base::Descriptor() : std::move(socket);
}

bool wait_readable(int socket, int milliseconds) {
  pollfd wanted{socket, POLLIN, 0};
  return ::poll(&wanted, 1, milliseconds) == 1;
}

bool send_sockets(int connection, const std::vector<NamedSocket>& sockets) {
  std::string text(greeting);
  std::vector<int> numbers;
  for (const NamedSocket& named : sockets) {
    text += "\n" + named.name;
    numbers.push_back(named.socket.number());
  }
  if (numbers.empty() || numbers.size() > most_sockets) return false;
  const std::size_t bytes = numbers.size() * sizeof(int);
  std::vector<char> control(CMSG_SPACE(bytes));
  iovec part{text.data(), text.size()};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  cmsghdr* const header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(bytes);
  std::memcpy(CMSG_DATA(header), numbers.data(), bytes);
  return ::sendmsg(connection, &message, MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
}

std::vector<base::Descriptor> descriptors_in(msghdr& message) {
  std::vector<base::Descriptor> descriptors;
  for (cmsghdr* header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
    std::vector<int> numbers((header->cmsg_len - CMSG_LEN(0)) / sizeof(int));
    std::memcpy(numbers.data(), CMSG_DATA(header), numbers.size() * sizeof(int));
    for (const int number : numbers) descriptors.emplace_back(number);
  }
  return descriptors;
}

// Empty: nothing that could be understood.
std::vector<NamedSocket> receive_sockets(int connection) {
  std::string text(4096, '\0');
  std::vector<char> control(CMSG_SPACE(most_sockets * sizeof(int)));
  iovec part{text.data(), text.size()};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  if (!wait_readable(connection, patience_milliseconds)) return {};
  const ssize_t got = ::recvmsg(connection, &message, MSG_CMSG_CLOEXEC);
  if (got <= 0) return {};
  std::vector<base::Descriptor> descriptors = descriptors_in(message);
  std::istringstream lines(text.substr(0, static_cast<std::size_t>(got)));
  std::string line;
  if (!std::getline(lines, line) || line != greeting) return {};
  std::vector<NamedSocket> sockets;
  for (base::Descriptor& descriptor : descriptors) {
    if (!std::getline(lines, line)) return {};
    sockets.push_back({line, std::move(descriptor)});
  }
  return sockets;
}

}  // namespace

HandOver::HandOver(const std::filesystem::path& folder, Offer offer)
    : offer_(std::move(offer)), place_(folder / socket_name), listener_(listen_in(folder)) {
  int ends[2] = {-1, -1};
  struct stat status {};
  if (!listener_ || ::pipe2(ends, O_CLOEXEC) != 0 || ::stat(place_.c_str(), &status) != 0) {
    base::log::warning(base::format("there is no {} ({}); this server cannot be replaced with serve --take-over", place_.string(),
                                    std::generic_category().message(errno)));
    return;
  }
  node_ = status.st_ino;
  stop_reading_ = base::Descriptor(ends[0]);
  stop_writing_ = base::Descriptor(ends[1]);
  thread_ = std::thread([this] { run(); });
}

// A successor may have put its own socket there in the meantime.
HandOver::~HandOver() {
  if (!thread_.joinable()) return;
  stop_writing_ = base::Descriptor();
  thread_.join();
  struct stat status {};
  if (::stat(place_.c_str(), &status) == 0 && status.st_ino == node_) ::unlink(place_.c_str());
}

void HandOver::run() {
  while (!is_done_) {
    pollfd wanted[2] = {{listener_.number(), POLLIN, 0}, {stop_reading_.number(), POLLIN, 0}};
    if (::poll(wanted, 2, -1) < 0) continue;
    if (wanted[1].revents != 0) return;
    const base::Descriptor connection(::accept4(listener_.number(), nullptr, nullptr, SOCK_CLOEXEC));
    if (connection && may_have(connection.number())) serve_successor(connection.number());
  }
}

bool HandOver::may_have(int connection) const {
  ucred peer{};
  socklen_t size = sizeof peer;
  return ::getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && (peer.uid == ::geteuid() || peer.uid == 0);
}

void HandOver::serve_successor(int connection) {
  if (!send_sockets(connection, offer_.share())) return;
  base::log::info("a new server of this site has got the listening sockets");
  pollfd wanted[2] = {{connection, POLLIN, 0}, {stop_reading_.number(), POLLIN, 0}};
  if (::poll(wanted, 2, patience_milliseconds) <= 0 || wanted[0].revents == 0) return;
  char answer[16];
  const ssize_t got = ::recv(connection, answer, sizeof answer, 0);
  if (got <= 0 || std::string_view(answer, static_cast<std::size_t>(got)) != ready) {
    return base::log::warning("the new server went away before it served; this one goes on");
  }
  is_done_ = true;
  offer_.leave();
}

Result<std::optional<TakenOver>> TakenOver::ask(const std::filesystem::path& folder) {
  const Place place(folder, socket_name);
  base::Descriptor connection = unix_socket();
  if (::connect(connection.number(), place.get(), sizeof place.address) != 0) {
    const int cause = errno;
    if (cause == ENOENT || cause == ECONNREFUSED) return std::optional<TakenOver>();
    return Error{
        Errc::unavailable,
        base::format(
            "The server of this site cannot be asked for its place: {}. Run this as the user whose server it is, or as root.",
            std::generic_category().message(cause)),
        {}};
  }
  std::vector<NamedSocket> sockets = receive_sockets(connection.number());
  if (sockets.empty())
    return Error{Errc::unavailable,
                 "The running server does not give its place to this one. Stop it (SIGTERM) and start again without --take-over.",
                 {}};
  return std::optional<TakenOver>(TakenOver(std::move(connection), std::move(sockets)));
}

void TakenOver::say_ready() {
  ::send(connection_.number(), ready.data(), ready.size(), MSG_NOSIGNAL);
  connection_ = base::Descriptor();
}

}  // namespace cli
