// Every kind of page, from news to bytes. A page is a plain struct of what the trade knows; its function gives the whole HTML
// document. What a page shows depends on its arguments alone: nothing here reads a file, a clock, a cookie or the database, and
// nothing personal is in a page unless the caller put it there (form values, one's own held comment); such a page says noindex,
// and the caller must not cache it. All functions are thread-safe and throw only what Theme::expand throws.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "news/article.h"
#include "news/comment.h"
#include "news/site.h"
#include "news/taxonomy.h"
#include "text/date_time.h"
#include "text/html.h"
#include "view/catalogue.h"
#include "view/theme.h"

namespace view {

// What is around every page. Borrows; lives as long as one call.
struct Site {
  const news::SiteSettings& settings;
  const news::SiteFrame& frame;
  const text::TimeZone& zone;
  const Catalogue& messages;
  base::Time now{};  // for the date in the masthead: a page must be made anew at least daily
};

// Front page.
struct FrontBlock {
  news::Section section;
  std::vector<news::Teaser> teasers;  // the first is shown with its picture
};
struct FrontPage {
  std::optional<news::Teaser> lead;
  std::vector<news::Teaser> seconds;
  std::vector<FrontBlock> blocks;
  std::vector<news::Teaser> latest;
  std::vector<news::Teaser> most_discussed;
  std::vector<news::CommentTeaser> comments;
  bool has_older = false;  // there is a /page/2/
};
text::Html render_front(const Theme& theme, const Site& site, const FrontPage& page);

// Lists. Their pages are at `address`, `address`page/2/ and so on.
enum class ListingKind { latest, section, tag, author, date };
struct Period {
  int year = 0, month = 0, day = 0;  // month and day may be 0: the whole year or month
};
struct ListingPage {
  ListingKind kind = ListingKind::latest;
  std::string title;    // name of the section, tag or author; made here for latest and date
  Period period;        // for date
  std::string address;  // of the first page: "/category/news/"
  text::Html description;
  std::vector<news::Link> parents;  // of a section, the top one first
  std::vector<news::Section> children;
  news::TeaserPage teasers;
};
text::Html render_listing(const Theme& theme, const Site& site, const ListingPage& page);

// At /search?q=WORDS&page=2. Without words: the form alone.
struct SearchPage {
  std::string words;
  std::vector<news::SearchHit> hits;
  int page = 1;
  int pages = 1;
  int total = 0;
  bool has_more = false;  // than are counted and listed
};
text::Html render_search(const Theme& theme, const Site& site, const SearchPage& page);

// The form under an article. It posts to /comment (application/x-www-form-urlencoded) the fields: article, parent, stamp, name,
// email, website, comment, quote, replies. Fields of errors are name, email, website, comment, quote; an error of any other field
// is shown on top.
struct CommentForm {
  std::string stamp;  // the signed time, opaque
  std::string name;
  std::string email;
  std::string website;
  std::string text;
  std::vector<base::FieldError> errors;
  std::string refusal;  // key of a refusal that is no field's fault: "comment.too_fast", "server.unavailable"
  std::optional<news::CommentView> reply_to;  // the comment that is answered (?replytocom=ID)
  std::optional<text::Html> preview{};        // what the text will look like
  bool wants_replies = false;                 // mails about replies: the box is ticked
  std::string quote{};                        // a passage of the article; a preview shows it too
};

// What the author of a comment is told of it and may do with it, on the page after posting.
struct OwnComment {
  news::CommentId id;
  news::Verdict verdict;
  std::string edit_address{};  // empty: it can't be changed any more
  base::Time edit_until{};
  std::string delete_address;         // empty: it is deleted
  std::optional<text::Html> waiting;  // an edit that nobody else sees yet
};

// An article, or a standing page (by article.kind). Borrows the two large parts.
struct ArticlePage {
  const news::Article& article;
  const news::ThreadPage& thread;
  std::optional<news::Teaser> previous;  // older
  std::optional<news::Teaser> next;      // newer
  std::vector<news::Teaser> related;
  std::vector<news::Teaser> children;  // of a standing page
  std::vector<news::Link> ancestors;   // of a standing page
  std::optional<CommentForm> form;     // none: comments are closed
  std::optional<OwnComment> own;       // the comment in the thread whose author this page is for
};
text::Html render_article(const Theme& theme, const Site& site, const ArticlePage& page);

// The address of a page of a thread: "/permalink/" or "/permalink/comment-page-2/"; fragments are the caller's (#comment-17,
// #comments, #respond).
std::string thread_address(std::string_view article_address, int page);

// The form alone, for when its article cannot be shown with it (the database is away): the reader's text is never lost.
struct CommentFormPage {
  news::ArticleId article;
  news::CommentId parent;
  std::string headline;  // empty if not known
  std::string address;   // of the article; empty if not known
  CommentForm form;
};
text::Html render_comment_form(const Theme& theme, const Site& site, const CommentFormPage& page);

// What a reader does with one comment: changes or deletes one's own, or reports somebody's. It posts to /comment/edit (grant,
// comment, and preview where that button was used), /comment/delete (grant) or /comment/report (comment, reason, words).
enum class CommentTask { edit, remove, report };
struct CommentTaskPage {
  CommentTask task = CommentTask::edit;
  std::string headline{};  // of the article; empty if not known
  std::string address{};   // where the comment stands; empty if not known
  std::optional<news::CommentView> comment{};
  std::string grant{};
  std::string text{};     // of the field for words
  std::string reason{};   // one of news::report_reasons, or empty
  std::string problem{};  // key; empty: none
  std::optional<text::Html> preview{};
  bool is_done = false;  // a report that was taken
};
text::Html render_comment_task(const Theme& theme, const Site& site, const CommentTaskPage& page);

// In place of a password-protected article. It posts to /password the fields: article, stamp, password.
struct PasswordPage {
  const news::Article& article;
  std::string stamp;
  std::string refusal;  // key: "article.password.wrong"; empty at first
};
text::Html render_password(const Theme& theme, const Site& site, const PasswordPage& page);

// A reader's own pages: signing in by a mailed link, mails about replies. They post to /reader/sign-in (email), /reader/confirm,
// /reader/follow, /reader/unfollow (key, all) and /reader/sign-out. Personal, all of them.
struct ReaderPage {
  enum class Kind { sign_in, sent, confirm, signed_in, follow, followed, unfollow, unfollowed, refused } kind = Kind::sign_in;
  struct Followed {
    std::string headline;
    std::string address;
    std::string key;  // the capability that ends it
  };
  std::string key = {};          // the capability that the button sends
  std::string email = {};        // sign_in: what was typed
  std::string email_error = {};  // key of what is wrong with it
  std::string refusal = {};      // key
  std::string name = {};         // signed_in: how they sign comments
  std::vector<Followed> follows = {};
};
text::Html render_reader(const Theme& theme, const Site& site, const ReaderPage& page);

// 404, with ways on: search, sections, latest.
struct NotFoundPage {
  std::string words;  // to put into the search box, made of the address; may be empty
  std::vector<news::Teaser> latest;
};
text::Html render_not_found(const Theme& theme, const Site& site, const NotFoundPage& page);

// 410: an article that was taken down on purpose.
struct GonePage {
  std::vector<news::Teaser> latest;
};
text::Html render_gone(const Theme& theme, const Site& site, const GonePage& page);

// Any other refusal. Needs nothing from the database: the frame may be empty.
struct ErrorPage {
  int status = 500;
  std::string key;  // of the message: "server.busy", "form.expired"; empty: "server.failed"
};
text::Html render_error(const Theme& theme, const Site& site, const ErrorPage& page);

}  // namespace view
