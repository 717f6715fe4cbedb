// Any bytes as Markdown of an article and of a comment: what comes out is sound HTML, and sanitising it again changes nothing.
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

#include "text/markdown.h"
#include "text/reparse_test.h"

namespace {

void check(std::string_view source, const text::SanitisePolicy& policy, text::reparse::List list) {
  const std::string html = text::render_markdown(source, policy).string();
  const text::reparse::Judge judge(html, list);
  if (judge.complaints().empty() && text::sanitise(html, policy).string() == html) return;
  std::cerr << judge.complaints() << html << "\n";
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view source(reinterpret_cast<const char*>(data), size);
  check(source, {.trust = text::Trust::comment}, text::reparse::List::comment);
  check(source, {.trust = text::Trust::article, .image_hosts = {"pictures.example"}}, text::reparse::List::article);
  return 0;
}
