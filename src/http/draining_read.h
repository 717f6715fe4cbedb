// A read that knows when it has taken everything. Asio asks a socket again after every read, to learn that nothing more is there;
// for small requests that is a third of all calls to the kernel. The kernel can say so with the read itself (TCP_INQ), also whether
// the end of the stream is waiting, which a read that merely came out short cannot tell. Internal to the folder.
#pragma once

#include <cstddef>

#include "http/asio.h"

namespace http {

// A buffer for Socket::async_read_some.
struct DrainingBuffer : net::mutable_buffer {
  using net::mutable_buffer::mutable_buffer;
};

// For sockets that DrainingBuffer is to be used with. Where the system does not know it, the reads are ordinary ones.
void ask_what_is_left(int socket);

// none: nothing came. some: perhaps more can be read. all: nothing more, until the reactor says so.
enum class Drained { none, some, all };
Drained read_and_look(int socket, net::mutable_buffer buffer, ErrorCode& error, std::size_t& size);

}  // namespace http

// Asio knows a read that has exhausted its socket, but finds it at the end of a stream only. Its operation is a template over the
// type of the buffer; this is the one for ours, against Boost 1.81.
template <>
class boost::asio::detail::reactive_socket_recv_op_base<http::DrainingBuffer> : public reactor_op {
 public:
  reactive_socket_recv_op_base(const boost::system::error_code& success, socket_type socket, socket_ops::state_type,
                               const http::DrainingBuffer& buffer, socket_base::message_flags, func_type on_completion)
      : reactor_op(success, &reactive_socket_recv_op_base::do_perform, on_completion), socket_(socket), buffer_(buffer) {}

  static status do_perform(reactor_op* base) {
    auto* const read = static_cast<reactive_socket_recv_op_base*>(base);
    switch (http::read_and_look(read->socket_, read->buffer_, read->ec_, read->bytes_transferred_)) {
      case http::Drained::none: return not_done;
      case http::Drained::some: return done;
      case http::Drained::all: break;
    }
    return done_and_exhausted;
  }

 private:
  socket_type socket_;
  http::DrainingBuffer buffer_;
};
