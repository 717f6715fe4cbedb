// The parts that several kinds of page share, filled into their models: the frame around every page, teasers, bylines, page
// numbers. Private to src/view.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "view/model.h"
#include "view/pages.h"

namespace view {

// another_view: not listed itself, but it names the page that shows the same thing and is.
enum class Robots { index, another_view, noindex };

// What a page says of itself in its <head>.
struct Head {
  std::string title;        // without the site's name; empty: the site's name alone
  std::string description;  // plain text
  std::string canonical;    // path; empty: none
  std::string within;       // address of the section it belongs to, for the navigation
  Robots robots = Robots::index;
  const news::Article* article = nullptr;  // for the article's own properties
  const news::Picture* picture = nullptr;  // for sharing
};
void add_frame(Model& model, const Site& site, const Head& head);

// "https://example.org/path" if the site knows its own address, "/path" otherwise.
std::string absolute(const Site& site, std::string_view path);

// NAME, ADDRESS and the text before each but the first: "A, B and C".
void add_links(Model& model, std::string_view section, std::span<const news::Link> links, const Catalogue& messages);
// IF_PICTURE with its address, size and texts. `waits`: below the first screen, so it is loaded when it is needed.
enum class Loading { first, waits };
void add_picture(Model& model, const std::optional<news::Picture>& picture, const Catalogue& messages, Loading loading);
// PUBLISHED and PUBLISHED_ISO, or any other name.
void set_time(Model& model, const Site& site, std::string_view name, std::string_view iso_name, base::Time time,
              text::DateStyle style);
// IF_OTHER_LANGUAGE with LANGUAGE and DIRECTION if this text is not in the site's language.
void add_language(Model& model, const Site& site, std::string_view language);

// One turn of `section`.
Model& add_teaser(Model& model, const Site& site, std::string_view section, const news::Teaser& teaser,
                  Loading loading = Loading::waits);
void add_teasers(Model& model, const Site& site, std::string_view section, std::span<const news::Teaser> teasers);

// IF_PAGES around IF_PREVIOUS_PAGE, PAGES and IF_NEXT_PAGE; nothing if there is one page only. `address_of` gives the address of
// a page. `label` is the key of what these are the pages of.
void add_page_numbers(Model& model, const Site& site, std::string_view label, int page, int pages,
                      const std::function<std::string(int)>& address_of);

// The address of a page of a list: "/category/news/" or "/category/news/page/2/".
std::string listing_address(std::string_view address, int page);

// Up to `most` code points of plain text for the description of a page.
std::string describe(std::string_view plain);

// The class of the colour behind somebody's initial: 0 to 5, from the name that is shown and nothing else.
int colour_of(std::string_view name);
std::string initial_of(std::string_view name);

}  // namespace view
