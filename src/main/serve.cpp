// Wires a site together and serves it until it is told to stop.
#include <signal.h>
#include <unistd.h>

#include <cstdio>

#include "base/format.h"
#include "db/time_spent.h"
#include "http/server.h"
#include "jobs/scheduler.h"
#include "jobs/send_mail.h"
#include "jobs/standing_tasks.h"
#include "main/commands.h"
#include "main/hand_over.h"
#include "main/metrics.h"
#include "main/nightly.h"
#include "main/operations.h"
#include "main/service_manager.h"
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
        notify_service_manager(reloading_state());
        reload_theme(site, web);
        (void)server.reload_certificate();  // a pair that is refused is logged there
        notify_service_manager("READY=1");
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

std::string place_of(const std::string& address, std::uint16_t port) {
  return base::format("{}:{}", address.find(':') != std::string::npos ? "[" + address + "]" : address, port);
}

void say_where(const http::ServerSettings& settings, const http::Server& server) {
  std::fputs(("listening on http://" + place_of(server.address(), server.port()) + "\n").c_str(), stdout);
  if (settings.tls) std::fputs(("listening on https://" + place_of(settings.tls->address, server.tls_port()) + "\n").c_str(), stdout);
  std::fflush(stdout);
}

// So that the log of slow requests can tell where their time went.
http::ServerSettings measured(http::ServerSettings settings) {
  settings.log.storage = [] {
    const db::TimeSpent spent = db::time_spent_on_this_thread();
    return http::StorageTime{.reading = spent.reading, .committing = spent.committing};
  };
  return settings;
}

// What runs while a site is served.
struct Serving {
  web::Site& web;
  http::Server& server;
  const Nights& nights;
};

// Nothing if the settings turn it off. What is asked for must outlive it.
Result<std::unique_ptr<Operations>> start_operations(OpenSite& site, const Serving& serving, std::vector<base::Descriptor> sockets) {
  const http::ServerSettings& listen = site.settings().operations;
  if (listen.address.empty() && sockets.empty()) return std::unique_ptr<Operations>();
  auto operations = std::make_unique<Operations>(
      listen, Operations::Questions{
                  .metrics = [&] {
                    return write_metrics({serving.server.counts(), serving.web.counts(), site.database_counts(), serving.nights.state()});
                  },
                  .database_answers = [&site] { return db::answers(site.database()); },
              });
  TRY(operations->start(std::move(sockets)));
  base::log::info("metrics and health are told on http://" + place_of(operations->server().address(), operations->server().port()));
  return operations;
}

void add(std::vector<NamedSocket>& sockets, std::vector<base::Descriptor> more, const char* name) {
  for (base::Descriptor& socket : more) sockets.push_back({name, std::move(socket)});
}

std::vector<NamedSocket> share(const http::Server& server, const Operations* operations) {
  std::vector<NamedSocket> sockets;
  http::Sockets own = server.share_sockets();
  add(sockets, std::move(own.plain), "http");
  add(sockets, std::move(own.secure), "https");
  if (operations) add(sockets, operations->server().share_sockets().plain, "ops");
  return sockets;
}

Result<std::optional<TakenOver>> predecessor(const ServeOptions& options) {
  if (!options.take_over) return std::optional<TakenOver>();
  Result<std::optional<TakenOver>> taken = TakenOver::ask(options.folder.root);
  if (taken && !*taken) base::log::info("no server of this site runs; there is nothing to take over");
  return taken;
}

// From the first answer to the last. A successor that took the sockets tells metrics and health itself.
Result<void> run(OpenSite& site, const Serving& serving, std::vector<NamedSocket> sockets, std::optional<TakenOver> taken,
                 const sigset_t& signals) {
  http::Server& server = serving.server;
  if (taken) sockets = taken->take_sockets();
  TRY(server.start_on({take_sockets_for("http", sockets), take_sockets_for("https", sockets)}));
  std::unique_ptr<Operations> operations = TRY(start_operations(site, serving, take_sockets_for("ops", sockets)));
  const jobs::Scheduler scheduler(jobs::standing_tasks(site.desk()));
  mail::Postman postman(site.settings().mail);
  const bool sends_mail = site.settings().site.sends_mail;
  const jobs::Scheduler mail_scheduler(sends_mail ? jobs::mail_tasks(site.desk(), postman) : std::vector<jobs::Task>());
  auto hand_over = std::make_unique<HandOver>(
      site.folder().root, HandOver::Offer{.share = [&] { return share(server, operations.get()); }, .leave = [] { ::kill(::getpid(), SIGTERM); }});
  say_where(site.settings().server, server);
  notify_service_manager("READY=1");
  if (taken) taken->say_ready();

  run_until_told(site, serving.web, server, signals);
  notify_service_manager("STOPPING=1");
  const bool is_replaced = hand_over->is_done();
  hand_over.reset();
  if (operations) operations->say_draining();
  if (is_replaced) operations.reset();
  base::log::info("stopping: finishing what is in flight");
  server.stop();
  postman.stop();
  return {};
}

}  // namespace

Result<void> serve(const ServeOptions& options) {
  std::vector<NamedSocket> sockets = inherited_sockets();
  const sigset_t signals = server_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);

  const std::vector<Override> overrides = TRY(parse_overrides(options));
  // Announced, though this process is told directly what its own writes touch: during a change of servers another one serves beside it.
  const std::unique_ptr<OpenSite> site = TRY(OpenSite::open(options.folder, overrides, true));
  std::shared_ptr<const view::Theme> theme = TRY(load_theme(site->folder(), site->settings().site));

  web::Site web(site->desk(), std::move(theme), {.media = site->folder().media()},
                {.most_bytes = site->settings().cache_megabytes * 1024 * 1024},
                {.requests_per_minute = site->settings().requests_per_minute, .streams = site->settings().streams});
  site->database().on_touched([&web](const std::vector<db::Touched>& touched) { web.make_stale(to_sources(touched)); });

  http::Server server(
      measured(site->settings().server), [&web](http::Request request, http::Reply reply) { web.handle(std::move(request), std::move(reply)); },
      [&web] { return web.make_source(); }, [&web](const http::Request& request, int status) { return web.refuse(request, status); });
  std::optional<TakenOver> taken = TRY(predecessor(options));
  const Nights nights(*site, overrides);
  const Result<void> result = run(*site, {web, server, nights}, std::move(sockets), std::move(taken), signals);
  site->database().on_touched({});
  return result;
}

}  // namespace cli
