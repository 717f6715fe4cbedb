// Articles and standing pages: what may be written (NewArticle), what is stored and shown whole (Article), and what a list shows (Teaser).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "news/ids.h"
#include "news/media.h"
#include "news/taxonomy.h"
#include "text/html.h"

namespace news {

enum class ArticleKind { article, page };

enum class ArticleStatus {
  draft,
  scheduled,           // becomes published at its published time
  published,
  private_,            // for staff only
  password_protected,  // listed and found, but the body is shown only after the password
  taken_down,          // 410 at its address, on purpose
};

enum class Comments { open, closed };
enum class BodyFormat { html, markdown };

// What an editor or an importer hands over. The body is rendered and sanitised before: `body` is what readers get,
// `source` what was written.
struct NewArticle {
  ArticleKind kind = ArticleKind::article;
  ArticleStatus status = ArticleStatus::published;
  std::string headline;         // plain text
  std::string slug;             // unique among siblings; made from the headline if empty
  text::Html standfirst;        // inline markup only
  text::Html body;
  std::string source;
  BodyFormat format = BodyFormat::markdown;
  std::string dateline;         // "HARROWMOUTH"
  std::string language;         // BCP 47; empty: the site's
  base::Time published{};       // or when it is to be published
  base::Time updated{};         // == published if it was not
  std::optional<Picture> lead;  // `media` must be stored before
  std::vector<AuthorId> authors;
  std::vector<SectionId> sections;  // the first is the kicker
  std::vector<TagId> tags;
  Comments comments = Comments::open;
  bool sticky = false;          // kept on top of the front page
  std::string post_format;      // WordPress's word for aside, gallery, quote …; empty: standard
  std::string password_hash;    // base::hash_password; only for password_protected
  ArticleId parent;             // pages only
  int position = 0;             // pages among their siblings
  std::string address;          // the path it must be served at; empty: made by the permalink rule
};

struct Article {
  ArticleId id;
  ArticleKind kind = ArticleKind::article;
  ArticleStatus status = ArticleStatus::draft;
  std::string headline;
  std::string slug;
  text::Html standfirst;
  text::Html body;
  std::string dateline;
  std::string language;
  base::Time published{};
  base::Time updated{};
  std::optional<Picture> lead;
  std::vector<Link> authors;
  std::vector<AuthorId> author_ids;
  std::vector<Link> sections;
  std::vector<SectionId> section_ids;
  std::vector<Link> tags;
  std::vector<TagId> tag_ids;
  Comments comments = Comments::open;
  bool sticky = false;
  std::string post_format;
  std::string password_hash;
  ArticleId parent;
  int position = 0;             // pages among their siblings
  std::string address;          // path, "/2026/11/the-bridge/"
  int comment_count = 0;        // published comments, pingbacks included
  int revision = 1;             // counts revisions
};

struct Teaser {
  ArticleId id;
  ArticleStatus status = ArticleStatus::published;
  std::string headline;
  std::string address;
  std::string standfirst;  // plain text; the standfirst, or the body's first words (empty for password_protected)
  std::string language;    // empty: the site's
  base::Time published{};
  std::optional<Picture> lead;
  std::vector<Link> authors;
  std::optional<Link> section;
  SectionId section_id;
  int comment_count = 0;
  bool sticky = false;
};

struct SearchHit {
  Teaser teaser;
  text::Html snippet;  // with <mark> around the words found
};

// What a list holds. Every published article (pages are in no list) is in `all`, and once for each of its sections and their
// ancestors, tags and authors.
enum class ListKind { all = 0, section = 1, tag = 2, author = 3 };

struct ListKey {
  ListKind kind = ListKind::all;
  std::int64_t id = 0;  // of the section, tag or author; 0 for all
  bool operator==(const ListKey&) const = default;
};

// Half-open, for the archives by year, month and day.
struct TimeRange {
  base::Time from{};
  base::Time until{};
};

// One page of a list, newest first.
struct TeaserPage {
  std::vector<Teaser> teasers;
  int page = 1;   // counted from 1
  int pages = 1;  // at least 1
  int total = 0;
};

}  // namespace news
