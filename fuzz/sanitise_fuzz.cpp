// Any bytes as an article and as a comment: the sanitiser's output parses again to the same tree with only listed elements and
// attributes, sanitising it again changes nothing, the quick way gives what the
// parser gives, and its plain text is what a parser finds.
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

#include "text/plain.h"
#include "text/reparse_test.h"
#include "text/sanitise.h"

namespace {

void check(std::string_view input, const text::SanitisePolicy& policy, text::reparse::List list) {
  const text::Html safe = text::sanitise(input, policy);
  const std::string& once = safe.string();
  const std::string twice = text::sanitise(once, policy).string();
  const text::reparse::Judge judge(once, list);
  const bool has_same_words = text::plain_text(safe) == text::plain_text_of_untrusted(once);
  const bool is_same_by_parsing = text::sanitise_by_parsing(input, policy).string() == once;
  if (once == twice && has_same_words && is_same_by_parsing && judge.complaints().empty()) return;
  std::cerr << judge.complaints() << "once:  " << once << "\ntwice: " << twice << "\n";
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  check(input, {.trust = text::Trust::comment}, text::reparse::List::comment);
  check(input,
        {.trust = text::Trust::article,
         .image_hosts = {"pictures.example"},
         .own_origin = "https://own.example",
         .id_prefix = "a-"},
        text::reparse::List::article);
  return 0;
}
