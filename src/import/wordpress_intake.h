// Takes the parts of a WordPress site in, one method for each kind of thing, and accounts for each in the report. Every method runs inside a desk::Intake's transaction.
// Knows no file and no parser.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "desk/intake.h"
#include "import/report.h"
#include "import/wordpress_survey.h"
#include "import/wordpress_text.h"
#include "import/wxr.h"

namespace import_ {

// What of a post can be made without the database, and so beside it.
struct RenderedComment {
  text::Html body;
  std::string author;
  std::string website;
  base::Time created;
};
struct RenderedPost {
  std::string headline;
  text::Html standfirst;
  // Nothing if it shows a gallery, whose pictures only the database knows.
  struct Body {
    text::Html html;
    std::vector<std::string> left_out;
  };
  std::optional<Body> body;
  std::vector<RenderedComment> comments;  // in the item's order
};

// Used by one thread at a time; `render` by any other beside it. Lives as long as one import.
class WordPressIntake {
 public:
  WordPressIntake(const desk::Desk& desk, const Survey& survey, std::filesystem::path media_root, Report& report);

  // Second pass.
  void take_author(desk::Intake& intake, const WxrAuthor& author);
  void take_term(desk::Intake& intake, const WxrTerm& term);
  void take_attachment(desk::Intake& intake, const WxrItem& item);
  void finish_terms(desk::Intake& intake);   // parents that came after their children

  // Third pass.
  RenderedPost render(const WxrItem& item) const;
  void take_post(desk::Intake& intake, const WxrItem& item, const RenderedPost& rendered);   // posts and pages, with their comments
  void keep_menu_item(const WxrItem& item);
  void leave_out(const WxrItem& item);       // a type that has no counterpart here
  void finish_posts(desk::Intake& intake);   // pages' parents, attachment pages, menus

  static std::string kind_of(const WxrItem& item);  // "posts", "pages", "attachments", "menu_items", or the post type itself

 private:
  struct MenuItem {
    std::int64_t id = 0;
    std::int64_t parent = 0;
    std::int64_t order = 0;
    std::string menu;   // slug
    std::string label;
    std::string type;   // "custom", "post_type", "taxonomy"
    std::string object; // "page", "category" ...
    std::int64_t object_id = 0;
    std::string url;
  };
  struct AttachmentPage {
    std::string key;      // of its old address
    std::int64_t id = 0;
    std::int64_t parent = 0;
  };

  void place_sections(desk::Intake& intake);  // below their parents, as far as those are known

  desk::Origin from(std::string_view kind, const std::string& id) const { return {survey_.origin, kind, id}; }

  bool is_first_sight(std::string_view kind, const std::string& name);
  void revisit_post(desk::Intake& intake, const WxrItem& item, const RenderedPost& rendered, news::ArticleId article);
  news::NewArticle to_article(desk::Intake& intake, const WxrItem& item, const RenderedPost& rendered);
  void file_under(desk::Intake& intake, const WxrItem& item, news::NewArticle& article);
  news::AuthorId author_of(desk::Intake& intake, const std::string& login);
  news::SectionId section_of(desk::Intake& intake, const WxrItemTerm& term);
  news::TagId tag_of(desk::Intake& intake, const WxrItemTerm& term);
  std::optional<news::Picture> lead_of(desk::Intake& intake, const WxrItem& item) const;
  void add_aliases(desk::Intake& intake, const WxrItem& item, const std::string& address);
  void take_comments(desk::Intake& intake, const WxrItem& item, const RenderedPost& rendered, news::ArticleId article);
  using TakenComments = std::map<std::int64_t, news::CommentId>;  // of one post, in this import, by the numbers they had
  void take_comment(desk::Intake& intake, const WxrComment& comment, const RenderedComment& rendered, news::ArticleId article, TakenComments& taken);
  news::CommentId parent_of(desk::Intake& intake, const WxrComment& comment, const TakenComments& taken) const;
  void take_menus(desk::Intake& intake);
  void take_menu_item(desk::Intake& intake, const MenuItem& item);
  news::Link target_of(desk::Intake& intake, const MenuItem& item) const;
  std::string own_origin() const { return survey_.own_origins.empty() ? std::string() : survey_.own_origins.front(); }
  text::Html to_standfirst(const WxrItem& item) const;
  using Attachments = std::function<std::vector<WordPressPicture>(const GalleryRequest&)>;
  RenderedPost::Body to_html(const WxrItem& item, Attachments attachments) const;
  text::Html to_comment_html(const std::string& content) const;
  std::optional<std::string> old_address(const WxrItem& item) const;   // the path its link had; nothing for addresses by query
  std::vector<WordPressPicture> pictures_for(desk::Intake& intake, const GalleryRequest& request) const;
  std::string with_own_media(std::string html) const;   // addresses of copied uploads made our own
  base::Time time_of(const std::string& gmt, const std::string& local, base::Time fallback) const;

  const desk::Desk& desk_;
  const Survey& survey_;
  std::filesystem::path media_root_;
  Report& report_;
  std::map<std::string, std::string> section_parents_;        // slug to the parent's slug
  std::vector<std::pair<std::string, news::SectionId>> section_aliases_;   // "?cat=3"
  std::map<std::int64_t, std::int64_t> page_parents_;         // post id to post id
  std::set<std::string> seen_;                                // "author:ann", "category:news"
  std::vector<MenuItem> menu_items_;
  std::map<std::string, std::string> menu_names_;             // slug to name
  std::vector<AttachmentPage> attachment_pages_;
};

}  // namespace import_
