#include "web/comment_count.h"

#include "desk/read_thread_state.h"
#include "text/json.h"
#include "web/answers.h"
#include "web/comment_form.h"

namespace web {

MadePage show_comment_count(SiteParts& parts, const Visit& visit) {
  constexpr std::string_view folder = "/comment/count/";
  const news::ArticleId id{parse_id(std::string_view(visit.request.path).substr(folder.size()))};
  const base::Result<desk::ThreadState> state = desk::read_thread_state(parts.desk, id);
  if (!state) return {.response = json_error(parts, 404, state.error())};
  const text::json::object body{{"comments", state->total}, {"newest", state->newest.value}};
  MadePage made{.response = json_answer(200, text::json::serialize(body), Audience::public_),
                .keep = MadePage::Keep::yes,
                .sources = {news::source_of(id), news::thread_of(id)}};
  made.response.set("X-Robots-Tag", "noindex");
  return made;
}

}  // namespace web
