// The rules of commenting: who may comment where, what a form must hold, and what becomes of a new comment. Pure: no clock, no
// database; a typed name or email counts for nothing here (docs/decisions/0005).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"
#include "news/article.h"
#include "news/comment.h"
#include "news/site.h"

namespace news {

// Longest texts of the comment form but the comment itself (SiteSettings::max_comment_characters). Invariant 8.
inline constexpr std::size_t max_reader_name = 100;  // code points
inline constexpr std::size_t max_email = 254;        // bytes: RFC 5321, errata 1690
inline constexpr std::size_t max_website = 300;      // bytes
inline constexpr std::size_t max_quote = 400;        // code points

// What a reader can say is wrong with a comment, as forms and the database word it.
inline constexpr std::array<std::string_view, 4> report_reasons{"spam", "abuse", "private", "else"};
inline constexpr std::size_t max_report_words = 1000;  // code points

// Plausible as an address of mail: one '@', something sensible on both sides, a domain of two labels or more. Only sending a mail
// would prove it.
bool is_email_address(std::string_view typed);

// What a reader has shown of themselves. `published_before` counts only for a reader who proved who they are with their cookie.
struct Standing {
  bool proven = false;
  int published_before = 0;
};

// The rule's name is in the verdict: "moderation.none", "moderation.first", "moderation.all".
Verdict verdict_on_new_comment(Moderation moderation, Standing reader);

// What becomes of another text for a comment: the same rules again (invariant 6). Being published once lends no trust to its own
// edit, and an edit releases nothing that is held.
Verdict verdict_on_edit(Moderation moderation, Standing reader, const Comment& comment);

// Whether its author may still change it.
bool may_edit(const Comment& comment, const SiteSettings& settings, base::Time now);

// How good the votes say it is, from 0 to 1,000,000: the lower bound of Wilson's interval at 95 %, so that one vote of one says
// less than ninety of a hundred.
std::int64_t score_of(Votes votes);

// Whether new comments are taken under it: comments are open, the public sees it, and it is no older than
// `close_comments_after_days` (articles only; standing pages stay open).
bool may_comment(const Article& article, const SiteSettings& settings, base::Time now);

// What a comment on it may quote: the words of its standfirst and body.
std::string quotable_text(const Article& article);

// Only what everybody sees can be answered.
bool may_be_answered(CommentStatus status);

// A stored comment as a thread shows it, with all that it says: for whoever may read it.
CommentView view_of(const Comment& comment);

}  // namespace news
