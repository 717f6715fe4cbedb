// Any structure of permalinks, from the settings of another site, and any names: an address comes out, and where an import
// recognises the structure of that address, articles are found under it again. The lines are the structure, the slug, the author;
// the first byte stands for the article's id.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "import/permalink_structure.h"
#include "news/permalink.h"
#include "text/url.h"

namespace {

void demand(bool claim) {
  if (!claim) std::abort();
}

std::array<std::string, 3> first_lines(std::string_view text) {
  std::array<std::string, 3> lines;
  for (std::string& line : lines) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

void check_archives(const news::PermalinkRules& rules, const news::AddressParts& parts) {
  for (const std::string& address : {news::section_address(rules, parts.slug), news::tag_address(rules, parts.slug),
                                     news::author_address(rules, parts.author_slug),
                                     news::page_address(rules, "about", parts.slug), news::date_address(rules, 2026, 3, 5)}) {
    demand(address.starts_with('/') && address.find("//") == std::string::npos);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto [structure, slug, author] = first_lines({reinterpret_cast<const char*>(data) + 1, size - 1});
  const news::AddressParts parts{
      .id = {1 + data[0]}, .published = {2026, 3, 5, 7, 8, 9}, .slug = slug, .section_path = {}, .author_slug = author};
  const std::string address = news::expand_permalink(structure, parts);
  demand(address.starts_with('/') && address.find("//") == std::string::npos);

  if (!structure.empty() && address.find_first_of("?#") != std::string::npos) return 0;  // no path, and none that WordPress makes
  const auto rules = import_::recognise_permalinks({{.link = "https://example.org" + address,
                                                     .date = parts.published,
                                                     .slug = slug,
                                                     .id = parts.id.value,
                                                     .categories = {},
                                                     .author = author}});
  if (!rules) return 0;
  check_archives(*rules, parts);
  const auto key = [](std::string_view path) { return text::address_key(path.substr(0, path.find('?'))); };
  demand(key(news::expand_permalink(rules->article, parts)) == key(address));
  return 0;
}
