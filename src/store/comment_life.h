// SQL for what becomes of comments after they were written: their versions, marks, votes and what readers reported. Each write
// keeps the comment's own row in step, and touches its thread where readers see the change. Which version may be seen is not
// decided here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "db/database.h"
#include "news/comment.h"

namespace store {

// Another text for this comment, which nobody sees yet. Gives its number.
int insert_version(db::Transaction& tx, const news::Comment& comment, const news::CommentVersion& version);
// The comment shows this version of its own from now on, and none waits. `edited`: since when, or 0.
void show_version(db::Transaction& tx, const news::Comment& comment, const news::CommentVersion& version, base::Time edited);
// 0: none waits any more.
void set_waiting(db::Transaction& tx, news::CommentId id, int number);
// Of a comment that was never edited there is nothing to change.
void set_version_verdict(db::Transaction& tx, news::CommentId id, int number, const news::Verdict& verdict);

std::optional<news::CommentVersion> find_version(db::Connection& connection, news::CommentId id, int number);
// The oldest first. A comment that was never edited is its own only version.
std::vector<news::CommentVersion> list_versions(db::Connection& connection, const news::Comment& comment);
// Comments with an edit that waits, the newest first.
std::vector<news::Comment> list_edited_comments(db::Connection& connection, int most);

// False if there is no such comment.
bool set_marks(db::Transaction& tx, news::CommentId id, const news::Marks& marks);

// One vote of one voter: 1, -1, or 0 to take it back. False if nothing changed.
bool set_vote(db::Transaction& tx, const news::Comment& comment, std::int64_t voter, int vote);
// That it was edited elsewhere, where its other versions stay.
void set_edited(db::Transaction& tx, news::CommentId id, base::Time edited);
// Votes that were given elsewhere, of which nothing but the totals is known.
void set_vote_totals(db::Transaction& tx, news::CommentId id, const news::Votes& votes);

struct Report {
  news::CommentId comment;
  base::Time at{};
  std::string reason;  // as news::ReportReason words it
  std::string words;   // may be empty
};
// One of each reporter: the first stays. False if there was one.
bool insert_report(db::Transaction& tx, const Report& report, std::int64_t reporter);
void close_reports(db::Transaction& tx, news::CommentId id);
// Those that nobody decided on yet, the oldest first.
std::vector<Report> list_open_reports(db::Connection& connection, int most);

}  // namespace store
