// Makes bytes that claim to be UTF-8 readable for an XML parser, piece by piece: what is no UTF-8, and characters that XML 1.0
// forbids (section 2.2), become U+FFFD. What was right stays byte for byte.
#pragma once

#include <string>
#include <string_view>

namespace import_ {

// Used by one thread.
class XmlCleaner {
 public:
  // The cleaned piece. A character that is cut at the end of the piece comes with the next.
  std::string clean(std::string_view piece);
  // What was still cut when the file ended.
  std::string finish();

 private:
  std::string cut_;
};

}  // namespace import_
