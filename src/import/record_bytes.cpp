#include "import/record_bytes.h"

#include <initializer_list>

namespace import_ {
namespace {

// Each field: its length in eight bytes, then itself.
std::string join(std::initializer_list<std::string_view> fields) {
  std::string bytes;
  for (const std::string_view field : fields) {
    for (unsigned shift = 0; shift < 64; shift += 8)
      bytes += static_cast<char>(static_cast<unsigned char>(field.size() >> shift & 0xFFU));
    bytes += field;
  }
  return bytes;
}

class Fields {
 public:
  explicit Fields(std::string_view bytes) : rest_(bytes) {}

  std::string next() {
    std::size_t size = 0;
    for (unsigned i = 0; i < 8; ++i)
      size |= static_cast<std::size_t>(static_cast<unsigned char>(std::string_view(rest_).at(i))) << (8 * i);
    const std::string field(rest_.substr(8, size));
    rest_.remove_prefix(8 + field.size());
    return field;
  }
  bool next_bool() { return next() == "1"; }

 private:
  std::string_view rest_;
};

std::string_view yes_or_no(bool claim) { return claim ? "1" : "0"; }

}  // namespace

std::string to_bytes(const ThreadRecord& thread) {
  return join({thread.id, thread.link, thread.identifier, yes_or_no(thread.is_closed), yes_or_no(thread.is_deleted)});
}

ThreadRecord thread_of(std::string_view bytes) {
  Fields fields(bytes);
  ThreadRecord thread;
  thread.id = fields.next();
  thread.link = fields.next();
  thread.identifier = fields.next();
  thread.is_closed = fields.next_bool();
  thread.is_deleted = fields.next_bool();
  return thread;
}

std::string to_bytes(const PersonRecord& person) { return join({person.id, person.name, person.email, person.website}); }

PersonRecord person_of(std::string_view bytes) {
  Fields fields(bytes);
  PersonRecord person;
  person.id = fields.next();
  person.name = fields.next();
  person.email = fields.next();
  person.website = fields.next();
  return person;
}

std::string to_bytes(const CommentRecord& comment) {
  const auto seconds = [](const std::optional<base::Time>& time) {
    return time ? std::to_string(base::to_unix(*time)) : std::string();
  };
  return join({comment.id, comment.thread, comment.parent, comment.person, comment.author, comment.email, comment.website,
               comment.text, seconds(comment.created), seconds(comment.edited),
               std::to_string(static_cast<int>(comment.written_in)), std::to_string(static_cast<int>(comment.status)),
               yes_or_no(comment.has_escaped_names), yes_or_no(comment.is_pinned), std::to_string(comment.votes.up),
               std::to_string(comment.votes.down)});
}

CommentRecord comment_of(std::string_view bytes) {
  Fields fields(bytes);
  CommentRecord comment;
  for (std::string* field : {&comment.id, &comment.thread, &comment.parent, &comment.person, &comment.author, &comment.email,
                             &comment.website, &comment.text}) {
    *field = fields.next();
  }
  for (std::optional<base::Time>* time : {&comment.created, &comment.edited}) {
    if (const std::string seconds = fields.next(); !seconds.empty()) *time = base::from_unix(std::stoll(seconds));
  }
  comment.written_in = static_cast<WrittenIn>(std::stoi(fields.next()));
  comment.status = static_cast<news::CommentStatus>(std::stoi(fields.next()));
  comment.has_escaped_names = fields.next_bool();
  comment.is_pinned = fields.next_bool();
  comment.votes.up = std::stoi(fields.next());
  comment.votes.down = std::stoi(fields.next());
  return comment;
}

}  // namespace import_
