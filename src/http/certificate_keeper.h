// The certificate that new connections get, and its renewal while the server runs: whoever renews certificates only writes the
// files anew. A pair that cannot be used never replaces one that can.
#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "base/mutex.h"
#include "base/result.h"
#include "http/tls_context.h"

namespace http {

// Thread-safe.
class CertificateKeeper {
 public:
  // Refuses what TlsContext::load refuses.
  static base::Result<std::unique_ptr<CertificateKeeper>> open(TlsFiles files);

  std::shared_ptr<const TlsContext> current() const EXCLUDES(mutex_);
  // Reads both files again, for the connections from now on. Error: the pair before goes on. Either is logged.
  base::Result<void> reload() EXCLUDES(mutex_);
  // reload() if the files have changed since they were last read, or if the session tickets' key, which lives as long as what was
  // loaded, has become a day old. Call it once a minute or so; gives whether a new pair is in use.
  bool reload_if_changed() EXCLUDES(mutex_);

 private:
  // What tells two states of a file apart: device, inode, size, and the time of its last change.
  using Stamp = std::array<std::int64_t, 5>;
  using Stamps = std::array<Stamp, 2>;

  explicit CertificateKeeper(TlsFiles files) : files_(std::move(files)) {}
  Stamps take_stamps() const;
  base::Result<void> load() EXCLUDES(mutex_);

  const TlsFiles files_;
  mutable base::Mutex mutex_;
  std::shared_ptr<const TlsContext> current_ GUARDED_BY(mutex_);
  Stamps stamps_ GUARDED_BY(mutex_){};
  std::int64_t tried_ GUARDED_BY(mutex_) = 0;  // when last; seconds of the steady clock
};

}  // namespace http
