// How the program speaks with the service manager that started it, by the two protocols that systemd documents: sockets handed
// down at the start (sd_listen_fds(3)) and messages about its state (sd_notify(3)). Without a service manager none of it does
// anything.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/descriptor.h"

namespace cli {

// A listening socket that came from outside, and what it is for: "http", "https" or "ops". Any other name means "http".
struct NamedSocket {
  std::string name;
  base::Descriptor socket;
};

// The sockets of LISTEN_FDS, once: the variables are taken out of the environment. Call it while there is one thread.
std::vector<NamedSocket> inherited_sockets();

// Takes those for "http", "https" or "ops" out of the list.
std::vector<base::Descriptor> take_sockets_for(std::string_view purpose, std::vector<NamedSocket>& sockets);

// "READY=1", "STOPPING=1": to NOTIFY_SOCKET, if there is one. A failure is not told: nobody could act on it.
void notify_service_manager(std::string_view state);

// What the manager wants to hear before a reload; READY=1 follows it.
std::string reloading_state();

}  // namespace cli
