#include "http/certificate_keeper.h"

#include <sys/stat.h>

#include <chrono>
#include <string>
#include <utility>

#include "base/log.h"

namespace http {

namespace {

constexpr std::int64_t seconds_of_a_day = 24 * 60 * 60;

std::int64_t steady_seconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

base::Result<std::unique_ptr<CertificateKeeper>> CertificateKeeper::open(TlsFiles files) {
  std::unique_ptr<CertificateKeeper> keeper(new CertificateKeeper(std::move(files)));
  TRY(keeper->load());
  return keeper;
}

std::shared_ptr<const TlsContext> CertificateKeeper::current() const {
  const base::MutexLock lock(mutex_);
  return current_;
}

// The stamps are taken first: what is written while the files are read is then seen as a change the next time.
base::Result<void> CertificateKeeper::load() {
  const Stamps stamps = take_stamps();
  auto loaded = TlsContext::load(files_);
  const base::MutexLock lock(mutex_);
  stamps_ = stamps;
  tried_ = steady_seconds();
  if (!loaded) return loaded.error();
  for (const std::string& warning : (*loaded)->warnings()) base::log::warning("TLS: " + warning);
  current_ = std::move(*loaded);
  return {};
}

base::Result<void> CertificateKeeper::reload() {
  const base::Result<void> loaded = load();
  if (loaded)
    base::log::info("TLS: the certificate was loaded anew, for new connections");
  else
    base::log::error("TLS: the certificate was not loaded anew, the one before goes on: " + loaded.error().key);
  return loaded;
}

bool CertificateKeeper::reload_if_changed() {
  {
    const Stamps stamps = take_stamps();
    const base::MutexLock lock(mutex_);
    if (stamps == stamps_ && steady_seconds() - tried_ < seconds_of_a_day) return false;
  }
  return static_cast<bool>(reload());
}

CertificateKeeper::Stamps CertificateKeeper::take_stamps() const {
  Stamps stamps{};
  const std::filesystem::path* names[] = {&files_.certificate, &files_.key};
  for (std::size_t i = 0; i < stamps.size(); ++i) {
    struct stat status {};
    if (::stat(names[i]->c_str(), &status) != 0) continue;
    stamps[i] = {static_cast<std::int64_t>(status.st_dev), static_cast<std::int64_t>(status.st_ino), status.st_size,
                 status.st_ctim.tv_sec, status.st_ctim.tv_nsec};
  }
  return stamps;
}

}  // namespace http
