#include "desk/post_comment.h"

#include <memory>
#include <utility>

#include "base/format.h"
#include "base/log.h"
#include "desk/capability.h"
#include "desk/comment_grants.h"
#include "desk/follow_replies.h"
#include "desk/open_article.h"
#include "desk/readers.h"
#include "desk/worn_names.h"
#include "news/comment_rules.h"
#include "news/permalink.h"
#include "news/visibility.h"
#include "store/articles.h"
#include "store/comments.h"
#include "store/threads.h"
#include "text/markdown.h"
#include "text/passage.h"
#include "text/plain.h"
#include "text/url.h"
#include "text/utf8.h"

namespace desk {
namespace {

using base::Errc;
using base::Error;
using base::FieldError;
using base::Result;

constexpr std::chrono::days retry_window{1};
constexpr std::chrono::days reader_token_lasts{365};

// Bytes a character that no honest text needs, whatever its script. Looked at before anything walks over the text (invariant 8).
constexpr std::size_t most_bytes_a_character = 16;

bool is_far_too_long(std::string_view typed, std::size_t most) { return typed.size() > most * most_bytes_a_character; }

std::optional<std::string> wrong_with_name(const std::string& typed) {
  if (is_far_too_long(typed, news::max_reader_name)) return "comment.name.too_long";
  if (!text::is_valid_utf8(typed)) return "comment.name.invalid";
  const std::string name = text::clean_line(typed);
  if (name.empty()) return "comment.name.required";
  if (text::count_code_points(name) > news::max_reader_name) return "comment.name.too_long";
  return std::nullopt;
}

std::optional<std::string> wrong_with_email(const std::string& typed) {
  if (is_far_too_long(typed, news::max_email) || !text::is_valid_utf8(typed)) return "comment.email.invalid";
  const std::string email = text::clean_line(typed);
  if (email.empty()) return "comment.email.required";
  if (!news::is_email_address(email)) return "comment.email.invalid";
  return std::nullopt;
}

std::optional<std::string> wrong_with_website(const std::string& typed) {
  if (is_far_too_long(typed, news::max_website) || !text::is_valid_utf8(typed)) return "comment.website.invalid";
  const std::string website = text::clean_line(typed);
  if (website.empty()) return std::nullopt;
  const std::optional<std::string> clean = text::clean_website(website);
  if (!clean || clean->size() > news::max_website) return "comment.website.invalid";
  return std::nullopt;
}

std::optional<std::string> wrong_with_comment(const std::string& typed, const news::SiteSettings& settings) {
  const auto most = static_cast<std::size_t>(settings.max_comment_characters);
  if (is_far_too_long(typed, most)) return "comment.comment.too_long";
  if (!text::is_valid_utf8(typed)) return "comment.comment.invalid";
  const std::string comment = text::clean_lines(typed);
  if (comment.empty()) return "comment.comment.required";
  if (text::count_code_points(comment) > most) return "comment.comment.too_long";
  return std::nullopt;
}

std::optional<std::string> wrong_with_quote(const std::string& typed) {
  if (is_far_too_long(typed, news::max_quote)) return "comment.quote.too_long";
  if (!text::is_valid_utf8(typed)) return "comment.quote.missing";
  if (text::count_code_points(text::clean_line(typed)) > news::max_quote) return "comment.quote.too_long";
  return std::nullopt;
}

Error invalid(std::string field, std::string key) {
  return {Errc::invalid, "comment.invalid", {FieldError{std::move(field), std::move(key)}}};
}

// Thrown through the savepoint to roll back one work; the Error waits in Posting.
struct Refused {};

// What became of a form: a comment that stands, or waits.
struct Taken {
  news::Comment comment;
  std::string article_address;
  news::ReaderId remembered = {};  // is to be known when they come back
};

// One form on its way through the writer. Everything that costs time (rendering, sealing, hashing the email) is done before it is
// queued, and what its answer needs after it is stored, so that the writer only decides and stores.
class Posting {
 public:
  Posting(const Desk& desk, Actor actor, const CommentForm& form, std::function<void(Result<PostedComment>)> done);

  bool says_something() const { return !text::plain_text(comment_.body).empty(); }
  Result<void> foresee() const;
  void run(db::Transaction& tx);
  void finish(const std::exception_ptr& failure, db::CommonReading& reading);

 private:
  Result<Taken> post(db::Transaction& tx);
  Result<news::Article> load_article(db::Connection& connection) const;
  Result<void> check(db::Connection& connection, const news::Article& article, news::ReaderId proven) const;
  Result<void> check_parent(db::Connection& connection) const;
  std::optional<news::Comment> find_earlier(db::Connection& connection, news::ReaderId proven) const;
  base::Digest fingerprint(news::ReaderId proven) const;
  bool is_signed_in(news::ReaderId proven) const { return proven && proven == actor_.signed_in; }
  Result<void> check_name(db::Connection& connection, news::ReaderId proven) const;
  void tell_and_follow(db::Transaction& tx, const news::Comment& stored) const;
  PostedComment answer(const Taken& taken, db::CommonReading& reading) const;
  news::ThreadPart place_of(const news::Comment& comment, db::CommonReading& reading) const;
  std::string reader_token(news::ReaderId reader) const;

  const Desk desk_;
  const Actor actor_;
  const std::string access_;
  const bool wants_replies_;
  const std::string language_;
  const base::Time now_;
  const std::function<void(Result<PostedComment>)> done_;
  news::NewComment comment_;
  std::optional<NameClaim> claim_;
  base::Digest email_hash_{};
  base::Digest fingerprint_{};  // of somebody who proved nothing
  std::string sealed_email_;
  std::optional<Result<Taken>> result_;
};

Posting::Posting(const Desk& desk, Actor actor, const CommentForm& form, std::function<void(Result<PostedComment>)> done)
    : desk_(desk),
      actor_(actor),
      access_(form.access),
      wants_replies_(form.wants_replies),
      language_(form.language),
      now_(desk.clock.now()),
      done_(std::move(done)) {
  const std::string email = text::clean_line(form.email);
  email_hash_ = lookup_hash(desk.secrets, email);
  sealed_email_ = desk.secrets.seal(base::Purpose::email_seal, email);  // invariant 3: from here on nobody has it in clear
  comment_.article = form.article;
  comment_.parent = form.parent;
  comment_.author = text::clean_line(form.name);
  comment_.website = text::clean_website(text::clean_line(form.website)).value_or("");
  comment_.source = text::clean_lines(form.comment);
  comment_.body = render_comment(comment_.source);
  comment_.created = now_;
  comment_.quote = form.quote;
  claim_.emplace(desk.settings, comment_.author);
  fingerprint_ = fingerprint({});
}

// What post would refuse as things stand, found out beside the writer: to be refused takes a page to be made, and nobody who has
// something to write should wait for that. What changes until the writer's turn comes is found there.
Result<void> Posting::foresee() const try {
  db::Reading reading = desk_.database.read();
  const news::Article article = TRY(load_article(reading.connection()));
  const news::ReaderId proven = prove_reader(reading.connection(), actor_, email_hash_);
  Result<void> checked = check(reading.connection(), article, proven);
  if (!checked && find_earlier(reading.connection(), proven)) return {};
  return checked;
} catch (const db::DatabaseError&) {
  return {};  // the writer says what is wrong with the database
}

void Posting::run(db::Transaction& tx) {
  result_ = post(tx);
  if (!*result_) throw Refused{};
}

void Posting::finish(const std::exception_ptr& failure, db::CommonReading& reading) {
  try {
    if (failure) std::rethrow_exception(failure);
  } catch (const Refused&) {
    // result_ says why.
  } catch (const std::exception& error) {
    base::log::error(base::format("A comment on article {} could not be stored: {}", comment_.article.value, error.what()));
    result_ = Error{Errc::unavailable, "server.unavailable", {}};  // invariant 2: the caller still has the text and gives it back
  }
  if (*result_)
    done_(answer(**result_, reading));
  else
    done_(std::move(*result_).error());
}

Result<Taken> Posting::post(db::Transaction& tx) {
  const news::Article article = TRY(load_article(tx.connection()));
  const news::ReaderId proven = prove_reader(tx.connection(), actor_, email_hash_);
  if (const std::optional<news::Comment> earlier = find_earlier(tx.connection(), proven)) {
    const bool is_theirs = proven && earlier->reader == proven && !is_signed_in(proven);
    return Taken{.comment = *earlier, .article_address = article.address, .remembered = is_theirs ? proven : news::ReaderId()};
  }
  TRY(check(tx.connection(), article, proven));

  news::Comment stored{comment_, {}, 0};
  stored.verdict = news::verdict_on_new_comment(desk_.settings.moderation, standing_of(tx.connection(), proven));
  stored.reader = proven ? proven : store::insert_reader(tx, comment_.author, email_hash_, sealed_email_, now_);
  stored.id = store::insert(tx, stored, desk_.settings.max_comment_depth);
  store::insert_submission(tx, proven ? fingerprint(proven) : fingerprint_, stored.id, now_);
  if (is_signed_in(proven)) wear_name(tx, proven, stored.author);
  tell_and_follow(tx, stored);
  const news::ReaderId remembered = is_signed_in(proven) ? news::ReaderId() : stored.reader;
  return Taken{.comment = std::move(stored), .article_address = article.address, .remembered = remembered};
}

Result<news::Article> Posting::load_article(db::Connection& connection) const {
  std::optional<news::Article> article = store::find_outline(connection, comment_.article);
  const news::Visibility visibility = article ? news::visibility_of(article->status) : news::Visibility::hidden;
  if (visibility == news::Visibility::hidden) return Error{Errc::not_found, "comment.article.missing", {}};
  if (visibility == news::Visibility::gone) return Error{Errc::gone, "comment.article.gone", {}};
  if (visibility == news::Visibility::locked && !opens(desk_, access_, *article))
    return Error{Errc::unproven, "article.password.wrong", {}};
  return std::move(*article);
}

Result<void> Posting::check(db::Connection& connection, const news::Article& article, news::ReaderId proven) const {
  if (!news::may_comment(article, desk_.settings, now_)) return Error{Errc::forbidden, "comment.closed", {}};
  TRY(check_parent(connection));
  return check_name(connection, proven);
}

Result<void> Posting::check_parent(db::Connection& connection) const {
  if (!comment_.parent) return {};
  const std::optional<store::CommentState> parent = store::find_comment_state(connection, comment_.parent);
  if (!parent || parent->article != comment_.article || !news::may_be_answered(parent->status))
    return Error{Errc::invalid, "comment.parent.missing", {}};
  return {};
}

Result<void> Posting::check_name(db::Connection& connection, news::ReaderId proven) const {
  const news::ReaderId wearer = is_signed_in(proven) ? proven : news::ReaderId();
  if (claim_->may_be_worn(connection, wearer)) return {};
  return invalid("name", "comment.name.worn");
}

void Posting::tell_and_follow(db::Transaction& tx, const news::Comment& stored) const {
  if (comment_.parent) {
    // Who is answered is what the form says: where threads are flat, the reply hangs elsewhere.
    store::insert_notices(
        tx, {.reply = stored.id, .answered = comment_.parent, .author = email_hash_, .actor = actor_.client, .created = now_});
    tell_followers(tx, desk_, stored.id);
  }
  if (!wants_replies_) return;
  ask_to_follow(tx, desk_, actor_,
                {.comment = stored,
                 .email = email_hash_,
                 .sealed_email = sealed_email_,
                 .language = language_,
                 .is_confirmed = is_signed_in(stored.reader)});
}

// docs/decisions/0008: a proven reader is never given what somebody else made with the same words.
std::optional<news::Comment> Posting::find_earlier(db::Connection& connection, news::ReaderId proven) const {
  std::optional<news::CommentId> id =
      proven ? store::find_submission(connection, fingerprint(proven), now_ - retry_window) : std::nullopt;
  if (!id) id = store::find_submission(connection, fingerprint_, now_ - retry_window);
  std::optional<news::Comment> earlier = id ? store::find_comment(connection, *id) : std::nullopt;
  if (earlier && proven && earlier->reader != proven) return std::nullopt;
  // Who deleted it and writes it again means it.
  if (earlier && earlier->verdict.status == news::CommentStatus::deleted) return std::nullopt;
  return earlier;
}

// What makes two forms the same. Lengths stand before the texts, so that no two different forms run together.
base::Digest Posting::fingerprint(news::ReaderId proven) const {
  const std::string name = text::fold_case(comment_.author);
  const std::string_view email(reinterpret_cast<const char*>(email_hash_.data()), email_hash_.size());
  const std::string whole = base::format("{} {} {} {}:{} {}:{} ", comment_.article.value, comment_.parent.value, proven.value,
                                         name.size(), name, comment_.source.size(), comment_.source);
  const std::string quoting = comment_.quote.empty() ? std::string() : " " + comment_.quote;  // last, so it needs no length
  return desk_.secrets.keyed_hash(base::Purpose::submission, whole + std::string(email) + quoting);
}

PostedComment Posting::answer(const Taken& taken, db::CommonReading& reading) const {
  const news::Comment& comment = taken.comment;
  return {.id = comment.id,
          .verdict = comment.verdict,
          .address = news::comment_address(taken.article_address, place_of(comment, reading), comment.id),
          .capability = grant_comment(desk_, base::Purpose::held_comment, comment),
          .reader_token = taken.remembered ? reader_token(taken.remembered) : std::string()};
}

// It is stored, so its author is led to it also where the database cannot say just now on which page: its own address shows it on
// the first one.
news::ThreadPart Posting::place_of(const news::Comment& comment, db::CommonReading& reading) const try {
  return store::place_of(reading.connection(), comment, desk_.settings.comments_per_page);
} catch (const db::DatabaseError& error) {
  base::log::warning(base::format("The page of comment {} could not be found: {}", comment.id.value, error.what()));
  return {};
}

std::string Posting::reader_token(news::ReaderId reader) const {
  return issue(desk_.secrets, base::Purpose::reader, {reader.value, reader.value, now_ + reader_token_lasts});
}

}  // namespace

Result<void> validate(const CommentForm& form, const news::SiteSettings& settings) {
  Error error{Errc::invalid, "comment.invalid", {}};
  const auto check = [&](const char* field, std::optional<std::string> wrong) {
    if (wrong) error.fields.push_back({field, std::move(*wrong)});
  };
  check("name", wrong_with_name(form.name));
  check("email", wrong_with_email(form.email));
  check("website", wrong_with_website(form.website));
  check("comment", wrong_with_comment(form.comment, settings));
  check("quote", wrong_with_quote(form.quote));
  if (!error.fields.empty()) return error;
  return {};
}

Result<void> validate_comment(const std::string& typed, const news::SiteSettings& settings) {
  if (std::optional<std::string> wrong = wrong_with_comment(typed, settings)) return invalid("comment", *std::move(wrong));
  if (text::plain_text(render_comment(text::clean_lines(typed))).empty()) return invalid("comment", "comment.comment.required");
  return {};
}

Result<std::string> find_quoted(const Desk& desk, const CommentForm& form) {
  if (std::optional<std::string> wrong = wrong_with_quote(form.quote)) return invalid("quote", *std::move(wrong));
  if (text::clean_line(form.quote).empty()) return std::string();
  std::optional<news::Article> article;
  {
    db::Reading reading = desk.database.read();
    article = store::find_article(reading.connection(), form.article);
  }
  const news::Visibility visibility = article ? news::visibility_of(article->status) : news::Visibility::hidden;
  const bool is_open =
      visibility == news::Visibility::open || (visibility == news::Visibility::locked && opens(desk, form.access, *article));
  if (!is_open) return std::string();
  std::optional<std::string> passage = text::Passages(news::quotable_text(*article)).find(form.quote);
  if (!passage) return invalid("quote", "comment.quote.missing");
  return *std::move(passage);
}

text::Html render_comment(std::string_view source) {
  return text::render_markdown(source, {.trust = text::Trust::comment, .image_hosts = {}, .own_origin = {}, .id_prefix = "c-"});
}

void post_comment(const Desk& desk, Actor actor, CommentForm form, std::function<void(Result<PostedComment>)> done) {
  if (Result<void> valid = validate(form, desk.settings); !valid) return done(std::move(valid).error());
  Result<std::string> quoted = find_quoted(desk, form);
  if (!quoted) return done(std::move(quoted).error());
  form.quote = *std::move(quoted);
  const auto posting = std::make_shared<Posting>(desk, actor, form, done);
  if (!posting->says_something()) return done(invalid("comment", "comment.comment.required"));
  if (Result<void> foreseen = posting->foresee(); !foreseen) return done(std::move(foreseen).error());
  desk.database.submit([posting](db::Transaction& tx) { posting->run(tx); },
                       [posting](std::exception_ptr failure, db::CommonReading& reading) { posting->finish(failure, reading); });
}

news::ReaderId reader_of_token(const Desk& desk, std::string_view token) {
  const std::optional<Grant> grant = redeem(desk.secrets, base::Purpose::reader, token, desk.clock.now());
  return {grant && grant->subject == grant->object ? grant->object : 0};
}

}  // namespace desk
