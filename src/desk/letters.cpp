#include "desk/letters.h"

#include "desk/capability.h"
#include "desk/follow_replies.h"
#include "desk/subject.h"
#include "news/permalink.h"
#include "news/visibility.h"
#include "store/articles.h"
#include "store/comments.h"
#include "store/identity.h"
#include "store/threads.h"
#include "text/plain.h"

namespace desk {
namespace {

using news::Letter;

constexpr std::size_t most_excerpt = 600;        // code points of a reply
constexpr std::size_t most_short_excerpt = 120;  // in the moderators' list
constexpr int most_held_listed = 20;

// Only of what everybody may read: a mail would carry it past a password.
std::optional<news::Article> find_open_article(db::Connection& connection, news::ArticleId id) {
  std::optional<news::Article> article = store::find_article(connection, id);
  if (!article || news::visibility_of(article->status) != news::Visibility::open) return std::nullopt;
  return article;
}

std::optional<Letter> sign_in_letter(db::Connection& connection, const Desk& desk, const store::WaitingMail& mail) {
  const std::optional<store::SignIn> sign_in = store::find_sign_in(connection, mail.object);
  if (!sign_in || sign_in->expires <= desk.clock.now()) return std::nullopt;
  Letter letter;
  letter.address = "/reader/confirm?key=" +
                   issue(desk.secrets, base::Purpose::sign_in, {mail.object, subject_of(sign_in->email), sign_in->expires});
  return letter;
}

std::optional<Letter> follow_letter(db::Connection& connection, const Desk& desk, const store::WaitingMail& mail) {
  const std::optional<store::Follow> follow = store::find_follow(connection, mail.object);
  if (!follow || follow->confirmed || follow->created + follow_link_lasts <= desk.clock.now()) return std::nullopt;
  const std::optional<news::Article> article = find_open_article(connection, follow->article);
  if (!article) return std::nullopt;
  Letter letter;
  letter.headline = article->headline;
  letter.address = "/reader/follow?key=" + follow_capability(desk, *follow);
  return letter;
}

std::optional<Letter> reply_letter(db::Connection& connection, const Desk& desk, const store::WaitingMail& mail) {
  const std::optional<store::Follow> follow = store::find_follow(connection, mail.object);
  const std::optional<news::Comment> reply = store::find_comment(connection, mail.comment);
  if (!follow || !follow->confirmed || !reply || reply->verdict.status != news::CommentStatus::published) return std::nullopt;
  const std::optional<news::Article> article = find_open_article(connection, reply->article);
  if (!article) return std::nullopt;
  Letter letter;
  letter.headline = article->headline;
  letter.author = reply->author;
  letter.excerpt = text::excerpt(text::plain_text(reply->body), most_excerpt);
  letter.address =
      news::comment_address(article->address, store::place_of(connection, *reply, desk.settings.comments_per_page), reply->id);
  letter.unsubscribe = "/reader/unfollow?key=" + unfollow_capability(desk, *follow);
  return letter;
}

std::optional<Letter> held_letter(db::Connection& connection) {
  Letter letter;
  letter.held_total = store::count_comments(connection, news::CommentStatus::held);
  for (const news::Comment& comment : store::list_comments(connection, news::CommentStatus::held, most_held_listed)) {
    const std::optional<news::Article> article = store::find_article(connection, comment.article);
    letter.held.push_back({comment.id, article ? article->headline : std::string(), comment.author,
                           text::excerpt(text::plain_text(comment.body), most_short_excerpt)});
  }
  if (letter.held.empty()) return std::nullopt;
  return letter;
}

std::optional<Letter> read_kind(db::Connection& connection, const Desk& desk, const store::WaitingMail& mail) {
  switch (mail.kind) {
    case news::MailKind::sign_in: return sign_in_letter(connection, desk, mail);
    case news::MailKind::follow: return follow_letter(connection, desk, mail);
    case news::MailKind::reply: return reply_letter(connection, desk, mail);
    case news::MailKind::held: return held_letter(connection);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Letter> read_letter(db::Connection& connection, const Desk& desk, const store::WaitingMail& mail) {
  std::optional<Letter> letter = read_kind(connection, desk, mail);
  if (!letter) return std::nullopt;
  letter->kind = mail.kind;
  letter->language = mail.language;
  return letter;
}

}  // namespace desk
