// The commands of the program, one function each. They print results on standard output and return the process's exit code
// through Result: an Error becomes a sentence on standard error and a code that is not zero (main.cpp).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "desk/check_site.h"
#include "desk/moderate_comment.h"
#include "import/comment_system_import.h"
#include "main/settings.h"
#include "main/site_folder.h"
#include "news/comment.h"

namespace cli {

struct InitOptions {
  SiteFolder folder;
  news::SiteSettings site;
};
base::Result<void> init(const InitOptions& options);

struct ServeOptions {
  SiteFolder folder;
  std::string listen;  // empty: as in the settings
  std::vector<std::string> set;
  bool take_over = false;  // in the place of the server of this site that runs now
};
base::Result<void> serve(const ServeOptions& options);

struct PublishOptions {
  SiteFolder folder;
  std::vector<std::filesystem::path> articles;
  std::filesystem::path files;  // where picture files are looked for; empty: beside each article
};
base::Result<void> publish(const PublishOptions& options);

struct ImportOptions {
  SiteFolder folder;
  std::vector<std::filesystem::path> files;
  std::filesystem::path uploads;  // empty: none
  std::filesystem::path report;   // empty: none
  std::filesystem::path map;      // empty: none
  std::vector<std::string> hosts;
  bool dry_run = false;
};
base::Result<void> import_wordpress(const ImportOptions& options);
base::Result<void> import_comments(const ImportOptions& options);
base::Result<void> import_comment_system(const ImportOptions& options, import_::CommentSystem system);

struct CommentsOptions {
  SiteFolder folder;
  std::string status;  // empty: all
  bool json = false;
  int most = 1000;
  std::vector<std::int64_t> ids;
  std::vector<std::string> seen;  // comments and their versions: "17", "17.2"
};
base::Result<void> list_comments(const CommentsOptions& options);
base::Result<void> moderate_comments(const CommentsOptions& options, news::CommentStatus status);
base::Result<void> publish_comments(const CommentsOptions& options);
base::Result<void> refuse_edits(const CommentsOptions& options);
base::Result<void> list_comment_edits(const CommentsOptions& options);
base::Result<void> show_comment_history(const CommentsOptions& options);
base::Result<void> list_comment_reports(const CommentsOptions& options);
enum class MarkChange { set, clear };
base::Result<void> mark_comments(const CommentsOptions& options, desk::Mark mark, MarkChange change);

struct ReaderOptions {
  SiteFolder folder;
  std::string email;
  std::filesystem::path output;  // empty: standard output
  std::string comments = "keep-text";
};
base::Result<void> export_reader(const ReaderOptions& options);
base::Result<void> erase_reader(const ReaderOptions& options);

// Error if anything is wrong, after all findings were printed.
base::Result<void> check(const SiteFolder& folder, desk::Thoroughness thoroughness);

struct BackupOptions {
  SiteFolder folder;
  std::filesystem::path file;
  bool without_secrets = false;
};
base::Result<void> back_up(const BackupOptions& options);

base::Result<void> verify_backup(const std::filesystem::path& file);

struct RestoreOptions {
  std::filesystem::path file;
  SiteFolder folder;  // to be made
};
base::Result<void> restore_backup(const RestoreOptions& options);

struct DrillCall {
  SiteFolder folder;
  std::filesystem::path scratch;  // empty: the site folder
  std::filesystem::path keep_as;  // empty: the backup is removed again
  std::filesystem::path report;   // empty: none
  std::size_t pages = 1000;
  bool all_pages = false;
};
// Error if the drill found a problem, after all were printed.
base::Result<void> drill(const DrillCall& call);

// Copies the shipped theme into the site folder's themes/NAME, to be edited.
base::Result<void> copy_theme(const SiteFolder& folder, const std::string& name);

}  // namespace cli
