// How articles, comments and all that belongs to them come in from outside: `broadsheet publish` and every importer go through
// here, so that no rule and no invalidation can be skipped. One Intake is one transaction.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "desk/desk.h"
#include "news/article.h"
#include "news/comment.h"
#include "news/media.h"
#include "news/site.h"

namespace desk {

// Where something came from, so that it is found again: {"wordpress:https://example.org", "post", "17"}.
struct Origin {
  std::string_view origin;
  std::string_view kind;
  std::string_view source_id;
};

// A comment of another system. The email is sealed at once and kept nowhere else.
struct ForeignComment {
  news::NewComment comment;  // reader is filled in here
  std::string email;         // may be empty
  // Whom the source takes for one and the same person, where it gives no email: "remark42\nid"; may be empty. Kept as a keyed
  // hash only.
  std::string person = {};
  news::Votes votes = {};  // totals only
  bool is_pinned = false;  // stays so where may_be_pinned
  base::Time edited{};     // 0: never
};

// Only what is published and answers nothing.
bool may_be_pinned(const news::NewComment& comment);

// Valid only inside the function given to take_in. Methods that can refuse say so; a refusal leaves nothing of that one object.
class Intake {
 public:
  // The object that was brought from there before; 0 if none.
  std::int64_t find(const Origin& origin) const;
  void remember(const Origin& origin, std::int64_t object_id);

  // By slug. An existing one is left as it is and returned.
  news::SectionId section(const news::NewSection& section);
  news::TagId tag(const news::NewTag& tag);
  news::AuthorId author(const news::NewAuthor& author);
  // By names, as front matter has them: "News/Town hall" makes both where they are missing.
  news::SectionId section_named(std::string_view path);
  news::TagId tag_named(std::string_view name);
  news::AuthorId author_named(std::string_view name);
  std::optional<news::Section> find_section(news::SectionId id) const;
  std::optional<news::Tag> find_tag(news::TagId id) const;
  std::optional<news::Author> find_author(news::AuthorId id) const;
  void set_parent(news::SectionId section, news::SectionId parent);

  // Replaces the record of that address if there is one.
  news::MediaId media(const news::NewMedia& media);
  std::optional<news::Media> find_media(std::string_view address) const;
  std::optional<news::Media> find_media(news::MediaId id) const;
  void replace_media(news::MediaId id, const news::NewMedia& media);

  // Renders nothing: `article.body` is safe already. Makes slug and address by the permalink rules where they are empty; a slug
  // that is taken gets "-2". Error{conflict} if article.address is set and belongs to something else, {invalid} if it is no path.
  base::Result<news::ArticleId> add_article(news::NewArticle article);
  // A new revision of it; nothing is written if nothing but `updated` differs (returns false). An empty slug stays what it was;
  // an empty address is made again by the rules, and the old one redirects. Error{not_found}, and those of add_article.
  base::Result<bool> revise_article(news::ArticleId id, news::NewArticle article);
  std::optional<news::ArticleId> find_article_by_slug(news::ArticleKind kind, std::string_view slug) const;
  std::optional<news::Article> find_article(news::ArticleId id) const;
  // Without the rest of it; empty if there is no such article.
  std::string address_of(news::ArticleId id) const;
  void set_page_parent(news::ArticleId page, news::ArticleId parent, std::string_view address);
  void set_lead(news::ArticleId article, const news::Picture& lead);

  // No rule of moderation: the verdict is the importer's. Error{not_found} if the article or the parent is missing.
  base::Result<news::CommentId> add_comment(ForeignComment comment);

  std::int64_t menu(std::string_view slug, std::string_view name);
  news::MenuItemId menu_item(std::int64_t menu, news::MenuItemId parent, int position, std::string_view label,
                             std::string_view address);

  // A second address of something that is there; never replaces an object's own address. Keys as text::address_key, or "?p=12".
  void alias(std::string_view key, std::string_view target_address);
  news::PermalinkRules permalink_rules() const;
  // Sections, tags, authors that exist are moved, their old addresses redirect.
  void set_permalink_rules(const news::PermalinkRules& rules);
  std::optional<std::string> find_setting(std::string_view name) const;
  void set_setting(std::string_view name, std::string_view value);

  const Desk& desk() const { return desk_; }

 private:
  friend base::Result<void> take_in(const Desk& desk, const std::function<base::Result<void>(Intake&)>& work);
  Intake(const Desk& desk, db::Transaction& tx) : desk_(desk), tx_(tx) {}

  struct Place {
    std::string slug;
    std::string address;
  };
  base::Result<Place> place_new(const news::NewArticle& article, news::ArticleId id) const;
  base::Result<Place> place_again(const news::NewArticle& article, const news::Article& present) const;
  std::string address_of(const news::NewArticle& article, news::ArticleId id) const;
  std::string page_path(news::ArticleId page) const;
  std::string section_path(news::SectionId section) const;
  void move_sections(const news::PermalinkRules& rules);
  void move_tags(const news::PermalinkRules& rules);
  void move_authors(const news::PermalinkRules& rules);

  const Desk& desk_;
  db::Transaction& tx_;
  news::ArticleId known_article_;  // that it exists was found a moment ago: comments come in long rows
};

// Runs `work` in one transaction and waits until it is durable. An Error rolls all of it back.
base::Result<void> take_in(const Desk& desk, const std::function<base::Result<void>(Intake&)>& work);

// The article's path by the rules ("/2026/11/the-bridge/"). `section_path` are the slugs of its first section from the top,
// "news/town-hall"; of a standing page those of its ancestors.
std::string make_address(const news::PermalinkRules& rules, const news::NewArticle& article, news::ArticleId id,
                         std::string_view section_path, std::string_view author_slug, const text::TimeZone& zone);

}  // namespace desk
