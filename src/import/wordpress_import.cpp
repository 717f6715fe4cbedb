#include "import/wordpress_import.h"

#include <future>
#include <memory>
#include <utility>
#include <variant>
#include <vector>

#include "base/format.h"
#include "desk/image_hosts.h"
#include "desk/intake.h"
#include "import/wordpress_intake.h"
#include "import/wordpress_media.h"
#include "import/wordpress_survey.h"
#include "import/wxr_reader.h"

namespace import_ {
namespace {

using base::Result;

// A transaction holds the database's one write lock: readers' comments on a running site wait for it, so it is kept to about a
// tenth of a second. In shorter ones the pages that every item changes, and those of the search index, would be written more
// often.
constexpr std::size_t most_items_in_a_transaction = 120;
constexpr std::size_t most_bytes_in_a_transaction = 2U << 20U;

// Reads the files once more and takes in what a pass is about, some items a transaction. While one transaction runs on another
// thread, the file is read on; steps run one after the other, in the file's order, so what only steps use needs no lock.
class Pass : public WxrVisitor {
 public:
  Pass(const desk::Desk& desk, const std::function<void(std::uint64_t, std::uint64_t)>& progress)
      : desk_(desk), progress_(progress) {}

  Result<void> run(const std::vector<std::filesystem::path>& files) {
    const Awaited awaited = this->awaited();
    for (const std::filesystem::path& file : files) {
      file_ = file.filename().string();
      TRY(read_wxr(file, *this));
      finish();
    }
    return {};
  }

  void on_site(const WxrSite&) override {}
  void on_author(WxrAuthor) override {}
  void on_term(WxrTerm) override {}
  void on_problem(const WxrProblem&) override {}
  void on_progress(std::uint64_t done, std::uint64_t total) override { progress_(done, total); }

 protected:
  using Step = std::function<void(desk::Intake&)>;

  void queue(Step step, std::size_t bytes) {
    steps_.push_back(std::move(step));
    bytes_ += bytes;
    if (steps_.size() >= most_items_in_a_transaction || bytes_ >= most_bytes_in_a_transaction) flush();
  }
  void finish() {
    flush();
    await();
  }
  const std::string& file() const { return file_; }

  // Whatever ends the pass, nothing of it runs on behind it.
  struct Awaited {
    std::future<Result<void>>& writing;
    ~Awaited() {
      if (writing.valid()) writing.wait();
    }
  };
  Awaited awaited() { return {writing_}; }

 private:
  void flush() {
    await();
    if (steps_.empty()) return;
    bytes_ = 0;
    writing_ = std::async(std::launch::async, [this, steps = std::exchange(steps_, {})] {
      return desk::take_in(desk_, [&steps](desk::Intake& intake) -> Result<void> {
        for (const Step& step : steps) step(intake);
        return {};
      });
    });
  }

  void await() {
    if (!writing_.valid()) return;
    if (const Result<void> taken = writing_.get(); !taken) throw std::runtime_error(taken.error().key);
  }

  const desk::Desk& desk_;
  const std::function<void(std::uint64_t, std::uint64_t)>& progress_;
  std::string file_;
  std::vector<Step> steps_;
  std::size_t bytes_ = 0;
  std::future<Result<void>> writing_;  // the transaction before
};

// Authors, terms and attachments: what posts refer to.
class FoundationPass final : public Pass {
 public:
  FoundationPass(const desk::Desk& desk, WordPressIntake& wordpress,
                 const std::function<void(std::uint64_t, std::uint64_t)>& progress)
      : Pass(desk, progress), wordpress_(wordpress) {}

  // From the survey, where it kept everything; otherwise from the files once more.
  Result<void> run(const std::vector<std::filesystem::path>& files, const Foundation& foundation) {
    if (!foundation.is_whole) return Pass::run(files);
    const Awaited awaited = this->awaited();
    for (const auto& part : foundation.parts) std::visit([this](const auto& kept) { take(kept); }, part);
    finish();
    return {};
  }

  void on_author(WxrAuthor author) override { take(author); }
  void on_term(WxrTerm term) override { take(term); }
  void on_item(WxrItem item) override {
    if (item.post_type == "attachment") take(item);
  }

 private:
  void take(const WxrAuthor& author) {
    queue([this, author](desk::Intake& intake) { wordpress_.take_author(intake, author); }, 0);
  }
  void take(const WxrTerm& term) {
    queue([this, term](desk::Intake& intake) { wordpress_.take_term(intake, term); }, 0);
  }
  void take(const WxrItem& item) {
    queue([this, item](desk::Intake& intake) { wordpress_.take_attachment(intake, item); }, item.content.size());
  }

  WordPressIntake& wordpress_;
};

// Posts and pages with their comments; menus are kept for the end.
class PostPass final : public Pass {
 public:
  PostPass(const desk::Desk& desk, WordPressIntake& wordpress, Report& report,
           const std::function<void(std::uint64_t, std::uint64_t)>& progress)
      : Pass(desk, progress), wordpress_(wordpress), report_(report) {}

  void on_item(WxrItem item) override {
    if (item.post_type == "attachment") return;
    const std::size_t bytes = item.content.size();
    if (item.post_type == "nav_menu_item")
      return queue([this, item = std::move(item)](desk::Intake&) { wordpress_.keep_menu_item(item); }, bytes);
    if (item.post_type != "post" && item.post_type != "page")
      return queue([this, item = std::move(item)](desk::Intake&) { wordpress_.leave_out(item); }, bytes);
    RenderedPost rendered = wordpress_.render(item);
    queue([this, item = std::move(item),
           rendered = std::move(rendered)](desk::Intake& intake) { wordpress_.take_post(intake, item, rendered); },
          bytes);
  }

  void on_problem(const WxrProblem& problem) override {
    queue(
        [this, problem, sentence = base::format("{}, line {}: {}", file(), problem.line, problem.what)](desk::Intake&) {
          if (problem.effect != WxrProblem::Effect::left_out) return report_.note(sentence);
          const std::string id = problem.post_id ? std::to_string(problem.post_id) : base::format("line {}", problem.line);
          report_.left_out(problem.is_item ? "items" : "terms", id, sentence);
        },
        0);
  }

 private:
  WordPressIntake& wordpress_;
  Report& report_;
};

// The site's own permalink structure, unless this site has one already.
void adopt_structure(desk::Intake& intake, const Survey& survey, Report& report) {
  if (!(intake.permalink_rules() == news::PermalinkRules{})) return;
  const std::optional<news::PermalinkRules> rules = recognise_permalinks(survey.samples);
  if (rules) return intake.set_permalink_rules(*rules);
  if (!survey.samples.empty()) {
    report.note(
        "The permalink structure could not be recognised from the links in the file. Every address in it works; new articles get "
        "addresses like /2026/11/a-title/.");
  }
}

Result<void> take_all(const desk::Desk& desk, const WordPressImport& import, const Survey& survey, Report& report,
                      const ImportProgress& progress) {
  WordPressIntake wordpress(desk, survey, import.media_root, report);
  const auto finish = [&](const std::function<void(desk::Intake&)>& step) {
    return desk::take_in(desk, [&](desk::Intake& intake) -> Result<void> {
      step(intake);
      return {};
    });
  };
  TRY(finish([&](desk::Intake& intake) { adopt_structure(intake, survey, report); }));
  const std::function<void(std::uint64_t, std::uint64_t)> first_progress = [&](std::uint64_t done, std::uint64_t total) {
    progress("authors, sections, media", done, total);
  };
  FoundationPass foundation(desk, wordpress, first_progress);
  TRY(foundation.run(import.files, survey.foundation));
  TRY(finish([&](desk::Intake& intake) {
    wordpress.finish_terms(intake);
    desk::allow_image_hosts(intake, survey.media_hosts);
  }));
  const std::function<void(std::uint64_t, std::uint64_t)> second_progress = [&](std::uint64_t done, std::uint64_t total) {
    progress("articles and comments", done, total);
  };
  PostPass posts(desk, wordpress, report, second_progress);
  TRY(posts.run(import.files));
  return finish([&](desk::Intake& intake) { wordpress.finish_posts(intake); });
}

}  // namespace

Result<void> import_wordpress(const desk::Desk& desk, const WordPressImport& import, Report& report,
                              const ImportProgress& progress) {
  const Survey survey =
      TRY(survey_exports(import.files, [&](std::uint64_t done, std::uint64_t total) { progress("reading", done, total); }));
  if (!import.uploads.empty()) {
    TRY(copy_uploads(import.uploads, import.media_root, report,
                     [&](std::uint64_t done, std::uint64_t total) { progress("copying media", done, total); }));
  }
  return take_all(desk, import, survey, report, progress);
}

}  // namespace import_
