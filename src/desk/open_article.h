// The password of a protected article, and the capability that whoever knew it holds from then on.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "desk/desk.h"
#include "news/article.h"

namespace desk {

// A token to be kept in a cookie, good for this article and this password for ten days. Error{not_found} if there is no such
// protected article, {unproven, "article.password.wrong"}.
base::Result<std::string> open_article(const Desk& desk, news::ArticleId id, std::string_view password);

// True if the token was given for this article with its present password and is still good.
bool opens(const Desk& desk, std::string_view token, const news::Article& article);

}  // namespace desk
