#include "desk/open_article.h"

#include "desk/capability.h"
#include "store/articles.h"

namespace desk {
namespace {

constexpr std::chrono::days access_lasts{10};  // as readers know it from WordPress

// Stands for the present password in a token: another password, another number, and old tokens open nothing.
std::int64_t password_number(const Desk& desk, const news::Article& article) {
  const base::Digest digest = desk.secrets.keyed_hash(base::Purpose::article_access, article.password_hash);
  std::int64_t number = 0;
  for (std::size_t i = 0; i < 7; ++i) number = number * 256 + digest[i];
  return number;
}

}  // namespace

base::Result<std::string> open_article(const Desk& desk, news::ArticleId id, std::string_view password) {
  std::optional<news::Article> article;
  {
    db::Reading reading = desk.database.read();
    article = store::find_article(reading.connection(), id);
  }  // argon2id takes its time; no connection waits for it
  if (!article || article->status != news::ArticleStatus::password_protected)
    return base::Error{base::Errc::not_found, "article.missing", {}};
  if (!base::password_matches(article->password_hash, password))
    return base::Error{base::Errc::unproven, "article.password.wrong", {}};
  return issue(desk.secrets, base::Purpose::article_access,
               {id.value, password_number(desk, *article), desk.clock.now() + access_lasts});
}

bool opens(const Desk& desk, std::string_view token, const news::Article& article) {
  const std::optional<Grant> grant = redeem(desk.secrets, base::Purpose::article_access, token, desk.clock.now());
  return grant && grant->object == article.id.value && grant->subject == password_number(desk, article);
}

}  // namespace desk
