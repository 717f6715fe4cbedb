#include "http/draining_read.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace http {

namespace {

// What the kernel says is left, the end of the stream counting as something; 1 if it says nothing.
int left_in(msghdr& message) {
  const cmsghdr* const control = CMSG_FIRSTHDR(&message);
  if (!control || control->cmsg_level != SOL_TCP || control->cmsg_type != TCP_CM_INQ) return 1;
  int left = 0;
  std::memcpy(&left, CMSG_DATA(control), sizeof left);
  return left;
}

}  // namespace

void ask_what_is_left(int socket) {
  const int on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_INQ, &on, sizeof on);
}

Drained read_and_look(int socket, net::mutable_buffer buffer, ErrorCode& error, std::size_t& size) {
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))];
  iovec room{.iov_base = buffer.data(), .iov_len = buffer.size()};
  msghdr message{};
  message.msg_iov = &room;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  ssize_t count = -1;
  do {
    count = ::recvmsg(socket, &message, 0);
  } while (count < 0 && errno == EINTR);
  if (count < 0 && errno == EAGAIN) return Drained::none;
  size = static_cast<std::size_t>(std::max<ssize_t>(count, 0));
  if (count < 0)
    error.assign(errno, boost::system::system_category());
  else if (count == 0)
    error = net::error::eof;
  else
    error = {};
  return count > 0 && left_in(message) > 0 ? Drained::some : Drained::all;
}

}  // namespace http
