// Comments at the command line. Emails are not shown: not even the operator sees one without asking for it by name (invariant 3).
#include <cstdio>
#include <map>

#include "base/format.h"
#include "desk/moderate_comment.h"
#include "main/commands.h"
#include "text/json.h"
#include "text/plain.h"

namespace cli {
namespace {

using base::Errc;
using base::Error;
using base::Result;

const std::map<std::string, news::CommentStatus, std::less<>>& statuses() {
  static const std::map<std::string, news::CommentStatus, std::less<>> names = {{"published", news::CommentStatus::published},
                                                                                {"held", news::CommentStatus::held},
                                                                                {"spam", news::CommentStatus::spam},
                                                                                {"rejected", news::CommentStatus::rejected},
                                                                                {"deleted", news::CommentStatus::deleted}};
  return names;
}

std::string name_of(news::CommentStatus status) {
  for (const auto& [name, value] : statuses()) {
    if (value == status) return name;
  }
  return "";
}

std::string name_of(news::CommentKind kind) {
  switch (kind) {
    case news::CommentKind::comment: return "comment";
    case news::CommentKind::pingback: return "pingback";
    case news::CommentKind::trackback: return "trackback";
  }
  return "";
}

Result<std::optional<news::CommentStatus>> parse_status(const std::string& name) {
  if (name.empty()) return std::optional<news::CommentStatus>();
  const auto found = statuses().find(name);
  if (found == statuses().end()) {
    return Error{
        Errc::invalid, base::format("There is no status \"{}\". Use published, held, spam, rejected or deleted.", name), {}};
  }
  return std::optional(found->second);
}

// "17", and "17.2" for what was edited: the text that is shown here.
std::string number_of(const news::Comment& comment) {
  const int version = comment.waiting ? comment.waiting : comment.version;
  return version == 1 ? std::to_string(comment.id.value) : base::format("{}.{}", comment.id.value, version);
}

void print_json(const std::vector<news::Comment>& comments, const text::TimeZone& zone) {
  text::json::array list;
  for (const news::Comment& comment : comments) {
    list.push_back({{"id", comment.id.value},
                    {"version", comment.version},
                    {"waiting_version", comment.waiting},
                    {"article", comment.article.value},
                    {"parent", comment.parent ? text::json::value(comment.parent.value) : text::json::value(nullptr)},
                    {"kind", name_of(comment.kind)},
                    {"status", name_of(comment.verdict.status)},
                    {"rule", comment.verdict.rule},
                    {"author", comment.author},
                    {"website", comment.website},
                    {"time", zone.iso8601(comment.created)},
                    {"text", comment.source},
                    {"html", comment.body.string()}});
  }
  std::fputs((text::json::serialize(list) + "\n").c_str(), stdout);
}

void print_lines(const std::vector<news::Comment>& comments, const text::TimeZone& zone) {
  for (const news::Comment& comment : comments) {
    const std::string words = text::excerpt(text::plain_text(comment.body), 80);
    std::string line = words;
    for (char& c : line) {
      if (c == '\n') c = ' ';
    }
    std::fputs(base::format("{:>7}  {:<9}  {}  {}: {}\n", number_of(comment), name_of(comment.verdict.status),
                            zone.iso8601(comment.created), comment.author, line)
                   .c_str(),
               stdout);
  }
}

}  // namespace

Result<void> list_comments(const CommentsOptions& options) {
  const std::optional<news::CommentStatus> status = TRY(parse_status(options.status));
  const std::unique_ptr<OpenSite> site = TRY(OpenSite::open(options.folder, {}, true));
  const std::vector<news::Comment> comments =
      TRY(desk::list_comments(site->desk(), desk::operator_at_the_command_line, status, options.most));
  if (options.json)
    print_json(comments, site->desk().zone);
  else
    print_lines(comments, site->desk().zone);
  return {};
}

Result<void> moderate_comments(const CommentsOptions& options, news::CommentStatus status) {
  const std::unique_ptr<OpenSite> site = TRY(OpenSite::open(options.folder, {}, true));
  std::vector<news::CommentId> ids;
  for (const std::int64_t id : options.ids) ids.push_back({id});
  TRY(desk::moderate_comments(site->desk(), desk::operator_at_the_command_line, ids, status));
  std::fputs(
      base::format("{} {} now {}.\n", ids.size(), ids.size() == 1 ? "comment is" : "comments are", name_of(status)).c_str(),
      stdout);
  return {};
}

}  // namespace cli
