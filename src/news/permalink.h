// Addresses made by rule, in WordPress's words. Pure functions from names to paths; whether an address is free is not known here.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "news/comment.h"
#include "news/ids.h"
#include "news/site.h"
#include "text/date_time.h"

namespace news {

// What a structure's tags stand for. Slugs may be written in any script or percent-encoded already.
struct AddressParts {
  ArticleId id;
  text::CivilTime published;  // in the site's zone
  std::string_view slug;
  std::string_view section_path;  // slugs from the top, "news/town-hall"; empty: none
  std::string_view author_slug;
};

// "/%year%/%postname%/" to "/2026/the-bridge/". Tags that nobody knows are left out, "//" is folded; a structure that holds
// neither %postname% nor %post_id% gets the slug at its end, because an address must tell one article from another. An empty
// structure is WordPress's plain one: "/?p=17".
std::string expand_permalink(std::string_view structure, const AddressParts& parts);
// False if the slug is no part of the address: then another slug would not make it another address.
bool shows_slug(std::string_view structure);

// A standing page: "/about/team/"; `ancestors` are slugs from the top, "about".
std::string page_address(const PermalinkRules& rules, std::string_view ancestors, std::string_view slug);
// `path` are slugs from the top, "news/town-hall": "/category/news/town-hall/".
std::string section_address(const PermalinkRules& rules, std::string_view path);
std::string tag_address(const PermalinkRules& rules, std::string_view slug);
std::string author_address(const PermalinkRules& rules, std::string_view slug);
// month and day may be 0: "/2026/", "/2026/11/", "/2026/11/23/".
std::string date_address(const PermalinkRules& rules, int year, int month, int day);

// As addresses write it: "newest", "best"; the order of time goes without saying. Any other name is that one too.
std::string_view name_of(ThreadOrder order);
ThreadOrder thread_order_from(std::string_view name);
// A part of the thread under an article: "/2026/11/story/comment-page-2/" (the first page is the article itself),
// "/2026/11/story/?comments=newest&after=40", "/2026/11/story/?thread=17".
std::string thread_address(std::string_view article_address, const ThreadPart& part);
// Where a comment stands: "/2026/11/story/comment-page-2/#comment-17".
std::string comment_address(std::string_view article_address, const ThreadPart& part, CommentId comment);

// Rules as rows of the settings table and back; a row that is missing keeps the default.
std::vector<std::pair<std::string, std::string>> to_settings(const PermalinkRules& rules);
PermalinkRules permalink_rules_from(const std::function<std::optional<std::string>(std::string_view name)>& setting);

}  // namespace news
