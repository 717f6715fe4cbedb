#include "desk/moderate_comment.h"

#include <algorithm>

#include "base/format.h"
#include "desk/follow_replies.h"
#include "store/comment_life.h"
#include "store/comments.h"

namespace desk {
namespace {

using base::Errc;
using base::Error;
using base::Result;

constexpr int most_listed = 100'000;

bool may_moderate(Actor actor) { return actor.role == Actor::Role::operator_; }

Error may_not() { return {Errc::forbidden, "moderation.forbidden", {}}; }

Error missing(news::CommentId id) {
  return {Errc::not_found,
          base::format("There is no comment {}. Nothing was changed; `broadsheet comments list` shows the ids.", id.value),
          {}};
}

Error conflict(std::string sentence) { return {Errc::conflict, std::move(sentence), {}}; }

Error seen_another(const news::Comment& comment) {
  const int newest = comment.waiting ? comment.waiting : comment.version;
  return conflict(base::format(
      "Comment {0} was edited. Nothing was changed; read it with `broadsheet comments history`, and then publish {0}.{1}.",
      comment.id.value, newest));
}

Error was_deleted(news::CommentId id) {
  return conflict(base::format("Comment {} was deleted by its author. Nothing was changed; it stays deleted.", id.value));
}

// The text that waits becomes the one that is shown.
Result<void> show_waiting(const Desk& desk, db::Transaction& tx, const news::Comment& comment) {
  const std::optional<news::CommentVersion> version = store::find_version(tx.connection(), comment.id, comment.waiting);
  if (!version) return missing(comment.id);
  const bool was_public = comment.verdict.status == news::CommentStatus::published;
  store::show_version(tx, comment, *version, was_public ? desk.clock.now() : comment.edited);
  store::set_version_verdict(tx, comment.id, version->number, {news::CommentStatus::published, "staff"});
  return {};
}

Result<void> publish(const Desk& desk, db::Transaction& tx, SeenVersion seen) {
  const std::optional<news::Comment> comment = store::find_comment(tx.connection(), seen.comment);
  if (!comment) return missing(seen.comment);
  if (comment->verdict.status == news::CommentStatus::deleted) return was_deleted(comment->id);
  const bool is_unedited = comment->version == 1 && comment->waiting == 0;
  if (seen.version == 0 && !is_unedited) return seen_another(*comment);
  if (seen.version != 0 && seen.version == comment->waiting) {
    TRY(show_waiting(desk, tx, *comment));
  } else if (seen.version != 0 && seen.version != comment->version) {
    return seen_another(*comment);
  }
  store::set_verdict(tx, comment->id, {news::CommentStatus::published, "staff"});
  store::close_reports(tx, comment->id);
  tell_followers(tx, desk, comment->id);
  return {};
}

Result<void> take_back(db::Transaction& tx, news::CommentId id, news::CommentStatus status) {
  const std::optional<news::Comment> comment = store::find_comment(tx.connection(), id);
  if (!comment) return missing(id);
  if (comment->verdict.status == news::CommentStatus::deleted) return was_deleted(id);
  store::set_verdict(tx, id, {status, "staff"});
  store::close_reports(tx, id);
  return {};
}

}  // namespace

Result<void> moderate_comments(const Desk& desk, Actor actor, const std::vector<news::CommentId>& ids,
                               news::CommentStatus status) {
  if (!may_moderate(actor)) return may_not();
  return desk.database.write([&](db::Transaction& tx) -> Result<void> {
    for (const news::CommentId id : ids) {
      if (status == news::CommentStatus::published)
        TRY(publish(desk, tx, {id, 0}));
      else
        TRY(take_back(tx, id, status));
    }
    return {};
  });
}

Result<void> publish_comments(const Desk& desk, Actor actor, const std::vector<SeenVersion>& seen) {
  if (!may_moderate(actor)) return may_not();
  return desk.database.write([&](db::Transaction& tx) -> Result<void> {
    for (const SeenVersion& one : seen) TRY(publish(desk, tx, one));
    return {};
  });
}

Result<void> refuse_edit(const Desk& desk, Actor actor, SeenVersion seen) {
  if (!may_moderate(actor)) return may_not();
  return desk.database.write([&](db::Transaction& tx) -> Result<void> {
    const std::optional<news::Comment> comment = store::find_comment(tx.connection(), seen.comment);
    if (!comment) return missing(seen.comment);
    if (comment->waiting == 0 || (seen.version != 0 && seen.version != comment->waiting))
      return conflict(
          base::format("No such edit of comment {} waits. `broadsheet comments edits` shows those that do.", seen.comment.value));
    store::set_version_verdict(tx, comment->id, comment->waiting, {news::CommentStatus::rejected, "staff"});
    store::set_waiting(tx, comment->id, 0);
    return {};
  });
}

Result<std::vector<news::CommentVersion>> list_versions(const Desk& desk, Actor actor, news::CommentId id) {
  if (!may_moderate(actor)) return may_not();
  db::Reading reading = desk.database.read();
  const std::optional<news::Comment> comment = store::find_comment(reading.connection(), id);
  if (!comment) return missing(id);
  return store::list_versions(reading.connection(), *comment);
}

Result<std::vector<news::Comment>> list_edits(const Desk& desk, Actor actor, int most) {
  if (!may_moderate(actor)) return may_not();
  db::Reading reading = desk.database.read();
  std::vector<news::Comment> comments = store::list_edited_comments(reading.connection(), std::clamp(most, 0, most_listed));
  for (news::Comment& comment : comments) {
    const auto version = store::find_version(reading.connection(), comment.id, comment.waiting);
    if (!version) continue;
    comment.source = version->source;
    comment.body = version->body;
  }
  return comments;
}

Result<void> mark_comment(const Desk& desk, Actor actor, news::CommentId id, Mark mark, bool set) {
  if (!may_moderate(actor)) return may_not();
  return desk.database.write([&](db::Transaction& tx) -> Result<void> {
    const std::optional<news::Comment> comment = store::find_comment(tx.connection(), id);
    if (!comment) return missing(id);
    const bool can_be_pinned = comment->verdict.status == news::CommentStatus::published && comment->depth == 0;
    if (mark == Mark::pinned && set && !can_be_pinned)
      return conflict(
          base::format("Comment {} is a reply or not published. Only a published comment of its own can be pinned.", id.value));
    news::Marks marks = comment->marks;
    (mark == Mark::pinned ? marks.pinned : mark == Mark::picked ? marks.picked : marks.by_author) = set;
    store::set_marks(tx, id, marks);
    return {};
  });
}

Result<std::vector<news::Comment>> list_comments(const Desk& desk, Actor actor, std::optional<news::CommentStatus> status,
                                                 int most) {
  if (!may_moderate(actor)) return may_not();
  db::Reading reading = desk.database.read();
  return store::list_comments(reading.connection(), status, std::clamp(most, 0, most_listed));  // invariant 8
}

}  // namespace desk
