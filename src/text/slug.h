// Titles to the last part of an address.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace text {

// Lower-case ASCII letters, digits and single hyphens: "Übermäßig große Straße" gives "ubermassig-grosse-strasse", other scripts
// are transliterated by ICU. At most `most` bytes, cut between words. Empty if nothing is left: the caller then takes an id.
std::string slugify(std::string_view title, std::size_t most = 80);

}  // namespace text
