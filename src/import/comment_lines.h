// Comments as JSON lines, the neutral format of docs/operating.md: one object a line, parents before their replies. Additive; a bad line never stops the rest; a line that was
// brought before is found again by its id.
#pragma once

#include <filesystem>
#include <functional>

#include "base/result.h"
#include "desk/desk.h"
#include "import/report.h"

namespace import_ {

// Kinds in the report: "comments". Error{not_found} if the file can't be read. `progress` gets bytes done and in all.
base::Result<void> import_comment_lines(const desk::Desk& desk, const std::filesystem::path& file, Report& report,
                                        const std::function<void(std::uint64_t, std::uint64_t)>& progress);

}  // namespace import_
