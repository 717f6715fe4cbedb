// Where the time of one request went: waiting for a worker, in the handler, in storage, for a commit, or on a slow reader. It holds the path without
// its query, for the log, and nothing else of the request.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <thread>

#include "http/message.h"

namespace http {

// How long the calling thread has been busy with storage since it began. http does not know what storage is; whoever builds the server does.
struct StorageTime {
  std::chrono::nanoseconds reading{0};
  std::chrono::nanoseconds committing{0};
};

enum class Protocol { http10, http11, http2 };

struct LogSettings {
  bool access = false;                    // a line for every answer
  std::chrono::milliseconds slow{0};      // a line with the reason for answers that took so long; 0: never
  std::function<StorageTime()> storage{};  // may be empty
};

// Invariants: begin() comes first, then leave() on the same thread and answer() on any; the loop reads when it has got the answer.
class Timing {
 public:
  using Moment = std::chrono::steady_clock::time_point;

  Timing(Protocol protocol, Method method, std::string_view path, const LogSettings& settings)
      : settings_(settings), protocol_(protocol), method_(method), path_(path) {}

  // On the worker's thread, before and after the handler.
  void begin();
  void leave();
  // Where the answer is given, which may be before leave(), or long after on another thread.
  void answer();

  // When the last byte has gone to the client: writes what the settings ask for.
  void finish(int status, std::uint64_t bytes) const;

 private:
  struct Shares;
  Shares shares(Moment end) const;

  const LogSettings& settings_;
  const Protocol protocol_;
  const Method method_;
  const std::string path_;
  const Moment complete_ = std::chrono::steady_clock::now();
  Moment begun_ = complete_;
  Moment answered_ = complete_;
  std::thread::id worker_{};
  StorageTime before_{};
  std::atomic<std::int64_t> left_ = 0;  // nanoseconds after begun_, as are the next two
  std::atomic<std::int64_t> reading_ = 0;
  std::atomic<std::int64_t> committing_ = 0;
};

// An access line for an answer that no worker made; method and path empty: nothing could be read.
void log_access(const LogSettings& settings, Protocol protocol, Method method, std::string_view path, int status,
                std::uint64_t bytes);

}  // namespace http
