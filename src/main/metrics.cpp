#include "main/metrics.h"

#include "main/exposition.h"
#include "main/process.h"

namespace cli {
namespace {

constexpr std::string_view answer_kind_names[] = {"prepared", "worker", "file", "refused", "events"};
constexpr std::string_view status_class_names[] = {"1xx", "2xx", "3xx", "4xx", "5xx"};
constexpr std::string_view verdict_names[] = {"published", "held", "spam", "rejected"};
constexpr std::string_view reason_names[] = {"invalid",  "unproven", "forbidden", "not_found",
                                             "conflict", "gone",     "too_many",  "unavailable"};

static_assert(std::size(answer_kind_names) == http::answer_kinds && std::size(status_class_names) == http::status_classes &&
              std::size(verdict_names) == web::comment_verdicts && std::size(reason_names) == web::refusal_reasons);

void write_answers(Exposition& out, const http::AnswerCounts& answers) {
  constexpr std::string_view name = "broadsheet_http_requests_total";
  out.family(name, "counter", "Answers by where they came from and by the class of their status.");
  for (std::size_t kind = 0; kind < http::answer_kinds; ++kind) {
    for (std::size_t status = 0; status < http::status_classes; ++status)
      out.sample(name, {{"kind", answer_kind_names[kind]}, {"status", status_class_names[status]}},
                 static_cast<double>(answers[kind][status]));
  }
}

void write_unavailable(Exposition& out, const http::ServerCounts& server) {
  constexpr std::string_view name = "broadsheet_http_unavailable_total";
  out.family(name, "counter",
             "Requests that were turned away by their cause: no room in the workers' queue, too many connections (429 where one "
             "client's), "
             "or the site itself.");
  out.sample(name, {{"cause", "queue"}}, static_cast<double>(server.refused_by_queue));
  out.sample(name, {{"cause", "connections"}}, static_cast<double>(server.refused_by_limit));
  out.sample(name, {{"cause", "site"}}, static_cast<double>(server.refused_by_handler));
}

void write_server(Exposition& out, const http::ServerCounts& server) {
  write_answers(out, server.answers);
  write_unavailable(out, server);
  out.histogram("broadsheet_http_worker_seconds", "From a whole request to its answer, of the requests that a worker had.",
                server.worker_seconds);
  out.counter("broadsheet_http_connections_total", "Connections that were accepted.", static_cast<double>(server.accepted));
  out.gauge("broadsheet_http_connections_open", "Connections that are open.", static_cast<double>(server.connections));
  out.gauge("broadsheet_http_listening", "Answers without end that are open: readers who wait for news.",
            static_cast<double>(server.listening));
  out.gauge("broadsheet_http_queue_length", "Requests that wait for a worker.", static_cast<double>(server.queued));
}

void write_cache(Exposition& out, const web::CacheCounts& cache) {
  out.gauge("broadsheet_page_cache_pages", "Pages that are ready to send.", static_cast<double>(cache.pages));
  out.gauge("broadsheet_page_cache_bytes", "Memory that these pages take.", static_cast<double>(cache.bytes));
  out.counter("broadsheet_page_cache_hits_total", "Requests for which a page was ready.", static_cast<double>(cache.hits));
  out.counter("broadsheet_page_cache_misses_total", "Requests for which a page had to be made.",
              static_cast<double>(cache.misses));
  out.counter("broadsheet_page_cache_evictions_total", "Pages that had to make room.", static_cast<double>(cache.evictions));
}

void write_comments(Exposition& out, const web::SiteCounts& site) {
  constexpr std::string_view accepted = "broadsheet_comments_accepted_total";
  out.family(accepted, "counter", "Comments that were taken, by their verdict.");
  for (std::size_t i = 0; i < web::comment_verdicts; ++i)
    out.sample(accepted, {{"verdict", verdict_names[i]}}, static_cast<double>(site.comments_accepted[i]));
  constexpr std::string_view refused = "broadsheet_comments_refused_total";
  out.family(refused, "counter", "Comments that were refused, by the reason.");
  for (std::size_t i = 0; i < web::refusal_reasons; ++i)
    out.sample(refused, {{"reason", reason_names[i]}}, static_cast<double>(site.comments_refused[i]));
}

void write_streams(Exposition& out, const web::StreamCounts& streams) {
  out.counter("broadsheet_streams_total", "Readers who began to wait for news of a thread.", static_cast<double>(streams.opened));
  out.counter("broadsheet_streams_refused_total", "Readers who could not, because too many did.",
              static_cast<double>(streams.refused));
}

void write_drill(Exposition& out, const DrillReport& drill) {
  out.gauge("broadsheet_drill_time_seconds", "When the last nightly drill began, in seconds since 1970.",
            static_cast<double>(base::to_unix(drill.began)));
  out.gauge("broadsheet_drill_success", "1: it found everything well. 0: see the log.", drill.is_well() ? 1 : 0);
  out.gauge("broadsheet_drill_duration_seconds", "How long it took.", drill.seconds);
}

void write_backup(Exposition& out, const NightlyBackup& backup) {
  out.gauge("broadsheet_backup_time_seconds", "When the newest of the nightly backups that are kept was written, in seconds since 1970.",
            static_cast<double>(base::to_unix(backup.written)));
  out.gauge("broadsheet_backup_success", "1: its drill found it whole. 0: it is marked as doubtful.", backup.is_doubtful ? 0 : 1);
  out.gauge("broadsheet_backup_size_bytes", "How large it is.", static_cast<double>(backup.bytes));
}

void write_database(Exposition& out, const db::DatabaseCounts& database) {
  out.counter("broadsheet_database_batches_total", "Shared commits that were begun.", static_cast<double>(database.begun));
  out.counter("broadsheet_database_writes_total", "Writes that were committed.", static_cast<double>(database.works));
  out.counter("broadsheet_database_failed_commits_total", "Shared commits of which nothing stayed.",
              static_cast<double>(database.failed));
  out.histogram("broadsheet_database_batch_size", "Writes that shared a commit.", database.batch_sizes);
  out.histogram("broadsheet_database_commit_seconds", "Commits with their sync to the disk.", database.commit_seconds);
  out.gauge("broadsheet_database_size_bytes", "The database file.", static_cast<double>(database.file_bytes));
  out.gauge("broadsheet_database_wal_size_bytes", "The write-ahead log beside it.", static_cast<double>(database.log_bytes));
}

// The names are those that every Prometheus client uses for its own process.
void write_process(Exposition& out) {
  const ProcessState process = look_at_process();
  constexpr std::string_view build = "broadsheet_build_info";
  out.family(build, "gauge", "The program's version; the value is always 1.");
  out.sample(build, {{"version", BROADSHEET_VERSION}}, 1);
  out.counter("process_cpu_seconds_total", "Processor time of all threads.", process.cpu_seconds);
  out.gauge("process_resident_memory_bytes", "Memory that is in use.", static_cast<double>(process.resident_bytes));
  out.gauge("process_virtual_memory_bytes", "Address space that is in use.", static_cast<double>(process.virtual_bytes));
  out.gauge("process_open_fds", "Open descriptors.", static_cast<double>(process.open_descriptors));
  out.gauge("process_max_fds", "Descriptors that may be open.", static_cast<double>(process.most_descriptors));
  out.gauge("process_start_time_seconds", "When the process started, in seconds since 1970.", process.start_time);
  out.gauge("process_threads", "Threads of the process.", static_cast<double>(process.threads));
}

}  // namespace

std::string write_metrics(const Measured& measured) {
  Exposition out;
  write_server(out, measured.server);
  write_cache(out, measured.site.cache);
  write_comments(out, measured.site);
  write_streams(out, measured.site.streams);
  if (measured.nights.drill) write_drill(out, *measured.nights.drill);
  if (measured.nights.backup) write_backup(out, *measured.nights.backup);
  write_database(out, measured.database);
  write_process(out);
  return out.text();
}

}  // namespace cli
