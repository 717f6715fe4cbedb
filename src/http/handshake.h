// A connection until both ends have agreed on TLS and on a protocol. Then the loop makes of it what speaks that protocol.
// Internal to the folder.
#pragma once

#include <cstdint>
#include <list>

#include "http/client_address.h"
#include "http/transport.h"

namespace http {

class Loop;

// Lives on its loop's thread only. At any time exactly one wait is outstanding, and only its end removes the handshake.
class Handshake {
 public:
  Handshake(Loop& loop, Transport transport, const NetworkAddress& peer);

  // Call once, with the place in the loop's list.
  void start(std::list<Handshake>::iterator place);
  // Once a second: its time is that of a request's head.
  void on_tick();
  // While draining: leaves if the client has sent nothing at all.
  void leave_if_idle();

  // Once it is over.
  Transport take_transport() { return std::move(transport_); }
  const NetworkAddress& peer() const { return peer_; }

 private:
  void proceed();
  void await(Socket::wait_type what);

  Loop& loop_;
  Transport transport_;
  NetworkAddress peer_;
  std::list<Handshake>::iterator place_;
  std::uint32_t due_;  // in ticks
};

}  // namespace http
