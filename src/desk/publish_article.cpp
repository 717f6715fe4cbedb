#include "desk/publish_article.h"

#include <algorithm>

#include "base/format.h"
#include "desk/intake.h"
#include "desk/place.h"
#include "text/escape.h"
#include "text/markdown.h"
#include "text/plain.h"
#include "text/slug.h"
#include "text/utf8.h"

namespace desk {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using Outcome = PublishedArticle::Outcome;

Error refusal(std::string field, std::string sentence) { return {Errc::invalid, sentence, {{std::move(field), sentence}}}; }

text::Html render(const Desk& desk, std::string_view markdown) {
  const news::SiteSettings& settings = desk.settings;
  return text::render_markdown(
      markdown,
      {.trust = text::Trust::article, .image_hosts = settings.image_hosts, .own_origin = settings.url, .id_prefix = "a-"});
}

// A standfirst stands inside a paragraph of the page: its words without its blocks.
text::Html standfirst_of(const Desk& desk, const PublishRequest& request) {
  return text::escape(text::clean_line(text::plain_text(render(desk, request.standfirst))));
}

std::string slug_of(const PublishRequest& request) {
  return request.slug.empty() ? text::slugify(request.headline) : request.slug;
}

news::ArticleStatus status_of(const PublishRequest& request, base::Time published, base::Time now) {
  if (request.status != news::ArticleStatus::published) return request.status;
  if (!request.password.empty()) return news::ArticleStatus::password_protected;
  return published > now ? news::ArticleStatus::scheduled : news::ArticleStatus::published;
}

// The same password keeps its hash, whose salt would make every run another revision.
std::string password_hash_of(const PublishRequest& request, const std::optional<news::Article>& present) {
  if (request.password.empty()) return {};
  if (present && base::password_matches(present->password_hash, request.password)) return present->password_hash;
  return base::hash_password(request.password);
}

// Fills in what is filed in the same transaction: sections, tags, authors, picture, parent.
Result<void> file_it(Intake& intake, const PublishRequest& request, news::NewArticle& article) {
  for (const std::string& path : request.sections) {
    const news::SectionId section = intake.section_named(path);
    if (!section)
      return refusal("sections", base::format("\"{}\" names no section. Write a name, or names with / between them.", path));
    article.sections.push_back(section);
  }
  for (const std::string& name : request.tags) article.tags.push_back(intake.tag_named(name));
  for (const std::string& name : request.authors) article.authors.push_back(intake.author_named(name));
  if (request.lead) {
    const news::NewMedia& media = request.lead->media;
    article.lead = news::Picture{.media = intake.media(media),
                                 .address = media.address,
                                 .width = media.width,
                                 .height = media.height,
                                 .alternative_text = media.alternative_text,
                                 .caption = text::escape(request.lead->caption),
                                 .credit = media.credit};
  }
  if (!request.parent_slug.empty()) {
    const auto parent = intake.find_article_by_slug(news::ArticleKind::page, request.parent_slug);
    if (!parent)
      return refusal("parent_slug",
                     base::format("There is no page \"{}\" to stand below. Publish that page first.", request.parent_slug));
    article.parent = *parent;
  }
  return {};
}

news::NewArticle rendered(const Desk& desk, const PublishRequest& request) {
  news::NewArticle article;
  article.kind = request.kind;
  article.headline = text::clean_line(request.headline);
  article.slug = slug_of(request);
  article.standfirst = standfirst_of(desk, request);
  article.body = render(desk, request.body);
  article.source = request.body;
  article.format = news::BodyFormat::markdown;
  article.dateline = text::clean_line(request.dateline);
  article.language = request.language;
  article.comments = request.comments;
  article.sticky = request.sticky;
  article.position = request.position;
  return article;
}

Result<PublishedArticle> take_in_article(Intake& intake, const PublishRequest& request, news::NewArticle article) {
  const base::Time now = intake.desk().clock.now();
  const auto known = article.slug.empty() ? std::nullopt : intake.find_article_by_slug(request.kind, article.slug);
  const std::optional<news::Article> present = known ? intake.find_article(*known) : std::nullopt;
  article.published = request.published ? *request.published : present ? present->published : now;
  article.status = status_of(request, article.published, now);
  article.password_hash = password_hash_of(request, present);
  TRY(file_it(intake, request, article));
  if (!present) {
    article.updated = std::max(article.published, request.updated.value_or(article.published));
    const news::ArticleId id = TRY(intake.add_article(std::move(article)));
    return PublishedArticle{id, intake.find_article(id)->address, Outcome::created};
  }
  // What readers have not seen yet cannot be updated for them.
  article.updated = present->published > now ? article.published : std::max(request.updated.value_or(now), article.published);
  const bool is_revised = TRY(intake.revise_article(present->id, std::move(article)));
  return PublishedArticle{present->id, intake.find_article(present->id)->address,
                          is_revised ? Outcome::revised : Outcome::unchanged};
}

}  // namespace

Result<PublishedArticle> publish_article(const Desk& desk, const PublishRequest& request) {
  for (const std::string* written : {&request.headline, &request.standfirst, &request.body, &request.slug, &request.dateline}) {
    if (!text::is_valid_utf8(*written)) return refusal("body", "The text is not UTF-8. Save the file as UTF-8.");
  }
  if (text::clean_line(request.headline).empty()) return refusal("headline", "An article needs a title.");
  if (request.slug.find_first_of("/?#") != std::string::npos || (!request.slug.empty() && !is_slug(request.slug)))
    return refusal("slug",
                   "A slug is one part of an address: it holds no /, ? or #, no invisible characters, and is not \"..\".");
  const news::NewArticle article = rendered(desk, request);  // before the writer is asked: rendering takes time
  PublishedArticle published;
  const auto work = [&](Intake& intake) -> Result<void> {
    published = TRY(take_in_article(intake, request, article));
    return {};
  };
  TRY(take_in(desk, work));
  return published;
}

}  // namespace desk
