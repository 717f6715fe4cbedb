// Wires a site together and serves it until it is told to stop.
#include <signal.h>

#include <cstdio>

#include "base/format.h"
#include "http/server.h"
#include "jobs/scheduler.h"
#include "jobs/standing_tasks.h"
#include "main/commands.h"
#include "main/theme_folder.h"
#include "view/catalogue.h"
#include "view/theme.h"
#include "web/site.h"

namespace cli {
namespace {

using base::Error;
using base::Result;

// The signals the server answers to. Blocked in every thread, so that only await_signal takes them.
sigset_t server_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGHUP);
  return signals;
}

// Gives the signal, or 0 when a minute has passed without one.
int await_signal(const sigset_t& signals) {
  const timespec a_minute{.tv_sec = 60, .tv_nsec = 0};
  const int signal = sigtimedwait(&signals, nullptr, &a_minute);
  return signal < 0 ? 0 : signal;
}

std::vector<news::Source> to_sources(const std::vector<db::Touched>& touched) {
  std::vector<news::Source> sources;
  sources.reserve(touched.size());
  for (const db::Touched& what : touched) sources.push_back({static_cast<news::SourceKind>(what.kind), what.id});
  return sources;
}

// SIGHUP: the theme anew. A broken one is refused and the site keeps what it has.
void reload_theme(const OpenSite& site, web::Site& web) {
  const Result<std::shared_ptr<const view::Theme>> theme = load_theme(site.folder(), site.settings().site);
  if (!theme) {
    base::log::error("the theme was not loaded, the site keeps the one it has: " + theme.error().key);
    return;
  }
  web.set_theme(*theme);
  base::log::info("the theme was loaded anew");
}

void run_until_told(const OpenSite& site, web::Site& web, http::Server& server, const sigset_t& signals) {
  while (true) {
    switch (await_signal(signals)) {
      case 0: server.reload_certificate_if_changed(); break;
      case SIGHUP:
        reload_theme(site, web);
        (void)server.reload_certificate();  // a pair that is refused is logged there
        break;
      default: return;
    }
  }
}

Result<std::vector<Override>> parse_overrides(const ServeOptions& options) {
  std::vector<Override> overrides;
  for (const std::string& argument : options.set) overrides.push_back(TRY(parse_override(argument)));
  if (!options.listen.empty()) overrides.push_back({"http.listen", options.listen});
  return overrides;
}

std::string listening_line(const char* scheme, const std::string& address, std::uint16_t port) {
  const bool is_v6 = address.find(':') != std::string::npos;
  return base::format("listening on {}://{}:{}\n", scheme, is_v6 ? "[" + address + "]" : address, port);
}

void say_where(const http::ServerSettings& settings, const http::Server& server) {
  std::fputs(listening_line("http", settings.address, server.port()).c_str(), stdout);
  if (settings.tls) std::fputs(listening_line("https", settings.tls->address, server.tls_port()).c_str(), stdout);
  std::fflush(stdout);
}

}  // namespace

Result<void> serve(const ServeOptions& options) {
  const sigset_t signals = server_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);

  const std::vector<Override> overrides = TRY(parse_overrides(options));
  // Not announced: this process is told directly what its own writes touch.
  const std::unique_ptr<OpenSite> site = TRY(OpenSite::open(options.folder, overrides, false));
  std::shared_ptr<const view::Theme> theme = TRY(load_theme(site->folder(), site->settings().site));

  web::Site web(site->desk(), std::move(theme), {.media = site->folder().media()},
                {.most_bytes = site->settings().cache_megabytes * 1024 * 1024});
  site->database().on_touched([&web](const std::vector<db::Touched>& touched) { web.make_stale(to_sources(touched)); });

  http::Server server(
      site->settings().server, [&web](http::Request request, http::Reply reply) { web.handle(std::move(request), std::move(reply)); },
      [&web] { return web.make_source(); });
  TRY(server.start());
  {
    const jobs::Scheduler scheduler(jobs::standing_tasks(site->desk()));
    say_where(site->settings().server, server);
    run_until_told(*site, web, server, signals);
    base::log::info("stopping: finishing what is in flight");
    server.stop();
  }
  site->database().on_touched({});
  return {};
}

}  // namespace cli
