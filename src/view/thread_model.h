// The thread under an article and the form below it, filled into a model. Private to src/view.
#pragma once

#include "view/model.h"
#include "view/pages.h"

namespace view {

// A numbered page, as opposed to another order or one branch.
bool is_numbered(const news::ThreadPart& part);

void add_discussion(Model& model, const Site& site, const ArticlePage& page);
// IF_FORM with everything in it. `article_address` may be empty.
void add_form(Model& model, const Site& site, news::ArticleId article, std::string_view article_address, const CommentForm& form,
              news::CommentId parent);

}  // namespace view
