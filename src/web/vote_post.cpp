#include "web/vote_post.h"

#include <utility>

#include "desk/read_site.h"
#include "desk/vote_comment.h"
#include "text/json.h"
#include "web/answers.h"
#include "web/comment_form.h"
#include "web/reader_cookies.h"
#include "web/small_form.h"

namespace web {
namespace {

struct TypedVote {
  news::CommentId comment;
  desk::Vote vote = desk::Vote::none;
};

TypedVote typed_vote(const SmallForm& form) {
  constexpr std::pair<std::string_view, desk::Vote> fields[] = {
      {"up", desk::Vote::up}, {"down", desk::Vote::down}, {"none", desk::Vote::none}};
  for (const auto& [field, vote] : fields) {
    if (const std::int64_t id = parse_id(form.value(field)); id > 0) return {{id}, vote};
  }
  return {};
}

// Back to the comment.
std::string place_of(const SiteParts& parts, news::CommentId id) {
  const std::optional<desk::CommentPlace> place = desk::find_comment_place(parts.desk, id);
  return place ? place->address : "/";
}

http::Response vote(const SiteParts& parts, const Visit& visit) {
  const SmallForm form = parse_small_form(visit.request);
  if (form.error) return error_answer(parts, visit, status_of(form.error->code), *form.error);
  const TypedVote typed = typed_vote(form);
  const desk::Voter voter = voter_of(parts, visit);
  const base::Result<news::Votes> votes =
      desk::vote_comment(parts.desk, actor_of(parts, visit), voter, typed.comment, typed.vote);
  if (!votes) return error_answer(parts, visit, status_of(votes.error().code), votes.error());
  http::Response response;
  if (visit.wants_json) {
    response = json_answer(200, text::json::serialize(text::json::object{{"up", votes->up}, {"down", votes->down}}), Audience::personal);
  } else {
    response = redirect(303, place_of(parts, typed.comment));
  }
  remember_voter(response, parts, visit, voter);
  return response;
}

}  // namespace

void take_vote(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply) {
  try {
    reply(vote(parts, *visit));
  } catch (const std::exception& cause) {
    reply(failure_answer(parts, *visit, cause));
  }
}

void refuse_vote(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply, const base::Error& error) {
  reply(error_answer(parts, *visit, status_of(error.code), error));
}

}  // namespace web
