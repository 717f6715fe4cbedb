// The comments of another system in one neutral form: each format is read into a stream of these records, in the order of its
// file, and comment_intake.h takes them in. Texts are as the file has them: nothing is cleaned, decoded or trusted yet. A record
// that can't be read is told about and never stops the rest. Network addresses are never read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "news/comment.h"
#include "text/date_time.h"

namespace import_ {

// The comments of one address there.
struct ThreadRecord {
  std::string id;    // as comments refer to it
  std::string link;  // address or path; may be empty
  std::string
      identifier;  // what the site's own software called it: Disqus's WordPress plug-in writes "12 https://example.org/?p=12"
  bool is_closed = false;
  bool is_deleted = false;
};

// Somebody who had an account there. The id never leaves but as a keyed hash: some are made from emails.
struct PersonRecord {
  std::string id;
  std::string name;
  std::string email;
  std::string website;
};

enum class WrittenIn { html, markdown };

struct CommentRecord {
  std::string id;
  std::string thread;  // ThreadRecord::id
  std::string parent;  // id of another comment, or empty
  std::string person;  // PersonRecord::id, or any name of an account; empty: none
  std::string author;  // where this and the next two are empty, the person's are taken
  std::string email;
  std::string website;
  std::string text;
  WrittenIn written_in = WrittenIn::html;
  bool has_escaped_names = false;  // author and website hold HTML's entities
  std::optional<base::Time> created;
  std::optional<base::Time> edited;
  news::CommentStatus status = news::CommentStatus::published;
  bool is_pinned = false;
  news::Votes votes;
};

inline constexpr int most_votes = 1'000'000;  // more than any comment has

class RecordVisitor {
 public:
  virtual ~RecordVisitor() = default;
  // Before the first record of a file where its ids are good only together with this, which may be secret.
  virtual void on_source(const std::string& name) = 0;
  // May be called several times with the same id: the first counts.
  virtual void on_thread(const ThreadRecord& thread) = 0;
  virtual void on_person(const PersonRecord& person) = 0;
  virtual void on_comment(CommentRecord comment) = 0;
  // Something that is none of the three and counts for none of them, or one of them that can't be read. `kind`: "threads",
  // "people", "comments".
  virtual void on_broken(const std::string& kind, const std::string& id, const std::string& why) = 0;
  virtual void on_note(const std::string& sentence) = 0;
  virtual void on_progress(std::uint64_t done, std::uint64_t total) = 0;
};

// Error{invalid, sentence with file, place and remedy} for a file of another kind or one that can't be read to its end;
// {not_found} if it is not there. All of a file is read at each call: a first reading with a visitor that writes nothing finds
// both out. `zone` is for times without one.
using ReadRecords = base::Result<void> (*)(const std::filesystem::path& file, const text::TimeZone& zone, RecordVisitor& visitor);

base::Result<void> read_disqus(const std::filesystem::path& file, const text::TimeZone& zone, RecordVisitor& visitor);
base::Result<void> read_isso(const std::filesystem::path& file, const text::TimeZone& zone, RecordVisitor& visitor);
base::Result<void> read_remark42(const std::filesystem::path& file, const text::TimeZone& zone, RecordVisitor& visitor);
// Commento's version 1, Comentario's versions 1 and 3: each is told by what stands in the file.
base::Result<void> read_commento(const std::filesystem::path& file, const text::TimeZone& zone, RecordVisitor& visitor);

}  // namespace import_
