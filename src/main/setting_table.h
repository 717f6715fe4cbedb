// Every setting there is: its key, its default, its meaning, and what it refuses. Reading broadsheet.toml, `--set`, the file that
// `init` writes and the manual all go by this table.
#pragma once

// The library's assertions hold for what its authors thought of. A "[" at the end of a line is not among it, and must be refused with
// a sentence in every build: without them, and without clang's assuming that they hold, the library does that itself.
#define TOML_ENABLE_FORMATTERS 0
#define TOML_ASSERT(claim) static_assert(true)
#pragma push_macro("NDEBUG")
#undef NDEBUG
#include <toml++/toml.h>
#pragma pop_macro("NDEBUG")

#include <functional>
#include <string>
#include <vector>

#include "main/settings.h"

namespace cli {

struct Setting {
  // Why a value is refused, as the end of a sentence: "must be …". Empty: it was taken.
  using Problem = std::string;

  const char* key;      // with its table: "comments.moderation"
  const char* example;  // the default, as TOML
  const char* meaning;
  std::function<Problem(const toml::node&, Settings&)> apply;
};

// In the order of the file.
const std::vector<Setting>& all_settings();

}  // namespace cli
