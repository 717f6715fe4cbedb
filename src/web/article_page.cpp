#include "web/article_page.h"

#include <algorithm>
#include <utility>

#include "base/format.h"
#include "desk/own_comment.h"
#include "news/permalink.h"
#include "web/answers.h"
#include "web/comment_form.h"
#include "web/pages.h"
#include "web/password_post.h"

namespace web {
namespace {

const news::CommentView* find_answerable(const news::ThreadPage& thread, news::CommentId id) {
  const auto found = std::find_if(thread.comments.begin(), thread.comments.end(), [&](const news::CommentView& comment) {
    return comment.id == id && !comment.removed && comment.status == news::CommentStatus::published;
  });
  return found == thread.comments.end() ? nullptr : &*found;
}

// The comment to be answered stands in another part of the thread, or is not to be answered at all.
MadePage lead_to_comment(const SiteParts& parts, const desk::ArticleContent& content, news::CommentId id) {
  std::string address = news::thread_address(content.article.address, content.thread.part);
  const std::optional<desk::CommentPlace> place = desk::find_comment_place(parts.desk, id);
  if (place && place->comment.article == content.article.id && place->part != content.thread.part) {
    address = with_parameter(news::thread_address(content.article.address, place->part) + "#respond", "replytocom",
                             std::to_string(id.value));
  }
  return {.response = redirect(302, address)};
}

// A cursor that is none leads to where its pages begin, a branch that is none to the whole thread: the same for what never was,
// what stands elsewhere and what waits for a moderator.
MadePage lead_to_thread(const Visit& visit, const desk::ArticleContent& content, news::ThreadPart part) {
  if (part.after)
    part.after = {};
  else
    part = {};
  return {.response = redirect(302, news::thread_address(content.article.address, part) + "#comments",
                               query_without(visit, {"thread", "comments", "after", "p", "page_id", "cpage"}))};
}

// `thread_page` is that of the path.
news::ThreadPart part_of(const Visit& visit, int thread_page) {
  news::ThreadPart part{.order = news::thread_order_from(visit.parameter("comments").value_or("")),
                        .branch = {parse_id(visit.parameter("thread").value_or(""))}};
  const bool is_numbered = part.order == news::ThreadOrder::oldest && !part.branch;
  if (is_numbered) part.page = std::max(thread_page, 1);
  if (part.branch) part.order = news::ThreadOrder::oldest;
  if (!is_numbered) part.after = {parse_id(visit.parameter("after").value_or(""))};
  return part;
}

MadePage show_locked(const SiteParts& parts, const desk::ArticleContent& content) {
  return {.response = page_answer(200, render_locked(parts, content.article, {}), Audience::personal)};
}

view::OwnComment shown(desk::OwnComment own) {
  const auto address = [](std::string_view path, const std::string& grant) {
    return grant.empty() ? std::string() : with_parameter(path, "grant", grant);
  };
  return {.id = own.comment.id,
          .verdict = std::move(own.comment.verdict),
          .edit_address = address("/comment/edit", own.edit),
          .edit_until = own.edit_until,
          .delete_address = address("/comment/delete", own.remove),
          .waiting = std::move(own.waiting)};
}

MadePage show_open(const SiteParts& parts, const Visit& visit, desk::ArticleContent content,
                   std::optional<view::OwnComment> own) {
  std::optional<view::CommentForm> form;
  if (content.may_comment) {
    form.emplace();
    form->stamp = make_form_stamp(parts.desk.secrets, content.article.id, parts.desk.clock.now());
  }
  const auto asked = visit.parameter("replytocom");
  if (asked && form) {
    const news::CommentId id{parse_id(*asked)};
    const news::CommentView* comment = find_answerable(content.thread, id);
    if (comment == nullptr) return lead_to_comment(parts, content, id);
    form->reply_to = *comment;
  }
  const bool needs_password = content.article.status == news::ArticleStatus::password_protected;
  const bool is_personal = needs_password || visit.parameter("posted").has_value();
  MadePage made;
  made.response = page_answer(200, render(parts, content, std::move(form), std::move(own)),
                              is_personal ? Audience::personal : Audience::public_);
  const news::ThreadPart& part = content.thread.part;
  const bool is_another_view = part.branch || part.order != news::ThreadOrder::oldest;
  if (asked || is_another_view) made.response.set("X-Robots-Tag", "noindex");
  // How deep somebody leafs is theirs to say: what they find there is not kept.
  const bool is_deep = part.branch || part.after;
  made.keep = is_personal || asked || is_deep ? MadePage::Keep::no : MadePage::Keep::yes;
  made.sources = with_frame(std::move(content.sources));
  return made;
}

}  // namespace

bool is_at(const Visit& visit, std::string_view address) {
  const std::string canonical = encode_address(address);
  const std::size_t question = canonical.find('?');
  if (question == std::string::npos) return visit.request.path == canonical;
  if (visit.request.path != std::string_view(canonical).substr(0, question)) return false;
  const std::vector<Parameter> wanted = parse_parameters(std::string_view(canonical).substr(question + 1));
  return std::all_of(wanted.begin(), wanted.end(), [&](const Parameter& one) { return visit.parameter(one.name) == one.value; });
}

MadePage show_article(SiteParts& parts, const Visit& visit, news::ArticleId id, int thread_page) {
  std::optional<desk::OwnComment> own;
  if (const auto capability = visit.parameter("posted")) own = desk::read_own_comment(parts.desk, *capability);
  if (own && own->comment.article != id) own.reset();
  const bool is_there = own && own->comment.verdict.status != news::CommentStatus::deleted;
  const news::ThreadPart part = part_of(visit, thread_page);
  base::Result<desk::ArticleContent> content =
      desk::read_article(parts.desk, id, part, is_there ? own->comment.id : news::CommentId(), access_cookie(visit, id));
  if (!content) return refused(parts, visit, content.error());
  const std::string canonical = view::thread_address(content->article.address, part.page);
  if (!is_at(visit, canonical)) {
    return {.response = redirect(301, canonical, query_without(visit, {"p", "page_id", "attachment_id", "cpage"}))};
  }
  if (content->is_locked) return show_locked(parts, *content);
  if (!content->has_thread_part) return lead_to_thread(visit, *content, part);
  return show_open(parts, visit, *std::move(content), own ? std::optional(shown(*std::move(own))) : std::nullopt);
}

text::Html render(const SiteParts& parts, const desk::ArticleContent& content, std::optional<view::CommentForm> form,
                  std::optional<view::OwnComment> own) {
  const news::SiteFrame frame = desk::read_frame(parts.desk);
  const view::ArticlePage page{.article = content.article,
                               .thread = content.thread,
                               .previous = content.previous,
                               .next = content.next,
                               .related = content.related,
                               .children = content.children,
                               .ancestors = content.ancestors,
                               .form = std::move(form),
                               .own = std::move(own)};
  return view::render_article(*parts.theme(), site_around(parts, frame), page);
}

text::Html render_locked(const SiteParts& parts, const news::Article& article, std::string refusal) {
  const news::SiteFrame frame = desk::read_frame(parts.desk);
  const view::PasswordPage page{.article = article,
                                .stamp = make_form_stamp(parts.desk.secrets, article.id, parts.desk.clock.now()),
                                .refusal = std::move(refusal)};
  return view::render_password(*parts.theme(), site_around(parts, frame), page);
}

}  // namespace web
