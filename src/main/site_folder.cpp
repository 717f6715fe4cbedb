#include "main/site_folder.h"

#include <sys/stat.h>

#include <fstream>
#include <stdexcept>

#include "base/format.h"

namespace cli {
namespace {

using base::Errc;
using base::Error;
using base::Result;

void write_file(const std::filesystem::path& file, std::string_view content) {
  std::ofstream out(file, std::ios::binary);
  out << content << std::flush;
  if (!out) throw std::runtime_error(base::format("cannot write {}", file.string()));
}

Result<void> expect_site(const SiteFolder& folder) {
  if (!std::filesystem::is_directory(folder.root)) {
    return Error{Errc::not_found, base::format("There is no folder {}. Make a site there with: broadsheet init {}", folder.root.string(),
                                               folder.root.string()), {}};
  }
  if (!std::filesystem::exists(folder.settings())) {
    return Error{Errc::not_found, base::format("{} is no site: it holds no broadsheet.toml. Make one in a new or empty folder with: broadsheet init DIR",
                                               folder.root.string()), {}};
  }
  return {};
}

}  // namespace

Result<void> make_site_folder(const SiteFolder& folder, const news::SiteSettings& site) {
  namespace fs = std::filesystem;
  if (fs::exists(folder.root) && !fs::is_directory(folder.root)) {
    return Error{Errc::conflict, base::format("{} is a file. Name a folder that does not exist yet, or an empty one.", folder.root.string()), {}};
  }
  if (fs::exists(folder.root) && !fs::is_empty(folder.root)) {
    return Error{Errc::conflict, base::format("{} is not empty. Name a folder that does not exist yet, or an empty one.", folder.root.string()), {}};
  }
  std::error_code failure;
  fs::create_directories(folder.root, failure);
  if (failure) {
    return Error{Errc::unavailable, base::format("{} can't be made: {}. Name a folder where you may write.", folder.root.string(), failure.message()), {}};
  }
  fs::create_directory(folder.media());
  fs::create_directory(folder.themes());
  fs::create_directory(folder.key().parent_path());
  fs::permissions(folder.key().parent_path(), fs::perms::owner_all);
  base::Secrets::create(folder.key());
  TRY(db::Database::open({.file = folder.database(), .readers = 1}));
  // Held comments and sealed emails are nobody else's business on a shared machine.
  fs::permissions(folder.database(), fs::perms::owner_read | fs::perms::owner_write);
  // Last: a folder with broadsheet.toml is a whole site.
  write_file(folder.settings(), new_settings_file(site));
  return {};
}

OpenSite::OpenSite(SiteFolder folder, Settings settings, base::Secrets secrets, text::TimeZone zone, std::shared_ptr<db::Meter> meter,
                   std::unique_ptr<db::Database> database)
    : folder_(std::move(folder)),
      settings_(std::move(settings)),
      secrets_(std::move(secrets)),
      zone_(std::move(zone)),
      meter_(std::move(meter)),
      database_(std::move(database)),
      desk_{*database_, clock_, secrets_, settings_.site, zone_} {}

constexpr std::size_t large_cache = 8'000;  // KB: what a transaction of an import changes

Result<std::unique_ptr<OpenSite>> OpenSite::open(const SiteFolder& folder, const std::vector<Override>& overrides, bool announce,
                                                 Writes writes) {
  TRY(expect_site(folder));
  Settings settings = TRY(load_settings(folder.settings(), overrides));
  base::log::set_level(settings.log_level);
  base::log::set_format(settings.log_format);
  base::Secrets secrets = TRY(base::Secrets::load(folder.key()));
  text::TimeZone zone = text::TimeZone::named(settings.site.timezone).value();
  auto meter = std::make_shared<db::Meter>();
  std::unique_ptr<db::Database> database = TRY(db::Database::open(
      {.file = folder.database(),
       .readers = settings.server.workers,
       .writer_cache = writes == Writes::large ? std::optional(large_cache) : std::nullopt,
       .announce = announce,
       .connect = meter->around(db::open_sqlite)}));
  return std::unique_ptr<OpenSite>(
      new OpenSite(folder, std::move(settings), std::move(secrets), std::move(zone), std::move(meter), std::move(database)));
}

}  // namespace cli
