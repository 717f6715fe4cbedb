#include "http/handshake.h"

#include "http/loop.h"

namespace http {

Handshake::Handshake(Loop& loop, Transport transport, const NetworkAddress& peer)
    : loop_(loop),
      transport_(std::move(transport)),
      peer_(peer),
      due_(loop.tick() + static_cast<std::uint32_t>(loop.settings().head_deadline.count()) + 1) {}

void Handshake::start(std::list<Handshake>::iterator place) {
  place_ = place;
  await(Socket::wait_read);
}

// Nothing below the switch may touch the handshake: the loop has removed it.
void Handshake::proceed() {
  switch (transport_.tls().shake_hands()) {
    case TlsSession::Step::wants_to_read: return await(Socket::wait_read);
    case TlsSession::Step::wants_to_write: return await(Socket::wait_write);
    case TlsSession::Step::done: return loop_.welcome(place_);
    case TlsSession::Step::failed: return loop_.remove(place_);
  }
}

void Handshake::await(Socket::wait_type what) {
  transport_.socket().async_wait(what, [this](const ErrorCode& error) {
    if (error) return loop_.remove(place_);
    proceed();
  });
}

void Handshake::on_tick() {
  if (loop_.tick() < due_) return;
  ErrorCode ignored;
  transport_.socket().cancel(ignored);
}

void Handshake::leave_if_idle() {
  char byte;
  if (transport_.tls().has_begun() || ::recv(transport_.socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0) return;
  ErrorCode ignored;
  transport_.socket().cancel(ignored);
}

}  // namespace http
