// The nightly drill of a running server: when it is due, what stays of its backups, and how the last one went. The drill itself
// is main/drill.h.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <vector>

#include "base/mutex.h"
#include "jobs/scheduler.h"
#include "main/drill.h"
#include "main/site_folder.h"

namespace cli {

// A backup that stays, as it lies in the folder.
struct NightlyBackup {
  base::Time written{};
  std::uint64_t bytes = 0;
  bool is_doubtful = false;  // its drill found problems
};

// What is known of the nights so far.
struct NightState {
  std::optional<DrillReport> drill = {};     // since the server started
  std::optional<NightlyBackup> backup = {};  // the newest
};

// Thread-safe; run_if_due is called from one thread.
class NightlyDrill {
 public:
  // Borrows the site. The first drill is at the next time that backup.drill names.
  NightlyDrill(const OpenSite& site, std::vector<Override> overrides);

  // Whether it does anything at all.
  bool is_wanted() const { return site_.settings().backup.drill.has_value(); }
  // Runs the drill if its time has come, logs how it went, and removes backups beyond backup.keep: never the last good one. At
  // low priority, so that readers come first; ends early when asked to stop.
  void run_if_due(const std::stop_token& stop) EXCLUDES(mutex_);

  // How the last drill went; nothing before the first.
  std::optional<DrillReport> last() const EXCLUDES(mutex_);
  NightState state() const EXCLUDES(mutex_);

 private:
  base::Time next_after(base::Time moment) const;
  DrillReport perform(base::Time now, const std::stop_token& stop) const;

  const OpenSite& site_;
  const std::vector<Override> overrides_;
  const std::filesystem::path kept_;  // the folder of the backups; empty: none stay
  base::Time due_;
  mutable base::Mutex mutex_;
  std::optional<DrillReport> last_ GUARDED_BY(mutex_);
};

// The drill on a thread of its own, because it takes minutes and publishing must not wait for it. Ends with its owner, wherever
// it is.
class Nights {
 public:
  Nights(const OpenSite& site, std::vector<Override> overrides);
  ~Nights();
  NightState state() const { return drill_.state(); }

 private:
  NightlyDrill drill_;
  std::stop_source end_;
  jobs::Scheduler scheduler_;  // last, so that everything above is there when it starts
};

// Removes the oldest nightly backups in `folder` beyond `keep`. Touches no file with another name than they have.
void remove_old_backups(const std::filesystem::path& folder, int keep);

}  // namespace cli
