#include "main/operations.h"

#include <utility>

namespace cli {
namespace {

http::ServerSettings quiet_server(const http::ServerSettings& listen) {
  return {.address = listen.address,
          .port = listen.port,
          .io_threads = 1,
          .workers = 1,
          .queue = 16,
          .max_connections = 64,
          .max_body_bytes = 1024,
          .idle_deadline = std::chrono::seconds(30),
          .drain_deadline = std::chrono::seconds(1)};
}

http::Response plain(int status, std::string body) {
  http::Response response;
  response.status = status;
  response.set("Content-Type", "text/plain; charset=utf-8")
      .set("Cache-Control", "no-store")
      .set("X-Content-Type-Options", "nosniff");
  response.body = std::move(body);
  return response;
}

}  // namespace

Operations::Operations(const http::ServerSettings& listen, Questions questions)
    : questions_(std::move(questions)),
      server_(quiet_server(listen), [this](http::Request request, http::Reply reply) { reply(answer(request)); }, {}) {}

http::Response Operations::answer(const http::Request& request) const {
  if (request.method != http::Method::get && request.method != http::Method::head) {
    http::Response response = plain(405, "Only GET and HEAD.\n");
    response.set("Allow", "GET, HEAD");
    return response;
  }
  if (request.path == "/healthz") return plain(200, "alive\n");
  if (request.path == "/readyz") return readiness();
  if (request.path == "/metrics") {
    http::Response response = plain(200, questions_.metrics());
    response.set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    return response;
  }
  return plain(404, "There are /metrics, /healthz and /readyz.\n");
}

http::Response Operations::readiness() const {
  if (is_draining_) return plain(503, "not ready: the server is stopping\n");
  if (!questions_.database_answers()) return plain(503, "not ready: the database does not answer\n");
  return plain(200, "ready\n");
}

}  // namespace cli
