// How a new server of a site takes the place of the running one without losing a connection: the running one gives it its
// listening sockets over a Unix socket in the site folder, and leaves only when the new one says that it serves. Since the
// sockets themselves move, no queue of the kernel is ever closed with somebody in it (docs/decisions/0013).
//
// Invariants:
// 1. Only a process of the same user, or root, gets anything.
// 2. The old server goes on until the new one has said "ready"; one that dies before changes nothing.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <thread>
#include <vector>

#include "base/result.h"
#include "main/service_manager.h"

namespace cli {

// The side of the running server: a thread that waits for a successor.
class HandOver {
 public:
  struct Offer {
    std::function<std::vector<NamedSocket>()> share;  // copies of the sockets it listens on
    std::function<void()> leave;                      // a successor serves: drain and end
  };
  // Logs a warning if the folder cannot hold the socket: the server then cannot be replaced in this way, but serves.
  HandOver(const std::filesystem::path& folder, Offer offer);
  HandOver(const HandOver&) = delete;
  HandOver& operator=(const HandOver&) = delete;
  ~HandOver();

  // Whether a successor serves in its place.
  bool is_done() const { return is_done_; }

 private:
  void run();
  void serve_successor(int connection);
  bool may_have(int connection) const;

  const Offer offer_;
  std::filesystem::path place_;
  ino_t node_ = 0;
  base::Descriptor listener_;
  base::Descriptor stop_reading_, stop_writing_;
  std::atomic<bool> is_done_ = false;
  std::thread thread_;
};

// The side of the new server.
class TakenOver {
 public:
  // Nothing if no server runs on this site. Error{unavailable, sentence} if it runs and gives nothing.
  static base::Result<std::optional<TakenOver>> ask(const std::filesystem::path& folder);

  std::vector<NamedSocket> take_sockets() { return std::move(sockets_); }
  // This process serves: the old one may go. Call it once.
  void say_ready();

 private:
  TakenOver(base::Descriptor connection, std::vector<NamedSocket> sockets)
      : connection_(std::move(connection)), sockets_(std::move(sockets)) {}

  base::Descriptor connection_;
  std::vector<NamedSocket> sockets_;
};

}  // namespace cli
