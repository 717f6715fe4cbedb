#include "view/parts.h"

#include <array>

#include "news/permalink.h"
#include "text/language.h"
#include "text/plain.h"

namespace view {

namespace {

std::string direction_text(std::string_view language) {
  return text::direction_of(language) == text::Direction::right_to_left ? "rtl" : "ltr";
}

// Shared pages need whole addresses; a site that does not know its own gives none.
void add_sharing(Model& model, const Site& site, const Head& head) {
  if (head.robots == Robots::noindex || head.canonical.empty()) return;
  Model& sharing = model.add("IF_SHARING");
  sharing.set("SHARE_TYPE", head.article != nullptr ? "article" : "website");
  sharing.set("SHARE_TITLE", head.title.empty() ? site.settings.title : head.title);
  if (site.settings.url.empty()) return;
  sharing.set_if_any("SHARE_ADDRESS", "IF_SHARE_ADDRESS", absolute(site, head.canonical));
  if (head.picture == nullptr) return;
  Model& picture = sharing.add("IF_SHARE_PICTURE");
  picture.set("SHARE_PICTURE", absolute(site, head.picture->address));
  picture.set_if_any("SHARE_PICTURE_TEXT", "IF_SHARE_PICTURE_TEXT", head.picture->alternative_text);
}

void add_article_properties(Model& model, const Site& site, const news::Article& article) {
  Model& properties = model.add("IF_ARTICLE_PROPERTIES");
  properties.set("PROPERTY_PUBLISHED", site.zone.iso8601(article.published));
  properties.set("PROPERTY_UPDATED", site.zone.iso8601(std::max(article.published, article.updated)));
  if (!article.sections.empty()) properties.set_if_any("PROPERTY_SECTION", "IF_PROPERTY_SECTION", article.sections.front().name);
}

void add_menu_entry(Model& entry, const Head& head, std::string_view name, std::string_view address) {
  entry.set("NAME", std::string(name));
  entry.set("ADDRESS", std::string(address));
  if (address == head.canonical && !head.canonical.empty()) {
    entry.add("IF_CURRENT").set("CURRENT", "page");
  } else if (address == head.within && !head.within.empty()) {
    entry.add("IF_CURRENT").set("CURRENT", "true");
  }
}

void add_menus(Model& model, const Site& site, const Head& head) {
  const news::SiteFrame& frame = site.frame;
  if (frame.menu.empty()) {
    for (const news::Section& section : frame.sections) {
      add_menu_entry(model.add("MENU"), head, section.name, section.address);
      add_menu_entry(model.add("FOOT_MENU"), head, section.name, section.address);
    }
  }
  // The bar on top has room for the first level; all of it stands at the foot.
  for (const news::MenuEntry& entry : frame.menu) {
    if (entry.depth == 0) add_menu_entry(model.add("MENU"), head, entry.label, entry.address);
    add_menu_entry(model.add("FOOT_MENU"), head, entry.label, entry.address);
  }
  model.show_if(!frame.menu.empty() || !frame.sections.empty(), "IF_MENU");
  for (const news::Link& page : frame.pages) add_menu_entry(model.add("FOOT_PAGES"), head, page.name, page.address);
}

std::string with_suffix(std::string_view address, std::string_view path_part, std::string_view query_name, int page) {
  std::string result(address);
  if (page <= 1) return result;
  if (address.find('?') != std::string_view::npos) return result + "&" + std::string(query_name) + "=" + std::to_string(page);
  const bool closed = address.ends_with('/');
  if (!closed) result += '/';
  result += std::string(path_part) + std::to_string(page);
  return closed ? result + "/" : result;
}

}  // namespace

std::string absolute(const Site& site, std::string_view path) {
  const bool own = path.starts_with('/') && !path.starts_with("//");
  return own ? site.settings.url + std::string(path) : std::string(path);
}

std::string describe(std::string_view plain) { return text::excerpt(plain, 180); }

void add_frame(Model& model, const Site& site, const Head& head) {
  const news::SiteSettings& settings = site.settings;
  model.set("LANG", settings.language);
  model.set("DIR", direction_text(settings.language));
  model.set("SITE_TITLE", settings.title);
  model.set_if_any("TAGLINE", "IF_TAGLINE", settings.tagline);
  model.show(head.canonical == "/" ? "IF_FRONT" : "IF_INSIDE");
  model.set("PAGE_TITLE", head.title.empty() ? settings.title : head.title + " – " + settings.title);
  model.set_if_any("DESCRIPTION", "IF_DESCRIPTION", describe(head.description));
  if (head.robots != Robots::noindex)
    model.set_if_any("CANONICAL", "IF_CANONICAL", head.canonical.empty() ? "" : absolute(site, head.canonical));
  model.set("ROBOTS", head.robots == Robots::index ? "max-image-preview:large" : "noindex");
  model.set("TODAY", text::format_time(site.now, text::DateStyle::masthead, site.zone, site.settings.language));
  // The day alone: with the moment, a page made anew without a change would be another one and lose its ETag.
  model.set("TODAY_ISO", site.zone.iso8601(site.now).substr(0, 10));
  add_menus(model, site, head);
  add_sharing(model, site, head);
  if (head.article != nullptr) add_article_properties(model, site, *head.article);
}

void add_links(Model& model, std::string_view section, std::span<const news::Link> links, const Catalogue& messages) {
  for (std::size_t i = 0; i < links.size(); ++i) {
    Model& turn = model.add(section);
    const bool last = i + 1 == links.size();
    turn.set("BEFORE", i == 0 ? std::string() : messages.text(last ? "list.and" : "list.comma"));
    turn.set("NAME", links[i].name);
    turn.set("ADDRESS", links[i].address);
  }
}

void add_picture(Model& model, const std::optional<news::Picture>& picture, const Catalogue& messages, Loading loading) {
  if (!picture || picture->address.empty()) return;
  Model& shown = model.add("IF_PICTURE");
  shown.set("PICTURE", picture->address);
  shown.set("PICTURE_TEXT", picture->alternative_text);
  if (picture->width > 0 && picture->height > 0) {
    Model& size = shown.add("IF_SIZE");
    size.set_number("WIDTH", picture->width);
    size.set_number("HEIGHT", picture->height);
  }
  shown.show(loading == Loading::first ? "IF_FIRST" : "IF_WAITS");
  if (picture->caption.empty() && picture->credit.empty()) return;
  Model& below = shown.add("IF_BELOW_PICTURE");
  below.set_if_any("CAPTION", "IF_CAPTION", picture->caption);
  if (!picture->credit.empty())
    below.add("IF_CREDIT").set("CREDIT", messages.text("article.credit", {{"credit", picture->credit}}));
}

void set_time(Model& model, const Site& site, std::string_view name, std::string_view iso_name, base::Time time,
              text::DateStyle style) {
  model.set(name, text::format_time(time, style, site.zone, site.settings.language));
  model.set(iso_name, site.zone.iso8601(time));
}

void add_language(Model& model, const Site& site, std::string_view language) {
  if (language.empty() || language == site.settings.language || !text::is_language_tag(language)) return;
  Model& other = model.add("IF_OTHER_LANGUAGE");
  other.set("LANGUAGE", std::string(language));
  other.set("DIRECTION", direction_text(language));
}

Model& add_teaser(Model& model, const Site& site, std::string_view section, const news::Teaser& teaser, Loading loading) {
  Model& turn = model.add(section);
  turn.set("ADDRESS", teaser.address);
  turn.set("HEADLINE", teaser.headline);
  turn.set_if_any("STANDFIRST", "IF_STANDFIRST", teaser.standfirst);
  add_language(turn, site, teaser.language);
  if (teaser.section) {
    Model& kicker = turn.add("IF_KICKER");
    kicker.set("SECTION", teaser.section->name);
    kicker.set("SECTION_ADDRESS", teaser.section->address);
  }
  if (!teaser.authors.empty()) add_links(turn.add("IF_AUTHORS"), "AUTHORS", teaser.authors, site.messages);
  set_time(turn, site, "PUBLISHED", "PUBLISHED_ISO", teaser.published, text::DateStyle::date);
  add_picture(turn, teaser.lead, site.messages, loading);
  turn.show_if(teaser.status == news::ArticleStatus::password_protected, "IF_LOCKED");
  if (teaser.comment_count > 0) {
    Model& comments = turn.add("IF_COMMENTS");
    comments.set("COMMENT_COUNT", text::format_number(teaser.comment_count, site.settings.language));
    comments.set("COMMENT_COUNT_TEXT", site.messages.count("comments.count", teaser.comment_count));
  }
  return turn;
}

void add_teasers(Model& model, const Site& site, std::string_view section, std::span<const news::Teaser> teasers) {
  for (const news::Teaser& teaser : teasers) add_teaser(model, site, section, teaser);
}

void add_page_numbers(Model& model, const Site& site, std::string_view label, int page, int pages,
                      const std::function<std::string(int)>& address_of) {
  if (pages <= 1) return;
  Model& numbers = model.add("IF_PAGES");
  numbers.set("PAGES_LABEL", site.messages.text(label));
  if (page > 1) numbers.add("IF_PREVIOUS_PAGE").set("ADDRESS", address_of(page - 1));
  if (page < pages) numbers.add("IF_NEXT_PAGE").set("ADDRESS", address_of(page + 1));
  // The first, the last, and those around this one.
  int before = 0;
  for (const int number : {1, page - 1, page, page + 1, pages}) {
    if (number <= before || number > pages) continue;
    Model& turn = numbers.add("PAGES");
    turn.show_if(number > before + 1, "IF_GAP");
    const std::string written = text::format_number(number, site.settings.language);
    Model& shown = turn.add(number == page ? "IF_THIS_PAGE" : "IF_OTHER_PAGE");
    shown.set("NUMBER", written);
    shown.set("PAGE_LABEL", site.messages.text("nav.page", {{"number", written}}));
    shown.set("ADDRESS", address_of(number));
    before = number;
  }
}

std::string listing_address(std::string_view address, int page) { return with_suffix(address, "page/", "paged", page); }
std::string thread_address(std::string_view article_address, int page) {
  return news::thread_address(article_address, {.page = page});
}

int colour_of(std::string_view name) {
  unsigned sum = 0;
  for (const char c : name) sum = sum * 31 + static_cast<unsigned char>(c);
  return static_cast<int>(sum % 6);
}

std::string initial_of(std::string_view name) {
  std::size_t end = name.empty() ? 0 : 1;
  while (end < name.size() && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) ++end;
  return std::string(name.substr(0, end));
}

}  // namespace view
