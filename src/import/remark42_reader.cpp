// Remark42's backup: JSON lines, of which the first holds what is known of people and posts, and each other one a comment.
#include "base/format.h"
#include "import/byte_source.h"
#include "import/comment_records.h"
#include "import/json_splitter.h"

namespace import_ {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using text::json::object;

// Where the same line is found again by somebody who looks for it.
std::string line_name(std::uint64_t number) { return base::format("line {}", number); }

// Who voted how; where that is gone, what is left of it.
news::Votes votes_of(const object& comment) {
  const object* given = object_member(comment, "votes");
  if (!given || given->empty()) return votes_of_score(comment);
  news::Votes votes;
  for (const auto& vote : *given) ++(vote.value().is_bool() && vote.value().as_bool() ? votes.up : votes.down);
  return votes;
}

class Reader {
 public:
  Reader(std::string name, RecordVisitor& visitor)
      : name_(std::move(name)),
        visitor_(visitor),
        head_({"", "users", "posts"}, [this](const JsonSplitter::Record& record) { take_of_head(record); }) {}

  Result<void> run(ByteSource& source);

 private:
  Error refusal(std::string_view why) const;
  Result<void> take_head(std::string_view piece, bool is_end);
  void take_lines(std::string_view piece);
  void keep(std::string_view bytes);
  void end_line();
  void take_of_head(const JsonSplitter::Record& record);
  void take_comment(const object& comment);

  std::string name_;
  RecordVisitor& visitor_;
  JsonSplitter head_;
  bool is_in_head_ = true;
  bool is_backup_ = false;
  std::string version_;
  std::string line_;
  bool is_too_long_ = false;
  std::uint64_t number_ = 1;
};

Error Reader::refusal(std::string_view why) const {
  return {Errc::invalid,
          base::format("{}: this is no whole backup of Remark42 ({}). Make one with `remark42 backup` or fetch one from its "
                       "folder of backups.",
                       name_, why),
          {}};
}

Result<void> Reader::run(ByteSource& source) {
  for (;;) {
    std::string_view piece = TRY(source.read());
    if (piece.empty()) break;
    visitor_.on_progress(source.done(), source.size());
    if (is_in_head_) {
      const std::size_t end = piece.find('\n');
      TRY(take_head(piece.substr(0, end), end != std::string_view::npos));
      piece.remove_prefix(std::min(end, piece.size()));
    }
    if (!is_in_head_) take_lines(piece);
  }
  if (is_in_head_) TRY(take_head({}, true));
  end_line();
  return {};
}

Result<void> Reader::take_head(std::string_view piece, bool is_end) {
  if (const Result<void> written = head_.write(piece); !written) return refusal("line 1, " + written.error().key);
  if (!is_end) return {};
  if (const Result<void> finished = head_.finish(); !finished) return refusal("line 1, " + finished.error().key);
  if (!is_backup_) return refusal("its first line has neither \"version\" nor \"users\"");
  if (!version_.empty() && version_ != "0" && version_ != "1")
    return refusal(base::format("its version is {}, known is 1", version_));
  is_in_head_ = false;
  return {};
}

void Reader::take_of_head(const JsonSplitter::Record& record) {
  if (record.path == "version" || record.path.starts_with("users") || record.path.starts_with("posts")) is_backup_ = true;
  if (record.path == "version") version_ = record.bytes;
  if (!record.path.ends_with("[]")) return;
  const bool is_person = record.path == "users[]";
  const std::optional<object> parsed = parse_record(record.bytes);
  if (!parsed)
    return visitor_.on_broken(is_person ? "people" : "threads", base::format("line 1, byte {}", record.offset),
                              "it is no JSON object");
  if (is_person) {
    const object* details = object_member(*parsed, "details");
    visitor_.on_person(
        {.id = text_member(*parsed, "id"), .name = {}, .email = details ? text_member(*details, "email") : "", .website = {}});
  } else {
    const std::string url = text_member(*parsed, "url");
    visitor_.on_thread({.id = url, .link = url, .identifier = {}, .is_closed = true_member(*parsed, "read_only")});
  }
}

// Every line end but the head's own ends a line of its own.
void Reader::take_lines(std::string_view piece) {
  while (!piece.empty()) {
    const std::size_t end = piece.find('\n');
    keep(piece.substr(0, end));
    if (end == std::string_view::npos) return;
    end_line();
    ++number_;
    piece.remove_prefix(end + 1);
  }
}

void Reader::keep(std::string_view bytes) {
  is_too_long_ = is_too_long_ || line_.size() + bytes.size() > JsonSplitter::most_record_bytes;
  if (is_too_long_) {
    std::string().swap(line_);
  } else {
    line_ += bytes;
  }
}

void Reader::end_line() {
  if (is_too_long_) {
    visitor_.on_broken("comments", line_name(number_), "it is longer than four million bytes");
  } else if (line_.find_first_not_of(" \t\r") != std::string::npos) {
    const std::optional<object> comment = parse_record(line_);
    if (comment) take_comment(*comment);
    if (!comment) visitor_.on_broken("comments", line_name(number_), "it is no JSON object");
  }
  line_.clear();
  is_too_long_ = false;
}

void Reader::take_comment(const object& comment) {
  const object* locator = object_member(comment, "locator");
  const object* user = object_member(comment, "user");
  CommentRecord record;
  record.id = text_member(comment, "id");
  if (record.id.empty()) return visitor_.on_broken("comments", line_name(number_), "it has no \"id\"");
  record.parent = text_member(comment, "pid");
  // Comments that Remark42 took over from elsewhere kept short numbers, which two sites may share.
  const std::string site = locator ? text_member(*locator, "site") : "";
  if (!site.empty()) record.id = site + "/" + record.id;
  if (!site.empty() && !record.parent.empty()) record.parent = site + "/" + record.parent;
  record.thread = locator ? text_member(*locator, "url") : "";
  visitor_.on_thread({.id = record.thread, .link = record.thread, .identifier = {}});
  if (user) {
    record.person = text_member(*user, "id");
    record.author = text_member(*user, "name");
    if (record.person == "deleted") record.person.clear();
  }
  record.text = text_member(comment, "orig");
  record.written_in = WrittenIn::markdown;
  if (record.text.empty()) {
    record.text = text_member(comment, "text");
    record.written_in = WrittenIn::html;
  }
  record.has_escaped_names = true;
  record.created = text::parse_time(text_member(comment, "time"), text::TimeZone::utc());
  if (const object* edit = object_member(comment, "edit"))
    record.edited = text::parse_time(text_member(*edit, "time"), text::TimeZone::utc());
  record.status = true_member(comment, "delete") ? news::CommentStatus::rejected : news::CommentStatus::published;
  record.is_pinned = true_member(comment, "pin");
  record.votes = votes_of(comment);
  visitor_.on_comment(std::move(record));
}

}  // namespace

Result<void> read_remark42(const std::filesystem::path& file, const text::TimeZone&, RecordVisitor& visitor) {
  ByteSource source = TRY(ByteSource::open(file));
  return Reader(file.string(), visitor).run(source);
}

}  // namespace import_
