// The exports of Commento (version 1) and of Comentario, which goes on from it (versions 1 and 3): one JSON object whose members
// are lists, in which those who wrote may stand behind what they wrote.
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

bool is_nobody(std::string_view id) {
  return id.empty() || id == "anonymous" || id == "root" || id.find_first_not_of("0-") == std::string_view::npos;
}

std::string first_of(const object& from, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    std::string text = text_member(from, name);
    if (!text.empty()) return text;
  }
  return {};
}

// Commento writes the path under "url" and the host under "domain", Comentario's version 1 uses "path" and "host".
std::string link_of(const object& comment) {
  const std::string path = first_of(comment, {"path", "url"});
  if (path.find("://") != std::string::npos) return path;
  const std::string host = first_of(comment, {"host", "domain"});
  return (host.empty() ? "" : "https://" + host) + (path.starts_with("/") ? "" : "/") + path;
}

news::CommentStatus status_of(const object& comment) {
  using news::CommentStatus;
  const std::string state = text_member(comment, "state");
  if (true_member(comment, "deleted") || true_member(comment, "isDeleted")) return CommentStatus::rejected;
  if (state == "approved" || true_member(comment, "isApproved")) return CommentStatus::published;
  if (state == "flagged") return CommentStatus::spam;  // what its spam filter found
  if (state.empty() && comment.contains("isPending") && !true_member(comment, "isPending")) return CommentStatus::rejected;
  return CommentStatus::held;
}

class Reader {
 public:
  Reader(std::string name, RecordVisitor& visitor)
      : name_(std::move(name)),
        visitor_(visitor),
        splitter_({"", "comments", "commenters", "pages"}, [this](const JsonSplitter::Record& record) { take(record); }) {}

  Result<void> run(ByteSource& source);

 private:
  Error refusal(std::string_view why) const;
  void take(const JsonSplitter::Record& record);
  void take_comment(const object& comment);
  void take_person(const object& person);
  void take_page(const object& page);

  std::string name_;
  RecordVisitor& visitor_;
  JsonSplitter splitter_;
  bool has_comments_ = false;
  std::string version_;
};

Error Reader::refusal(std::string_view why) const {
  return {
      Errc::invalid,
      base::format("{}: this is no whole export of Commento or Comentario ({}). Export the domain once more and give that file.",
                   name_, why),
      {}};
}

Result<void> Reader::run(ByteSource& source) {
  for (;;) {
    const std::string_view piece = TRY(source.read());
    if (piece.empty()) break;
    visitor_.on_progress(source.done(), source.size());
    if (const Result<void> written = splitter_.write(piece); !written) return refusal(written.error().key);
  }
  if (const Result<void> finished = splitter_.finish(); !finished) return refusal(finished.error().key);
  if (!version_.empty() && version_ != "1" && version_ != "3")
    return refusal(base::format("its version is {}, known are 1 and 3", version_));
  if (!has_comments_ && version_.empty()) return refusal("it has no \"comments\"");
  return {};
}

void Reader::take(const JsonSplitter::Record& record) {
  if (record.path == "version") version_ = record.bytes;
  if (!record.path.ends_with("[]")) return;
  has_comments_ = true;
  const std::string kind = record.path == "comments[]" ? "comments" : record.path == "pages[]" ? "threads" : "people";
  const std::optional<object> parsed = parse_record(record.bytes);
  if (!parsed)
    return visitor_.on_broken(kind, base::format("byte {}", record.offset),
                              record.bytes.empty() ? "it is longer than four million bytes" : "it is no JSON object");
  if (kind == "comments") take_comment(*parsed);
  if (kind == "threads") take_page(*parsed);
  if (kind == "people") take_person(*parsed);
}

void Reader::take_comment(const object& comment) {
  CommentRecord record;
  record.id = first_of(comment, {"commentHex", "id"});
  record.thread = text_member(comment, "pageId");
  if (record.thread.empty()) {
    record.thread = link_of(comment);
    visitor_.on_thread({.id = record.thread, .link = record.thread, .identifier = {}});
  }
  if (const std::string parent = first_of(comment, {"parentHex", "parentId"}); !is_nobody(parent)) record.parent = parent;
  if (const std::string person = first_of(comment, {"commenterHex", "userCreated"}); !is_nobody(person)) record.person = person;
  record.author = text_member(comment, "authorName");
  record.status = status_of(comment);
  record.text = text_member(comment, "markdown");
  record.written_in = WrittenIn::markdown;
  if (record.text.empty()) {
    record.text = text_member(comment, "html");
    record.written_in = WrittenIn::html;
  }
  // Commento's export says that a comment was deleted only in its text.
  if (record.text == "[deleted]" && comment.contains("commentHex")) record.status = news::CommentStatus::rejected;
  record.created = text::parse_time(first_of(comment, {"creationDate", "createdTime"}), text::TimeZone::utc());
  record.edited = text::parse_time(text_member(comment, "editedTime"), text::TimeZone::utc());
  record.is_pinned = true_member(comment, "isSticky");
  record.votes = votes_of_score(comment);
  visitor_.on_comment(std::move(record));
}

void Reader::take_person(const object& person) {
  visitor_.on_person({.id = first_of(person, {"commenterHex", "id"}),
                      .name = text_member(person, "name"),
                      .email = text_member(person, "email"),
                      .website = first_of(person, {"link", "websiteUrl"})});
}

void Reader::take_page(const object& page) {
  visitor_.on_thread({.id = text_member(page, "id"),
                      .link = text_member(page, "path"),
                      .identifier = {},
                      .is_closed = true_member(page, "isReadonly")});
}

}  // namespace

Result<void> read_commento(const std::filesystem::path& file, const text::TimeZone&, RecordVisitor& visitor) {
  ByteSource source = TRY(ByteSource::open(file));
  return Reader(file.string(), visitor).run(source);
}

}  // namespace import_
