// An article with its thread and neighbours, and the place of one comment.
#include <algorithm>

#include "base/format.h"
#include "desk/open_article.h"
#include "desk/read_site.h"
#include "desk/sources.h"
#include "news/comment_rules.h"
#include "news/permalink.h"
#include "news/visibility.h"
#include "store/articles.h"
#include "store/comments.h"
#include "store/threads.h"
#include "text/utf8.h"

namespace desk {
namespace {

using base::Errc;
using base::Error;
using base::Result;

constexpr int related_shown = 4;
constexpr int most_pinned = 3;
constexpr int most_ancestors = 20;  // invariant 8; also ends a loop that a damaged database might hold

Error no_such_page() { return {Errc::not_found, "article.missing", {}}; }

Result<news::Article> load_article(db::Connection& connection, news::ArticleId id) {
  std::optional<news::Article> article = store::find_article(connection, id);
  const news::Visibility visibility = article ? news::visibility_of(article->status) : news::Visibility::hidden;
  if (visibility == news::Visibility::hidden) return no_such_page();
  if (visibility == news::Visibility::gone) return Error{Errc::gone, "article.gone", {}};
  return std::move(*article);
}

std::vector<news::Link> ancestors_of(db::Connection& connection, news::ArticleId parent, Sources& sources) {
  std::vector<news::Link> ancestors;
  for (int i = 0; i < most_ancestors && parent; ++i) {
    sources.add(news::source_of(parent));
    const std::optional<news::Article> page = store::find_article(connection, parent);
    if (!page) break;
    const news::Visibility visibility = news::visibility_of(page->status);
    if (visibility == news::Visibility::open || visibility == news::Visibility::locked)
      ancestors.push_back({page->headline, page->address});
    parent = page->parent;
  }
  std::reverse(ancestors.begin(), ancestors.end());
  return ancestors;
}

void read_around_page(db::Connection& connection, ArticleContent& content, Sources& sources) {
  content.ancestors = ancestors_of(connection, content.article.parent, sources);
  content.children = store::child_pages(connection, content.article.id);
  sources.add(content.children);
}

void read_around_article(db::Connection& connection, ArticleContent& content, Sources& sources) {
  store::Neighbours neighbours = store::neighbours(connection, content.article);
  content.previous = std::move(neighbours.previous);
  content.next = std::move(neighbours.next);
  if (content.previous) sources.add(*content.previous);
  if (content.next) sources.add(*content.next);
  if (!content.is_locked) content.related = store::related_teasers(connection, content.article, related_shown);
  sources.add(content.related);
  sources.add({news::SourceKind::list_all});
  for (const news::SectionId id : content.article.section_ids)
    sources.add(news::source_of(news::ListKey{news::ListKind::section, id.value}));
  for (const news::TagId id : content.article.tag_ids) sources.add(news::source_of(news::ListKey{news::ListKind::tag, id.value}));
}

void read_discussion(db::Connection& connection, const Desk& desk, ArticleContent& content, const news::ThreadPart& part,
                     news::CommentId own) {
  const news::ArticleId id = content.article.id;
  std::optional<news::ThreadPage> thread = store::read_thread(connection, id, part, desk.settings.comments_per_page, own);
  content.has_thread_part = thread.has_value();
  if (!thread) return;
  content.thread = *std::move(thread);
  const bool is_beginning = part.page == 1 && !part.branch && !part.after;
  if (is_beginning) content.thread.pinned = store::pinned_comments(connection, id, most_pinned);
}

// Missing proof means refuse (invariant 5): what only the password opens is not even handed on.
void lock(ArticleContent& content) {
  content.is_locked = true;
  content.article.body = {};
  content.article.standfirst = {};
  content.article.lead.reset();
}

// Stands for a reader under one name, and tells nobody which other names they use here (docs/decisions/0031).
std::string avatar_of(const Desk& desk, const news::CommentView& comment) {
  constexpr std::size_t bytes = 10;
  constexpr std::string_view hexadecimal = "0123456789abcdef";
  const base::Digest digest = desk.secrets.keyed_hash(
      base::Purpose::reader_mark, base::format("{} {}", comment.reader.value, text::fold_case(comment.author)));
  std::string key;
  for (std::size_t i = 0; i < bytes; ++i) {
    key += hexadecimal[digest[i] / 16];
    key += hexadecimal[digest[i] % 16];
  }
  return key;
}

void add_avatars(const Desk& desk, std::vector<news::CommentView>& comments) {
  for (news::CommentView& comment : comments) {
    if (comment.reader) comment.avatar = avatar_of(desk, comment);
  }
}

}  // namespace

Result<ArticleContent> read_article(const Desk& desk, news::ArticleId id, const news::ThreadPart& part, news::CommentId own,
                                    std::string_view access) {
  db::Reading reading = desk.database.read();
  ArticleContent content;
  content.article = TRY(load_article(reading.connection(), id));
  Sources sources{{news::SourceKind::frame}, news::source_of(id), news::thread_of(id)};
  const bool is_protected = news::visibility_of(content.article.status) == news::Visibility::locked;
  if (is_protected && !opens(desk, access, content.article)) lock(content);

  if (!content.is_locked) {
    read_discussion(reading.connection(), desk, content, part, own);
    add_avatars(desk, content.thread.comments);
    add_avatars(desk, content.thread.pinned);
    content.may_comment = news::may_comment(content.article, desk.settings, desk.clock.now());
  }
  if (part.page > content.thread.pages) return no_such_page();
  if (content.article.kind == news::ArticleKind::page)
    read_around_page(reading.connection(), content, sources);
  else
    read_around_article(reading.connection(), content, sources);
  content.sources = sources.take();
  return content;
}

Result<ArticleContent> read_article(const Desk& desk, news::ArticleId id, int thread_page, news::CommentId own,
                                    std::string_view access) {
  if (thread_page < 0) return no_such_page();
  return read_article(desk, id, news::ThreadPart{.page = std::max(thread_page, 1)}, own, access);
}

std::optional<CommentPlace> find_comment_place(const Desk& desk, news::CommentId id) {
  db::Reading reading = desk.database.read();
  std::optional<news::Comment> comment = store::find_comment(reading.connection(), id);
  if (!comment || comment->verdict.status != news::CommentStatus::published) return std::nullopt;
  const std::optional<news::Article> article = store::find_article(reading.connection(), comment->article);
  if (!article || news::visibility_of(article->status) != news::Visibility::open) return std::nullopt;
  const news::ThreadPart part = store::place_of(reading.connection(), *comment, desk.settings.comments_per_page);
  std::string address = news::comment_address(article->address, part, id);
  return CommentPlace{std::move(*comment), part, std::move(address), article->headline};
}

}  // namespace desk
