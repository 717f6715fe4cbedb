#include "desk/report_comment.h"

#include <algorithm>

#include "desk/read_site.h"
#include "news/comment_rules.h"
#include "store/comment_life.h"
#include "store/comments.h"
#include "text/utf8.h"

namespace desk {
namespace {

using base::Errc;
using base::Error;
using base::Result;

constexpr int most_listed = 100'000;

Result<void> validate(const ReportForm& form) {
  Error error{Errc::invalid, "comment.report.title", {}};
  if (std::ranges::find(news::report_reasons, form.reason) == news::report_reasons.end())
    error.fields.push_back({"reason", "comment.report.reason.required"});
  const bool is_readable = text::is_valid_utf8(form.words);
  if (!is_readable) error.fields.push_back({"words", "comment.comment.invalid"});
  if (is_readable && text::count_code_points(form.words) > news::max_report_words)
    error.fields.push_back({"words", "comment.report.words.too_long"});
  if (!error.fields.empty()) return error;
  return {};
}

}  // namespace

Result<void> report_comment(const Desk& desk, const Voter& voter, const ReportForm& form) {
  TRY(validate(form));
  if (!find_comment_place(desk, form.comment)) return Error{Errc::not_found, "comment.report.missing", {}};
  const store::Report report{form.comment, desk.clock.now(), form.reason, text::clean_lines(form.words)};
  return desk.database.write([&](db::Transaction& tx) -> Result<void> {
    store::insert_report(tx, report, voter.number);
    return {};
  });
}

Result<std::vector<OpenReport>> list_reports(const Desk& desk, Actor actor, int most) {
  if (actor.role != Actor::Role::operator_) return Error{Errc::forbidden, "moderation.forbidden", {}};
  db::Reading reading = desk.database.read();
  std::vector<OpenReport> open;
  for (store::Report& report : store::list_open_reports(reading.connection(), std::clamp(most, 0, most_listed))) {
    std::optional<news::Comment> comment = store::find_comment(reading.connection(), report.comment);
    if (comment) open.push_back({*std::move(comment), report.at, std::move(report.reason), std::move(report.words)});
  }
  return open;
}

}  // namespace desk
