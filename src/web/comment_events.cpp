#include "web/comment_events.h"

#include "desk/read_thread_state.h"
#include "web/answers.h"
#include "web/comment_form.h"

namespace web {
namespace {

// Whoever is turned away asks for the numbers instead, and comes back.
http::Response refusal(const SiteParts& parts, int status) {
  http::Response response = json_error(parts, status, {base::Errc::unavailable, "server.busy", {}});
  response.set("Retry-After", "60");
  return response;
}

}  // namespace

MadePage show_comment_events(SiteParts& parts, const Visit& visit) {
  constexpr std::string_view folder = "/comment/events/";
  const news::ArticleId article{parse_id(std::string_view(visit.request.path).substr(folder.size()))};
  auto admission = parts.streams.admit(visit.request);
  if (admission.refusal != 0) return {.response = refusal(parts, admission.refusal)};
  const std::shared_ptr<http::Topic> topic = parts.live_threads.topic_of(article);
  const base::Result<desk::ThreadState> state = desk::read_thread_state(parts.desk, article);
  if (!state) return {.response = json_error(parts, 404, state.error())};
  topic->say_first(LiveThreads::event_of(*state));
  http::Response response;
  response.set("Content-Type", "text/event-stream")
      .set("Cache-Control", "no-store")
      .set("X-Robots-Tag", "noindex")
      .set("X-Accel-Buffering", "no");  // a proxy that gathers what it passes on would keep the events back
  response.events = http::EventStream{topic, std::move(admission.permit)};
  return {.response = std::move(response)};
}

}  // namespace web
