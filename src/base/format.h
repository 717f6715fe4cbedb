// format(...) for the whole program: {fmt}, because g++ 12 has no <format>. Every other folder includes this header.
#pragma once

#include <fmt/format.h>

namespace base {
using fmt::format;
}  // namespace base
