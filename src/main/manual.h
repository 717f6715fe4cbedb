// The manual page, broadsheet(1), made from what the program says of itself: the command line's own help and the table of
// settings. It holds no sentence about a command or a setting that is not told there.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace cli {

// How the program ends; also at the foot of `--help`.
extern const char* const exit_codes_text;

// In the man macros of troff.
std::string write_manual(const CLI::App& app);

}  // namespace cli
