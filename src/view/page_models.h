// The pages of pages.h as models: every name that templates may use is given here and in parts.h, and docs/themes.md lists them.
// Pure functions; what is formatted for people (dates, counts, sentences) is formatted here, so that templates only place it.
#pragma once

#include "view/model.h"
#include "view/pages.h"

namespace view {

Model model_of(const Site& site, const FrontPage& page);
Model model_of(const Site& site, const ListingPage& page);
Model model_of(const Site& site, const SearchPage& page);
Model model_of(const Site& site, const ArticlePage& page);
Model model_of(const Site& site, const CommentFormPage& page);
Model model_of(const Site& site, const CommentTaskPage& page);
Model model_of(const Site& site, const PasswordPage& page);
Model model_of(const Site& site, const ReaderPage& page);
Model model_of(const Site& site, const NotFoundPage& page);
Model model_of(const Site& site, const GonePage& page);
Model model_of(const Site& site, const ErrorPage& page);

}  // namespace view
