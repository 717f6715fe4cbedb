#include "db/announcements.h"

#include <chrono>
#include <random>

namespace db {
namespace {

constexpr unsigned calls_between_prunings = 1000;

std::int64_t now_seconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

// The newest row stays, so that the highest number can be seen even when nobody wrote for an hour.
void prune(Connection& connection) {
  connection.query("DELETE FROM touched WHERE at < $1 AND number < (SELECT max(number) FROM touched)")
      .with(now_seconds() - 3600)
      .run();
}

}  // namespace

std::int64_t random_writer_number() {
  std::random_device device;
  return std::uniform_int_distribution<std::int64_t>(1)(device);
}

void Announcer::write(Connection& connection, const std::set<Touched>& touched) {
  if (touched.empty()) return;
  if (calls_++ % calls_between_prunings == 0) prune(connection);
  const std::int64_t now = now_seconds();
  for (const Touched& what : touched) {
    connection.query("INSERT INTO touched (writer, kind, id, at) VALUES ($1, $2, $3, $4)")
        .with(writer_, what.kind, what.id, now)
        .run();
  }
}

// The version is read first: what is committed in between is seen twice rather than never.
Watcher::Watcher(std::unique_ptr<Connection> connection, std::int64_t own_writer)
    : connection_(std::move(connection)), own_writer_(own_writer), data_version_(connection_->data_version()) {
  Query newest = connection_->query("SELECT coalesce(max(number), 0) FROM touched");
  newest.next();
  last_seen_ = newest.integer(0);
}

std::vector<Touched> Watcher::look() {
  const std::int64_t version = connection_->data_version();
  if (version == data_version_) return {};
  std::vector<Touched> touched = read_new_rows();
  data_version_ = version;
  return touched;
}

std::vector<Touched> Watcher::read_new_rows() {
  std::set<Touched> touched;
  bool is_everything = false;
  std::int64_t expected = last_seen_ + 1;
  Query rows =
      connection_->query("SELECT number, writer, kind, id FROM touched WHERE number > $1 ORDER BY number").with(last_seen_);
  while (rows.next()) {
    const std::int64_t number = rows.integer(0);
    if (number != expected) is_everything = true;
    expected = number + 1;
    if (rows.integer(1) == own_writer_) continue;
    const Touched what{static_cast<std::int32_t>(rows.integer(2)), rows.integer(3)};
    is_everything = is_everything || what.kind == touched_everything.kind || touched.size() >= Transaction::most_touched;
    if (!is_everything) touched.insert(what);
  }
  last_seen_ = expected - 1;
  if (is_everything) return {touched_everything};
  return {touched.begin(), touched.end()};
}

}  // namespace db
