#include "db/writer.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/format.h"
#include "base/log.h"
#include "db/time_spent.h"

namespace db {
namespace {

// What a listener or an answer throws must not end the thread that all other writes wait for.
template <class F>
void call_guarded(std::string_view what, F&& function) {
  try {
    function();
  } catch (const std::exception& error) {
    base::log::error(base::format("{} failed after a commit: {}", what, error.what()));
  }
}

// Invariant 2.
void expect_in_place(const Place& place) {
  if (!place.is_left()) return;
  throw DatabaseError(
      DatabaseError::Cause::other,
      "the database file, or the -wal beside it, was removed or replaced while it was open. Put it back, or stop the "
      "server, put a whole copy in its place, and start it again");
}

// Why the database could not take a write; nothing where it could, or where the work itself was at fault.
std::optional<std::string> outage_of(const std::exception_ptr& outcome) {
  try {
    if (outcome) std::rethrow_exception(outcome);
  } catch (const DatabaseError& error) {
    if (error.cause() != DatabaseError::Cause::constraint) return error.what();
  } catch (...) {
  }
  return std::nullopt;
}

}  // namespace

Writer::Writer(std::unique_ptr<Connection> connection, std::size_t batch, std::optional<Announcer> announcer, Tell tell,
               Place place, ConnectionPool& pool)
    : connection_(std::move(connection)),
      batch_(std::max<std::size_t>(batch, 1)),
      announcer_(announcer),
      tell_(std::move(tell)),
      place_(std::move(place)),
      pool_(pool) {
  thread_ = std::thread([this] { run(); });
  answering_ = std::thread([this] { go_on_answering(); });
}

Writer::~Writer() { stop(); }

void Writer::stop() {
  if (!thread_.joinable()) return;
  {
    base::MutexLock lock(mutex_);
    is_stopping_ = true;
  }
  arrived_.notify_one();
  thread_.join();
  {
    base::MutexLock lock(mutex_);
    has_written_all_ = true;
  }
  committed_.notify_one();
  answering_.join();
}

void Writer::submit(Work work, Kind kind, Done done) {
  {
    base::MutexLock lock(mutex_);
    queue_.push_back({std::move(work), kind, std::move(done)});
  }
  arrived_.notify_one();
}

void Writer::run() {
  for (;;) {
    std::vector<Job> jobs = take_batch();
    if (jobs.empty()) return;
    run_batch(std::move(jobs));
  }
}

std::vector<Writer::Job> Writer::take_batch() {
  base::MutexLock lock(mutex_);
  while (queue_.empty() && !is_stopping_) arrived_.wait(mutex_);
  const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(std::min(batch_, queue_.size()));
  std::vector<Job> jobs(std::make_move_iterator(queue_.begin()), std::make_move_iterator(end));
  queue_.erase(queue_.begin(), end);
  return jobs;
}

void Writer::run_batch(std::vector<Job> jobs) {
  Outcomes outcomes(jobs.size());
  std::set<Touched> touched;
  try {
    expect_in_place(place_);
    connection_->execute("BEGIN IMMEDIATE");
    if (!run_together(jobs, outcomes, touched)) run_apart(jobs, outcomes, touched);
    works_on_this_thread() = jobs.size();
    commit(touched);
  } catch (...) {
    // Nothing of the batch stays: those that went well get the common cause, the others keep their own.
    std::ranges::replace(outcomes, std::exception_ptr(), std::current_exception());
    touched.clear();
    call_guarded("Rolling back", [&] {
      if (connection_->in_transaction()) connection_->execute("ROLLBACK");
    });
  }
  note(outcomes);
  if (!touched.empty()) call_guarded("The listener", [&] { tell_({touched.begin(), touched.end()}); });
  answer(std::move(jobs), outcomes);
}

// Mostly all works of a batch go well, and a savepoint for each would cost a fifth of what a comment costs to write: SQLite
// copies every page that is first touched behind one. False if this is no such batch: then nothing of it was done.
bool Writer::run_together(const std::vector<Job>& jobs, Outcomes& outcomes, std::set<Touched>& touched) {
  const auto may_not_repeat = [](const Job& job) { return job.kind == Kind::waited_for; };
  const bool is_alone = jobs.size() == 1;
  if (!is_alone && std::ranges::any_of(jobs, may_not_repeat)) return false;
  try {
    Transaction tx(*connection_);
    for (const Job& job : jobs) job.work(tx);
    touched = tx.touched();
    return true;
  } catch (...) {
    if (!connection_->in_transaction()) throw;  // as in run_in_savepoint
    if (is_alone) outcomes.front() = std::current_exception();
    connection_->execute("ROLLBACK; BEGIN IMMEDIATE");
    return is_alone;
  }
}

void Writer::run_apart(const std::vector<Job>& jobs, Outcomes& outcomes, std::set<Touched>& touched) {
  for (std::size_t i = 0; i < jobs.size(); ++i) outcomes[i] = run_in_savepoint(jobs[i].work, touched);
}

// Gives what the work threw, after undoing it alone. Throws where the whole transaction is lost: SQLite ends it by itself when
// the disk is full or fails (https://www.sqlite.org/lang_transaction.html, "Response To Errors Within A Transaction").
std::exception_ptr Writer::run_in_savepoint(const Work& work, std::set<Touched>& touched) {
  // Prepared, as opposed to execute.
  connection_->query("SAVEPOINT work").run();
  try {
    Transaction tx(*connection_);
    work(tx);
    connection_->query("RELEASE work").run();
    touched.insert(tx.touched().begin(), tx.touched().end());
    return nullptr;
  } catch (...) {
    if (!connection_->in_transaction()) throw;
    connection_->execute("ROLLBACK TO work; RELEASE work");
    return std::current_exception();
  }
}

void Writer::note(const Outcomes& outcomes) {
  std::optional<std::string> outage;
  for (const std::exception_ptr& outcome : outcomes) {
    if ((outage = outage_of(outcome))) break;
  }
  if (outage) return outage_.fails(*outage);
  outage_.works();
}

void Writer::answer(std::vector<Job> jobs, const Outcomes& outcomes) {
  std::vector<Answer> answers;
  CommonReading reading(pool_);
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (jobs[i].kind == Kind::waited_for)
      call_guarded("An answer", [&] { jobs[i].done(outcomes[i], reading); });
    else
      answers.push_back({std::move(jobs[i].done), outcomes[i]});
  }
  if (answers.empty()) return;
  {
    base::MutexLock lock(mutex_);
    std::ranges::move(answers, std::back_inserter(answers_));
  }
  committed_.notify_one();
}

void Writer::go_on_answering() {
  for (;;) {
    const std::vector<Answer> answers = take_answers();
    if (answers.empty()) return;
    CommonReading reading(pool_);
    for (const Answer& answer : answers) call_guarded("An answer", [&] { answer.done(answer.outcome, reading); });
  }
}

std::vector<Writer::Answer> Writer::take_answers() {
  base::MutexLock lock(mutex_);
  while (answers_.empty() && !has_written_all_) committed_.wait(mutex_);
  return std::exchange(answers_, {});
}

void Writer::commit(const std::set<Touched>& touched) {
  if (announcer_) announcer_->write(*connection_, touched);
  connection_->execute("COMMIT");
}

}  // namespace db
