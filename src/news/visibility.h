// What the public gets at an article's address, by its status. The one place that says so; a new status does not compile until it
// is decided here.
#pragma once

#include "news/article.h"

namespace news {

enum class Visibility {
  open,    // the whole of it
  locked,  // headline and form for the password; body and comments only with it
  hidden,  // as if there were nothing: 404
  gone,    // 410
};

constexpr Visibility visibility_of(ArticleStatus status) {
  switch (status) {
    case ArticleStatus::published: return Visibility::open;
    case ArticleStatus::password_protected: return Visibility::locked;
    case ArticleStatus::taken_down: return Visibility::gone;
    case ArticleStatus::draft:
    case ArticleStatus::scheduled:
    case ArticleStatus::private_: break;
  }
  return Visibility::hidden;
}

}  // namespace news
