// Recognises from the links in an export how WordPress made its addresses ("/%year%/%monthnum%/%postname%/"), so that new
// articles get addresses in the same manner and archives stay where they were. Pure; it never decides where an imported article
// itself lives: that is its own link.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "news/site.h"
#include "text/date_time.h"

namespace import_ {

struct PermalinkSample {
  std::string link;      // as in the export
  text::CivilTime date;  // local, as WordPress wrote it
  std::string slug;      // post_name; may be percent-encoded
  std::int64_t id = 0;
  std::vector<std::string> categories;  // slugs
  std::string author;                   // login or slug
};

// The rules that make most of the samples' links, with the bases WordPress derives from them ("/blog/%postname%/" has its
// sections under "/blog/category"). Plain permalinks (/?p=17) are the empty structure. Nothing if no structure makes at least
// half of them.
std::optional<news::PermalinkRules> recognise_permalinks(const std::vector<PermalinkSample>& samples);

// "2007-09-04 17:47:47"; nothing for zeros and nonsense.
std::optional<text::CivilTime> parse_wordpress_date(std::string_view date);

}  // namespace import_
