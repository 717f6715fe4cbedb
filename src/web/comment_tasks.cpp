#include "web/comment_tasks.h"

#include <exception>
#include <functional>
#include <utility>

#include "base/format.h"
#include "base/log.h"
#include "desk/own_comment.h"
#include "desk/read_site.h"
#include "desk/report_comment.h"
#include "http/form.h"
#include "news/comment_rules.h"
#include "text/utf8.h"
#include "view/pages.h"
#include "web/answers.h"
#include "web/article_page.h"
#include "web/comment_form.h"
#include "web/reader_cookies.h"
#include "web/small_form.h"

namespace web {
namespace {

using base::Error;
using base::Result;
using view::CommentTask;
using view::CommentTaskPage;

// Needs the database only for the frame, and does without it.
http::Response task_answer(const SiteParts& parts, int status, const CommentTaskPage& page) {
  news::SiteFrame frame;
  try {
    frame = desk::read_frame(parts.desk);
  } catch (const std::exception& cause) {
    base::log::error(base::format("the frame of a page for one comment failed: {}", cause.what()));
  }
  return page_answer(status, view::render_comment_task(*parts.theme(), site_around(parts, frame), page), Audience::personal);
}

std::string problem_of(const Error& error) { return error.fields.empty() ? error.key : error.fields.front().key; }

http::Response refusal(const SiteParts& parts, const Visit& visit, CommentTaskPage page, const Error& error) {
  const int status = status_of(error.code);
  if (visit.wants_json) return json_error(parts, status, error);
  page.problem = problem_of(error);
  http::Response response = task_answer(parts, status, page);
  if (status == 503) response.set("Retry-After", "30");
  return response;
}

CommentTaskPage page_of(CommentTask task, const desk::CommentTask& read, std::string_view grant) {
  return {.task = task,
          .headline = read.headline,
          .address = read.address,
          .comment = news::view_of(read.comment),
          .grant = std::string(grant),
          .text = read.source};
}

MadePage show_task(SiteParts& parts, const Visit& visit, CommentTask task,
                   Result<desk::CommentTask> (*read)(const desk::Desk&, std::string_view)) {
  const std::string_view grant = visit.parameter("grant").value_or("");
  const Result<desk::CommentTask> found = read(parts.desk, grant);
  if (!found) return {.response = error_answer(parts, visit, status_of(found.error().code), found.error())};
  CommentTaskPage page = page_of(task, *found, grant);
  if (task == CommentTask::edit) page.comment.reset();  // its text stands in the field
  return {.response = task_answer(parts, 200, page)};
}

// The page of an edit with what was typed; needs no database.
CommentTaskPage typed_edit(const SmallForm& form) {
  CommentTaskPage page{.task = CommentTask::edit};
  page.grant = form.value("grant");
  page.text = form.value("comment");
  return page;
}

http::Response preview_edit(const SiteParts& parts, const Visit& visit, const SmallForm& form) {
  if (Result<void> valid = desk::validate_comment(form.value("comment"), parts.desk.settings); !valid)
    return refusal(parts, visit, typed_edit(form), valid.error());
  CommentTaskPage page = typed_edit(form);
  page.preview = desk::render_comment(text::clean_lines(page.text));
  return task_answer(parts, 200, page);
}

http::Response edit(const SiteParts& parts, const Visit& visit, const SmallForm& form) {
  if (form.error) return refusal(parts, visit, typed_edit(form), *form.error);
  if (!form.value("preview").empty()) return preview_edit(parts, visit, form);
  const Result<desk::PostedComment> edited =
      desk::edit_comment(parts.desk, actor_of(parts, visit), form.value("grant"), form.value("comment"));
  if (!edited) return refusal(parts, visit, typed_edit(form), edited.error());
  return redirect(303, with_parameter(edited->address, "posted", edited->capability));
}

http::Response remove(const SiteParts& parts, const Visit& visit, const SmallForm& form) {
  const Result<desk::PostedComment> deleted = desk::delete_comment(parts.desk, form.value("grant"));
  if (!deleted) return refusal(parts, visit, {.task = CommentTask::remove, .grant = form.value("grant")}, deleted.error());
  return redirect(303, with_parameter(deleted->address, "posted", deleted->capability));
}

// None if the public does not see it.
std::optional<CommentTaskPage> reported_page(const SiteParts& parts, news::CommentId id) {
  const std::optional<desk::CommentPlace> place = desk::find_comment_place(parts.desk, id);
  if (!place) return std::nullopt;
  CommentTaskPage page{.task = CommentTask::report, .comment = news::view_of(place->comment)};
  page.headline = place->headline;
  page.address = place->address;
  return page;
}

CommentTaskPage typed_report(const SiteParts& parts, const SmallForm& form) {
  CommentTaskPage page{.task = CommentTask::report};
  try {
    if (auto known = reported_page(parts, {parse_id(form.value("comment"))})) page = *std::move(known);
  } catch (const std::exception& cause) {
    base::log::error(base::format("the page for a refused report failed: {}", cause.what()));
  }
  if (!page.comment) {
    page.comment.emplace();
    page.comment->id = {parse_id(form.value("comment"))};
  }
  page.text = form.value("words");
  page.reason = form.value("reason");
  return page;
}

http::Response report(const SiteParts& parts, const Visit& visit, const SmallForm& form) {
  if (form.error) return refusal(parts, visit, typed_report(parts, form), *form.error);
  const news::CommentId id{parse_id(form.value("comment"))};
  const desk::Voter voter = voter_of(parts, visit);
  const Result<void> taken =
      desk::report_comment(parts.desk, voter, {.comment = id, .reason = form.value("reason"), .words = form.value("words")});
  if (!taken) return refusal(parts, visit, typed_report(parts, form), taken.error());
  http::Response response = redirect(303, base::format("/comment/report?comment={}&sent=1", id.value));
  remember_voter(response, parts, visit, voter);
  return response;
}

// A form's handler answers its own failures, with the reader's words.
void take(SiteParts& parts, const Visit& visit, http::Reply& reply,
          http::Response (*handle)(const SiteParts&, const Visit&, const SmallForm&),
          const std::function<CommentTaskPage(const SmallForm&)>& typed) {
  const SmallForm form = parse_small_form(visit.request);
  try {
    reply(handle(parts, visit, form));
  } catch (const std::exception& cause) {
    base::log::error(base::format("{} failed: {}", visit.request.path, cause.what()));
    reply(refusal(parts, visit, typed(form), {base::Errc::unavailable, "server.unavailable", {}}));
  }
}

CommentTaskPage typed_delete(const SmallForm& form) { return {.task = CommentTask::remove, .grant = form.value("grant")}; }

}  // namespace

MadePage show_comment_edit(SiteParts& parts, const Visit& visit) {
  return show_task(parts, visit, CommentTask::edit, desk::read_for_edit);
}

void take_comment_edit(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply) {
  take(parts, *visit, reply, edit, typed_edit);
}

void refuse_comment_edit(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply, const Error& error) {
  reply(refusal(parts, *visit, typed_edit(parse_small_form(visit->request)), error));
}

MadePage show_comment_delete(SiteParts& parts, const Visit& visit) {
  return show_task(parts, visit, CommentTask::remove, desk::read_for_delete);
}

void take_comment_delete(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply) {
  take(parts, *visit, reply, remove, typed_delete);
}

void refuse_comment_delete(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply, const Error& error) {
  reply(refusal(parts, *visit, typed_delete(parse_small_form(visit->request)), error));
}

MadePage show_comment_report(SiteParts& parts, const Visit& visit) {
  std::optional<CommentTaskPage> page = reported_page(parts, {parse_id(visit.parameter("comment").value_or(""))});
  if (!page) {
    const Error missing{base::Errc::not_found, "comment.report.missing", {}};
    return {.response = error_answer(parts, visit, 404, missing)};
  }
  page->is_done = visit.parameter("sent").has_value();
  return {.response = task_answer(parts, 200, *page)};
}

void take_comment_report(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply) {
  take(parts, *visit, reply, report, [&](const SmallForm& form) { return typed_report(parts, form); });
}

void refuse_comment_report(SiteParts& parts, std::shared_ptr<const Visit> visit, http::Reply reply, const Error& error) {
  reply(refusal(parts, *visit, typed_report(parts, parse_small_form(visit->request)), error));
}

}  // namespace web
