// `broadsheet import disqus|isso|remark42|commento|comentario`: the comments of another system, by the files it exports. Two
// readings of the files, each in constant memory: the first writes nothing, so that a file of another kind is refused before
// anything changed, and learns threads and people; the second stores comments in short transactions. What is here already is
// never touched; an interrupted import is run again and goes on; one that is run again changes nothing (invariant 9). It never
// fetches anything.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "desk/desk.h"
#include "import/comment_intake.h"
#include "import/report.h"

namespace import_ {

enum class CommentSystem { disqus, isso, remark42, commento, comentario };

struct CommentSystemImport {
  CommentSystem system = CommentSystem::disqus;
  std::vector<std::filesystem::path> files;
  std::filesystem::path map;       // lines "old address<TAB>new address"; empty: none
  std::vector<std::string> hosts;  // threads of other hosts are left out; empty: none is
  Mode mode = Mode::real;
};

// Kinds in the report: "threads", "comments", and "people" where one can't be read. `progress` gets what is being done, with
// bytes done and in all (0: unknown). Error{invalid | not_found | conflict, sentence with file, place and remedy}: then nothing
// was changed. Everything else ends in the report.
base::Result<void> import_comment_system(const desk::Desk& desk, const CommentSystemImport& import, Report& report,
                                         const std::function<void(const std::string&, std::uint64_t, std::uint64_t)>& progress);

}  // namespace import_
