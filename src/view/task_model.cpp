// What a reader does with one comment, on a page of its own.
#include "news/comment_rules.h"
#include "text/language.h"
#include "view/page_models.h"
#include "view/parts.h"

namespace view {

namespace {

std::string_view title_key(const CommentTaskPage& page) {
  switch (page.task) {
    case CommentTask::edit: return "comment.edit.title";
    case CommentTask::remove: return "comment.delete.title";
    case CommentTask::report: return page.is_done ? "comment.report.thanks" : "comment.report.title";
  }
  return "form.alone";
}

void add_comment(Model& model, const Site& site, const news::CommentView& comment) {
  Model& shown = model.add("IF_COMMENT");
  shown.set("AUTHOR", comment.author.empty() ? site.messages.text("comment.anonymous") : comment.author);
  shown.set("COMMENT", comment.body);
}

void add_edit(Model& model, const Site& site, const CommentTaskPage& page) {
  Model& edit = model.add("IF_EDIT");
  edit.set("GRANT", page.grant);
  edit.set("COMMENT_VALUE", page.text);
  edit.set_number("MOST_CHARACTERS", site.settings.max_comment_characters);
  edit.set("MOST_TEXT",
           site.messages.text("form.most",
                              {{"most", text::format_number(site.settings.max_comment_characters, site.settings.language)}}));
  edit.show_if(site.settings.moderation != news::Moderation::none, "IF_MODERATION");
  if (page.preview) edit.add("IF_PREVIEW").set("PREVIEW", *page.preview);
}

void add_report(Model& model, const Site& site, const CommentTaskPage& page) {
  Model& report = model.add("IF_REPORT");
  report.set_number("COMMENT_ID", page.comment ? page.comment->id.value : 0);
  report.set("WORDS_VALUE", page.text);
  for (const std::string_view reason : news::report_reasons) {
    Model& turn = report.add("REASONS");
    turn.set("REASON", std::string(reason));
    turn.set("REASON_TEXT", site.messages.text("comment.report.reason." + std::string(reason)));
    turn.show_if(reason == page.reason, "IF_CHOSEN");
  }
}

}  // namespace

Model model_of(const Site& site, const CommentTaskPage& page) {
  Head head;
  head.title = site.messages.text(title_key(page));
  head.robots = Robots::noindex;
  Model model;
  add_frame(model, site, head);
  model.set("TITLE", head.title);
  if (!page.address.empty()) {
    Model& article = model.add("IF_ARTICLE");
    article.set("HEADLINE", page.headline);
    article.set("ADDRESS", page.address);
  }
  if (!page.problem.empty()) model.add("IF_PROBLEM").set("PROBLEM", site.messages.text(page.problem));
  if (page.comment && !page.is_done) add_comment(model, site, *page.comment);
  if (page.is_done) {
    model.show("IF_REPORTED");
  } else if (page.task == CommentTask::edit) {
    add_edit(model, site, page);
  } else if (page.task == CommentTask::remove) {
    model.add("IF_DELETE").set("GRANT", page.grant);
  } else {
    add_report(model, site, page);
  }
  return model;
}

}  // namespace view
