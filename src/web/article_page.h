// The page of an article with its thread and form, for everybody or for one reader. Decides what of an article is shown at an
// address.
#pragma once

#include <optional>

#include "desk/read_site.h"
#include "text/html.h"
#include "view/pages.h"
#include "web/site_parts.h"
#include "web/visit.h"

namespace web {

// The article at one of its addresses: the page of its thread that is asked for, another order of it (?comments=newest&after=5),
// one branch of it (?thread=17&after=20), a reply form (?replytocom=), one's own held comment (?posted=), the form for its
// password, or a redirect to where it is canonically.
MadePage show_article(SiteParts& parts, const Visit& visit, news::ArticleId id, int thread_page);

// With a form that somebody filled in. Reads the frame.
text::Html render(const SiteParts& parts, const desk::ArticleContent& content, std::optional<view::CommentForm> form,
                  std::optional<view::OwnComment> own);
text::Html render_locked(const SiteParts& parts, const news::Article& article, std::string refusal);

// Whether the request came by this address; `address` may hold a query ("/?p=17").
bool is_at(const Visit& visit, std::string_view address);

}  // namespace web
