// What stands in a request target, for finding pages: which targets share a cached page, which parameters mean something, and how
// an address is written canonically. Pure functions over strings; none of them knows whether a page exists.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace web {

// The part of `target` under which a public page is cached: the path as received, with the query where that asks for another
// order of the comments and nothing else. Parameters that mean nothing here (utm_source, fbclid, whatever campaigns add) are left
// out, so that they share one page. Nothing if a parameter makes the answer personal or another one. Never allocates.
std::optional<std::string_view> cache_key(std::string_view target);

// Decoded parameters of a query, in order; unlike text::parse_query it keeps how each was written, so that a redirect can hand it
// on.
struct Parameter {
  std::string name;
  std::string value;
  std::string_view written;  // "name=value" as received, a view into the query
};
std::vector<Parameter> parse_parameters(std::string_view query);
// The first of that name, or nothing.
std::optional<std::string_view> find_parameter(const std::vector<Parameter>& parameters, std::string_view name);

// Positive numbers as people and links write them: digits only, no leading zero, at most nine of them. Nothing otherwise.
std::optional<int> parse_number(std::string_view text);

// `path` without its last segment, if that is a number or `word`-NUMBER: "/a/page/3" with "page" gives {"/a", 3}. Keys as
// text::address_key.
struct Numbered {
  std::string_view base;
  int number = 0;
};
std::optional<Numbered> split_page(std::string_view key);          // ".../page/N"
std::optional<Numbered> split_comment_page(std::string_view key);  // ".../comment-page-N"
std::optional<Numbered> split_part(std::string_view key);          // ".../N", the parts of a <!--nextpage--> article

// An address with something appended below it: ("/2026/11/a/", "page/2") gives "/2026/11/a/page/2/", and without the last slash
// where the address has none.
std::string below(std::string_view address, std::string_view suffix);

// As the site sends it in links and Location: an address that holds anything but URL characters is percent-encoded, any other is
// left as it is.
std::string encode_address(std::string_view address);

// `address` with a parameter added, before the fragment.
std::string with_parameter(std::string_view address, std::string_view name, std::string_view value);

}  // namespace web
