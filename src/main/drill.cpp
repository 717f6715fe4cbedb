#include "main/drill.h"

#include <stdlib.h>

#include <chrono>
#include <exception>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>

#include "backup/backup.h"
#include "backup/restore.h"
#include "base/format.h"
#include "base/hash.h"
#include "desk/sample_addresses.h"
#include "main/theme_folder.h"
#include "text/json.h"
#include "text/url.h"
#include "web/site.h"

namespace cli {
namespace {

namespace fs = std::filesystem;
using base::Errc;
using base::Error;
using base::Result;

constexpr std::size_t most_problems = 100;
constexpr int most_redirects = 5;

// A whole site that answers no sockets: pages are asked of it in this thread. Its clock stands still, so that two of them differ
// only where their content does.
class SilentSite {
 public:
  static Result<std::unique_ptr<SilentSite>> open(const SiteFolder& folder, const std::vector<Override>& overrides,
                                                  db::DatabaseSettings database, base::Time now);

  const desk::Desk& desk() const { return desk_; }
  // Of everything a browser gets: status, headers, body; of redirects within the site also what they lead to. Nothing where the
  // page could not be made: two failures are no comparison.
  std::optional<std::string> hash_of_page(const std::string& target);

 private:
  SilentSite(const SiteFolder& folder, Settings settings, base::Secrets secrets, std::unique_ptr<db::Database> database,
             base::Time now)
      : settings_(std::move(settings)),
        secrets_(std::move(secrets)),
        clock_(now),
        zone_(text::TimeZone::named(settings_.site.timezone).value()),
        database_(std::move(database)),
        desk_{*database_, clock_, secrets_, settings_.site, zone_},
        media_(folder.media()) {}

  http::Response ask(const std::string& target);

  Settings settings_;
  base::Secrets secrets_;
  base::ManualClock clock_;
  text::TimeZone zone_;
  std::unique_ptr<db::Database> database_;
  desk::Desk desk_;
  fs::path media_;
  std::unique_ptr<web::Site> web_;
};

Result<std::unique_ptr<SilentSite>> SilentSite::open(const SiteFolder& folder, const std::vector<Override>& overrides,
                                                     db::DatabaseSettings database, base::Time now) {
  Settings settings = TRY(load_settings(folder.settings(), overrides));
  base::Secrets secrets = TRY(base::Secrets::load(folder.key()));
  auto opened = TRY(db::Database::open(std::move(database)));
  std::unique_ptr<SilentSite> site(new SilentSite(folder, std::move(settings), std::move(secrets), std::move(opened), now));
  std::shared_ptr<const view::Theme> theme = TRY(load_theme(folder, site->settings_.site));
  site->web_ =
      std::make_unique<web::Site>(site->desk_, std::move(theme), web::SiteFolders{.media = site->media_},
                                  web::CacheSettings{.most_bytes = 1024 * 1024}, web::SiteLimits{.requests_per_minute = 0});
  return site;
}

http::Response SilentSite::ask(const std::string& target) {
  http::Request request;
  request.target = target;
  const std::size_t question = target.find('?');
  request.path = target.substr(0, question);
  if (question != std::string::npos) request.query = target.substr(question + 1);
  request.headers.push_back({"Host", "localhost"});
  request.client = "127.0.0.1";
  std::promise<http::Response> answer;
  web_->handle(std::move(request), http::Reply([&answer](http::Response&& response) { answer.set_value(std::move(response)); }));
  return answer.get_future().get();
}

std::optional<std::string> SilentSite::hash_of_page(const std::string& target) {
  base::Hash hash;
  std::string next = target;
  for (int hop = 0; !next.empty() && hop < most_redirects; ++hop) {
    const http::Response response = ask(next);
    if (response.status >= 500 || response.status == 429) return std::nullopt;
    hash.add(base::format("{}\n", response.status));
    for (const http::Header& header : response.headers) {
      // A file's tag is made of its date to the nanosecond, of which a tar keeps the seconds.
      if (response.file && header.name == "ETag") continue;
      hash.add(header.name + ": " + header.value + "\n");
    }
    hash.add(response.body);
    if (response.file) hash.add(base::format("{}", response.file->size()));  // media: their content is hashed in the manifest
    const std::string* const location = response.find("Location");
    next = location && location->starts_with('/') ? location->substr(0, location->find('#')) : "";
  }
  return hash.finish();
}

// A folder that goes with its owner.
class ScratchFolder {
 public:
  explicit ScratchFolder(const fs::path& parent) {
    std::string name = (parent / "drill-XXXXXX").string();
    if (!::mkdtemp(name.data()))
      throw std::runtime_error(base::format("no folder could be made in {}; the drill needs to write there", parent.string()));
    path = name;
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  fs::path path;
};

struct Page {
  std::string target;
  std::optional<std::string> hash;
};

class Drill {
 public:
  explicit Drill(const DrillOptions& options) : options_(options) { report_.began = base::SystemClock().now(); }

  DrillReport run() {
    const auto start = std::chrono::steady_clock::now();
    try {
      if (const Result<void> done = run_steps(); !done) problem(done.error().key);
    } catch (const std::exception& error) {
      problem(error.what());
    }
    report_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return std::move(report_);
  }

 private:
  Result<void> run_steps() {
    scratch_.emplace(options_.scratch);
    TRY(take_backup());
    const SiteFolder restored{scratch_->path / "restored"};
    const fs::path file = backup_file();
    report_.backup_bytes = fs::file_size(file);
    if (!options_.keep_as.empty()) report_.backup = file.string();
    const backup::Manifest manifest = TRY(backup::restore(
        file, restored.root, [this](std::uint64_t done) { show("restoring", done, 0); }, options_.stop));
    report_.files = manifest.files.size();
    const auto site = TRY(SilentSite::open(restored, options_.overrides,
                                           {.file = restored.database(), .readers = 1, .announce = false}, report_.began));
    report_.counts =
        desk::check_site(site->desk(), restored.media(), [this](std::string sentence) { problem(std::move(sentence)); });
    return compare(*site);
  }

  // The pages of the original are made while the snapshot is held, and it is let go before the slow rest.
  Result<void> take_backup() {
    db::Snapshot snapshot(options_.folder.database());
    const auto backup = TRY(backup::Backup::begin({.root = options_.folder.root,
                                                   .file = backup_file(),
                                                   .program = BROADSHEET_VERSION,
                                                   .made = text::TimeZone::utc().iso8601(report_.began),
                                                   .stop = options_.stop,
                                                   .progress = options_.progress}));
    TRY(backup->copy_database(snapshot));
    TRY(make_pages(snapshot));
    report_.notes = TRY(backup->finish())
    .left_out;
    return {};
  }

  Result<void> make_pages(const db::Snapshot& snapshot) {
    const auto original = TRY(SilentSite::open(options_.folder, options_.overrides, snapshot.settings(), report_.began));
    const std::size_t most = options_.pages == 0 ? SIZE_MAX : options_.pages;
    const auto seed = static_cast<std::uint64_t>(base::to_unix(report_.began));
    for (std::string& target : desk::sample_addresses(original->desk(), most, seed)) pages_.push_back({std::move(target), {}});
    for (Page& page : pages_) {
      TRY(go_on());
      page.hash = original->hash_of_page(page.target);
      if (!page.hash) problem(base::format("The page {} of the original could not be made.", page.target));
      show("making pages of the original", static_cast<std::uint64_t>(&page - pages_.data()), pages_.size());
    }
    return {};
  }

  Result<void> compare(SilentSite& restored) {
    for (const Page& page : pages_) {
      TRY(go_on());
      ++report_.pages_compared;
      show("comparing pages", report_.pages_compared, pages_.size());
      if (restored.hash_of_page(page.target) == page.hash) continue;
      ++report_.pages_different;
      problem(base::format("The page {} of the restored site differs from the original.", page.target));
    }
    return {};
  }

  Result<void> go_on() const {
    if (!options_.stop.stop_requested()) return {};
    return Error{Errc::unavailable, "The drill was stopped before its end.", {}};
  }
  void problem(std::string sentence) {
    if (report_.problems.size() < most_problems) report_.problems.push_back(std::move(sentence));
  }
  void show(const std::string& stage, std::uint64_t done, std::uint64_t total) const {
    if (options_.progress) options_.progress(stage, done, total);
  }
  fs::path backup_file() const { return options_.keep_as.empty() ? scratch_->path / "site.tar" : options_.keep_as; }

  const DrillOptions& options_;
  std::optional<ScratchFolder> scratch_;
  std::vector<Page> pages_;
  DrillReport report_;
};

}  // namespace

Result<DrillReport> run_drill(const DrillOptions& options) {
  if (!fs::exists(options.folder.settings())) {
    return Error{Errc::not_found, base::format("{} is no site: it holds no broadsheet.toml.", options.folder.root.string()), {}};
  }
  return Drill(options).run();
}

std::string to_json(const DrillReport& report) {
  text::json::array problems;
  for (const std::string& sentence : report.problems) problems.emplace_back(sentence);
  text::json::array notes;
  for (const std::string& sentence : report.notes) notes.emplace_back(sentence);
  return text::json::serialize(text::json::object{{"began", text::TimeZone::utc().iso8601(report.began)},
                                                  {"well", report.is_well()},
                                                  {"seconds", report.seconds},
                                                  {"backup", report.backup},
                                                  {"backup_bytes", report.backup_bytes},
                                                  {"files", report.files},
                                                  {"articles", report.counts.articles},
                                                  {"comments", report.counts.comments},
                                                  {"addresses", report.counts.addresses},
                                                  {"media", report.counts.media},
                                                  {"pages_compared", report.pages_compared},
                                                  {"pages_different", report.pages_different},
                                                  {"problems", std::move(problems)},
                                                  {"notes", std::move(notes)}});
}

std::string to_text(const DrillReport& report) {
  std::string text;
  for (const std::string& sentence : report.problems) text += sentence + "\n";
  for (const std::string& sentence : report.notes) text += "Left out: " + sentence + "\n";
  return text + base::format(
                    "Backed up and restored {} files, {} articles and pages, {} comments, and compared {} pages in {:.1f} "
                    "seconds: {}.\n",
                    report.files, report.counts.articles, report.counts.comments, report.pages_compared, report.seconds,
                    report.is_well() ? "all is well" : base::format("{} problems", report.problems.size()));
}

}  // namespace cli
