// A reader says that something is wrong with a comment. Nothing happens to the comment by it: a moderator decides.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "desk/desk.h"
#include "desk/voter.h"
#include "news/comment.h"

namespace desk {

struct ReportForm {
  news::CommentId comment;
  std::string reason;  // one of news::report_reasons
  std::string words;
};

// Error{invalid} with fields reason or words; {not_found, "comment.report.missing"} for what the public does not see. A second
// report by the same voter changes nothing and is answered alike. Waits for the commit.
base::Result<void> report_comment(const Desk& desk, const Voter& voter, const ReportForm& form);

struct OpenReport {
  news::Comment comment;
  base::Time at{};
  std::string reason;
  std::string words;
};
// What nobody decided on yet, the oldest first. For those who may moderate.
base::Result<std::vector<OpenReport>> list_reports(const Desk& desk, Actor actor, int most);

}  // namespace desk
