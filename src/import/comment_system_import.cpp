#include "import/comment_system_import.h"

#include <optional>

#include "base/format.h"
#include "db/scratch.h"
#include "import/comment_records.h"
#include "import/thread_match.h"

namespace import_ {
namespace {

using base::Result;
using Progress = std::function<void(const std::string&, std::uint64_t, std::uint64_t)>;

// Comentario goes on from Commento and reads its files, so what came from the one is known when it comes from the other.
struct Format {
  ReadRecords read;
  std::string_view origin;
};

Format format_of(CommentSystem system) {
  switch (system) {
    case CommentSystem::disqus: return {read_disqus, "disqus"};
    case CommentSystem::isso: return {read_isso, "isso"};
    case CommentSystem::remark42: return {read_remark42, "remark42"};
    case CommentSystem::commento:
    case CommentSystem::comentario: break;
  }
  return {read_commento, "commento"};
}

// Ids that are good within one source only get a name of that source before them: a keyed hash, because the source's own name may
// be its secret.
class Reading : public RecordVisitor {
 public:
  Reading(const desk::Desk& desk, std::string stage, const Progress& progress)
      : desk_(desk), stage_(std::move(stage)), progress_(progress) {}

  void begin_file() { prefix_.clear(); }

  void on_source(const std::string& name) override {
    if (name.empty()) return;
    const base::Digest digest = desk_.secrets.keyed_hash(base::Purpose::submission, "import source\n" + name);
    for (std::size_t i = 0; i < 6; ++i) prefix_ += base::format("{:02x}", digest[i]);
    prefix_ += CommentIntake::source_end;
  }
  void on_progress(std::uint64_t done, std::uint64_t total) override { progress_(stage_, done, total); }

 protected:
  std::string named(const std::string& id) const { return id.empty() ? id : prefix_ + id; }

 private:
  const desk::Desk desk_;  // references, copied
  std::string stage_;
  const Progress& progress_;
  std::string prefix_;
};

class FirstReading final : public Reading {
 public:
  FirstReading(const desk::Desk& desk, CommentIntake& intake, const Progress& progress)
      : Reading(desk, "reading", progress), intake_(intake) {}

  void on_thread(const ThreadRecord& thread) override {
    // Where threads are not listed, each comment names its own: one after the other mostly the same.
    if (thread.id == last_ && !thread.is_closed) return;
    last_ = thread.id;
    ThreadRecord kept = thread;
    kept.id = named(thread.id);
    intake_.keep_thread(kept);
  }
  void on_person(const PersonRecord& person) override {
    PersonRecord kept = person;
    kept.id = named(person.id);
    intake_.keep_person(kept);
  }
  void on_comment(CommentRecord) override {}
  void on_broken(const std::string&, const std::string&, const std::string&) override {}
  void on_note(const std::string&) override {}

 private:
  CommentIntake& intake_;
  std::optional<std::string> last_;
};

class SecondReading final : public Reading {
 public:
  SecondReading(const desk::Desk& desk, CommentIntake& intake, Report& report, const Progress& progress)
      : Reading(desk, "comments", progress), intake_(intake), report_(report) {}

  void on_thread(const ThreadRecord&) override {}
  void on_person(const PersonRecord&) override {}
  void on_comment(CommentRecord comment) override {
    comment.id = named(comment.id);
    comment.thread = named(comment.thread);
    comment.parent = named(comment.parent);
    comment.person = named(comment.person);
    intake_.take(std::move(comment));
  }
  void on_broken(const std::string& kind, const std::string& id, const std::string& why) override {
    intake_.leave_out(kind, id, why);
  }
  void on_note(const std::string& sentence) override { report_.note(sentence); }

 private:
  CommentIntake& intake_;
  Report& report_;
};

Result<void> read_all(const CommentSystemImport& import, const text::TimeZone& zone, Reading& reading) {
  for (const std::filesystem::path& file : import.files) {
    reading.begin_file();
    TRY(format_of(import.system).read(file, zone, reading));
  }
  return {};
}

}  // namespace

Result<void> import_comment_system(const desk::Desk& desk, const CommentSystemImport& import, Report& report,
                                   const Progress& progress) {
  db::Scratch scratch;
  ThreadMatch match(desk, scratch, import.hosts);
  if (!import.map.empty()) TRY(match.load_map(import.map));
  CommentIntake intake(desk, scratch, report, {std::string(format_of(import.system).origin), import.mode});
  FirstReading first(desk, intake, progress);
  TRY(read_all(import, desk.zone, first));
  intake.match_threads(match);
  SecondReading second(desk, intake, report, progress);
  TRY(read_all(import, desk.zone, second));
  intake.finish();
  return {};
}

}  // namespace import_
