// Intake of articles and comments. What they are filed under is in intake_taxonomy.cpp.
#include "desk/intake.h"

#include <algorithm>
#include <stdexcept>

#include "base/format.h"
#include "desk/place.h"
#include "desk/readers.h"
#include "desk/settings_rows.h"
#include "news/permalink.h"
#include "news/visibility.h"
#include "store/addresses.h"
#include "store/articles.h"
#include "store/comment_life.h"
#include "store/comments.h"
#include "store/imported.h"
#include "store/media.h"
#include "store/taxonomy.h"
#include "store/walk.h"
#include "text/plain.h"
#include "text/slug.h"
#include "text/utf8.h"

namespace desk {
namespace {

using base::Errc;
using base::Error;
using base::Result;

constexpr std::size_t summary_length = 240;   // code points
constexpr int most_ancestors = 20;            // invariant 8
constexpr int deepest_imported_comment = 60;  // deeper than any reader follows, and still a key of 600 bytes

// What lists and search know of it. A protected body is in neither.
store::ArticleTexts texts_of(const news::NewArticle& article) {
  if (article.status == news::ArticleStatus::password_protected) return {};
  std::string plain_body = text::plain_text(article.body);
  std::string standfirst = text::plain_text(article.standfirst);
  std::string summary = standfirst.empty() ? text::excerpt(plain_body, summary_length) : std::move(standfirst);
  std::replace(summary.begin(), summary.end(), '\n', ' ');
  return {.summary = std::move(summary), .plain_body = std::move(plain_body)};
}

bool is_same(const std::optional<news::Picture>& left, const std::optional<news::Picture>& right) {
  if (!left || !right) return !left == !right;
  return left->media == right->media && left->alternative_text == right->alternative_text && left->caption == right->caption &&
         left->credit == right->credit;
}

bool is_same(const news::NewArticle& article, const news::Article& present, const store::Written& written) {
  return article.status == present.status && article.headline == present.headline && article.slug == present.slug &&
         article.standfirst == present.standfirst && article.body == present.body && article.source == written.source &&
         article.format == written.format && article.dateline == present.dateline && article.language == present.language &&
         article.published == present.published && is_same(article.lead, present.lead) && article.authors == present.author_ids &&
         article.sections == present.section_ids && article.tags == present.tag_ids && article.comments == present.comments &&
         article.sticky == present.sticky && article.post_format == present.post_format &&
         article.password_hash == present.password_hash && article.parent == present.parent && article.address == present.address;
}

news::AddressTarget owner_of(news::ArticleId id) {
  return {.kind = news::AddressKind::article, .object_id = id.value, .target = {}};
}

news::NewArticle what_an_address_is_made_from(const news::NewArticle& article) {
  news::NewArticle parts;
  parts.kind = article.kind;
  parts.published = article.published;
  parts.authors = article.authors;
  parts.sections = article.sections;
  parts.parent = article.parent;
  return parts;
}

Error taken(const std::string& address) {
  return {Errc::conflict, base::format("The address {} belongs to something else. Choose another slug or address.", address), {}};
}

}  // namespace

base::Result<void> take_in(const Desk& desk, const std::function<base::Result<void>(Intake&)>& work) {
  return desk.database.write([&](db::Transaction& tx) {
    Intake intake(desk, tx);
    return work(intake);
  });
}

std::string make_address(const news::PermalinkRules& rules, const news::NewArticle& article, news::ArticleId id,
                         std::string_view section_path, std::string_view author_slug, const text::TimeZone& zone) {
  if (article.kind == news::ArticleKind::page) return news::page_address(rules, section_path, article.slug);
  return news::expand_permalink(rules.article, {.id = id,
                                                .published = zone.to_civil(article.published),
                                                .slug = article.slug,
                                                .section_path = section_path,
                                                .author_slug = author_slug});
}

std::int64_t Intake::find(const Origin& origin) const {
  return store::find_imported(tx_.connection(), {origin.origin, origin.kind, origin.source_id}).value_or(0);
}

void Intake::remember(const Origin& origin, std::int64_t object_id) {
  store::remember_imported(tx_, {origin.origin, origin.kind, origin.source_id}, object_id);
}

news::MediaId Intake::media(const news::NewMedia& media) {
  const std::optional<news::Media> present = store::find_media_by_address(tx_.connection(), media.address);
  if (!present) return store::insert(tx_, media);
  store::update(tx_, present->id, media);
  return present->id;
}

std::optional<news::Media> Intake::find_media(std::string_view address) const {
  return store::find_media_by_address(tx_.connection(), address);
}

std::optional<news::Media> Intake::find_media(news::MediaId id) const { return store::find_media(tx_.connection(), id); }

void Intake::replace_media(news::MediaId id, const news::NewMedia& media) { store::update(tx_, id, media); }

std::string Intake::page_path(news::ArticleId page) const {
  std::string path;
  for (int i = 0; i < most_ancestors && page; ++i) {
    const std::optional<news::Article> present = store::find_article(tx_.connection(), page);
    if (!present) break;
    path = path.empty() ? present->slug : present->slug + "/" + path;
    page = present->parent;
  }
  return path;
}

std::string Intake::address_of(const news::NewArticle& article, news::ArticleId id) const {
  const news::PermalinkRules rules = permalink_rules();
  const auto uses = [&](std::string_view tag) { return rules.article.find(tag) != std::string::npos; };
  std::string path;
  std::string author_slug;
  if (article.kind == news::ArticleKind::page) {
    path = page_path(article.parent);
  } else if (uses("%category%") && !article.sections.empty()) {
    path = section_path(article.sections.front());
  }
  if (uses("%author%") && !article.authors.empty()) {
    if (const auto author = store::find_author(tx_.connection(), article.authors.front())) author_slug = author->slug;
  }
  return make_address(rules, article, id, path, author_slug, desk_.zone);
}

Result<Intake::Place> Intake::place_new(const news::NewArticle& article, news::ArticleId id) const {
  const std::string wanted = slug_or(article.slug, article.headline, std::to_string(id.value));
  // Articles are found by their slug, so each has its own; pages are told apart by their whole address.
  const auto is_own_slug = [&](const std::string& slug) {
    return article.kind == news::ArticleKind::page || !store::find_article_by_slug(tx_.connection(), article.kind, slug);
  };
  if (!article.address.empty()) {
    if (!key_of_address(article.address))
      return Error{Errc::invalid, base::format("{} is not a path of this site.", article.address), {}};
    if (!may_take(tx_.connection(), article.address, owner_of(id), Claim::also_redirects)) return taken(article.address);
    return Place{first_free(wanted, is_own_slug), article.address};
  }
  news::NewArticle candidate = what_an_address_is_made_from(article);
  const auto is_free = [&] { return may_take(tx_.connection(), address_of(candidate, id), owner_of(id), Claim::free_only); };
  if (article.kind == news::ArticleKind::article && !news::shows_slug(permalink_rules().article)) {
    candidate.slug = first_free(wanted, is_own_slug);
    if (is_free()) return Place{candidate.slug, address_of(candidate, id)};
    candidate.kind = news::ArticleKind::page;  // another slug would not make it another address: it stands like a page instead
  }
  candidate.slug = first_free(wanted, [&](const std::string& slug) {
    candidate.slug = slug;
    return is_own_slug(slug) && is_free();
  });
  return Place{candidate.slug, address_of(candidate, id)};
}

Result<news::ArticleId> Intake::add_article(news::NewArticle article) {
  const news::ArticleId id = store::next_article_id(tx_.connection());
  Place place = TRY(place_new(article, id));
  article.slug = std::move(place.slug);
  article.address = std::move(place.address);
  const news::ArticleId inserted = store::insert(tx_, article, texts_of(article), desk_.clock.now());
  if (inserted != id) throw std::logic_error("an article got another id than its address was made for");
  return inserted;
}

// Where a revised article stands: at the address it asks for, else where the rules now put it, else, if that place is taken,
// where it was.
Result<Intake::Place> Intake::place_again(const news::NewArticle& article, const news::Article& present) const {
  news::NewArticle candidate = what_an_address_is_made_from(article);
  candidate.slug = article.slug.empty() ? present.slug : article.slug;
  if (!article.address.empty()) {
    if (!key_of_address(article.address))
      return Error{Errc::invalid, base::format("{} is not a path of this site.", article.address), {}};
    if (!may_take(tx_.connection(), article.address, owner_of(present.id), Claim::also_redirects)) return taken(article.address);
    return Place{candidate.slug, article.address};
  }
  std::string address = address_of(candidate, present.id);
  if (!may_take(tx_.connection(), address, owner_of(present.id), Claim::free_only)) address = present.address;
  return Place{candidate.slug, std::move(address)};
}

Result<bool> Intake::revise_article(news::ArticleId id, news::NewArticle article) {
  const std::optional<news::Article> present = store::find_article(tx_.connection(), id);
  const std::optional<store::Written> written = store::find_written(tx_.connection(), id);
  if (!present || !written) return Error{Errc::not_found, base::format("There is no article {}.", id.value), {}};
  article.kind = present->kind;
  Place place = TRY(place_again(article, *present));
  article.slug = std::move(place.slug);
  article.address = std::move(place.address);
  if (is_same(article, *present, *written)) return false;
  store::update(tx_, id, article, texts_of(article), desk_.clock.now());
  return true;
}

std::optional<news::ArticleId> Intake::find_article_by_slug(news::ArticleKind kind, std::string_view slug) const {
  return store::find_article_by_slug(tx_.connection(), kind, slug);
}

std::string Intake::address_of(news::ArticleId id) const {
  const std::optional<news::Article> outline = store::find_outline(tx_.connection(), id);
  return outline ? outline->address : std::string();
}

std::optional<news::Article> Intake::find_article(news::ArticleId id) const { return store::find_article(tx_.connection(), id); }

void Intake::set_page_parent(news::ArticleId page, news::ArticleId parent, std::string_view address) {
  const std::optional<news::Article> present = store::find_article(tx_.connection(), page);
  if (!present) return;
  news::ArticleId ancestor = parent;
  for (int i = 0; i < most_ancestors && ancestor; ++i) {
    if (ancestor == page) return;  // a page below itself would have no address
    const std::optional<news::Article> above = store::find_article(tx_.connection(), ancestor);
    ancestor = above ? above->parent : news::ArticleId();
  }
  std::string wanted =
      address.empty() ? news::page_address(permalink_rules(), page_path(parent), present->slug) : std::string(address);
  if (!may_take(tx_.connection(), wanted, owner_of(page), Claim::also_redirects)) wanted = present->address;
  store::set_parent(tx_, page, parent, wanted);
}

void Intake::set_lead(news::ArticleId article, const news::Picture& lead) { store::set_lead(tx_, article, lead); }

Result<news::CommentId> Intake::add_comment(ForeignComment foreign) {
  news::NewComment& comment = foreign.comment;
  if (comment.article != known_article_) {
    if (!store::find_teaser(tx_.connection(), comment.article))
      return Error{Errc::not_found, "The article of this comment is not there.", {}};
    known_article_ = comment.article;
  }
  if (comment.parent) {
    const std::optional<store::CommentState> parent = store::find_comment_state(tx_.connection(), comment.parent);
    if (!parent || parent->article != comment.article)
      return Error{Errc::not_found, "The comment that this one answers is not there.", {}};
  }
  const std::string email = text::clean_line(text::to_valid_utf8(foreign.email));
  if (!email.empty()) {
    comment.reader = imported_reader(tx_, desk_.secrets, comment.author, email, comment.created);  // invariant 3
  } else if (!foreign.person.empty()) {
    comment.reader = imported_person(tx_, desk_.secrets, comment.author, foreign.person, comment.created);
  }
  const news::CommentId id = store::insert(tx_, comment, std::max(desk_.settings.max_comment_depth, deepest_imported_comment));
  if (foreign.votes.up > 0 || foreign.votes.down > 0) store::set_vote_totals(tx_, id, foreign.votes);
  if (foreign.edited > base::Time{}) store::set_edited(tx_, id, foreign.edited);
  if (foreign.is_pinned && may_be_pinned(comment)) store::set_marks(tx_, id, {.pinned = true});
  return id;
}

bool may_be_pinned(const news::NewComment& comment) {
  return comment.verdict.status == news::CommentStatus::published && !comment.parent;
}

}  // namespace desk
