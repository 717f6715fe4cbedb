#include "web/site.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "base/format.h"
#include "web/answers.h"
#include "web/origin.h"
#include "web/renewer.h"
#include "web/returned_form.h"
#include "web/routes.h"
#include "web/security_headers.h"
#include "web/site_parts.h"
#include "web/visit.h"

namespace web {

namespace {

using VisitPointer = std::shared_ptr<const Visit>;

// Puts the site's headers on whatever is answered, now or later from another thread.
class GuardedWay final : public http::Reply::Way {
 public:
  GuardedWay(std::shared_ptr<const SiteParts> parts, bool secure, http::Reply reply)
      : parts_(std::move(parts)), secure_(secure), reply_(std::move(reply)) {}
  void send(http::Response&& response) override {
    add_security_headers(response, parts_->content_security_policy(), parts_->desk.settings, secure_);
    reply_(std::move(response));
  }
  void send(std::shared_ptr<const http::Prepared> prepared) override { reply_(std::move(prepared)); }

 private:
  std::shared_ptr<const SiteParts> parts_;
  bool secure_;
  http::Reply reply_;
};

// A page is anew after an hour (the stamp in its form) and at midnight (the date in the masthead).
base::Time end_of_use(const SiteParts& parts) {
  const base::Time now = parts.desk.clock.now();
  const text::CivilTime today = parts.desk.zone.to_civil(now);
  const text::CivilTime start_of_today{today.year, today.month, today.day, 0, 0, 0};
  // 26 hours after the last midnight it is tomorrow even where the clocks were changed in between.
  text::CivilTime tomorrow = parts.desk.zone.to_civil(parts.desk.zone.to_time(start_of_today) + base::Seconds(26 * 3600));
  tomorrow.hour = tomorrow.minute = tomorrow.second = 0;
  return std::min(now + base::Seconds(3600), parts.desk.zone.to_time(tomorrow));
}

// Plain bodies are two thirds of what a page takes, and kept of those alone that somebody asks for without a coding.
std::shared_ptr<const http::Prepared> as_asked(SiteParts& parts, const Visit& visit, const std::shared_ptr<const CachedPage>& page) {
  const http::Prepared& kept = *page->prepared;
  const bool is_whole = visit.request.method == http::Method::head || !kept.is_packed() ||
                        !http::is_packed(kept, http::choose(kept, visit.request.join_header("accept-encoding")));
  if (is_whole) return page->prepared;
  std::shared_ptr<const http::Prepared> whole = http::unpack(kept);
  parts.cache.improve(page, whole);
  return whole;
}

// Bytes that are shared serve secure and insecure requests alike; browsers ignore HSTS on the latter (RFC 6797, 8.1).
PageCache::Kept keep(SiteParts& parts, PageCache::Making making, MadePage made, http::Plain plain) {
  add_security_headers(made.response, parts.content_security_policy(), parts.desk.settings, true);
  if (making.keeps_plain()) plain = http::Plain::keep;
  const http::Effort effort = making.stood_long() ? http::Effort::thorough : http::Effort::good;
  auto prepared = http::prepare(made.response, http::Effort::quick, plain);
  const bool is_rough = !prepared->gzip.body.empty();
  PageCache::Kept kept = making.keep(std::move(prepared), std::move(made.sources), end_of_use(parts));
  if (is_rough) parts.polisher.add(kept.page, std::move(made.response), effort);
  return kept;
}

// What a reader of this address would have made, for nobody in particular.
std::optional<PageCache::Making> make_anew(SiteParts& parts, PageCache::Making making) {
  http::Request request;
  request.target = making.key();
  const std::size_t question = std::min(request.target.find('?'), request.target.size());
  request.path = request.target.substr(0, question);
  request.query = request.target.substr(std::min(question + 1, request.target.size()));
  const Visit visit(std::move(request));
  const Route* const route = find_route(http::Method::get, visit.request.path);
  if (route == nullptr || route->caching != Route::Caching::pages) return std::nullopt;
  MadePage made = route->show(parts, visit);
  if (made.keep == MadePage::Keep::yes) return keep(parts, std::move(making), std::move(made), http::Plain::leave_out).again;
  making.forget();
  return std::nullopt;
}

RateLimit& limit_of(SiteParts& parts, const Route& route) {
  switch (route.limit) {
    case Limit::comments: return parts.comment_limit;
    case Limit::passwords: return parts.password_limit;
    case Limit::readers: return parts.reader_limit;
    case Limit::pages:
    case Limit::none: break;
  }
  return parts.page_limit;
}

Answer show_cached(SiteParts& parts, Renewer& renewer, const Visit& visit, const Route& route, std::string_view key) {
  PageCache::Start start = parts.cache.start(key);
  if (start.page) return as_asked(parts, visit, start.page);
  // Giving up the making (a Making that ends unkept) leaves the page to the next who asks.
  if (auto refusal = refuse_haste(parts, visit)) return *std::move(refusal);
  MadePage made = route.show(parts, visit);
  if (!start.making) return std::move(made.response);
  if (made.keep == MadePage::Keep::no) {
    start.making->forget();
    return std::move(made.response);
  }
  const bool takes_gzip = http::accepts_gzip(visit.request.join_header("accept-encoding"));
  const http::Plain plain = takes_gzip ? http::Plain::leave_out : http::Plain::keep;
  PageCache::Kept kept = keep(parts, *std::move(start.making), std::move(made), plain);
  renewer.add(std::move(kept.again));
  return kept.page->prepared;
}

Answer show(SiteParts& parts, Renewer& renewer, const Visit& visit, const Route& route) {
  const std::optional<std::string_view> key = cache_key(visit.request.target);
  if (route.caching == Route::Caching::pages && key) return show_cached(parts, renewer, visit, route, *key);
  if (route.limit == Limit::pages) {
    if (auto refusal = refuse_haste(parts, visit)) return *std::move(refusal);
  }
  return route.show(parts, visit).response;
}

const char* too_fast_key(Limit limit) {
  switch (limit) {
    case Limit::passwords: return "article.password.too_fast";
    case Limit::readers: return "reader.too_fast";
    case Limit::comments:
    case Limit::pages:
    case Limit::none: break;
  }
  return "comment.too_fast";
}

// What stands before every handler that changes something: proof of origin (or, in the handler, a capability), then the rate
// limit.
void take(SiteParts& parts, const Route& route, VisitPointer visit, http::Reply reply) {
  if (route.access == Access::form && !came_from_our_page(visit->request, parts.desk.settings.url)) {
    return route.refuse(parts, std::move(visit), std::move(reply), {base::Errc::unproven, "form.unproven", {}});
  }
  if (const int wait = limit_of(parts, route).take(visit->request.client); wait > 0) {
    http::Reply later([wait, reply = std::make_shared<http::Reply>(std::move(reply))](http::Response&& response) {
      response.set("Retry-After", std::to_string(wait));
      (*reply)(std::move(response));
    });
    return route.refuse(parts, std::move(visit), std::move(later), {base::Errc::too_many, too_fast_key(route.limit), {}});
  }
  route.take(parts, std::move(visit), std::move(reply));
}

http::Response other_method(const SiteParts& parts, const Visit& visit) {
  const std::string allowed = allowed_methods(visit.request.path);
  if (visit.request.method == http::Method::options) {
    http::Response response;
    response.status = 204;
    response.set("Allow", allowed);
    return response;
  }
  http::Response response = error_answer(parts, visit, 405, {base::Errc::forbidden, "server.not_allowed", {}});
  response.set("Allow", allowed);
  return response;
}

void send(http::Reply& reply, Answer answer) {
  std::visit([&](auto&& kind) { reply(std::forward<decltype(kind)>(kind)); }, std::move(answer));
}

// The request loop's one catch. A form's handler keeps its reply and answers its own failures, with the reader's text.
Answer show_or_fail(SiteParts& parts, Renewer& renewer, const Visit& visit, const Route& route) {
  try {
    return show(parts, renewer, visit, route);
  } catch (const std::exception& cause) {
    return failure_answer(parts, visit, cause);
  }
}

}  // namespace

struct Site::State {
  State(const desk::Desk& desk, std::shared_ptr<const view::Theme> theme, SiteFolders folders, CacheSettings cache,
        SiteLimits limits)
      : parts(std::make_shared<SiteParts>(desk, std::move(theme), std::move(folders), cache, limits)) {}

  const std::shared_ptr<SiteParts> parts;
  Renewer renewer{[this](PageCache::Making making) { return make_anew(*parts, std::move(making)); }};
};

Site::Site(const desk::Desk& desk, std::shared_ptr<const view::Theme> theme, SiteFolders folders, CacheSettings cache,
           SiteLimits limits)
    : state_(std::make_unique<State>(desk, std::move(theme), std::move(folders), cache, limits)) {}
Site::~Site() = default;

void Site::handle(http::Request request, http::Reply raw_reply) {
  SiteParts& parts = *state_->parts;
  http::Reply reply(std::make_unique<GuardedWay>(state_->parts, request.secure, std::move(raw_reply)));
  const auto visit = std::make_shared<const Visit>(std::move(request));
  const Route* const route = find_route(visit->request.method, visit->request.path);
  if (route == nullptr) return reply(other_method(parts, *visit));
  if (route->take != nullptr) return take(parts, *route, visit, std::move(reply));
  send(reply, show_or_fail(parts, state_->renewer, *visit, *route));
}

std::unique_ptr<http::PreparedSource> Site::make_source() { return state_->parts->cache.make_source(); }

std::optional<http::Response> Site::refuse(const http::Request& request, int status) {
  return return_form(*state_->parts, request, status);
}

void Site::make_stale(const std::vector<news::Source>& sources) {
  const auto is_everything = [](const news::Source& source) { return source.kind == news::SourceKind::everything; };
  if (std::any_of(sources.begin(), sources.end(), is_everything)) state_->parts->renew_policy();
  state_->renewer.add(state_->parts->cache.make_stale(sources));
  state_->parts->live_threads.hear(sources);
}

SiteCounts Site::counts() const {
  SiteCounts now;
  now.cache = state_->parts->cache.counts();
  now.streams = state_->parts->streams.counts();
  state_->parts->comments.add_to(now);
  return now;
}

void Site::set_theme(std::shared_ptr<const view::Theme> theme) { state_->parts->set_theme(std::move(theme)); }

}  // namespace web
