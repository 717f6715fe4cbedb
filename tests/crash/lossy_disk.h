// For tests: a layer between SQLite and the disk that behaves like a disk with a cache whose power fails. What was written but
// not synced is remembered apart; at the chosen moment any part of it is lost, torn within a sector or kept out of order, and
// what such a disk would hold afterwards is laid out in another folder. From then on every access fails, as for a program that
// has lost its power. It can also be full for a while. Only files below one folder are treated so; everything else passes
// through.
//
// What it assumes of a disk, as SQLite does by default: a synced write stays; a write damages nothing beside it ("powersafe
// overwrite"); a file's name stays once the file was synced.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

namespace crash {

// One at a time in a process. Thread-safe.
class LossyDisk {
 public:
  explicit LossyDisk(const std::filesystem::path& folder);  // becomes SQLite's default
  ~LossyDisk();                                             // every connection through it must be closed
  LossyDisk(const LossyDisk&) = delete;
  LossyDisk& operator=(const LossyDisk&) = delete;

  struct PowerLoss {
    std::uint64_t operation = 0;         // the power fails at this write, sync, truncation or deletion, counted from now
    std::uint64_t seed = 0;              // decides what stays
    std::filesystem::path aftermath;     // an existing, empty folder
    std::function<void()> on_loss = {};  // called at that moment, in the thread that writes
  };
  void plan(PowerLoss loss);
  bool has_lost_power() const;
  std::uint64_t operations() const;  // so far

  // While it is full, no write that needs new room succeeds (SQLITE_FULL).
  void set_full(bool is_full);

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace crash
