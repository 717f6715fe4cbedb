#include "import/comment_lines.h"

#include <fstream>
#include <optional>
#include <vector>

#include "base/format.h"
#include "desk/intake.h"
#include "desk/read_site.h"
#include "text/json.h"
#include "text/markdown.h"
#include "text/url.h"
#include "text/utf8.h"

namespace import_ {
namespace {

using base::Errc;
using base::Error;
using base::Result;

constexpr std::string_view origin = "lines";
constexpr std::size_t most_line_bytes = 1'000'000;
constexpr std::size_t lines_in_a_transaction = 500;

// One line as it stands in the file.
struct CommentLine {
  std::string id;
  std::string article;  // slug or path
  std::string parent;   // id of an earlier line, or empty
  std::string author;
  std::string email;
  std::string website;
  std::string time;
  std::string text;
  std::string status;
};

std::string text_of(const text::json::object& object, std::string_view key) {
  const text::json::value* value = object.if_contains(key);
  return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

std::optional<CommentLine> parse_line(const std::string& line) {
  text::json::error_code failure;
  const text::json::value value = text::json::parse(line, failure);
  if (failure || !value.is_object()) return std::nullopt;
  const text::json::object& object = value.as_object();
  return CommentLine{text_of(object, "id"),    text_of(object, "article"), text_of(object, "parent"),
                     text_of(object, "author"), text_of(object, "email"),   text_of(object, "website"),
                     text_of(object, "time"),   text_of(object, "text"),    text_of(object, "status")};
}

std::optional<news::CommentStatus> parse_status(std::string_view name) {
  if (name.empty() || name == "published") return news::CommentStatus::published;
  if (name == "held") return news::CommentStatus::held;
  if (name == "spam") return news::CommentStatus::spam;
  if (name == "rejected") return news::CommentStatus::rejected;
  return std::nullopt;
}

std::optional<news::ArticleId> find_article(const desk::Intake& intake, const std::string& name) {
  if (!name.starts_with("/")) {
    if (const auto article = intake.find_article_by_slug(news::ArticleKind::article, name)) return article;
    return intake.find_article_by_slug(news::ArticleKind::page, name);
  }
  const std::optional<std::string> key = text::address_key(name);
  const std::optional<news::AddressTarget> target = key ? desk::find_address(intake.desk(), *key) : std::nullopt;
  if (!target || target->kind != news::AddressKind::article) return std::nullopt;
  return news::ArticleId{target->object_id};
}

// What is wrong with a line, or the comment it makes. Long names and texts are the source's matter: nothing is cut.
Result<desk::ForeignComment> to_comment(const desk::Intake& intake, const CommentLine& line) {
  const auto refuse = [](std::string why) { return Error{Errc::invalid, std::move(why), {}}; };
  if (line.id.empty()) return refuse("it has no \"id\"");
  if (text::clean_lines(line.text).empty()) return refuse("it has no \"text\"");
  const auto status = parse_status(line.status);
  if (!status) return refuse("its \"status\" is none of published, held, spam, rejected");
  const auto time = text::parse_time(line.time, intake.desk().zone);
  if (!time) return refuse("its \"time\" is no time like 2026-11-20T09:12:00Z");
  const auto article = find_article(intake, line.article);
  if (!article) return refuse(base::format("there is no article \"{}\"", line.article));
  desk::ForeignComment foreign;
  foreign.email = line.email;
  news::NewComment& comment = foreign.comment;
  if (!line.parent.empty()) {
    comment.parent = {intake.find({origin, "comment", line.parent})};
    if (!comment.parent) return refuse(base::format("the comment \"{}\" that it answers was not imported", line.parent));
  }
  comment.article = *article;
  comment.author = text::clean_line(line.author);
  comment.website = text::clean_website(line.website).value_or("");
  comment.source = text::clean_lines(line.text);
  comment.body = text::render_markdown(comment.source, {.trust = text::Trust::comment, .image_hosts = {}, .own_origin = {}, .id_prefix = {}});
  comment.created = *time;
  comment.verdict = {*status, "import"};
  return foreign;
}

void take_line(desk::Intake& intake, const std::string& text, std::size_t number, Report& report) {
  const std::string name = base::format("line {}", number);
  const std::optional<CommentLine> line = text.size() <= most_line_bytes ? parse_line(text) : std::nullopt;
  if (!line) return report.left_out("comments", name, "it is no JSON object, or longer than a million bytes");
  if (!line->id.empty() && intake.find({origin, "comment", line->id}) != 0) return report.already("comments");
  Result<desk::ForeignComment> comment = to_comment(intake, *line);
  if (!comment) return report.left_out("comments", name, comment.error().key);
  const Result<news::CommentId> id = intake.add_comment(*std::move(comment));
  if (!id) return report.left_out("comments", name, id.error().key);
  intake.remember({origin, "comment", line->id}, id->value);
  report.imported("comments");
}

}  // namespace

Result<void> import_comment_lines(const desk::Desk& desk, const std::filesystem::path& file, Report& report,
                                  const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return Error{Errc::not_found, base::format("{} can't be read. Check the name and that you may read it.", file.string()), {}};
  const std::uint64_t size = std::filesystem::file_size(file);
  std::uint64_t done = 0;
  std::size_t number = 0;
  bool more = true;
  while (more) {
    std::vector<std::string> lines;
    for (std::string line; lines.size() < lines_in_a_transaction && (more = static_cast<bool>(std::getline(in, line)));) {
      done += line.size() + 1;
      lines.push_back(std::move(line));
    }
    const std::size_t first = number;
    TRY(desk::take_in(desk, [&](desk::Intake& intake) -> Result<void> {
      for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].find_first_not_of(" \t\r") != std::string::npos) take_line(intake, lines[i], first + i + 1, report);
      }
      return {};
    }));
    number += lines.size();
    progress(done, size);
  }
  return {};
}

}  // namespace import_
