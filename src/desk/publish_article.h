// `broadsheet publish`: an article as its writer wrote it, Markdown and names, becomes an article of the site, or a new revision
// of the one with its slug. Renders and sanitises; the importers, which bring HTML, go through Intake themselves.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "desk/desk.h"
#include "news/article.h"
#include "news/media.h"

namespace desk {

// The picture's file stands below media/ already.
struct LeadPicture {
  news::NewMedia media;
  std::string caption;  // plain text; alternative text and credit are the media's
};

struct PublishRequest {
  news::ArticleKind kind = news::ArticleKind::article;
  std::string headline;
  std::string standfirst;                    // Markdown; shown as text without markup
  std::string body;                          // Markdown
  std::string slug = {};                     // empty: from the headline
  std::string parent_slug = {};              // of a page; empty: a top one
  std::vector<std::string> sections = {};    // paths of names, "News/Town hall"; the first is the kicker
  std::vector<std::string> tags = {};        // names
  std::vector<std::string> authors = {};     // names
  std::optional<base::Time> published = {};  // none: now, or what it was before; in the future: scheduled
  std::optional<base::Time> updated = {};    // none: now, when an article is revised
  std::optional<LeadPicture> lead = {};
  news::Comments comments = news::Comments::open;
  std::string language = {};  // empty: the site's
  news::ArticleStatus status = news::ArticleStatus::published;
  std::string dateline = {};
  bool sticky = false;
  std::string password = {};  // makes a published article password-protected
  int position = 0;           // of a page among its siblings
};

struct PublishedArticle {
  news::ArticleId id;
  std::string address;
  enum class Outcome { created, revised, unchanged } outcome = Outcome::created;
};

// Error{invalid} with the fields headline, parent_slug or sections, keys being English sentences for the operator.
base::Result<PublishedArticle> publish_article(const Desk& desk, const PublishRequest& request);

}  // namespace desk
