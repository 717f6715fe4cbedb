// One file as one page, from memory: the http folder alone, for tuning it. What a reader gets is measured on the whole program by
// script/bench; with `--command "page_server FILE"` that measures this one instead.
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "http/server.h"

namespace {

class OnePage final : public http::PreparedSource {
 public:
  explicit OnePage(std::shared_ptr<const http::Prepared> page) : page_(std::move(page)) {}
  const http::Prepared* find(std::string_view target) override { return target == "/page" ? page_.get() : nullptr; }
  std::shared_ptr<const http::Prepared> find_shared(std::string_view target) override { return target == "/page" ? page_ : nullptr; }

 private:
  std::shared_ptr<const http::Prepared> page_;
};

std::shared_ptr<const http::Prepared> prepare_file(const char* name) {
  std::ifstream file(name, std::ios::binary);
  http::Response response;
  response.add("Content-Type", "text/html; charset=utf-8").add("Cache-Control", "public, max-age=60");
  response.body.assign(std::istreambuf_iterator<char>(file), {});
  return http::prepare(response, http::Effort::thorough);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fputs("usage: page_server FILE\n", stderr);
    return 2;
  }
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  const auto page = prepare_file(arguments[1]);
  http::ServerSettings settings;
  settings.port = 0;
  http::Server server(
      settings, [](http::Request, http::Reply) {}, [page] { return std::make_unique<OnePage>(page); });
  if (const auto started = server.start(); !started) {
    std::fprintf(stderr, "%s\n", started.error().key.c_str());
    return 1;
  }
  std::printf("listening on http://127.0.0.1:%u\n", server.port());
  std::fflush(stdout);
  int signal = 0;
  sigwait(&signals, &signal);
  server.stop();
}
