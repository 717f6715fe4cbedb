// A reader posts a comment: the path of docs/architecture.md, steps 4 to 10.
#pragma once

#include <functional>
#include <string>

#include "base/result.h"
#include "desk/desk.h"
#include "news/comment.h"

namespace desk {

// As typed; checked here. Field names in errors are those of the form: name, email, website, comment, quote.
struct CommentForm {
  news::ArticleId article;
  news::CommentId parent;
  std::string name;
  std::string email;
  std::string website;
  std::string comment;
  std::string access{};        // the token of open_article; only a password-protected article needs it
  bool wants_replies = false;  // ticked: mails about replies, once they confirm it
  std::string language{};      // of such mails
  std::string quote{};         // a passage of the article; may be empty
};

struct PostedComment {
  news::CommentId id;
  news::Verdict verdict;
  std::string address;     // where it stands: "/2026/11/story/comment-page-2/#comment-17" without query
  std::string capability;  // lets its author see it while it is held (read_own_comment, ?posted=…); bound to the comment, expires
  // The cookie that tells a returning reader; bound to the reader, expires. Empty if the form was a repetition by somebody who
  // did not prove that they are its reader, or if they are signed in: then the cookie stays as it is (docs/decisions/0008, 0026).
  std::string reader_token;
};

// All that can be refused without the database, with every field that is wrong. Keys are those of the message catalogue.
base::Result<void> validate(const CommentForm& form, const news::SiteSettings& settings);

// The same for the comment alone: Error{invalid} with the field comment, also where nothing would be seen of it.
base::Result<void> validate_comment(const std::string& typed, const news::SiteSettings& settings);
// The passage that the form quotes, as the article writes it; "" if it quotes none, or if there is no article to be read (posting
// says why). Error{invalid} with the field quote if the article does not say this.
base::Result<std::string> find_quoted(const Desk& desk, const CommentForm& form);
// What a comment will look like; for previews too. Linear in its input, which validate has bounded.
text::Html render_comment(std::string_view source);

// A name that belongs to staff, an author or a confirmed reader is refused to anybody else: the field "name",
// "comment.name.worn". Calls `done` once, when the comment is durable (from the thread that answers for the writer) or refused (mostly at once): Error{invalid, …}
// (fields), {not_found, "comment.article.missing"}, {gone}, {unproven, "article.password.wrong"}, {forbidden, "comment.closed"},
// {invalid, "comment.parent.missing"}. The same form again within a day (same article, parent, name, email, text) gives the
// comment it made before. `done` gets Error{unavailable, "server.unavailable"} when the database is away: the caller still has
// the text.
void post_comment(const Desk& desk, Actor actor, CommentForm form, std::function<void(base::Result<PostedComment>)> done);

// The reader of a cookie; none if it is forged or expired.
news::ReaderId reader_of_token(const Desk& desk, std::string_view token);

}  // namespace desk
