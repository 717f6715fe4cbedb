#include "http/timing.h"

#include <algorithm>
#include <array>

#include "base/log.h"

namespace http {
namespace {

using std::chrono::nanoseconds;

double milliseconds(nanoseconds time) { return std::chrono::duration<double, std::milli>(time).count(); }

std::string_view name_of(Method method) {
  switch (method) {
    case Method::get: return "GET";
    case Method::head: return "HEAD";
    case Method::post: return "POST";
    case Method::put: return "PUT";
    case Method::patch: return "PATCH";
    case Method::delete_: return "DELETE";
    case Method::options: return "OPTIONS";
    case Method::other: break;
  }
  return "-";
}

std::string_view name_of(Protocol protocol) {
  switch (protocol) {
    case Protocol::http10: return "HTTP/1.0";
    case Protocol::http11: return "HTTP/1.1";
    case Protocol::http2: break;
  }
  return "HTTP/2";
}

// What stands in an address that is nobody's may be anything: a mistyped password, the half of a secret link.
std::string_view path_in_log(std::string_view path, int status) {
  constexpr std::size_t longest = 500;
  return status == 404 || path.empty() ? "-" : path.substr(0, longest);
}

}  // namespace

struct Timing::Shares {
  nanoseconds queue, rendering, database, commit, reader, total;

  std::string_view reason() const {
    const std::array<std::pair<nanoseconds, std::string_view>, 5> all{
        {{queue, "queue"}, {rendering, "rendering"}, {database, "database"}, {commit, "commit"}, {reader, "reader"}}};
    return std::ranges::max_element(all)->second;
  }
};

void Timing::begin() {
  worker_ = std::this_thread::get_id();
  begun_ = answered_ = std::chrono::steady_clock::now();
  if (settings_.storage) before_ = settings_.storage();
}

void Timing::leave() {
  if (left_.load(std::memory_order_relaxed) != 0) return;
  const StorageTime now = settings_.storage ? settings_.storage() : StorageTime{};
  reading_.store((now.reading - before_.reading).count(), std::memory_order_relaxed);
  committing_.store((now.committing - before_.committing).count(), std::memory_order_relaxed);
  left_.store(std::max<std::int64_t>(1, (std::chrono::steady_clock::now() - begun_).count()), std::memory_order_release);
}

void Timing::answer() {
  if (std::this_thread::get_id() == worker_) leave();
  answered_ = std::chrono::steady_clock::now();
}

Timing::Shares Timing::shares(Moment end) const {
  const nanoseconds until_answer = answered_ - begun_;
  const std::int64_t left = left_.load(std::memory_order_acquire);
  const nanoseconds in_handler = left == 0 ? until_answer : std::min(nanoseconds(left), until_answer);
  const nanoseconds database(reading_.load(std::memory_order_relaxed)), waited(committing_.load(std::memory_order_relaxed));
  return {.queue = begun_ - complete_,
          .rendering = std::max(nanoseconds(0), in_handler - database - waited),
          .database = database,
          .commit = until_answer - in_handler + waited,
          .reader = end - answered_,
          .total = end - complete_};
}

void Timing::finish(int status, std::uint64_t bytes) const {
  const Shares time = shares(std::chrono::steady_clock::now());
  const std::string_view path = path_in_log(path_, status);
  if (settings_.access) {
    base::log::event(base::log::Level::info, "request",
                     {{"method", name_of(method_)},
                      {"path", path},
                      {"protocol", name_of(protocol_)},
                      {"status", std::int64_t{status}},
                      {"bytes", static_cast<std::int64_t>(bytes)},
                      {"milliseconds", milliseconds(time.total)}});
  }
  if (settings_.slow.count() > 0 && time.total >= settings_.slow) {
    base::log::event(base::log::Level::warning, "slow_request",
                     {{"method", name_of(method_)},
                      {"path", path},
                      {"protocol", name_of(protocol_)},
                      {"status", std::int64_t{status}},
                      {"milliseconds", milliseconds(time.total)},
                      {"reason", time.reason()},
                      {"queue", milliseconds(time.queue)},
                      {"rendering", milliseconds(time.rendering)},
                      {"database", milliseconds(time.database)},
                      {"commit", milliseconds(time.commit)},
                      {"reader", milliseconds(time.reader)}});
  }
}

void log_access(const LogSettings& settings, Protocol protocol, Method method, std::string_view path, int status,
                std::uint64_t bytes) {
  if (!settings.access) return;
  base::log::event(base::log::Level::info, "request",
                   {{"method", name_of(method)},
                    {"path", path_in_log(path, status)},
                    {"protocol", name_of(protocol)},
                    {"status", std::int64_t{status}},
                    {"bytes", static_cast<std::int64_t>(bytes)},
                    {"milliseconds", 0.0}});
}

}  // namespace http
