#include "db/database.h"

#include <stdexcept>
#include <utility>

#include "base/format.h"
#include "base/mutex.h"
#include "db/announcements.h"
#include "db/connection_pool.h"
#include "db/migration.h"
#include "db/time_spent.h"
#include "db/writer.h"

namespace db {
namespace {

base::Error cannot_open(const std::filesystem::path& file, const DatabaseError& error) {
  return {base::Errc::unavailable, base::format("The database {} cannot be opened: {}", file.string(), error.what()), {}};
}

}  // namespace

Reading::Reading(Connection& connection, std::function<void(Connection&)> give_back)
    : connection_(&connection), give_back_(std::move(give_back)) {}

Reading::Reading(Reading&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)), give_back_(std::move(other.give_back_)) {}

Reading::~Reading() {
  if (connection_) give_back_(*connection_);
}

struct Database::State {
  State(DatabaseSettings from, std::unique_ptr<Connection> writing)
      : settings(std::move(from)),
        writer_number(random_writer_number()),
        pool(settings.readers, [this] { return settings.connect(settings.file, Access::read); }),
        watcher(settings.connect(settings.file, Access::read), writer_number),
        writer(
            std::move(writing), settings.batch, settings.announce ? std::optional(Announcer(writer_number)) : std::nullopt,
            [this](const std::vector<Touched>& touched) { tell(touched); }, Place(settings.file), pool) {}

  void tell(const std::vector<Touched>& touched) {
    std::function<void(const std::vector<Touched>&)> present;
    {
      base::MutexLock lock(mutex);
      present = listener;
    }
    if (present) present(touched);
  }

  const DatabaseSettings settings;
  const std::int64_t writer_number;
  base::Mutex mutex;
  std::function<void(const std::vector<Touched>&)> listener GUARDED_BY(mutex);
  ConnectionPool pool;
  Watcher watcher;
  Writer writer;  // last: its thread ends before the rest goes
};

base::Result<std::unique_ptr<Database>> Database::open(DatabaseSettings settings) {
  try {
    std::unique_ptr<Connection> writing = settings.connect(settings.file, Access::write);
    TRY(migrate(*writing, built_in_migrations()));
    if (settings.writer_cache) writing->execute(base::format("PRAGMA cache_size = -{}", *settings.writer_cache));
    auto state = std::make_unique<State>(settings, std::move(writing));
    return std::make_unique<Database>(std::move(state));
  } catch (const DatabaseError& error) {
    return cannot_open(settings.file, error);
  }
}

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}
Database::~Database() { state_->writer.stop(); }

Reading Database::read() {
  ConnectionPool& pool = state_->pool;
  return Reading(pool.lend(), [&pool](Connection& connection) { pool.give_back(connection); });
}

void Database::submit(Work work, Done done) { state_->writer.submit(std::move(work), Writer::Kind::queued, std::move(done)); }

void Database::write_and_wait(const Work& work) {
  if (state_->writer.is_current_thread()) throw std::logic_error("a write inside a write would wait for itself");
  base::Mutex mutex;
  base::Condition finished;
  bool is_done = false;
  std::exception_ptr outcome;
  const auto begun = std::chrono::steady_clock::now();
  // Told with the lock held: this frame must outlive the call.
  state_->writer.submit(work, Writer::Kind::waited_for, [&](std::exception_ptr thrown, CommonReading&) {
    base::MutexLock lock(mutex);
    outcome = std::move(thrown);
    is_done = true;
    finished.notify_one();
  });
  {
    base::MutexLock lock(mutex);
    while (!is_done) finished.wait(mutex);
    time_spent_on_this_thread().committing += std::chrono::steady_clock::now() - begun;
  }
  if (!outcome) return;
  try {
    std::rethrow_exception(outcome);
  } catch (const Refused&) {
    return;
  }
}

void Database::on_touched(std::function<void(const std::vector<Touched>&)> listener) {
  base::MutexLock lock(state_->mutex);
  state_->listener = std::move(listener);
}

void Database::poll() {
  const std::vector<Touched> touched = state_->watcher.look();
  if (!touched.empty()) state_->tell(touched);
}

void Database::write_anew() {
  const std::unique_ptr<Connection> connection = state_->settings.connect(state_->settings.file, Access::write);
  connection->execute("VACUUM");
  // One row: 1 in its first column if a reader kept it from ending.
  Query emptied = connection->query("PRAGMA wal_checkpoint(TRUNCATE)");
  if (!emptied.next() || emptied.integer(0) != 0)
    throw DatabaseError(DatabaseError::Cause::busy,
                        "the database's log could not be emptied, because somebody reads all the time");
}

const std::filesystem::path& Database::file() const { return state_->settings.file; }

}  // namespace db
