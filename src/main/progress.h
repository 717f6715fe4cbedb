// How long work shows that it lives: a bar that redraws itself on a terminal, a plain line every few seconds elsewhere. On standard error, so that
// results can be piped.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace cli {

// Used by one thread.
class Progress {
 public:
  explicit Progress(std::string what);
  ~Progress();  // ends the line

  // `done` of `total`, in any unit; total 0: unknown.
  void show(std::uint64_t done, std::uint64_t total);

 private:
  void draw(std::uint64_t done, std::uint64_t total);

  std::string what_;
  bool on_terminal_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point next_;
};

// One bar after the other, for work in stages. Used by one thread.
class StageProgress {
 public:
  void show(const std::string& stage, std::uint64_t done, std::uint64_t total);

 private:
  std::string stage_;
  std::unique_ptr<Progress> bar_;
};

}  // namespace cli
