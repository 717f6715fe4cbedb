#include "desk/reader_requests.h"

#include <algorithm>
#include <iterator>
#include "desk/readers.h"
#include "desk/voter.h"
#include "news/comment_rules.h"
#include "news/mail.h"
#include "store/articles.h"
#include "store/comment_life.h"
#include "store/comments.h"
#include "store/follows.h"
#include "store/person.h"
#include "text/json.h"
#include "text/utf8.h"

namespace desk {
namespace {

using base::Errc;
using base::Error;
using base::Result;
namespace json = text::json;

constexpr int most_follows = 1'000'000;

Result<std::vector<base::Digest>> hashes_of(const Desk& desk, const Actor& actor, std::string_view typed) {
  if (actor.role != Actor::Role::operator_) return Error{Errc::forbidden, "reader.forbidden", {}};
  const std::string email = text::clean_line(typed);
  if (!news::is_email_address(email))
    return Error{Errc::invalid, "That is no address of mail. It should look like name@example.org.", {}};
  return std::vector<base::Digest>{lookup_hash(desk.secrets, email), import_hash(desk.secrets, email)};
}

Error nothing_held() {
  return {Errc::not_found, "Nothing is held under this address. Ask for the address that the comments were written with.", {}};
}

json::value time_of(const Desk& desk, base::Time time) { return json::value(desk.zone.iso8601(time)); }

std::string address_of(db::Connection& connection, news::ArticleId id) {
  const std::optional<news::Article> article = store::find_article(connection, id);
  return article ? article->address : std::string();
}

const char* name_of(news::CommentStatus status) {
  switch (status) {
    case news::CommentStatus::published: return "published";
    case news::CommentStatus::held: return "held";
    case news::CommentStatus::spam: return "spam";
    case news::CommentStatus::rejected: return "rejected";
    case news::CommentStatus::deleted: return "deleted";
  }
  return "";
}

const char* name_of_mail(int kind) {
  switch (static_cast<news::MailKind>(kind)) {
    case news::MailKind::sign_in: return "link to sign in";
    case news::MailKind::follow: return "question about mails";
    case news::MailKind::reply: return "reply";
    case news::MailKind::held: return "held comments";
  }
  return "";
}

json::object comment_record(const Desk& desk, db::Connection& connection, const news::Comment& comment) {
  json::array versions;
  for (const news::CommentVersion& version : store::list_versions(connection, comment)) {
    versions.push_back({{"number", version.number},
                        {"written", time_of(desk, version.written)},
                        {"status", name_of(version.verdict.status)},
                        {"text", version.source}});
  }
  return {{"id", comment.id.value},
          {"article", address_of(connection, comment.article)},
          {"answers", comment.parent ? json::value(comment.parent.value) : json::value(nullptr)},
          {"status", name_of(comment.verdict.status)},
          {"rule", comment.verdict.rule},
          {"written", time_of(desk, comment.created)},
          {"name", comment.author},
          {"website", comment.website},
          {"quote", comment.quote},
          {"text", comment.source},
          {"html", comment.body.string()},
          {"versions", std::move(versions)}};
}

json::object reader_record(const Desk& desk, db::Connection& connection, const store::ReaderRecord& reader) {
  json::array sessions;
  for (const store::SessionRecord& session : store::list_sessions(connection, reader.id))
    sessions.push_back({{"began", time_of(desk, session.created)}, {"ends", time_of(desk, session.expires)}});
  json::array votes;
  for (const store::VoteRecord& vote : store::list_votes(connection, voter_number(desk, reader.id)))
    votes.push_back({{"comment", vote.comment.value}, {"vote", vote.vote}});
  json::array reports;
  for (const store::ReportRecord& report : store::list_reports(connection, voter_number(desk, reader.id))) {
    reports.push_back({{"comment", report.comment.value},
                       {"reported", time_of(desk, report.at)},
                       {"reason", report.reason},
                       {"words", report.words}});
  }
  json::array comments;
  for (const news::CommentId id : store::list_comments_of(connection, reader.id)) {
    if (const auto comment = store::find_comment(connection, id)) comments.push_back(comment_record(desk, connection, *comment));
  }
  return {{"id", reader.id.value},
          {"name", reader.name},
          {"email", desk.secrets.unseal(base::Purpose::email_seal, reader.sealed).value_or("")},
          {"known_since", time_of(desk, reader.created)},
          {"confirmed", reader.confirmed ? time_of(desk, *reader.confirmed) : json::value(nullptr)},
          {"sessions", std::move(sessions)},
          {"comments", std::move(comments)},
          {"votes", std::move(votes)},
          {"reports", std::move(reports)}};
}

// What is held under one hash, added to the lists.
void add_records(const Desk& desk, db::Connection& connection, const base::Digest& email, json::object& all) {
  for (const store::ReaderRecord& reader : store::list_readers(connection, email))
    all["readers"].as_array().push_back(reader_record(desk, connection, reader));
  for (const store::Follow& follow : store::list_follows_of(connection, email, most_follows)) {
    all["mails_about_replies"].as_array().push_back({{"comment", follow.comment.value},
                                                     {"article", address_of(connection, follow.article)},
                                                     {"asked", time_of(desk, follow.created)},
                                                     {"confirmed", follow.confirmed},
                                                     {"language", follow.language}});
  }
  for (const store::MailRecord& mail : store::list_mails(connection, email)) {
    constexpr const char* states[] = {"waiting", "sent", "failed"};
    all["mails"].as_array().push_back({{"kind", name_of_mail(mail.kind)},
                                       {"state", states[std::min(mail.state, 2)]},
                                       {"attempts", mail.attempts},
                                       {"language", mail.language},
                                       {"made", time_of(desk, mail.created)}});
  }
  for (const base::Time expires : store::list_sign_in_expiries(connection, email))
    all["links_to_sign_in"].as_array().push_back(json::object{{"good_until", time_of(desk, expires)}});
}

}  // namespace

Result<std::string> export_reader(const Desk& desk, const Actor& actor, std::string_view email) {
  const std::vector<base::Digest> hashes = TRY(hashes_of(desk, actor, email));
  json::object all{{"site", desk.settings.title},
                   {"address", desk.settings.url},
                   {"made", time_of(desk, desk.clock.now())},
                   {"email", text::clean_line(email)}};
  constexpr const char* lists[] = {"readers", "mails_about_replies", "mails", "links_to_sign_in"};
  for (const char* list : lists) all[list] = json::array();
  db::Reading reading = desk.database.read();
  for (const base::Digest& hash : hashes) add_records(desk, reading.connection(), hash, all);
  const bool is_empty =
      std::all_of(std::begin(lists), std::end(lists), [&](const char* list) { return all[list].as_array().empty(); });
  if (is_empty) return nothing_held();
  return json::serialize(all) + "\n";
}

Result<Erased> erase_reader(const Desk& desk, const Actor& actor, std::string_view email, ErasedComments comments) {
  const std::vector<base::Digest> hashes = TRY(hashes_of(desk, actor, email));
  Erased erased = TRY(desk.database.write([&](db::Transaction& tx) -> Result<Erased> {
    Erased count;
    std::vector<news::ReaderId> readers;
    int others = 0;
    for (const base::Digest& hash : hashes) {
      for (const store::ReaderRecord& reader : store::list_readers(tx.connection(), hash)) readers.push_back(reader.id);
      others += static_cast<int>(store::list_follows_of(tx.connection(), hash, 1).size() +
                                 store::list_mails(tx.connection(), hash).size() +
                                 store::list_sign_in_expiries(tx.connection(), hash).size());
    }
    if (readers.empty() && others == 0) return nothing_held();
    for (const news::ReaderId reader : readers) {
      for (const news::CommentId id : store::list_comments_of(tx.connection(), reader)) {
        comments == ErasedComments::remove ? store::empty_comment(tx, id) : store::make_anonymous(tx, id);
        ++count.comments;
      }
    }
    store::erase_person(tx, hashes, readers);
    for (const news::ReaderId reader : readers) store::erase_voter(tx, voter_number(desk, reader));
    count.readers = static_cast<int>(readers.size());
    return count;
  }));
  desk.database.write_anew();
  return erased;
}

}  // namespace desk
