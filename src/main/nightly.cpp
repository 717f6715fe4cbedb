#include "main/nightly.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <system_error>
#include <utility>

#include "base/format.h"
#include "base/log.h"

namespace cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view prefix = "nightly-";
constexpr std::string_view ending = ".tar.zst";
constexpr std::string_view doubtful_ending = ".doubtful.tar.zst";  // its drill found problems
constexpr int low_priority = 10;

// In Linux this is the priority of the calling thread alone.
void let_others_go_first() { ::setpriority(PRIO_PROCESS, 0, low_priority); }

// Sorts by time. In UTC, so that no hour comes twice.
std::string name_at(base::Time time) {
  std::string stamp = text::TimeZone::utc().iso8601(time).substr(0, 16);
  std::erase_if(stamp, [](char c) { return c == ':'; });
  return std::string(prefix) + stamp;
}

std::vector<fs::path> nightly_files(const fs::path& folder, bool is_doubtful) {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (!entry.is_regular_file() || !name.starts_with(prefix) || !name.ends_with(ending)) continue;
    if (name.ends_with(doubtful_ending) == is_doubtful) files.push_back(entry.path());
  }
  std::ranges::sort(files, std::greater<>());  // the newest first
  return files;
}

void remove_beyond(const std::vector<fs::path>& files, std::size_t keep) {
  for (std::size_t i = keep; i < files.size(); ++i) {
    std::error_code failure;
    if (!fs::remove(files[i], failure))
      base::log::warning(base::format("the old backup {} could not be removed: {}", files[i].string(), failure.message()));
  }
}

// What a drill left that was killed. Only what is a day old: another one may be at work.
void remove_leftovers(const fs::path& folder) {
  const auto yesterday = fs::file_time_type::clock::now() - std::chrono::hours(24);
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const bool is_scratch =
        entry.is_directory() && name.starts_with("drill-") && name.size() == std::string_view("drill-XXXXXX").size();
    const bool is_half = name.starts_with(prefix) && (name.ends_with(".partial") || name.ends_with(".database"));
    std::error_code ignored;
    if ((is_scratch || is_half) && entry.last_write_time() < yesterday) fs::remove_all(entry.path(), ignored);
  }
}

void log_report(const DrillReport& report) {
  for (const std::string& sentence : report.problems) base::log::error("the nightly drill: " + sentence);
  for (const std::string& sentence : report.notes) base::log::warning("the nightly drill left out: " + sentence);
  if (report.is_well()) {
    base::log::info(base::format(
        "the nightly drill went well: {} files, {} articles and pages, {} comments, {} pages compared, {:.1f} seconds",
        report.files, report.counts.articles, report.counts.comments, report.pages_compared, report.seconds));
    return;
  }
  base::log::error("the nightly drill found problems: run broadsheet check, mend what it finds, and run broadsheet drill again");
}

// A backup that was not found whole is marked, so that nobody restores it unsuspecting.
void mark(DrillReport& report) {
  std::error_code failure;
  const fs::path file = report.backup;
  if (report.is_well() || report.backup.empty() || !fs::exists(file, failure)) return;
  std::string name = file.string();
  name.replace(name.size() - ending.size(), ending.size(), doubtful_ending);
  fs::rename(file, name, failure);
  if (!failure) report.backup = name;
}

// Of the file that the newest name says, whether doubtful or not. What vanishes meanwhile is no backup.
std::optional<NightlyBackup> newest_backup(const fs::path& folder) {
  std::error_code failure;
  if (folder.empty() || !fs::is_directory(folder, failure)) return std::nullopt;
  std::vector<fs::path> files = nightly_files(folder, false);
  const std::vector<fs::path> doubtful = nightly_files(folder, true);
  files.insert(files.end(), doubtful.begin(), doubtful.end());
  const auto newest = std::ranges::max_element(files);
  if (newest == files.end()) return std::nullopt;
  const std::uintmax_t bytes = fs::file_size(*newest, failure);
  const auto written = fs::last_write_time(*newest, failure);
  if (failure) return std::nullopt;
  const auto time = std::chrono::time_point_cast<std::chrono::seconds>(fs::file_time_type::clock::to_sys(written));
  return NightlyBackup{base::from_unix(time.time_since_epoch().count()), bytes,
                       newest->string().ends_with(doubtful_ending)};
}

fs::path kept_folder(const OpenSite& site) {
  const fs::path& folder = site.settings().backup.folder;
  return folder.empty() ? fs::path() : site.folder().root / folder;
}

std::vector<jobs::Task> tasks_of(NightlyDrill& drill, const std::stop_token& stop) {
  return {{"nightly drill", std::chrono::seconds(10), [&drill, stop] { drill.run_if_due(stop); }}};
}

}  // namespace

void remove_old_backups(const fs::path& folder, int keep) {
  remove_beyond(nightly_files(folder, false), static_cast<std::size_t>(keep));
  remove_beyond(nightly_files(folder, true), 1);
}

NightlyDrill::NightlyDrill(const OpenSite& site, std::vector<Override> overrides)
    : site_(site), overrides_(std::move(overrides)), kept_(kept_folder(site)), due_(next_after(site.desk().clock.now())) {}

base::Time NightlyDrill::next_after(base::Time moment) const {
  const text::TimeOfDay time = site_.settings().backup.drill.value_or(text::TimeOfDay{});
  return text::next(time, site_.desk().zone, moment);
}

void NightlyDrill::run_if_due(const std::stop_token& stop) {
  const base::Time now = site_.desk().clock.now();
  // A clock that is set back by hours brings no second drill on the same night; one that had been years ahead is believed anew.
  if (due_ > now + std::chrono::hours(26)) due_ = next_after(now);
  if (now < due_) return;
  due_ = next_after(std::max(now, due_));
  let_others_go_first();
  const DrillReport report = perform(now, stop);
  if (stop.stop_requested()) return;
  {
    base::MutexLock lock(mutex_);
    last_ = report;
  }
  log_report(report);
}

// The job loop would catch too, but then nobody could ask how it went.
DrillReport NightlyDrill::perform(base::Time now, const std::stop_token& stop) const {
  try {
    DrillOptions options{.folder = site_.folder(), .overrides = overrides_, .scratch = site_.folder().root, .stop = stop};
    if (!kept_.empty()) {
      std::filesystem::create_directories(kept_);
      options.scratch = kept_;
      options.keep_as = kept_ / (name_at(now) + std::string(ending));
    }
    remove_leftovers(options.scratch);
    const base::Result<DrillReport> result = run_drill(options);
    DrillReport report{.began = now};
    if (result)
      report = *result;
    else
      report.problems.push_back(result.error().key);
    mark(report);
    if (!kept_.empty()) remove_old_backups(kept_, site_.settings().backup.keep);
    return report;
  } catch (const std::exception& failure) {
    return {.began = now, .problems = {failure.what()}};
  }
}

std::optional<DrillReport> NightlyDrill::last() const {
  base::MutexLock lock(mutex_);
  return last_;
}

NightState NightlyDrill::state() const { return {last(), newest_backup(kept_)}; }

Nights::Nights(const OpenSite& site, std::vector<Override> overrides)
    : drill_(site, std::move(overrides)),
      scheduler_(drill_.is_wanted() ? tasks_of(drill_, end_.get_token()) : std::vector<jobs::Task>()) {}

Nights::~Nights() { end_.request_stop(); }

}  // namespace cli
