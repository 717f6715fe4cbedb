// Any bytes as a Markdown file with front matter: it is read or refused, in bounded time.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "import/front_matter.h"
#include "import/image_size.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static const text::TimeZone zone = text::TimeZone::utc();
  (void)import_::parse_markdown_file(bytes, "fuzz.md", zone, base::from_unix(0));
  (void)import_::image_size_of(bytes);
  return 0;
}
