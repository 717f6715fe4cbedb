// SQL for one person's requests: everything the site holds under an address, and its end. Addresses are known by their keyed
// hashes alone (invariant 3).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/secrets.h"
#include "base/time.h"
#include "db/database.h"
#include "news/ids.h"

namespace store {

struct ReaderRecord {
  news::ReaderId id;
  std::string name;
  std::string sealed;  // the address as it was typed
  base::Time created{};
  std::optional<base::Time> confirmed;
};
std::vector<ReaderRecord> list_readers(db::Connection& connection, const base::Digest& email);

struct SessionRecord {
  base::Time created{};
  base::Time expires{};
};
std::vector<SessionRecord> list_sessions(db::Connection& connection, news::ReaderId reader);

struct MailRecord {
  int kind = 0;
  int state = 0;
  int attempts = 0;
  std::string language;
  base::Time created{};
  base::Time due{};
};
std::vector<MailRecord> list_mails(db::Connection& connection, const base::Digest& email);
std::vector<base::Time> list_sign_in_expiries(db::Connection& connection, const base::Digest& email);

std::vector<news::CommentId> list_comments_of(db::Connection& connection, news::ReaderId reader);
// What they said of comments, as voters and reporters (a keyed number, desk/voter.h).
struct VoteRecord {
  news::CommentId comment;
  int vote = 0;
};
std::vector<VoteRecord> list_votes(db::Connection& connection, std::int64_t voter);
struct ReportRecord {
  news::CommentId comment;
  base::Time at{};
  std::string reason;
  std::string words;
};
std::vector<ReportRecord> list_reports(db::Connection& connection, std::int64_t reporter);
// Votes stop counting.
void erase_voter(db::Transaction& tx, std::int64_t voter);

// The comment stays, without a name, a website and a reader.
void make_anonymous(db::Transaction& tx, news::CommentId id);
// Nothing of it stays but its place, which replies may hang on.
void empty_comment(db::Transaction& tx, news::CommentId id);

// Every row that is about this address or these readers, but their comments.
void erase_person(db::Transaction& tx, const std::vector<base::Digest>& emails, const std::vector<news::ReaderId>& readers);

}  // namespace store
