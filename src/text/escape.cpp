#include "text/escape.h"

#include <array>
#include <string>

namespace text {
namespace {

// For each byte what stands for it in HTML; empty for the bytes that stay.
constexpr std::array<std::string_view, 256> make_references() {
  std::array<std::string_view, 256> references{};
  references['&'] = "&amp;";
  references['<'] = "&lt;";
  references['>'] = "&gt;";
  references['"'] = "&quot;";
  references['\''] = "&#39;";
  return references;
}
constexpr auto references = make_references();

}  // namespace

Html escape(std::string_view plain) {
  std::string markup;
  markup.reserve(plain.size() + plain.size() / 16);
  std::size_t copied = 0;
  for (std::size_t at = 0; at < plain.size(); ++at) {
    const std::string_view reference = references[static_cast<unsigned char>(plain[at])];
    if (reference.empty()) continue;
    markup.append(plain, copied, at - copied).append(reference);
    copied = at + 1;
  }
  markup.append(plain, copied);
  return HtmlMaker::make(std::move(markup));
}

}  // namespace text
