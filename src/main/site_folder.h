// The site folder: one directory that holds a whole site. Everything in it belongs to one operator; nothing outside is ever written.
//   broadsheet.toml   settings            broadsheet.db   the database (with -wal and -shm beside it while in use)
//   media/            pictures and files  themes/         the operator's themes
//   secrets/site.key  the secret key, mode 0600
// What stands here is what a backup holds (backup/manifest.h).
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "base/clock.h"
#include "base/secrets.h"
#include "db/database.h"
#include "db/meter.h"
#include "desk/desk.h"
#include "main/settings.h"

namespace cli {

struct SiteFolder {
  std::filesystem::path root;

  std::filesystem::path settings() const { return root / "broadsheet.toml"; }
  std::filesystem::path database() const { return root / "broadsheet.db"; }
  std::filesystem::path media() const { return root / "media"; }
  std::filesystem::path themes() const { return root / "themes"; }
  std::filesystem::path key() const { return root / "secrets" / "site.key"; }
};

// Makes the folder. Error{conflict} if it is there and not empty; then nothing is changed.
base::Result<void> make_site_folder(const SiteFolder& folder, const news::SiteSettings& site);

// What is going to be written: large is an import's transaction, for whose pages the writer needs more memory.
enum class Writes { small, large };

// A site that is open: everything its use cases need, in one owner.
class OpenSite {
 public:
  // `announce`: see db::DatabaseSettings. Error with a sentence and a remedy if the folder is no site or something in it can't be used.
  static base::Result<std::unique_ptr<OpenSite>> open(const SiteFolder& folder, const std::vector<Override>& overrides, bool announce,
                                                      Writes writes = Writes::small);

  const SiteFolder& folder() const { return folder_; }
  const Settings& settings() const { return settings_; }
  const desk::Desk& desk() const { return desk_; }
  db::Database& database() { return *database_; }
  db::DatabaseCounts database_counts() const { return meter_->read(folder_.database()); }

 private:
  OpenSite(SiteFolder folder, Settings settings, base::Secrets secrets, text::TimeZone zone, std::shared_ptr<db::Meter> meter,
           std::unique_ptr<db::Database> database);

  SiteFolder folder_;
  Settings settings_;
  base::Secrets secrets_;
  base::SystemClock clock_;
  text::TimeZone zone_;
  std::shared_ptr<db::Meter> meter_;
  std::unique_ptr<db::Database> database_;
  desk::Desk desk_;
};

}  // namespace cli
