// The typed ids of the trade.
#pragma once

#include "base/id.h"

namespace news {

using ArticleId = base::Id<struct ArticleTag>;  // articles and standing pages
using AuthorId = base::Id<struct AuthorTag>;
using CommentId = base::Id<struct CommentTag>;
using MediaId = base::Id<struct MediaTag>;
using MenuItemId = base::Id<struct MenuItemTag>;
using ReaderId = base::Id<struct ReaderTag>;
using SectionId = base::Id<struct SectionTag>;
using TagId = base::Id<struct TagTag>;

}  // namespace news
