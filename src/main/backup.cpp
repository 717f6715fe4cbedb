// Backups at the command line: taken, looked through, restored, rehearsed.
#include <cstdio>
#include <fstream>

#include "backup/backup.h"
#include "backup/restore.h"
#include "base/format.h"
#include "main/commands.h"
#include "main/drill.h"
#include "main/progress.h"

namespace cli {
namespace {

using base::Errc;
using base::Error;
using base::Result;

void print(const std::string& text) { std::fputs(text.c_str(), stdout); }

std::uint64_t bytes_of(const backup::Manifest& manifest) {
  std::uint64_t bytes = 0;
  for (const backup::FileRecord& file : manifest.files) bytes += file.bytes;
  return bytes;
}

std::string described(const backup::Manifest& manifest) {
  return base::format("{} files, {:.1f} MB, taken {} by Broadsheet {}{}", manifest.files.size(),
                      static_cast<double>(bytes_of(manifest)) / 1e6, manifest.made, manifest.program,
                      manifest.has_secrets ? "" : ", without secrets");
}

Result<void> append_line(const std::filesystem::path& file, const std::string& line) {
  if (file.empty()) return {};
  std::ofstream out(file, std::ios::binary | std::ios::app);
  out << line << '\n' << std::flush;
  if (out) return {};
  return Error{Errc::unavailable,
               base::format("The report {} could not be written. Name a file in a folder where you may write.", file.string()),
               {}};
}

}  // namespace

Result<void> back_up(const BackupOptions& options) {
  if (!std::filesystem::exists(options.folder.settings())) {
    return Error{Errc::not_found, base::format("{} is no site: it holds no broadsheet.toml.", options.folder.root.string()), {}};
  }
  backup::Written written;
  {
    StageProgress stages;
    const auto backup =
        TRY(backup::Backup::begin({.root = options.folder.root,
                                   .file = options.file,
                                   .secrets = options.without_secrets ? backup::Secrets::left_out : backup::Secrets::included,
                                   .program = BROADSHEET_VERSION,
                                   .made = text::TimeZone::utc().iso8601(base::SystemClock().now()),
                                   .progress = [&](const std::string& stage, std::uint64_t done, std::uint64_t total) {
                                     stages.show(stage, done, total);
                                   }}));
    {
      db::Snapshot snapshot(options.folder.database());
      TRY(backup->copy_database(snapshot));
    }
    written = TRY(backup->finish());
  }
  for (const std::string& sentence : written.left_out) std::fputs(("Left out: " + sentence + "\n").c_str(), stderr);
  print(base::format("Wrote {}: {}.\n", options.file.string(), described(written.manifest)));
  if (written.manifest.has_secrets) print("It holds the site's secret key: keep it where only you can read it.\n");
  return {};
}

Result<void> verify_backup(const std::filesystem::path& file) {
  Progress progress("verifying");
  const backup::Manifest manifest = TRY(backup::verify(file, [&](std::uint64_t bytes) { progress.show(bytes / 1'000'000, 0); }));
  print(base::format("{} is whole: {}.\n", file.string(), described(manifest)));
  return {};
}

Result<void> restore_backup(const RestoreOptions& options) {
  Progress progress("restoring");
  const backup::Manifest manifest =
      TRY(backup::restore(options.file, options.folder.root, [&](std::uint64_t bytes) { progress.show(bytes / 1'000'000, 0); }));
  print(base::format("Restored {} from {}: {}.\n", options.folder.root.string(), options.file.string(), described(manifest)));
  if (!manifest.has_secrets) {
    print(base::format("It holds no secrets: put your site.key at {} (mode 0600) before you serve it.\n",
                       options.folder.key().string()));
  }
  return {};
}

Result<void> drill(const DrillCall& call) {
  StageProgress stages;
  const DrillReport report = TRY(run_drill(
      {.folder = call.folder,
       .overrides = {},
       .scratch = call.scratch.empty() ? call.folder.root : call.scratch,
       .keep_as = call.keep_as,
       .pages = call.all_pages ? 0 : call.pages,
       .progress = [&](const std::string& stage, std::uint64_t done, std::uint64_t total) { stages.show(stage, done, total); }}));
  print(to_text(report));
  TRY(append_line(call.report, to_json(report)));
  if (report.is_well()) return {};
  return Error{Errc::conflict,
               "The drill found the problems listed above. Mend them (broadsheet check helps), then run the drill again.",
               {}};
}

}  // namespace cli
