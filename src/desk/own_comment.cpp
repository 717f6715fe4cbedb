#include "desk/own_comment.h"

#include "desk/comment_grants.h"
#include "desk/readers.h"
#include "news/comment_rules.h"
#include "news/permalink.h"
#include "news/visibility.h"
#include "store/articles.h"
#include "store/comment_life.h"
#include "store/comments.h"
#include "store/threads.h"
#include "text/plain.h"
#include "text/utf8.h"

namespace desk {
namespace {

using base::Errc;
using base::Error;
using base::Purpose;
using base::Result;

Error edit_is_over() { return {Errc::unproven, "comment.edit.over", {}}; }
Error delete_is_over() { return {Errc::unproven, "comment.delete.over", {}}; }

std::optional<news::Article> find_readable_article(db::Connection& connection, news::ArticleId id) {
  std::optional<news::Article> article = store::find_article(connection, id);
  if (!article) return std::nullopt;
  const news::Visibility visibility = news::visibility_of(article->status);
  const bool is_readable = visibility == news::Visibility::open || visibility == news::Visibility::locked;
  return is_readable ? std::move(article) : std::nullopt;
}

std::string address_of(const Desk& desk, db::Connection& connection, const news::Article& article, const news::Comment& comment) {
  return news::comment_address(article.address, store::place_of(connection, comment, desk.settings.comments_per_page),
                               comment.id);
}

std::string newest_source(db::Connection& connection, const news::Comment& comment) {
  const auto waiting = comment.waiting ? store::find_version(connection, comment.id, comment.waiting) : std::nullopt;
  return waiting ? waiting->source : comment.source;
}

Result<CommentTask> read_task(const Desk& desk, Purpose purpose, std::string_view capability, const Error& over) {
  db::Reading reading = desk.database.read();
  db::Connection& connection = reading.connection();
  std::optional<news::Comment> comment = redeem_comment(desk, connection, purpose, capability);
  if (!comment || comment->verdict.status == news::CommentStatus::deleted) return over;
  const std::optional<news::Article> article = find_readable_article(connection, comment->article);
  if (!article) return over;
  std::string source = newest_source(connection, *comment);
  std::string address = address_of(desk, connection, *article, *comment);
  return CommentTask{*std::move(comment), std::move(source), article->headline, std::move(address)};
}

// Invariant 6. Gives the verdict on the new text.
news::Verdict store_edit(const Desk& desk, db::Transaction& tx, const news::Comment& comment, news::CommentVersion version,
                         news::ReaderId proven) {
  version.verdict = news::verdict_on_edit(desk.settings.moderation, standing_of(tx.connection(), proven), comment);
  version.number = store::insert_version(tx, comment, version);
  const bool was_public = comment.verdict.status == news::CommentStatus::published;
  if (was_public && version.verdict.status != news::CommentStatus::published)
    store::set_waiting(tx, comment.id, version.number);
  else
    store::show_version(tx, comment, version, was_public ? version.written : comment.edited);
  return version.verdict;
}

}  // namespace

std::optional<OwnComment> read_own_comment(const Desk& desk, std::string_view posted) {
  db::Reading reading = desk.database.read();
  std::optional<news::Comment> comment = redeem_comment(desk, reading.connection(), Purpose::held_comment, posted);
  if (!comment) return std::nullopt;
  OwnComment own;
  const bool is_there = comment->verdict.status != news::CommentStatus::deleted;
  if (is_there) own.remove = grant_comment(desk, Purpose::delete_comment, *comment);
  if (news::may_edit(*comment, desk.settings, desk.clock.now())) own.edit = grant_comment(desk, Purpose::edit_comment, *comment);
  own.edit_until = comment->created + std::chrono::minutes(desk.settings.comment_edit_minutes);
  if (comment->waiting) {
    if (auto version = store::find_version(reading.connection(), comment->id, comment->waiting))
      own.waiting = std::move(version->body);
  }
  own.comment = *std::move(comment);
  return own;
}

Result<CommentTask> read_for_edit(const Desk& desk, std::string_view capability) {
  CommentTask task = TRY(read_task(desk, Purpose::edit_comment, capability, edit_is_over()));
  if (!news::may_edit(task.comment, desk.settings, desk.clock.now())) return edit_is_over();
  return task;
}

Result<CommentTask> read_for_delete(const Desk& desk, std::string_view capability) {
  return read_task(desk, Purpose::delete_comment, capability, delete_is_over());
}

Result<PostedComment> edit_comment(const Desk& desk, Actor actor, std::string_view capability, const std::string& text) {
  TRY(validate_comment(text, desk.settings));
  news::CommentVersion version;
  version.written = desk.clock.now();
  version.source = text::clean_lines(text);
  version.body = render_comment(version.source);
  return desk.database.write([&](db::Transaction& tx) -> Result<PostedComment> {
    db::Connection& connection = tx.connection();
    const std::optional<news::Comment> comment = redeem_comment(desk, connection, Purpose::edit_comment, capability);
    if (!comment || !news::may_edit(*comment, desk.settings, desk.clock.now())) return edit_is_over();
    const std::optional<news::Article> article = find_readable_article(connection, comment->article);
    if (!article) return edit_is_over();
    news::Verdict verdict = comment->verdict;
    if (newest_source(connection, *comment) != version.source) {
      // Trust needs the cookie as it does in a new comment; the capability alone only lets its holder ask.
      const bool is_proven = is_reader(connection, actor, comment->reader);
      verdict = store_edit(desk, tx, *comment, version, is_proven ? comment->reader : news::ReaderId());
    }
    return PostedComment{.id = comment->id,
                         .verdict = verdict,
                         .address = address_of(desk, connection, *article, *comment),
                         .capability = grant_comment(desk, Purpose::held_comment, *comment),
                         .reader_token = {}};
  });
}

Result<PostedComment> delete_comment(const Desk& desk, std::string_view capability) {
  return desk.database.write([&](db::Transaction& tx) -> Result<PostedComment> {
    const std::optional<news::Comment> comment = redeem_comment(desk, tx.connection(), Purpose::delete_comment, capability);
    if (!comment) return delete_is_over();
    const std::optional<news::Article> article = find_readable_article(tx.connection(), comment->article);
    if (!article) return delete_is_over();
    const news::Verdict verdict{news::CommentStatus::deleted, "author"};
    store::set_verdict(tx, comment->id, verdict);
    if (comment->waiting) store::set_waiting(tx, comment->id, 0);
    const std::string address = address_of(desk, tx.connection(), *article, *comment);
    return PostedComment{.id = comment->id,
                         .verdict = verdict,
                         .address = address.substr(0, address.find('#')) + "#comments",
                         .capability = grant_comment(desk, Purpose::held_comment, *comment),
                         .reader_token = {}};
  });
}

}  // namespace desk
