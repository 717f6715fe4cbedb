// A BCP 47 tag as ICU's locale. Private to src/text: the only header of this folder that includes ICU.
#pragma once

#include <unicode/locid.h>

#include <string_view>

namespace text {

// English as written outside the United States for "en" and for what is no language tag.
icu::Locale icu_locale(std::string_view language);

}  // namespace text
