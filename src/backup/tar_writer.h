// Writes a tar file (in the form of GNU tar, for long names and large files) that any tar reads, plain or compressed. It exists
// under its name only when it is whole and on the disk: until then it stands beside it as NAME.partial.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "backup/manifest.h"
#include "base/result.h"

namespace backup {

enum class Mode { everybody_reads = 0644, owner_only = 0600 };

// Used by one thread. What fails while it writes is thrown (std::runtime_error with a sentence).
class TarWriter {
 public:
  // By the end of the name: .tar, .tar.gz, .tgz or .tar.zst. Error{invalid} for another, {conflict} if the file exists or is
  // being written by somebody else, {unavailable} if it cannot be made.
  static base::Result<std::unique_ptr<TarWriter>> create(const std::filesystem::path& file);
  ~TarWriter();  // without finish, nothing stays
  TarWriter(const TarWriter&) = delete;
  TarWriter& operator=(const TarWriter&) = delete;

  // Adds the file at `source` as `path`. A file that became shorter while it was read is an exception, one that grew is cut at
  // its first size.
  FileRecord add_file(const std::string& path, const std::filesystem::path& source, Mode mode);
  void add_text(const std::string& path, std::string_view content, Mode mode);
  // Makes it whole and gives it its name.
  void finish();

 private:
  struct State;
  explicit TarWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace backup
