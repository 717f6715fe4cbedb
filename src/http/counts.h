// What a server counts of itself. Each I/O thread has counters of its own that only it writes; they are summed when somebody
// asks.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/measure.h"

namespace http {

// Where an answer came from: bytes made beforehand, a worker, a file, or nobody but the framing and the limits; or it has no end.
enum class AnswerKind { prepared, worker, file, refused, events };
constexpr std::size_t answer_kinds = 5;
constexpr std::size_t status_classes = 5;  // 1xx to 5xx
using AnswerCounts = std::array<std::array<std::uint64_t, status_classes>, answer_kinds>;

// Of one server, since it started.
struct ServerCounts {
  AnswerCounts answers{};                // by kind and first digit of the status, less one
  base::Distribution worker_seconds;     // from a whole request to its answer, of those that a worker had
  std::uint64_t accepted = 0;            // connections
  std::size_t connections = 0;           // open now
  std::size_t listening = 0;             // answers without end, now
  std::size_t queued = 0;                // requests that wait for a worker now
  std::uint64_t refused_by_queue = 0;    // 503: no room in the queue of the workers
  std::uint64_t refused_by_limit = 0;    // 503: too many connections
  std::uint64_t refused_by_handler = 0;  // 503: the handler's own, as when the database is away
};

// Written by one I/O thread, on cache lines of its own.
class alignas(64) LoopCounts {
 public:
  // Whatever is no status counts with the 5xx.
  void count(AnswerKind kind, int status) {
    const auto status_class = static_cast<std::size_t>(status / 100 - 1);
    answers_[static_cast<std::size_t>(kind)][status_class < status_classes ? status_class : 4].add();
    if (kind == AnswerKind::worker && status == 503) refused_by_handler.add();
  }
  void add_to(ServerCounts& sum) const {
    for (std::size_t kind = 0; kind < answer_kinds; ++kind) {
      for (std::size_t status_class = 0; status_class < status_classes; ++status_class)
        sum.answers[kind][status_class] += answers_[kind][status_class].value();
    }
    sum.accepted += accepted.value();
    sum.refused_by_queue += refused_by_queue.value();
    sum.refused_by_limit += refused_by_limit.value();
    sum.refused_by_handler += refused_by_handler.value();
  }

  base::OwnCounter accepted;
  base::OwnCounter refused_by_queue;
  base::OwnCounter refused_by_limit;
  base::OwnCounter refused_by_handler;

 private:
  std::array<std::array<base::OwnCounter, status_classes>, answer_kinds> answers_;
};

}  // namespace http
