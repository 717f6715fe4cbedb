// Isso's SQLite database (its schema: isso/db/comments.py and threads.py, user_version 0 to 5) and the JSON of its "generic"
// importer. The network address, the votes' filter and all else that Isso keeps for itself is never read.
#include <algorithm>
#include <cmath>
#include <fstream>

#include "base/format.h"
#include "db/foreign_file.h"
#include "import/byte_source.h"
#include "import/comment_records.h"
#include "import/json_splitter.h"

namespace import_ {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using text::json::object;

// Isso's words for a comment's state; anything else, which no version wrote, waits for a person to look at it.
news::CommentStatus status_of(std::int64_t mode) {
  if (mode == 1) return news::CommentStatus::published;
  return mode == 4 ? news::CommentStatus::rejected : news::CommentStatus::held;
}

std::optional<base::Time> time_of(const db::Query& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  const double seconds = row.real(column);
  constexpr double last = 253'402'300'799;  // the year 9999
  if (!(seconds > 0) || seconds > last) return std::nullopt;
  return base::from_unix(static_cast<std::int64_t>(std::floor(seconds)));
}

int votes_of(const db::Query& row, int column) {
  return static_cast<int>(std::clamp<std::int64_t>(row.integer(column), 0, most_votes));
}

// "" for NULL and for 0, which old versions wrote for no parent.
std::string id_of(const db::Query& row, int column) {
  const std::int64_t id = row.integer(column);
  return id == 0 ? "" : std::to_string(id);
}

// Comment 17 of one Isso is not comment 17 of another: what tells them apart is the key that each made for itself at its first
// start.
std::string source_of(const db::ForeignFile& file) {
  std::string name;
  file.each_row({"preferences", {"key", "value"}, {}}, [&](const db::Query& row) {
    if (row.text(0) == "session-key") name = row.text(1);
  });
  return name;
}

void read_threads(const db::ForeignFile& file, RecordVisitor& visitor) {
  file.each_row({"threads", {"id", "uri"}, "id"}, [&](const db::Query& row) {
    visitor.on_thread({.id = id_of(row, 0), .link = std::string(row.text(1)), .identifier = {}});
  });
}

void read_comments(const db::ForeignFile& file, RecordVisitor& visitor) {
  std::uint64_t number = 0;
  const db::ForeignTable table{
      "comments",
      {"id", "tid", "parent", "created", "mode", "text", "author", "email", "website", "likes", "dislikes", "modified"},
      "id"};
  file.each_row(table, [&](const db::Query& row) {
    CommentRecord comment;
    comment.id = id_of(row, 0);
    comment.thread = id_of(row, 1);
    comment.parent = id_of(row, 2);
    comment.created = time_of(row, 3);
    comment.status = status_of(row.integer(4));
    comment.text = row.text(5);
    comment.written_in = WrittenIn::markdown;
    comment.author = row.text(6);
    comment.email = row.text(7);
    comment.website = row.text(8);
    comment.has_escaped_names = true;
    comment.votes = {votes_of(row, 9), votes_of(row, 10)};
    comment.edited = time_of(row, 11);
    visitor.on_comment(std::move(comment));
    if (++number % 1000 == 0) visitor.on_progress(number, 0);
  });
}

Result<void> read_database(const std::filesystem::path& path, RecordVisitor& visitor) {
  const db::ForeignFile file = TRY(db::ForeignFile::open(path));
  try {
    if (!file.has_table("comments") || !file.has_table("threads"))
      return Error{Errc::invalid,
                   base::format("{} is a database, but not Isso's: it has no tables \"threads\" and \"comments\". Isso's "
                                "settings name the file as dbpath.",
                                path.string()),
                   {}};
    visitor.on_source(source_of(file));
    read_threads(file, visitor);
    read_comments(file, visitor);
  } catch (const db::DamagedFile& error) {
    return Error{Errc::invalid,
                 base::format("{} is damaged ({}). Mend it with: sqlite3 {} .recover | sqlite3 mended.db, and give mended.db.",
                              path.string(), error.what(), path.string()),
                 {}};
  }
  return {};
}

// A list of threads, each with a list of comments. The id of a thread has to stand before its comments, as Isso's documentation
// has it: to wait for it, all of them would have to be kept.
class GenericReader {
 public:
  GenericReader(std::string name, const text::TimeZone& zone, RecordVisitor& visitor)
      : name_(std::move(name)),
        zone_(zone),
        visitor_(visitor),
        splitter_({"", "[]", "[].comments"}, [this](const JsonSplitter::Record& record) { take(record); }) {}

  Result<void> run(ByteSource& source) {
    for (;;) {
      const std::string_view piece = TRY(source.read());
      if (piece.empty()) break;
      visitor_.on_progress(source.done(), source.size());
      if (const Result<void> written = splitter_.write(piece); !written) return refusal(written.error().key);
    }
    if (const Result<void> finished = splitter_.finish(); !finished) return refusal(finished.error().key);
    if (!is_generic_) return refusal("it holds no threads with \"id\"");
    return {};
  }

 private:
  Error refusal(std::string_view why) const {
    return {Errc::invalid,
            base::format("{}: this is neither Isso's database nor a whole file for its generic importer ({}).", name_, why),
            {}};
  }

  void take(const JsonSplitter::Record& record) {
    if (record.element != element_) thread_.clear();
    element_ = record.element;
    if (record.path == "[].id") return take_thread(record.bytes);
    if (record.path != "[].comments[]") return;
    const std::optional<object> parsed = parse_record(record.bytes);
    const std::string id = parsed ? text_member(*parsed, "id") : "";
    const std::string place = base::format("byte {}", record.offset);
    if (!parsed) return visitor_.on_broken("comments", place, "it is no JSON object");
    if (thread_.empty())
      return visitor_.on_broken("comments", place, "the \"id\" of its thread does not stand before its \"comments\"");
    if (id.empty()) return visitor_.on_broken("comments", place, "it has no \"id\"");
    CommentRecord comment;
    comment.id = thread_ + "#" + id;  // numbers are good within a thread only
    comment.thread = thread_;
    comment.author = text_member(*parsed, "author");
    comment.email = text_member(*parsed, "email");
    comment.website = text_member(*parsed, "website");
    comment.text = text_member(*parsed, "text");
    comment.written_in = WrittenIn::markdown;
    comment.created = text::parse_time(text_member(*parsed, "created"), zone_);
    visitor_.on_comment(std::move(comment));
  }

  void take_thread(std::string_view bytes) {
    const std::optional<object> parsed = parse_record(base::format("{{\"id\":{}}}", bytes));
    thread_ = parsed ? text_member(*parsed, "id") : "";
    is_generic_ = true;
    if (!thread_.empty()) visitor_.on_thread({.id = thread_, .link = thread_, .identifier = {}});
  }

  std::string name_;
  const text::TimeZone& zone_;
  RecordVisitor& visitor_;
  JsonSplitter splitter_;
  std::string thread_;
  std::uint64_t element_ = 0;  // of the list of threads
  bool is_generic_ = false;
};

bool is_database(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  char head[6] = {};
  in.read(head, sizeof head);
  return std::string_view(head, sizeof head) == "SQLite";
}

}  // namespace

Result<void> read_isso(const std::filesystem::path& file, const text::TimeZone& zone, RecordVisitor& visitor) {
  if (is_database(file)) return read_database(file, visitor);
  ByteSource source = TRY(ByteSource::open(file));
  return GenericReader(file.string(), zone, visitor).run(source);
}

}  // namespace import_
