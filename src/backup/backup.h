// A whole site in one file: a consistent copy of the database, media, themes, settings and secrets, with a manifest of sizes and
// hashes. It is taken while the server runs and writes; it never makes a writer wait, and it never changes the site.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "backup/manifest.h"
#include "base/result.h"
#include "db/snapshot.h"

namespace backup {

enum class Secrets { included, left_out };

struct BackupOptions {
  std::filesystem::path root;  // the site folder
  std::filesystem::path file;  // see TarWriter::create for the names it may have
  Secrets secrets = Secrets::included;
  std::string program = {};   // the version, for the manifest
  std::string made = {};      // the time, for the manifest
  std::stop_token stop = {};  // asked to stop, it gives up with Error{unavailable}
  // Called now and then: what is being done, how far in bytes or pages, of how much.
  std::function<void(const std::string& stage, std::uint64_t done, std::uint64_t total)> progress = {};
};

struct Written {
  Manifest manifest;
  std::vector<std::string> left_out;  // sentences: links and other things that are no plain files
};

// Used by one thread. What fails on the way is thrown, with a sentence; then no file stays.
class Backup {
 public:
  // Error{invalid, conflict, unavailable}: see TarWriter::create.
  static base::Result<std::unique_ptr<Backup>> begin(BackupOptions options);
  ~Backup();
  Backup(const Backup&) = delete;
  Backup& operator=(const Backup&) = delete;

  // First: the database, beside the backup file for the time being. Afterwards the snapshot is needed no more.
  base::Result<void> copy_database(db::Snapshot& snapshot);
  // Then everything into the file, which exists under its name only now.
  base::Result<Written> finish();

 private:
  struct State;
  explicit Backup(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace backup
