// What became of comments, at the command line: their versions, edits that wait, reports by readers, marks of the newsroom.
#include <charconv>
#include <cstdio>

#include "base/format.h"
#include "desk/moderate_comment.h"
#include "desk/report_comment.h"
#include "main/commands.h"
#include "text/json.h"
#include "text/plain.h"

namespace cli {
namespace {

using base::Errc;
using base::Error;
using base::Result;

const auto actor = desk::operator_at_the_command_line;

const char* name_of(news::CommentStatus status) {
  switch (status) {
    case news::CommentStatus::published: return "published";
    case news::CommentStatus::held: return "held";
    case news::CommentStatus::spam: return "spam";
    case news::CommentStatus::rejected: return "rejected";
    case news::CommentStatus::deleted: return "deleted";
  }
  return "";
}

std::optional<std::int64_t> parse_whole(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number <= 0) return std::nullopt;
  return number;
}

// "17" or "17.2".
Result<desk::SeenVersion> parse_seen(std::string_view text) {
  const std::size_t dot = text.find('.');
  const auto id = parse_whole(text.substr(0, dot));
  const auto version = dot == std::string_view::npos ? std::optional<std::int64_t>(0) : parse_whole(text.substr(dot + 1));
  if (!id || !version || *version > 1'000'000)
    return Error{Errc::invalid,
                 base::format("\"{}\" is no comment. Write its number as `comments list` shows it, like 17 or 17.2.", text),
                 {}};
  return desk::SeenVersion{{*id}, static_cast<int>(*version)};
}

Result<std::vector<desk::SeenVersion>> parse_all(const std::vector<std::string>& texts) {
  std::vector<desk::SeenVersion> seen;
  for (const std::string& text : texts) seen.push_back(TRY(parse_seen(text)));
  return seen;
}

std::string one_line(const text::Html& body) {
  std::string line = text::excerpt(text::plain_text(body), 80);
  for (char& c : line) {
    if (c == '\n') c = ' ';
  }
  return line;
}

void print(const std::string& line) { std::fputs((line + "\n").c_str(), stdout); }

void print_changed(std::size_t count, std::string_view what) {
  print(base::format("{} {} {}.", count, count == 1 ? "comment is" : "comments are", what));
}

}  // namespace

Result<void> publish_comments(const CommentsOptions& options) {
  const std::vector<desk::SeenVersion> seen = TRY(parse_all(options.seen));
  const std::unique_ptr<OpenSite> site = TRY(OpenSite::open(options.folder, {}, true));
  TRY(desk::publish_comments(site->desk(), actor, seen));
  print_changed(seen.size(), "now published");
  return {};
}

Result<void> refuse_edits(const CommentsOptions& options) {
  const std::vector<desk::SeenVersion> seen = TRY(parse_all(options.seen));
  const std::unique_ptr<OpenSite> site = TRY(OpenSite::open(options.folder, {}, true));
  for (const desk::SeenVersion& one : seen) TRY(desk::refuse_edit(site->desk(), actor, one));
  print_changed(seen.size(), "as before the edit");
  return {};
}

Result<void> list_comment_edits(const CommentsOptions& options) {
  const std::unique_ptr<OpenSite> site = TRY(OpenSite::open(options.folder, {}, true));
  const std::vector<news::Comment> comments = TRY(desk::list_edits(site->desk(), actor, options.most));
  for (const news::Comment& comment : comments)
    print(base::format("{:>7}.{:<3} {}: {}", comment.id.value, comment.waiting, comment.author, one_line(comment.body)));
  return {};
}

Result<void> show_comment_history(const CommentsOptions& options) {
  const std::unique_ptr<OpenSite> site = TRY(OpenSite::open(options.folder, {}, true));
  const auto versions = TRY(desk::list_versions(site->desk(), actor, {options.ids.front()}));
  text::json::array list;
  for (const news::CommentVersion& version : versions) {
    const std::string written = site->desk().zone.iso8601(version.written);
    if (!options.json) {
      print(base::format("{}.{}  {}  {} ({})\n{}\n", options.ids.front(), version.number, written,
                         name_of(version.verdict.status), version.verdict.rule, version.source));
      continue;
    }
    list.push_back({{"version", version.number},
                    {"time", written},
                    {"status", name_of(version.verdict.status)},
                    {"rule", version.verdict.rule},
                    {"text", version.source},
                    {"html", version.body.string()}});
  }
  if (options.json) print(text::json::serialize(list));
  return {};
}

Result<void> list_comment_reports(const CommentsOptions& options) {
  const std::unique_ptr<OpenSite> site = TRY(OpenSite::open(options.folder, {}, true));
  const std::vector<desk::OpenReport> reports = TRY(desk::list_reports(site->desk(), actor, options.most));
  text::json::array list;
  for (const desk::OpenReport& report : reports) {
    const std::string at = site->desk().zone.iso8601(report.at);
    if (!options.json) {
      print(base::format("{:>7}  {:<7}  {}  {}: {}{}{}", report.comment.id.value, report.reason, at, report.comment.author,
                         one_line(report.comment.body), report.words.empty() ? "" : "\n         ", report.words));
      continue;
    }
    list.push_back({{"comment", report.comment.id.value},
                    {"status", name_of(report.comment.verdict.status)},
                    {"reason", report.reason},
                    {"words", report.words},
                    {"time", at},
                    {"author", report.comment.author},
                    {"text", report.comment.source}});
  }
  if (options.json) print(text::json::serialize(list));
  return {};
}

Result<void> mark_comments(const CommentsOptions& options, desk::Mark mark, MarkChange change) {
  const std::unique_ptr<OpenSite> site = TRY(OpenSite::open(options.folder, {}, true));
  for (const std::int64_t id : options.ids) TRY(desk::mark_comment(site->desk(), actor, {id}, mark, change == MarkChange::set));
  print_changed(options.ids.size(), change == MarkChange::set ? "marked" : "no longer marked");
  return {};
}

}  // namespace cli
