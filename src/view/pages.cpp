#include "view/pages.h"

#include "view/page_models.h"

namespace view {

text::Html render_front(const Theme& theme, const Site& site, const FrontPage& page) {
  return theme.expand(Template::front, model_of(site, page));
}

text::Html render_listing(const Theme& theme, const Site& site, const ListingPage& page) {
  return theme.expand(Template::listing, model_of(site, page));
}

text::Html render_search(const Theme& theme, const Site& site, const SearchPage& page) {
  return theme.expand(Template::search, model_of(site, page));
}

text::Html render_article(const Theme& theme, const Site& site, const ArticlePage& page) {
  const bool standing = page.article.kind == news::ArticleKind::page;
  return theme.expand(standing ? Template::page : Template::article, model_of(site, page));
}

text::Html render_comment_form(const Theme& theme, const Site& site, const CommentFormPage& page) {
  return theme.expand(Template::comment_form, model_of(site, page));
}

text::Html render_comment_task(const Theme& theme, const Site& site, const CommentTaskPage& page) {
  return theme.expand(Template::comment_task, model_of(site, page));
}

text::Html render_password(const Theme& theme, const Site& site, const PasswordPage& page) {
  return theme.expand(Template::password, model_of(site, page));
}

text::Html render_reader(const Theme& theme, const Site& site, const ReaderPage& page) {
  return theme.expand(Template::reader, model_of(site, page));
}

text::Html render_not_found(const Theme& theme, const Site& site, const NotFoundPage& page) {
  return theme.expand(Template::not_found, model_of(site, page));
}

text::Html render_gone(const Theme& theme, const Site& site, const GonePage& page) {
  return theme.expand(Template::gone, model_of(site, page));
}

text::Html render_error(const Theme& theme, const Site& site, const ErrorPage& page) {
  return theme.expand(Template::error, model_of(site, page));
}

}  // namespace view
