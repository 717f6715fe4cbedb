// Articles, standing pages, and what stands in their place.
#include "text/plain.h"
#include "view/page_models.h"
#include "view/parts.h"
#include "view/thread_model.h"
#include "view/wrap_tables.h"

namespace view {

namespace {

std::string description_of(const news::Article& article) {
  if (!article.standfirst.empty()) return text::plain_text(article.standfirst);
  if (article.status == news::ArticleStatus::password_protected) return {};
  return text::plain_text(article.body);
}

std::string title_of(const Site& site, const ArticlePage& page) {
  std::string title = page.article.headline;
  if (page.thread.part.page > 1) {
    title += " – " + site.messages.text("nav.page_of", {{"number", std::to_string(page.thread.part.page)},
                                                        {"total", std::to_string(page.thread.pages)}});
  }
  return title;
}

void add_top(Model& shown, const Site& site, const news::Article& article) {
  shown.set("HEADLINE", article.headline);
  shown.set("ADDRESS", article.address);
  add_language(shown, site, article.language);
  if (!article.sections.empty()) {
    Model& kicker = shown.add("IF_KICKER");
    kicker.set("SECTION", article.sections.front().name);
    kicker.set("SECTION_ADDRESS", article.sections.front().address);
  }
  shown.set_if_any("STANDFIRST_HTML", "IF_STANDFIRST_HTML", article.standfirst);
  if (!article.authors.empty()) add_links(shown.add("IF_AUTHORS"), "AUTHORS", article.authors, site.messages);
  shown.set_if_any("DATELINE", "IF_DATELINE", article.dateline);
  set_time(shown, site, "PUBLISHED", "PUBLISHED_ISO", article.published, text::DateStyle::date_time);
  if (article.updated > article.published) {
    set_time(shown.add("IF_UPDATED"), site, "UPDATED", "UPDATED_ISO", article.updated, text::DateStyle::date_time);
  }
}

// In a section of its own: what stands around the article must not inherit its picture or its authors.
void add_article(Model& model, const Site& site, const ArticlePage& page) {
  const news::Article& article = page.article;
  Model& shown = model.add("ARTICLE");
  add_top(shown, site, article);
  add_picture(shown, article.lead, site.messages, Loading::first);
  shown.set("BODY", wrap_tables(article.body, site.messages.text("article.table")));
  if (!article.tags.empty()) add_links(shown.add("IF_TAGS"), "TAGS", article.tags, site.messages);
  shown.set("WHOLE_ADDRESS", absolute(site, article.address));
}

void add_neighbours(Model& model, const Site& site, const ArticlePage& page) {
  if (page.previous || page.next) {
    Model& around = model.add("IF_AROUND");
    if (page.previous) add_teaser(around, site, "PREVIOUS", *page.previous);
    if (page.next) add_teaser(around, site, "NEXT", *page.next);
  }
  if (!page.related.empty()) add_teasers(model.add("IF_RELATED"), site, "RELATED", page.related);
  if (!page.children.empty()) add_teasers(model.add("IF_CHILDREN"), site, "CHILDREN", page.children);
  if (!page.ancestors.empty()) add_links(model.add("IF_PARENTS"), "PARENTS", page.ancestors, site.messages);
}

}  // namespace

Model model_of(const Site& site, const ArticlePage& page) {
  const news::Article& article = page.article;
  const bool personal =
      page.own ||
      (page.form && (page.form->reply_to || page.form->preview || !page.form->errors.empty() || !page.form->refusal.empty()));
  Head head;
  head.title = title_of(site, page);
  head.description = description_of(article);
  head.canonical = thread_address(article.address, page.thread.part.page);
  head.robots = personal || article.status == news::ArticleStatus::password_protected ? Robots::noindex
                : is_numbered(page.thread.part)                                       ? Robots::index
                                                                                      : Robots::another_view;
  if (!article.sections.empty()) head.within = article.sections.front().address;
  if (article.kind == news::ArticleKind::article) head.article = &article;
  if (article.lead) head.picture = &*article.lead;

  Model model;
  add_frame(model, site, head);
  add_article(model, site, page);
  add_neighbours(model, site, page);
  add_discussion(model, site, page);
  return model;
}

Model model_of(const Site& site, const PasswordPage& page) {
  Head head;
  head.title = page.article.headline;
  head.robots = Robots::noindex;
  Model model;
  add_frame(model, site, head);
  add_top(model.add("ARTICLE"), site, page.article);
  model.set_number("ARTICLE_ID", page.article.id.value);
  model.set("STAMP", page.stamp);
  if (!page.refusal.empty()) model.add("IF_REFUSAL").set("REFUSAL", site.messages.text(page.refusal));
  return model;
}

Model model_of(const Site& site, const CommentFormPage& page) {
  Head head;
  head.title = site.messages.text("form.alone");
  head.robots = Robots::noindex;
  Model model;
  add_frame(model, site, head);
  if (!page.headline.empty() && !page.address.empty()) {
    Model& article = model.add("IF_ARTICLE");
    article.set("HEADLINE", page.headline);
    article.set("ADDRESS", page.address);
  }
  add_form(model, site, page.article, page.address, page.form, page.parent);
  return model;
}

}  // namespace view
