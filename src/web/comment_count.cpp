#include "web/comment_count.h"

#include "desk/read_site.h"
#include "text/json.h"
#include "web/answers.h"
#include "web/comment_form.h"

namespace web {

MadePage show_comment_count(SiteParts& parts, const Visit& visit) {
  constexpr std::string_view folder = "/comment/count/";
  const news::ArticleId id{parse_id(std::string_view(visit.request.path).substr(folder.size()))};
  base::Result<desk::ArticleContent> content = desk::read_article(parts.desk, id, 1);
  if (!content || content->is_locked)
    return {.response = json_error(parts, 404, {base::Errc::not_found, "article.missing", {}})};
  const text::json::object body{{"comments", content->thread.total}};
  MadePage made{.response = json_answer(200, text::json::serialize(body), Audience::public_),
                .keep = MadePage::Keep::yes,
                .sources = std::move(content->sources)};
  made.response.set("X-Robots-Tag", "noindex");
  return made;
}

}  // namespace web
