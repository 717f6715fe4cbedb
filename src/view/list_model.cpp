// The pages that lead to articles: front, lists, search.
#include <array>

#include "text/language.h"
#include "text/plain.h"
#include "text/url.h"
#include "view/page_models.h"
#include "view/parts.h"

namespace view {

namespace {

void add_list(Model& model, const Site& site, std::string_view around, std::string_view section,
              const std::vector<news::Teaser>& teasers) {
  if (!teasers.empty()) add_teasers(model.add(around), site, section, teasers);
}

void add_block(Model& model, const Site& site, const FrontBlock& block) {
  if (block.teasers.empty()) return;
  Model& shown = model.add("BLOCKS");
  shown.set("BLOCK_NAME", block.section.name);
  shown.set("BLOCK_ADDRESS", block.section.address);
  shown.set("BLOCK_MORE", site.messages.text("front.more", {{"section", block.section.name}}));
  add_teaser(shown, site, "BLOCK_TOP", block.teasers.front());
  if (block.teasers.size() > 1) add_teasers(shown.add("IF_BLOCK_REST"), site, "BLOCK_REST", std::span(block.teasers).subspan(1));
}

void add_latest_comments(Model& model, const Site& site, const std::vector<news::CommentTeaser>& comments) {
  if (comments.empty()) return;
  Model& list = model.add("IF_LATEST_COMMENTS");
  for (const news::CommentTeaser& comment : comments) {
    Model& turn = list.add("LATEST_COMMENTS");
    turn.set("AUTHOR", comment.author.empty() ? site.messages.text("comment.anonymous") : comment.author);
    turn.set("EXCERPT", comment.excerpt);
    turn.set("HEADLINE", comment.article_headline);
    turn.set("ADDRESS", comment.address);
    set_time(turn, site, "WRITTEN", "WRITTEN_ISO", comment.created, text::DateStyle::date);
  }
}

std::string period_title(const Site& site, const Period& period) {
  if (period.month == 0) return std::to_string(period.year);
  const base::Time noon = site.zone.to_time({period.year, period.month, period.day == 0 ? 1 : period.day, 12, 0, 0});
  return text::format_time(noon, period.day == 0 ? text::DateStyle::month : text::DateStyle::date, site.zone,
                           site.settings.language);
}

std::string listing_title(const Site& site, const ListingPage& page) {
  if (page.kind == ListingKind::date) return period_title(site, page.period);
  return page.title.empty() ? site.messages.text("listing.latest") : page.title;
}

std::string with_page(const Site& site, const std::string& title, int page, int pages) {
  if (page <= 1) return title;
  const std::string number = text::format_number(page, site.settings.language);
  const std::string total = text::format_number(pages, site.settings.language);
  return title + " – " + site.messages.text("nav.page_of", {{"number", number}, {"total", total}});
}

std::string how_much_was_found(const Catalogue& messages, const SearchPage& page) {
  if (page.total == 0) return messages.text("search.nothing", {{"words", page.words}});
  const std::string found = messages.count("search.found", page.total, {{"words", page.words}});
  return page.has_more ? messages.text("search.found_more", {{"found", found}}) : found;
}

std::string search_address(std::string_view words, int page) {
  std::string address = "/search?q=" + text::percent_encode(words);
  return page > 1 ? address + "&page=" + std::to_string(page) : address;
}

}  // namespace

Model model_of(const Site& site, const FrontPage& page) {
  Head head;
  head.description = site.settings.tagline;
  head.canonical = "/";
  if (page.lead && page.lead->lead) head.picture = &*page.lead->lead;
  Model model;
  add_frame(model, site, head);
  if (page.lead) add_teaser(model, site, "LEAD", *page.lead, Loading::first);
  model.show_if(!page.lead, "IF_EMPTY");
  add_list(model, site, "IF_SECONDS", "SECONDS", page.seconds);
  for (const FrontBlock& block : page.blocks) add_block(model, site, block);
  add_list(model, site, "IF_LATEST", "LATEST", page.latest);
  add_list(model, site, "IF_DISCUSSED", "DISCUSSED", page.most_discussed);
  add_latest_comments(model, site, page.comments);
  model.show_if(page.has_older, "IF_OLDER");
  model.show_if(!page.latest.empty() || !page.most_discussed.empty() || !page.comments.empty(), "IF_LISTS");
  return model;
}

Model model_of(const Site& site, const ListingPage& page) {
  static constexpr std::array<std::string_view, 5> kinds{"latest", "section", "tag", "author", "date"};
  const std::string_view kind = kinds[static_cast<std::size_t>(page.kind)];
  const std::string title = listing_title(site, page);
  Head head;
  head.title = with_page(site, title, page.teasers.page, page.teasers.pages);
  head.description = text::plain_text(page.description);
  head.canonical = listing_address(page.address, page.teasers.page);
  head.within = page.parents.empty() ? page.address : page.parents.front().address;

  Model model;
  add_frame(model, site, head);
  model.set("LISTING_TITLE", title);
  if (page.kind != ListingKind::latest)
    model.add("IF_LISTING_KIND").set("LISTING_KIND", site.messages.text(std::string("listing.") + std::string(kind)));
  model.set_if_any("ABOUT", "IF_ABOUT", page.description);
  if (!page.parents.empty()) add_links(model.add("IF_PARENTS"), "PARENTS", page.parents, site.messages);
  if (!page.children.empty()) {
    Model& children = model.add("IF_SUBSECTIONS");
    for (const news::Section& child : page.children) {
      Model& turn = children.add("SUBSECTIONS");
      turn.set("NAME", child.name);
      turn.set("ADDRESS", child.address);
    }
  }
  if (page.teasers.total > 0) model.add("IF_COUNT").set("COUNT_TEXT", site.messages.count("listing.count", page.teasers.total));
  add_list(model, site, "IF_STORIES", "STORIES", page.teasers.teasers);
  model.show_if(page.teasers.teasers.empty(), "IF_EMPTY");
  add_page_numbers(model, site, "nav.pages", page.teasers.page, page.teasers.pages,
                   [&](int number) { return listing_address(page.address, number); });
  return model;
}

Model model_of(const Site& site, const SearchPage& page) {
  const Catalogue& messages = site.messages;
  Head head;
  head.title = page.words.empty() ? messages.text("search.title") : messages.text("search.title_for", {{"words", page.words}});
  head.title = with_page(site, head.title, page.page, page.pages);
  head.robots = Robots::noindex;
  Model model;
  add_frame(model, site, head);
  model.set("WORDS", page.words);
  if (page.words.empty()) return model;
  model.add("IF_FOUND").set("FOUND", how_much_was_found(messages, page));
  if (!page.hits.empty()) {
    Model& list = model.add("IF_HITS");
    for (const news::SearchHit& hit : page.hits)
      add_teaser(list, site, "HITS", hit.teaser).set_if_any("SNIPPET", "IF_SNIPPET", hit.snippet);
  }
  add_page_numbers(model, site, "nav.pages", page.page, page.pages,
                   [&](int number) { return search_address(page.words, number); });
  return model;
}

}  // namespace view
