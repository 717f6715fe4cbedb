#include "view/thread_model.h"

#include <algorithm>
#include <array>
#include <utility>

#include "news/comment_rules.h"
#include "news/permalink.h"
#include "text/json.h"
#include "text/language.h"
#include "text/passage.h"
#include "text/plain.h"
#include "view/parts.h"

namespace view {

namespace {

// From a branch to the comment's own branch: a page has one address for the form under it, wherever its link stood.
std::string reply_address(const ArticlePage& page, news::CommentId id) {
  const news::ThreadPart part{.branch = page.thread.part.branch ? id : news::CommentId()};
  const std::string address = news::thread_address(page.article.address, part);
  const char joint = address.find('?') == std::string::npos ? '?' : '&';
  return address + joint + "replytocom=" + std::to_string(id.value) + "#respond";
}

// Other orders and branches change: from there /comment/17 finds the place that stays.
std::string place_of(const ArticlePage& page, const news::CommentView& comment) {
  const std::string number = std::to_string(comment.id.value);
  if (comment.status != news::CommentStatus::published) return "#comment-" + number;
  if (!is_numbered(page.thread.part)) return "/comment/" + number;
  return thread_address(page.article.address, page.thread.page) + "#comment-" + number;
}

std::string name_of(const Site& site, const news::CommentView& comment) {
  return comment.author.empty() ? site.messages.text("comment.anonymous") : comment.author;
}

void add_marks(Model& shown, const news::Marks& marks) {
  shown.show_if(marks.picked, "IF_PICKED");
  shown.show_if(marks.by_author, "IF_BY_AUTHOR");
  shown.show_if(marks.by_staff, "IF_BY_STAFF");
}

void add_face(Model& shown, const std::string& name, const std::string& avatar) {
  if (!avatar.empty()) {
    shown.add("IF_AVATAR").set("AVATAR", avatar);
    return;
  }
  Model& letter = shown.add("IF_LETTER");
  letter.set("INITIAL", initial_of(name));
  letter.set_number("COLOUR", colour_of(name));
}

void add_who_and_when(Model& shown, const Site& site, const ArticlePage& page, const news::CommentView& comment) {
  const std::string name = name_of(site, comment);
  shown.set("AUTHOR", name);
  add_face(shown, name, comment.avatar);
  if (comment.website.empty()) {
    shown.show("IF_NO_WEBSITE");
  } else {
    shown.add("IF_WEBSITE").set("WEBSITE", comment.website);
  }
  add_marks(shown, comment.marks);
  set_time(shown, site, "WRITTEN", "WRITTEN_ISO", comment.created, text::DateStyle::date_time);
  if (comment.edited > base::Time{})
    set_time(shown.add("IF_EDITED"), site, "EDITED", "EDITED_ISO", comment.edited, text::DateStyle::date_time);
  shown.set("COMMENT_ADDRESS", place_of(page, comment));
}

void add_votes(Model& shown, const Site& site, news::Votes votes) {
  Model& model = shown.add("IF_VOTES");
  const std::string up = text::format_number(votes.up, site.settings.language);
  const std::string down = text::format_number(votes.down, site.settings.language);
  model.set("UP", up);
  model.set("DOWN", down);
  model.set("UP_LABEL", site.messages.text("comment.vote.up", {{"count", up}}));
  model.set("DOWN_LABEL", site.messages.text("comment.vote.down", {{"count", down}}));
}

// The words of the article in which the quotes of its comments are looked for: read when the first one asks.
class QuotedArticle {
 public:
  explicit QuotedArticle(const news::Article& article) : article_(article) {}
  bool says(const std::string& passage) {
    if (!passages_) passages_.emplace(news::quotable_text(article_));
    return passages_->hold(passage);
  }

 private:
  const news::Article& article_;
  std::optional<text::Passages> passages_;
};

void add_quote(Model& shown, const ArticlePage& page, QuotedArticle& article, const std::string& quote) {
  if (quote.empty()) return;
  Model& model = shown.add("IF_QUOTE");
  model.set("QUOTE", quote);
  if (article.says(quote))
    model.add("IF_PASSAGE")
        .set("PASSAGE_ADDRESS",
             news::thread_address(page.article.address, page.thread.part) + "#:~:" + text::text_directive(quote));
  else
    model.show("IF_NO_PASSAGE");
}

// The direct replies to a comment, of those that are shown here.
struct Replies {
  int count = 0;
  bool is_all = true;  // no more of them stand elsewhere, for all that this page knows
};

// The comments with which a branch's page begins only so that the first of those asked for stands in its place: what answers them
// stands elsewhere, but for that one.
std::size_t count_ancestors(const news::ThreadPage& page) {
  if (!page.part.branch) return 0;
  std::size_t ancestors = 0;
  while (ancestors + 1 < page.comments.size() && page.comments[ancestors + 1].depth > page.comments[ancestors].depth &&
         (page.part.after || page.comments[ancestors].id != page.part.branch))
    ++ancestors;
  return ancestors;
}

// Where a page leaves replies out, they answer what is above the last one that it shows, or that one.
std::vector<Replies> count_replies(const news::ThreadPage& page) {
  const std::vector<news::CommentView>& comments = page.comments;
  std::vector<Replies> replies(comments.size());
  for (std::size_t i = count_ancestors(page); i-- > 0;) replies[i].is_all = false;
  std::vector<std::size_t> above;  // the comment of each depth so far
  bool is_cut = false;
  for (std::size_t i = 0; i < comments.size(); ++i) {
    const auto depth = static_cast<std::size_t>(std::max(comments[i].depth, 0));
    above.resize(std::min(above.size(), depth));
    if (above.empty()) is_cut = false;
    if (!above.empty()) ++replies[above.back()].count;
    above.push_back(i);
    const bool is_last_of_branch = page.part.branch && comments[i].id == page.next;
    is_cut = is_cut || is_last_of_branch || comments[i].id == comments[above.front()].folded_after;
    if (is_cut) std::ranges::for_each(above, [&](std::size_t one) { replies[one].is_all = false; });
  }
  return replies;
}

// In plain words, to the author alone: the rule that holds it.
std::string why_held(const Site& site, const std::string& rule) {
  const std::string key = "comment.held." + rule;
  return site.messages.text(site.messages.has(key) ? key : "comment.held.why");
}

// The date only where it is another day's: mostly it is a quarter of an hour away.
std::string end_of_editing(const Site& site, base::Time until) {
  const text::CivilTime now = site.zone.to_civil(site.now);
  const text::CivilTime then = site.zone.to_civil(until);
  const bool is_today = now.year == then.year && now.month == then.month && now.day == then.day;
  return text::format_time(until, is_today ? text::DateStyle::time : text::DateStyle::date_time, site.zone,
                           site.settings.language);
}

void add_own(Model& shown, const Site& site, const OwnComment& own) {
  // To a spammer it looks like any that waits.
  const bool waits = own.verdict.status == news::CommentStatus::held || own.verdict.status == news::CommentStatus::spam;
  if (waits)
    shown.add("IF_HELD").set("WHY_HELD", own.verdict.status == news::CommentStatus::held
                                             ? why_held(site, own.verdict.rule)
                                             : site.messages.text("comment.held.why"));
  shown.show_if(own.verdict.status == news::CommentStatus::rejected, "IF_REJECTED");
  if (own.waiting) shown.add("IF_EDIT_WAITS").set("WAITING", *own.waiting);
  if (!own.edit_address.empty()) {
    Model& edit = shown.add("IF_MAY_EDIT");
    edit.set("EDIT_ADDRESS", own.edit_address);
    edit.set("EDIT_UNTIL", site.messages.text("comment.edit.until", {{"time", end_of_editing(site, own.edit_until)}}));
  }
  if (!own.delete_address.empty()) shown.add("IF_MAY_DELETE").set("DELETE_ADDRESS", own.delete_address);
}

void add_pinned(Model& model, const Site& site, const ArticlePage& page) {
  if (page.thread.pinned.empty()) return;
  Model& pinned = model.add("IF_PINNED");
  for (const news::CommentView& comment : page.thread.pinned) {
    Model& turn = pinned.add("PINNED");
    add_who_and_when(turn, site, page, comment);
    turn.set("COMMENT_ADDRESS", "/comment/" + std::to_string(comment.id.value));
    turn.set("COMMENT", comment.body);
  }
}

void add_shown_comment(Model& turn, const Site& site, const ArticlePage& page, QuotedArticle& article,
                       const news::CommentView& comment) {
  Model& shown = turn.add("IF_SHOWN");
  add_who_and_when(shown, site, page, comment);
  add_quote(shown, page, article, comment.quote);
  shown.set("COMMENT", comment.body);
  const bool is_own = page.own && page.own->id == comment.id;
  if (is_own) add_own(shown, site, *page.own);
  const bool pingback = comment.kind != news::CommentKind::comment;
  shown.show(pingback ? "IF_PINGBACK" : "IF_WRITTEN_HERE");
  const bool is_public = comment.status == news::CommentStatus::published;
  if (page.form && is_public && !pingback) {
    Model& reply = shown.add("IF_REPLY");
    reply.set("REPLY_ADDRESS", reply_address(page, comment.id));
    reply.set("REPLY_LABEL", site.messages.text("comment.reply_to", {{"name", name_of(site, comment)}}));
  }
  if (is_public && !pingback) add_votes(shown, site, comment.votes);
  if (is_public && !is_own) {
    Model& report = shown.add("IF_REPORT");
    report.set("REPORT_ADDRESS", "/comment/report?comment=" + std::to_string(comment.id.value));
    report.set("REPORT_LABEL", site.messages.text("comment.report_of", {{"name", name_of(site, comment)}}));
  }
}

// Where the rest of the replies stands, if the page has no room for it.
void add_folded(Model& model, std::string_view section, const Site& site, const ArticlePage& page, const news::CommentView* top) {
  if (top == nullptr || !top->folded_after) return;
  Model& folded = model.add(section);
  folded.set("FOLDED_ADDRESS",
             news::thread_address(page.article.address, {.branch = top->id, .after = top->folded_after}) + "#comments");
  folded.set("FOLDED_TEXT", top->removed ? site.messages.text("comments.more_replies")
                                         : site.messages.text("comments.more_replies_to", {{"name", name_of(site, *top)}}));
}

// The thread is a flat list of comments with depths; the page is lists within lists. Each turn says what is to be closed and
// opened before its comment, so that a template needs no recursion: IF_DEEPER, or SHALLOWER once per level and then IF_SIBLING.
void add_thread(Model& model, const Site& site, const ArticlePage& page) {
  Model& thread = model.add("IF_THREAD");
  const std::vector<Replies> replies = count_replies(page.thread);
  QuotedArticle article(page.article);
  int depth = -1;
  const news::CommentView* top = nullptr;
  for (std::size_t i = 0; i < page.thread.comments.size(); ++i) {
    const news::CommentView& comment = page.thread.comments[i];
    Model& turn = thread.add("COMMENTS");
    turn.set_number("COMMENT_ID", comment.id.value);
    // A comment whose parent is not on this page stands one level deeper than the one before at most.
    const int next = std::clamp(comment.depth, 0, depth + 1);
    turn.show_if(next > depth && next == 0, "IF_FIRST_LIST");
    if (next > depth && next > 0) {
      const char* const key = replies[i - 1].is_all ? "comment.replies" : "comment.replies_here";
      turn.add("IF_DEEPER").set("REPLY_COUNT", site.messages.count(key, replies[i - 1].count));
    }
    for (int level = next; level < depth; ++level) turn.show("SHALLOWER");
    if (next == 0) add_folded(turn, "IF_FOLDED", site, page, std::exchange(top, &comment));
    turn.show_if(next <= depth, "IF_SIBLING");
    turn.show_if(page.own && comment.id == page.own->id, "IF_OWN");
    depth = next;
    if (comment.removed) {
      turn.show("IF_REMOVED");
    } else {
      add_shown_comment(turn, site, page, article, comment);
    }
  }
  for (int level = 1; level <= depth; ++level) thread.show("THREAD_END");
  add_folded(thread, "IF_END_FOLDED", site, page, top);
}

void add_orders(Model& model, const Site& site, const ArticlePage& page) {
  if (page.thread.roots < 2 || page.thread.part.branch) return;
  constexpr std::pair<news::ThreadOrder, const char*> orders[] = {{news::ThreadOrder::oldest, "comments.oldest"},
                                                                  {news::ThreadOrder::newest, "comments.newest"},
                                                                  {news::ThreadOrder::best, "comments.best"}};
  Model& shown = model.add("IF_ORDERS");
  for (const auto& [order, key] : orders) {
    Model& turn = shown.add("ORDERS").add(order == page.thread.part.order ? "IF_THIS_ORDER" : "IF_OTHER_ORDER");
    turn.set("ORDER_ADDRESS", news::thread_address(page.article.address, {.order = order}) + "#comments");
    turn.set("ORDER", site.messages.text(key));
  }
}

// Back from a branch, on to the next page of an order or a branch; numbered pages have their numbers.
void add_ways(Model& model, const Site& site, const ArticlePage& page) {
  const news::ThreadPage& thread = page.thread;
  if (thread.part.branch && !thread.comments.empty()) {
    model.add("IF_BRANCH")
        .set("WHOLE_THREAD",
             thread_address(page.article.address, thread.page) + "#comment-" + std::to_string(thread.comments.front().id.value));
  }
  if (is_numbered(thread.part)) {
    const auto address_of = [&](int number) { return thread_address(page.article.address, number) + "#comments"; };
    add_page_numbers(model, site, "comments.pages", thread.page, thread.pages, address_of);
  } else if (thread.next) {
    news::ThreadPart next = thread.part;
    next.after = thread.next;
    Model& more = model.add("IF_MORE_COMMENTS");
    more.set("MORE_ADDRESS", news::thread_address(page.article.address, next) + "#comments");
    more.set("MORE_TEXT", site.messages.text(next.branch ? "comments.more_replies" : "comments.more"));
  }
}

std::string heading_of(const Site& site, const ArticlePage& page) {
  if (page.thread.total > 0) return site.messages.count("comments.count", page.thread.total);
  return site.messages.text(page.form ? "comments.none" : "comments.title");
}

struct FieldNames {
  std::string_view field, id, section, value;
};
constexpr std::array<FieldNames, 5> form_fields{{{"comment", "respond-comment", "IF_COMMENT_ERROR", "COMMENT_ERROR"},
                                                 {"quote", "respond-quote", "IF_QUOTE_ERROR", "QUOTE_ERROR"},
                                                 {"name", "respond-name", "IF_NAME_ERROR", "NAME_ERROR"},
                                                 {"email", "respond-email", "IF_EMAIL_ERROR", "EMAIL_ERROR"},
                                                 {"website", "respond-website", "IF_WEBSITE_ERROR", "WEBSITE_ERROR"}}};

void add_problems(Model& model, const Site& site, const CommentForm& form) {
  if (form.errors.empty() && form.refusal.empty()) return;
  Model& problems = model.add("IF_PROBLEMS");
  problems.show_if(!form.text.empty(), "IF_KEPT");
  if (!form.refusal.empty()) problems.add("PROBLEMS").add("IF_NO_FIELD").set("PROBLEM", site.messages.text(form.refusal));
  // In the order in which the fields stand, and then those that belong to none.
  for (const FieldNames& names : form_fields) {
    for (const base::FieldError& error : form.errors) {
      if (error.field != names.field) continue;
      Model& turn = problems.add("PROBLEMS").add("IF_FIELD");
      turn.set("FIELD", std::string(names.id));
      turn.set("PROBLEM", site.messages.text(error.key));
    }
  }
  for (const base::FieldError& error : form.errors) {
    const bool known =
        std::any_of(form_fields.begin(), form_fields.end(), [&](const FieldNames& names) { return names.field == error.field; });
    if (!known) problems.add("PROBLEMS").add("IF_NO_FIELD").set("PROBLEM", site.messages.text(error.key));
  }
}

void add_field_errors(Model& model, const Site& site, const CommentForm& form) {
  for (const FieldNames& names : form_fields) {
    const auto error = std::find_if(form.errors.begin(), form.errors.end(),
                                    [&](const base::FieldError& one) { return one.field == names.field; });
    if (error != form.errors.end()) model.add(names.section).set(names.value, site.messages.text(error->key));
  }
}

// What the theme's script says, in the language of the page.
std::string script_texts(const Site& site) {
  text::json::object texts;
  for (auto one = site.messages.texts().lower_bound("script."); one != site.messages.texts().end(); ++one) {
    if (!one->first.starts_with("script.")) break;
    texts[one->first] = one->second;
  }
  for (const char* key : {"form.title", "form.title_to", "form.cancel", "form.kept", "comment.vote.up", "comment.vote.down"})
    texts[key] = site.messages.text(key);
  // Browsers and ICU differ in the digits they prefer for a language; the page's are ours.
  constexpr std::pair<const char*, const char*> digits[] = {{"1", "latn"}, {"١", "arab"}, {"۱", "arabext"}};
  for (const auto& [one, system] : digits) {
    if (text::format_number(1, site.settings.language) == one) texts["digits"] = system;
  }
  return text::json::serialize(texts);
}

}  // namespace

bool is_numbered(const news::ThreadPart& part) { return !part.branch && part.order == news::ThreadOrder::oldest; }

void add_form(Model& model, const Site& site, news::ArticleId article, std::string_view article_address, const CommentForm& form,
              news::CommentId parent) {
  Model& shown = model.add("IF_FORM");
  shown.set_number("ARTICLE_ID", article.value);
  shown.set_number("PARENT_ID", form.reply_to ? form.reply_to->id.value : parent.value);
  shown.set("STAMP", form.stamp);
  shown.set("NAME_VALUE", form.name);
  shown.set("EMAIL_VALUE", form.email);
  shown.set("WEBSITE_VALUE", form.website);
  shown.set("COMMENT_VALUE", form.text);
  shown.set("QUOTE_VALUE", form.quote);
  const bool is_wrong = std::any_of(form.errors.begin(), form.errors.end(), [](const auto& one) { return one.field == "quote"; });
  shown.show_if(is_wrong || !form.quote.empty(), "IF_QUOTING");
  if (form.reply_to) {
    const std::string name = name_of(site, *form.reply_to);
    shown.set("FORM_TITLE", site.messages.text("form.title_to", {{"name", name}}));
    Model& replying = shown.add("IF_REPLYING");
    replying.set("CANCEL_ADDRESS", std::string(article_address) + "#respond");
    replying.set("ANSWERED", text::excerpt(text::plain_text(form.reply_to->body), 160));
  } else {
    shown.set("FORM_TITLE", site.messages.text("form.title"));
  }
  shown.set("MOST_CHARACTERS", std::to_string(site.settings.max_comment_characters));
  shown.set("MOST_TEXT",
            site.messages.text("form.most",
                               {{"most", text::format_number(site.settings.max_comment_characters, site.settings.language)}}));
  if (form.preview) {
    Model& preview = shown.add("IF_PREVIEW");
    preview.set("PREVIEW", *form.preview);
    preview.set_if_any("PREVIEW_QUOTE", "IF_PREVIEW_QUOTE", form.quote);
  }
  if (site.settings.sends_mail) shown.add("IF_MAIL").show_if(form.wants_replies, "IF_WANTS_REPLIES");
  add_problems(shown, site, form);
  add_field_errors(shown, site, form);
  const news::Moderation moderation = site.settings.moderation;
  if (moderation != news::Moderation::none) {
    shown.add("IF_MODERATION")
        .set("MODERATION", site.messages.text(moderation == news::Moderation::all ? "form.held_all" : "form.held_first"));
  }
}

void add_discussion(Model& model, const Site& site, const ArticlePage& page) {
  // A standing page that nobody may or did comment on has no such part.
  const bool empty = page.thread.total == 0 && page.thread.comments.empty();
  if (page.article.kind == news::ArticleKind::page && empty && !page.form) return;

  Model& discussion = model.add("IF_DISCUSSION");
  discussion.set("COMMENTS_HEADING", heading_of(site, page));
  discussion.set_number("DISCUSSED_ID", page.article.id.value);
  discussion.set_number("DISCUSSED_TOTAL", page.thread.total);
  discussion.set("SCRIPT_TEXTS", script_texts(site));
  discussion.show_if(page.own && page.own->verdict.status == news::CommentStatus::deleted, "IF_DELETED");
  add_pinned(discussion, site, page);
  add_orders(discussion, site, page);
  if (!page.thread.comments.empty()) add_thread(discussion, site, page);
  add_ways(discussion, site, page);
  if (page.form) {
    add_form(discussion, site, page.article.id, page.article.address, *page.form, {});
  } else {
    discussion.show("IF_CLOSED");
  }
}

}  // namespace view
