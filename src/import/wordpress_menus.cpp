// The end of an import: pages find their parents, attachment pages and menus what they point at.
#include <algorithm>

#include "base/format.h"
#include "import/wordpress_intake.h"
#include "text/plain.h"
#include "text/url.h"
#include "text/utf8.h"

namespace import_ {
namespace {

std::int64_t number_in(const WxrItem& item, const char* key) {
  const std::string* value = find_meta(item.meta, key);
  return value ? std::strtoll(value->c_str(), nullptr, 10) : 0;
}

std::string text_in(const WxrItem& item, const char* key) {
  const std::string* value = find_meta(item.meta, key);
  return value ? *value : std::string();
}

// Which of several menus is the one on top of the pages is not in the file; its name usually tells.
bool looks_like_the_main_one(const std::string& slug) {
  for (const char* word : {"main", "primary", "header", "top", "navigation", "haupt"}) {
    if (slug.find(word) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

void WordPressIntake::keep_menu_item(const WxrItem& item) {
  MenuItem kept;
  kept.id = item.post_id;
  kept.parent = number_in(item, "_menu_item_menu_item_parent");
  kept.order = item.menu_order;
  kept.label = text::clean_line(text::plain_text_of_untrusted(item.title));
  kept.type = text_in(item, "_menu_item_type");
  kept.object = text_in(item, "_menu_item_object");
  kept.object_id = number_in(item, "_menu_item_object_id");
  kept.url = text_in(item, "_menu_item_url");
  for (const WxrItemTerm& term : item.terms) {
    if (term.taxonomy != "nav_menu") continue;
    kept.menu = term.slug;
    menu_names_.try_emplace(term.slug, term.name);
  }
  menu_items_.push_back(std::move(kept));
}

void WordPressIntake::finish_posts(desk::Intake& intake) {
  place_sections(intake);  // below those that only a post named
  for (const auto& [page, parent] : page_parents_) {
    const news::ArticleId child{intake.find(from("post", std::to_string(page)))};
    const news::ArticleId above{intake.find(from("post", std::to_string(parent)))};
    const std::optional<news::Article> article = child ? intake.find_article(child) : std::nullopt;
    if (article && above && article->parent != above && child != above) intake.set_page_parent(child, above, article->address);
  }
  for (const AttachmentPage& page : attachment_pages_) {
    // WordPress leads the page of an attachment to the article it belongs to, or to the file.
    const news::ArticleId owner{intake.find(from("post", std::to_string(page.parent)))};
    const std::optional<news::Article> article = owner ? intake.find_article(owner) : std::nullopt;
    const std::optional<news::Media> media = intake.find_media(news::MediaId{intake.find(from("attachment", std::to_string(page.id)))});
    const auto key = text::address_key(page.key);
    if (!key) continue;
    if (article) intake.alias(*key, article->address);
    else if (media && media->address.starts_with("/")) intake.alias(*key, media->address);
  }
  take_menus(intake);
}

// What the item points at: its address, and its name for items that have no label of their own.
news::Link WordPressIntake::target_of(desk::Intake& intake, const MenuItem& item) const {
  const std::string id = std::to_string(item.object_id);
  if (item.type == "post_type") {
    const news::ArticleId article{intake.find(from("post", id))};
    const std::optional<news::Article> found = article ? intake.find_article(article) : std::nullopt;
    return found ? news::Link{found->headline, found->address} : news::Link{};
  }
  if (item.type == "taxonomy" && item.object == "category") {
    const std::optional<news::Section> found = intake.find_section({intake.find(from("category_id", id))});
    return found ? news::Link{found->name, found->address} : news::Link{};
  }
  if (item.type == "taxonomy") {
    const std::optional<news::Tag> found = intake.find_tag({intake.find(from("post_tag_id", id))});
    return found ? news::Link{found->name, found->address} : news::Link{};
  }
  const std::optional<text::Url> url = text::parse_url(item.url);
  if (!url || !text::is_safe_link(item.url)) return {};
  const bool is_ours = std::find(survey_.own_origins.begin(), survey_.own_origins.end(), url->origin()) != survey_.own_origins.end();
  if (!is_ours) return {item.label, item.url};
  return {item.label, (url->path.empty() ? "/" : url->path) + (url->query.empty() ? "" : "?" + url->query) +
                          (url->fragment.empty() ? "" : "#" + url->fragment)};
}

void WordPressIntake::take_menu_item(desk::Intake& intake, const MenuItem& item) {
  const std::string id = std::to_string(item.id);
  if (intake.find(from("menu_item", id)) != 0) return report_.already("menu_items");
  const news::Link target = target_of(intake, item);
  const std::string& label = item.label.empty() ? target.name : item.label;
  if (item.menu.empty()) return report_.left_out("menu_items", id, "it stands in no menu");
  if (target.address.empty() || label.empty()) return report_.left_out("menu_items", id, "what it points at is not here");
  const std::int64_t menu = intake.menu(item.menu, menu_names_[item.menu]);
  const news::MenuItemId parent{item.parent == 0 ? 0 : intake.find(from("menu_item", std::to_string(item.parent)))};
  const news::MenuItemId made = intake.menu_item(menu, parent, static_cast<int>(item.order), label, target.address);
  intake.remember(from("menu_item", id), made.value);
  report_.imported("menu_items");
}

void WordPressIntake::take_menus(desk::Intake& intake) {
  // The probable main menu before the others, for the first with entries is shown; parents before children, as WordPress orders them.
  std::stable_sort(menu_items_.begin(), menu_items_.end(), [](const MenuItem& a, const MenuItem& b) {
    return std::tuple(!looks_like_the_main_one(a.menu), std::string_view(a.menu), a.order) <
           std::tuple(!looks_like_the_main_one(b.menu), std::string_view(b.menu), b.order);
  });
  for (const MenuItem& item : menu_items_) take_menu_item(intake, item);
}

}  // namespace import_
