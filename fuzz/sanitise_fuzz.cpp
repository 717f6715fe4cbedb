// Any bytes as an article and as a comment: the sanitiser's output parses again to the same tree with only listed elements and
// attributes, and sanitising it again changes nothing.
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>

#include "text/reparse_test.h"
#include "text/sanitise.h"

namespace {

void check(std::string_view input, const text::SanitisePolicy& policy, text::reparse::List list) {
  const std::string once = text::sanitise(input, policy).string();
  const std::string twice = text::sanitise(once, policy).string();
  const text::reparse::Judge judge(once, list);
  if (once == twice && judge.complaints().empty()) return;
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
