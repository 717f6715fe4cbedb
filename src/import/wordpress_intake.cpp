#include "import/wordpress_intake.h"

#include <algorithm>

#include "base/format.h"
#include "import/wordpress_media.h"
#include "import/wordpress_text.h"
#include "text/plain.h"
#include "text/sanitise.h"
#include "text/slug.h"
#include "text/url.h"
#include "text/utf8.h"

namespace import_ {
namespace {

std::string decoded_slug(const std::string& slug) {
  // WordPress keeps slugs of other scripts percent-encoded.
  return text::percent_decode(slug).value_or(slug);
}

news::ArticleStatus status_of(const WxrItem& item) {
  if (item.status == "publish") return item.post_password.empty() ? news::ArticleStatus::published : news::ArticleStatus::password_protected;
  if (item.status == "future") return news::ArticleStatus::scheduled;
  if (item.status == "private") return news::ArticleStatus::private_;
  return news::ArticleStatus::draft;   // "draft", "pending", and what plug-ins invented
}

news::CommentKind comment_kind(const std::string& type) {
  if (type == "pingback") return news::CommentKind::pingback;
  return type == "trackback" ? news::CommentKind::trackback : news::CommentKind::comment;
}

news::CommentStatus comment_status(const std::string& approved) {
  if (approved == "1" || approved == "approve") return news::CommentStatus::published;
  if (approved == "spam") return news::CommentStatus::spam;
  return approved == "trash" || approved == "post-trashed" ? news::CommentStatus::rejected : news::CommentStatus::held;
}

// Parents before their replies, and otherwise by time as WordPress shows them.
std::vector<const WxrComment*> in_reading_order(const std::vector<WxrComment>& comments) {
  std::map<std::int64_t, const WxrComment*> by_id;
  for (const WxrComment& comment : comments) by_id[comment.id] = &comment;
  const auto depth_of = [&](const WxrComment* comment) {
    std::size_t depth = 0;
    // A ring of parents, which a damaged file may hold, ends at the number of comments.
    for (auto above = by_id.find(comment->parent); comment->parent != 0 && above != by_id.end() && depth <= comments.size(); ++depth) {
      comment = above->second;
      above = by_id.find(comment->parent);
    }
    return depth;
  };
  std::vector<std::pair<std::size_t, const WxrComment*>> ordered;
  for (const WxrComment& comment : comments) ordered.push_back({depth_of(&comment), &comment});
  std::stable_sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.first, std::string_view(a.second->date_gmt), a.second->id) < std::tuple(b.first, std::string_view(b.second->date_gmt), b.second->id);
  });
  std::vector<const WxrComment*> result;
  for (const auto& [depth, comment] : ordered) result.push_back(comment);
  return result;
}

}  // namespace

WordPressIntake::WordPressIntake(const desk::Desk& desk, const Survey& survey, std::filesystem::path media_root, Report& report)
    : desk_(desk), survey_(survey), media_root_(std::move(media_root)), report_(report) {}

std::string WordPressIntake::kind_of(const WxrItem& item) {
  if (item.post_type == "post") return "posts";
  if (item.post_type == "page") return "pages";
  if (item.post_type == "attachment") return "attachments";
  if (item.post_type == "nav_menu_item") return "menu_items";
  return item.post_type.empty() ? "items" : item.post_type;
}

base::Time WordPressIntake::time_of(const std::string& gmt, const std::string& local, base::Time fallback) const {
  const auto is_given = [](const std::string& time) { return !time.empty() && !time.starts_with("0000"); };
  if (is_given(gmt)) {
    if (const auto time = text::parse_time(gmt, text::TimeZone::utc())) return *time;
  }
  if (is_given(local)) {
    if (const auto time = text::parse_time(local, desk_.zone)) return *time;
  }
  return fallback;
}

// --- authors and terms

// Whether this run has met it before: some files define a term twice, and posts name authors and terms again. Each counts once.
bool WordPressIntake::is_first_sight(std::string_view kind, const std::string& name) {
  return seen_.insert(std::string(kind) + ":" + name).second;
}

void WordPressIntake::take_author(desk::Intake& intake, const WxrAuthor& author) {
  if (author.login.empty()) return report_.left_out("authors", std::to_string(author.id), "it has no login name");
  if (!is_first_sight("author", author.login)) return;
  if (intake.find(from("author", author.login)) != 0) return report_.already("authors");
  const std::string name = text::clean_line(text::plain_text_of_untrusted(author.display_name.empty() ? author.login : author.display_name));
  std::string slug = text::slugify(author.login);
  if (slug.empty()) slug = base::format("author-{}", author.id);
  const news::AuthorId id = intake.author({.slug = slug, .name = name, .biography = {}});
  intake.remember(from("author", author.login), id.value);
  if (author.id != 0) intake.alias(base::format("?author={}", author.id), intake.find_author(id)->address);
  report_.imported("authors");
}

news::AuthorId WordPressIntake::author_of(desk::Intake& intake, const std::string& login) {
  // Files of WXR 1.0, and parts of larger exports, name an author only in the posts.
  take_author(intake, {.id = 0, .login = login, .email = {}, .display_name = {}, .first_name = {}, .last_name = {}, .line = 0});
  return {intake.find(from("author", login))};
}

void WordPressIntake::take_term(desk::Intake& intake, const WxrTerm& term) {
  const std::string name = text::clean_line(text::plain_text_of_untrusted(term.name));
  const std::string slug = decoded_slug(term.slug.empty() ? text::slugify(term.name) : term.slug);
  if (term.taxonomy == "nav_menu") {
    menu_names_[slug] = name;
    return;   // counted with its items: a menu without any is nothing
  }
  const bool is_section = term.taxonomy == "category";
  const std::string kind = is_section ? "categories" : term.taxonomy == "post_tag" ? "tags" : "terms";
  if (kind == "terms") return report_.left_out(kind, slug, base::format("the taxonomy \"{}\" has no counterpart", term.taxonomy));
  if (slug.empty()) return report_.left_out(kind, std::to_string(term.id), "it has no slug and no name");
  if (!is_first_sight(term.taxonomy, slug)) return;
  if (is_section && !term.parent.empty()) section_parents_[slug] = decoded_slug(term.parent);
  if (intake.find(from(term.taxonomy, slug)) != 0) return report_.already(kind);
  const text::Html description = text::sanitise(term.description, {.trust = text::Trust::comment, .image_hosts = {}, .own_origin = {}, .id_prefix = {}});
  if (is_section) {
    const news::SectionId parent{term.parent.empty() ? 0 : intake.find(from("category", decoded_slug(term.parent)))};
    const news::SectionId id = intake.section({.parent = parent, .slug = slug, .name = name, .description = description});
    intake.remember(from("category", slug), id.value);
    if (term.id != 0) {
      intake.remember(from("category_id", std::to_string(term.id)), id.value);
      section_aliases_.push_back({base::format("?cat={}", term.id), id});
    }
  } else {
    const news::TagId id = intake.tag({.slug = slug, .name = name, .description = description});
    intake.remember(from("post_tag", slug), id.value);
    if (term.id != 0) intake.remember(from("post_tag_id", std::to_string(term.id)), id.value);
    intake.alias(base::format("?tag={}", slug), intake.find_tag(id)->address);
  }
  report_.imported(kind);
}

void WordPressIntake::place_sections(desk::Intake& intake) {
  for (const auto& [slug, parent] : section_parents_) {
    const news::SectionId child{intake.find(from("category", slug))};
    const news::SectionId above{intake.find(from("category", parent))};
    if (child && above && child != above) intake.set_parent(child, above);
  }
}

void WordPressIntake::finish_terms(desk::Intake& intake) {
  place_sections(intake);
  // Only now do sections stand where they belong.
  for (const auto& [key, section] : section_aliases_) intake.alias(key, intake.find_section(section)->address);
}

news::SectionId WordPressIntake::section_of(desk::Intake& intake, const WxrItemTerm& term) {
  const std::string slug = decoded_slug(term.slug.empty() ? text::slugify(term.name) : term.slug);
  take_term(intake, {.id = 0, .taxonomy = "category", .slug = slug, .name = term.name, .parent = {}, .description = {}, .meta = {}, .line = 0});
  return {intake.find(from("category", slug))};
}

news::TagId WordPressIntake::tag_of(desk::Intake& intake, const WxrItemTerm& term) {
  const std::string slug = decoded_slug(term.slug.empty() ? text::slugify(term.name) : term.slug);
  take_term(intake, {.id = 0, .taxonomy = "post_tag", .slug = slug, .name = term.name, .parent = {}, .description = {}, .meta = {}, .line = 0});
  return {intake.find(from("post_tag", slug))};
}

// --- media

void WordPressIntake::take_attachment(desk::Intake& intake, const WxrItem& item) {
  const std::string id = std::to_string(item.post_id);
  if (item.attachment_url.empty()) return report_.left_out("attachments", id, "it names no file");
  const base::Time created = time_of(item.post_date_gmt, item.post_date, desk_.clock.now());
  const text::Html caption = text::sanitise(render_wordpress_title(item.excerpt, survey_.site.language), {.trust = text::Trust::comment, .image_hosts = {}, .own_origin = {}, .id_prefix = {}});
  const news::NewMedia media = to_media(survey_, item, media_root_, caption, created);
  const std::optional<std::string> old_page = old_address(item);
  if (old_page) attachment_pages_.push_back({*old_page, item.post_id, item.post_parent});
  const std::int64_t known = intake.find(from("attachment", id));
  if (known != 0) {
    const std::optional<news::Media> before = intake.find_media(media.address);
    if (!media.file.empty() && (!before || before->file.empty())) intake.replace_media({known}, media);
    return report_.already("attachments");
  }
  const news::MediaId made = intake.media(media);
  intake.remember(from("attachment", id), made.value);
  intake.alias(base::format("?attachment_id={}", item.post_id), media.address);
  report_.imported("attachments");
  if (media.file.empty()) report_.note(base::format("The file of attachment {} is missing; its address stays {}.", id, media.address));
}

std::optional<news::Picture> WordPressIntake::lead_of(desk::Intake& intake, const WxrItem& item) const {
  const std::string* thumbnail = find_meta(item.meta, "_thumbnail_id");
  const news::MediaId id{thumbnail ? intake.find(from("attachment", *thumbnail)) : 0};
  if (!id) return std::nullopt;
  const std::optional<news::Media> media = intake.find_media(id);
  // A picture whose file is missing would be a hole on top of the article.
  if (!media || media->file.empty() || !media->type.starts_with("image/")) return std::nullopt;
  return news::Picture{.media = id, .address = media->address, .width = media->width, .height = media->height,
                       .alternative_text = media->alternative_text, .caption = media->caption, .credit = media->credit};
}

// --- posts and pages

void WordPressIntake::leave_out(const WxrItem& item) {
  const std::string id = std::to_string(item.post_id);
  report_.left_out(kind_of(item), id, base::format("the post type \"{}\" has no counterpart", item.post_type));
  for (const WxrComment& comment : item.comments) report_.left_out("comments", std::to_string(comment.id), base::format("it belongs to item {}, which was left out", id));
}

void WordPressIntake::take_post(desk::Intake& intake, const WxrItem& item, const RenderedPost& rendered) {
  const std::string kind = kind_of(item);
  const std::string id = std::to_string(item.post_id);
  if (item.post_type == "page" && item.post_parent != 0) page_parents_[item.post_id] = item.post_parent;
  if (const std::int64_t known = intake.find(from("post", id))) {
    report_.already(kind);
    return revisit_post(intake, item, rendered, {known});
  }
  if (item.status == "trash" || item.status == "auto-draft") {
    report_.left_out(kind, id, item.status == "trash" ? "it is in the trash" : "it is an empty draft that WordPress made by itself");
    for (const WxrComment& comment : item.comments) report_.left_out("comments", std::to_string(comment.id), base::format("its {} was left out", item.post_type));
    return;
  }
  news::NewArticle article = to_article(intake, item, rendered);
  base::Result<news::ArticleId> made = intake.add_article(article);
  if (!made) {
    report_.note(base::format("{} {}: the address {} belongs to something else already, so it got a new one.", item.post_type, id, article.address));
    article.address.clear();
    made = intake.add_article(article);
  }
  if (!made) return report_.left_out(kind, id, made.error().key);
  intake.remember(from("post", id), made->value);
  report_.imported(kind);
  add_aliases(intake, item, intake.address_of(*made));
  take_comments(intake, item, rendered, *made);
}

// It was brought before. Comments that are new in this file and a lead picture whose file has come meanwhile are added; nothing else is touched, for the
// editors may have worked on it since.
void WordPressIntake::revisit_post(desk::Intake& intake, const WxrItem& item, const RenderedPost& rendered, news::ArticleId article) {
  const std::optional<news::Article> present = intake.find_article(article);
  if (!present) {
    for (const WxrComment& comment : item.comments) report_.left_out("comments", std::to_string(comment.id), "its article is no longer there");
    return;
  }
  if (!present->lead) {
    if (const std::optional<news::Picture> lead = lead_of(intake, item)) intake.set_lead(article, *lead);
  }
  take_comments(intake, item, rendered, article);
}

news::NewArticle WordPressIntake::to_article(desk::Intake& intake, const WxrItem& item, const RenderedPost& rendered) {
  news::NewArticle article;
  article.kind = item.post_type == "page" ? news::ArticleKind::page : news::ArticleKind::article;
  article.status = status_of(item);
  article.headline = rendered.headline;
  article.slug = decoded_slug(item.post_name);
  article.standfirst = rendered.standfirst;
  const RenderedPost::Body body =
      rendered.body ? *rendered.body : to_html(item, [&](const GalleryRequest& request) { return pictures_for(intake, request); });
  for (const std::string& what : body.left_out) report_.note("Item " + std::to_string(item.post_id) + ": " + what + " was left out.");
  article.body = body.html;
  article.source = item.content;
  article.format = news::BodyFormat::html;
  article.published = time_of(item.post_date_gmt, item.post_date, desk_.clock.now());
  article.updated = std::max(article.published, time_of(item.post_modified_gmt, item.post_modified, article.published));
  article.lead = lead_of(intake, item);
  article.comments = item.comment_status == "open" ? news::Comments::open : news::Comments::closed;
  article.sticky = item.is_sticky;
  if (article.status == news::ArticleStatus::password_protected) article.password_hash = base::hash_password(item.post_password);
  article.parent = {item.post_parent == 0 || item.post_type != "page" ? 0 : intake.find(from("post", std::to_string(item.post_parent)))};
  article.position = static_cast<int>(item.menu_order);
  if (article.status == news::ArticleStatus::published || article.status == news::ArticleStatus::password_protected) {
    article.address = old_address(item).value_or("");
  }
  file_under(intake, item, article);
  return article;
}

void WordPressIntake::file_under(desk::Intake& intake, const WxrItem& item, news::NewArticle& article) {
  if (!item.creator.empty()) article.authors.push_back(author_of(intake, item.creator));
  for (const WxrItemTerm& term : item.terms) {
    if (term.taxonomy == "category") {
      if (const news::SectionId section = section_of(intake, term)) article.sections.push_back(section);
    } else if (term.taxonomy == "post_tag") {
      if (const news::TagId tag = tag_of(intake, term)) article.tags.push_back(tag);
    } else if (term.taxonomy == "post_format") {
      article.post_format = term.slug.starts_with("post-format-") ? term.slug.substr(12) : term.slug;
    }
  }
}

void WordPressIntake::add_aliases(desk::Intake& intake, const WxrItem& item, const std::string& address) {
  intake.alias(base::format("?p={}", item.post_id), address);
  intake.alias(base::format("?page_id={}", item.post_id), address);
  const std::optional<std::string> old = old_address(item);
  if (!old || item.status != "publish") return;
  if (const auto key = text::address_key(*old); key && *old != address) intake.alias(*key, address);
  // Slugs it had before: WordPress redirects from them too.
  for (const WxrMeta& meta : item.meta) {
    if (meta.key != "_wp_old_slug" || meta.value.empty()) continue;
    const std::string trimmed = old->ends_with('/') ? old->substr(0, old->size() - 1) : *old;
    const auto key = text::address_key(trimmed.substr(0, trimmed.rfind('/') + 1) + meta.value);
    if (key) intake.alias(*key, address);
  }
}

// --- comments

void WordPressIntake::take_comments(desk::Intake& intake, const WxrItem& item, const RenderedPost& rendered, news::ArticleId article) {
  TakenComments taken;
  for (const WxrComment* comment : in_reading_order(item.comments)) {
    const auto place = static_cast<std::size_t>(comment - item.comments.data());
    take_comment(intake, *comment, rendered.comments.at(place), article, taken);
  }
}

news::CommentId WordPressIntake::parent_of(desk::Intake& intake, const WxrComment& comment, const TakenComments& taken) const {
  if (comment.parent == 0) return {};
  if (const auto found = taken.find(comment.parent); found != taken.end()) return found->second;
  return {intake.find(from("comment", std::to_string(comment.parent)))};
}

void WordPressIntake::take_comment(desk::Intake& intake, const WxrComment& comment, const RenderedComment& rendered, news::ArticleId article,
                                   TakenComments& taken) {
  const std::string id = std::to_string(comment.id);
  if (intake.find(from("comment", id)) != 0) return report_.already("comments");
  const bool is_known = comment.type.empty() || comment.type == "comment" || comment.type == "pingback" || comment.type == "trackback";
  if (comment.type == "note") return report_.left_out("comments", id, "it is an editor's note, not a comment");
  if (!is_known) return report_.left_out("comments", id, base::format("its type \"{}\" has no counterpart", comment.type));

  desk::ForeignComment foreign;
  foreign.email = comment.email;
  news::NewComment& ours = foreign.comment;
  ours.article = article;
  ours.kind = comment_kind(comment.type);
  ours.parent = parent_of(intake, comment, taken);
  if (comment.parent != 0 && !ours.parent) report_.note(base::format("Comment {} answers comment {}, which is not in the file; it stands by itself.", id, comment.parent));
  ours.author = rendered.author;
  ours.website = rendered.website;
  ours.source = comment.content;
  ours.body = rendered.body;
  ours.created = rendered.created;
  ours.verdict = {comment_status(comment.approved), "import"};
  const base::Result<news::CommentId> made = intake.add_comment(std::move(foreign));
  if (!made) return report_.left_out("comments", id, made.error().key);
  intake.remember(from("comment", id), made->value);
  taken[comment.id] = *made;
  report_.imported("comments");
}

}  // namespace import_
