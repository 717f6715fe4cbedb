// Takes the comments of another system in, whatever its format was: decides for each thread which article it belongs to, hangs
// replies below what they answer however the file orders them, and accounts for every record in the report. Nothing that is there
// already is touched. What must be remembered lies in the table of imports or in a scratch file, so that memory does not grow
// with the import. Knows no file and no parser.
//
// Invariants:
// 1. A comment is stored together with the memory that it was: a run that was killed goes on where it stopped, and a second run
// changes nothing (invariant 9).
// 2. Comments that wait for their parent are not stored; at the end those whose parent never came stand by themselves.
// 3. What lies in the scratch file and holds an email is sealed with a key of this process alone (invariant 3).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/secrets.h"
#include "db/scratch.h"
#include "desk/intake.h"
#include "import/comment_records.h"
#include "import/report.h"
#include "import/thread_match.h"

namespace import_ {

// Whether anything is stored. A rehearsal does all the work inside transactions that are rolled back, and reports the same.
enum class Mode { real, rehearsal };

struct CommentIntakeSettings {
  std::string origin;  // "disqus"
  Mode mode = Mode::real;
};

// Used by one thread; lives as long as one import.
class CommentIntake {
 public:
  // Stands in an id behind the name of its source, where ids are good within one source only. The report shows what comes after
  // it.
  static constexpr char source_end = '\x1f';

  CommentIntake(const desk::Desk& desk, db::Scratch& scratch, Report& report, CommentIntakeSettings settings);

  // First reading.
  void keep_thread(const ThreadRecord& thread);
  void keep_person(const PersonRecord& person);

  // Between the readings: an article for each thread that was kept.
  void match_threads(const ThreadMatch& match);

  // Second reading. Comments are stored some at a time.
  void take(CommentRecord comment);
  void leave_out(const std::string& kind, const std::string& id, const std::string& why);
  void finish();

 private:
  struct Prepared {
    CommentRecord record;
    desk::ForeignComment foreign;
    bool is_name_hidden = false;
  };
  // Where a comment of the source is here. In a rehearsal those of this run have no id of ours.
  struct Placed {
    news::CommentId id;
    news::ArticleId article;  // none: ask the intake
    bool is_known = false;
  };

  desk::Origin from(std::string_view kind, std::string_view id) const { return {settings_.origin, kind, id}; }
  void in_transaction(const std::function<void(desk::Intake&)>& work);

  // Threads.
  void decide(desk::Intake& intake, const ThreadRecord& thread, const ThreadMatch& match);
  void accept(desk::Intake& intake, const ThreadRecord& thread, news::ArticleId article);
  void refuse(const ThreadRecord& thread, const std::string& why);

  // One comment.
  void complete_from_person(CommentRecord& comment) const;
  base::Result<Prepared> prepare(CommentRecord comment);
  void clean_names(const CommentRecord& record, Prepared& prepared) const;
  void flush();
  void place(desk::Intake& intake, Prepared comment);
  Placed find(const desk::Intake& intake, const std::string& id) const;
  void store(desk::Intake& intake, Prepared comment, const Placed& parent);

  // Waiting (comment_waiting.cpp).
  void wait(const CommentRecord& comment);
  void note_stored(const std::string& id);
  Prepared take_waiting(const db::Scratch::Entry& entry);
  bool release_some(desk::Intake& intake);  // false if there is nothing more to release
  void release_all();
  void place_orphan(desk::Intake& intake);
  std::string topmost_waiting(std::string id) const;

  static std::string shown(std::string_view id);
  void tell_of_totals();

  const desk::Desk desk_;  // references, copied
  db::Scratch& scratch_;
  Report& report_;
  const CommentIntakeSettings settings_;
  const base::Secrets seal_ = base::Secrets::ephemeral();

  std::vector<Prepared> queue_;
  std::size_t queued_bytes_ = 0;
  std::uint64_t waiting_ = 0;

  // For the notes at the end.
  std::uint64_t unpinned_ = 0;
  std::uint64_t hidden_names_ = 0;
  std::uint64_t without_time_ = 0;
  std::uint64_t closed_threads_ = 0;
  std::vector<std::string> closed_addresses_;  // the first few
};

}  // namespace import_
