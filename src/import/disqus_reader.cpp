// Disqus's XML export (https://docs.disqus.com/developers/export): categories, then threads, then posts, each below <disqus>.
// expat reads it as a stream; where a record is broken a new parser goes on at the next one.
#include <expat.h>

#include <algorithm>
#include <exception>
#include <map>
#include <memory>
#include <vector>

#include "base/format.h"
#include "import/byte_source.h"
#include "import/comment_records.h"
#include "import/xml_cleaner.h"

namespace import_ {
namespace {

using base::Errc;
using base::Error;
using base::format;
using base::Result;

constexpr std::size_t most_field_bytes = 2'000'000;
constexpr std::size_t most_token = 1U << 20U;  // a tag longer than this is no export's: expat would hold it in memory
constexpr std::size_t most_depth = 32;
constexpr std::size_t most_fields = 64;
constexpr std::string_view frame = "<disqus>";  // what a parser is given before it goes on in the middle of a file
constexpr std::size_t longest_start = 8;        // "<thread "

struct ParserDeleter {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};
using Parser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, ParserDeleter>;

std::string_view local_name(std::string_view name) { return name.substr(name.rfind(':') + 1); }

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// Where the next record begins, or npos. A thread that is closed at once is a post's note of where it belongs.
std::size_t find_record(std::string_view text) {
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("<post ") || rest.starts_with("<post>")) return at;
    if (!rest.starts_with("<thread ") && !rest.starts_with("<thread>")) continue;
    const std::size_t end = rest.find('>');
    if (end == std::string_view::npos || rest[end - 1] != '/') return at;
  }
  return std::string_view::npos;
}

// A record while it is read: what its elements hold, by their names, with "author/" before those of the author and "@id" behind
// those that have only an id.
struct Unit {
  std::string name;  // "thread", "post", "category"
  std::string id;    // dsq:id
  std::size_t line = 0;
  bool is_too_long = false;
  std::map<std::string, std::string, std::less<>> fields;

  std::string field(std::string_view key) const {
    const auto found = fields.find(key);
    return found == fields.end() ? std::string() : std::string(trimmed(found->second));
  }
  bool is_true(std::string_view key) const { return field(key) == "true"; }
};

// Invariants: path_ holds the open elements, the root first; unit_ is set while one of depth 2 is open; a handler that threw left
// its exception in thrown_.
class Reader {
 public:
  Reader(std::string name, RecordVisitor& visitor) : name_(std::move(name)), visitor_(visitor) { restart(); }

  Result<void> run(ByteSource& source);

 private:
  Result<void> feed(std::string_view piece);
  Result<void> parse(std::string_view piece, bool is_last);
  void recover();
  void go_on_at_next_record(std::string_view piece);
  void restart();
  void skip_leading(std::string& piece);
  Error refusal(std::string_view why) const;
  std::size_t line() const { return first_line_ + static_cast<std::size_t>(XML_GetCurrentLineNumber(parser_.get())) - 1; }

  void start(std::string_view name, const char** attributes);
  void text(std::string_view text);
  void end();
  void deliver();
  void deliver_thread(const Unit& unit);
  void deliver_post(const Unit& unit);
  std::string key_of_path() const;
  template <class Body>
  void guarded(const Body& body);

  static Reader& self(void* user) { return *static_cast<Reader*>(user); }

  std::string name_;
  RecordVisitor& visitor_;
  Parser parser_;
  XmlCleaner cleaner_;
  std::size_t fed_ = 0;         // bytes given to parser_
  std::size_t first_line_ = 1;  // of what parser_ was given
  std::size_t lines_ = 0;       // line ends in everything that was fed
  std::vector<std::string> path_;
  std::unique_ptr<Unit> unit_;
  std::string carry_;  // the end of the last piece while a record is looked for
  bool is_first_ = true;
  bool is_export_ = false;
  bool is_searching_ = false;
  bool is_told_ = false;
  std::string stop_reason_;
  std::exception_ptr thrown_;
};

template <class Body>
void Reader::guarded(const Body& body) {
  if (thrown_ || !stop_reason_.empty()) return;
  try {
    body();
  } catch (...) {  // an exception must not travel through expat
    thrown_ = std::current_exception();
    XML_StopParser(parser_.get(), XML_FALSE);
  }
}

void Reader::restart() {
  parser_.reset(XML_ParserCreate("UTF-8"));
  XML_SetUserData(parser_.get(), this);
  XML_SetElementHandler(
      parser_.get(),
      [](void* user, const char* name, const char** attributes) {
        self(user).guarded([&] { self(user).start(name, attributes); });
      },
      [](void* user, const char*) { self(user).guarded([&] { self(user).end(); }); });
  XML_SetCharacterDataHandler(parser_.get(), [](void* user, const char* text, int size) {
    self(user).guarded([&] { self(user).text({text, static_cast<std::size_t>(size)}); });
  });
  fed_ = 0;
  first_line_ = lines_ + 1;
  path_.clear();
  unit_.reset();
  stop_reason_.clear();
}

Error Reader::refusal(std::string_view why) const {
  return {Errc::invalid,
          format("{}: this is not a Disqus export ({}). Ask for one on disqus.com under Moderate, Community, Export, and give "
                 "the file that comes by mail.",
                 name_, why),
          {}};
}

Result<void> Reader::run(ByteSource& source) {
  for (;;) {
    const std::string_view piece = TRY(source.read());
    if (piece.empty()) break;
    visitor_.on_progress(source.done(), source.size());
    TRY(feed(cleaner_.clean(piece)));
  }
  TRY(feed(cleaner_.finish()));
  if (!is_searching_) TRY(parse({}, true));
  if (!is_export_) return refusal("it holds no <disqus>");
  return {};
}

// Marks of the byte order, empty lines and stray characters before the declaration are not XML, but happen.
void Reader::skip_leading(std::string& piece) {
  const std::size_t declaration = piece.find("<?xml");
  const std::size_t root = piece.find("<disqus");
  const std::size_t begin = std::min(declaration, root);
  if (begin == std::string::npos || begin == 0) return;
  lines_ += static_cast<std::size_t>(std::count(piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(begin), '\n'));
  first_line_ = lines_ + 1;
  piece.erase(0, begin);
}

Result<void> Reader::feed(std::string_view cleaned) {
  if (cleaned.empty()) return {};
  std::string piece(cleaned);
  if (is_first_) skip_leading(piece);
  is_first_ = false;
  if (is_searching_) {
    go_on_at_next_record(piece);
    if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
    return {};
  }
  return parse(piece, false);
}

Result<void> Reader::parse(std::string_view piece, bool is_last) {
  const std::size_t before = fed_;
  fed_ += piece.size();
  const bool is_good = XML_Parse(parser_.get(), piece.data(), static_cast<int>(piece.size()), is_last) == XML_STATUS_OK;
  if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
  const auto at = static_cast<std::size_t>(std::max<XML_Index>(0, XML_GetCurrentByteIndex(parser_.get())));
  if (is_good && fed_ - std::min(at, fed_) <= most_token) {
    lines_ += static_cast<std::size_t>(std::count(piece.begin(), piece.end(), '\n'));
    return {};
  }
  if (is_good) stop_reason_ = "a tag is longer than a megabyte";
  if (stop_reason_.empty()) stop_reason_ = is_last ? "the file ends too early" : XML_ErrorString(XML_GetErrorCode(parser_.get()));
  if (!is_export_) return refusal(format("line {}: {}", line(), stop_reason_));
  recover();
  const std::size_t behind = std::min(piece.size(), at > before ? at - before : 0);
  lines_ += static_cast<std::size_t>(std::count(piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(behind), '\n'));
  carry_.clear();
  if (!is_last) go_on_at_next_record(piece.substr(behind));
  if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
  return {};
}

// Tells what was lost where the parser stopped.
void Reader::recover() {
  is_searching_ = true;
  const std::string where = format("the XML is broken in line {} ({})", line(), stop_reason_);
  if (unit_ && unit_->name != "category") {
    const std::string id = unit_->id.empty() ? format("line {}", unit_->line) : unit_->id;
    visitor_.on_broken(unit_->name == "post" ? "comments" : "threads", id, where);
  } else if (!is_told_) {
    visitor_.on_note(format("{}, line {}: {}; reading went on at the next record.", name_, line(), stop_reason_));
  }
  is_told_ = true;
}

// Precondition: is_searching_. Each turn either ends the piece or gives a new parser at least one byte more.
void Reader::go_on_at_next_record(std::string_view piece) {
  std::string joined = carry_ + std::string(piece);
  for (;;) {
    const std::size_t at = find_record(joined);
    if (at == std::string::npos) {
      const std::size_t kept = std::min(joined.size(), longest_start - 1);
      lines_ += static_cast<std::size_t>(std::count(joined.begin(), joined.end() - static_cast<std::ptrdiff_t>(kept), '\n'));
      carry_ = joined.substr(joined.size() - kept);
      return;
    }
    lines_ += static_cast<std::size_t>(std::count(joined.begin(), joined.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    joined.erase(0, at);
    restart();
    XML_Parse(parser_.get(), frame.data(), static_cast<int>(frame.size()), 0);
    const bool is_good = XML_Parse(parser_.get(), joined.data(), static_cast<int>(joined.size()), 0) == XML_STATUS_OK;
    if (thrown_) return;
    if (is_good) {
      is_searching_ = false;
      fed_ = frame.size() + joined.size();
      lines_ += static_cast<std::size_t>(std::count(joined.begin(), joined.end(), '\n'));
      carry_.clear();
      return;
    }
    if (stop_reason_.empty()) stop_reason_ = XML_ErrorString(XML_GetErrorCode(parser_.get()));
    recover();
    const auto index = static_cast<std::size_t>(std::max<XML_Index>(0, XML_GetCurrentByteIndex(parser_.get())));
    const std::size_t behind = std::clamp<std::size_t>(index - std::min(index, frame.size()), 1, joined.size());
    lines_ += static_cast<std::size_t>(std::count(joined.begin(), joined.begin() + static_cast<std::ptrdiff_t>(behind), '\n'));
    joined.erase(0, behind);
  }
}

void Reader::start(std::string_view name, const char** attributes) {
  path_.emplace_back(local_name(name));
  if (path_.size() == 1 && path_.front() != "disqus") stop_reason_ = format("its outermost element is <{}>", name);
  if (path_.size() > most_depth) stop_reason_ = "elements are nested too deep";
  if (!stop_reason_.empty()) {
    XML_StopParser(parser_.get(), XML_FALSE);
    return;
  }
  is_export_ = true;
  std::string id;
  for (; *attributes != nullptr; attributes += 2) {
    if (local_name(attributes[0]) == "id") id = attributes[1];
  }
  if (path_.size() == 2) unit_ = std::make_unique<Unit>(Unit{path_.back(), id, line(), false, {}});
  if (path_.size() < 3 || unit_->fields.size() >= most_fields) return;
  if (!id.empty()) unit_->fields.emplace(key_of_path() + "@id", id);
  unit_->fields.emplace(key_of_path(), "");
}

std::string Reader::key_of_path() const {
  std::string key;
  for (std::size_t i = 2; i < path_.size(); ++i) key += (i > 2 ? "/" : "") + path_[i];
  return key;
}

void Reader::text(std::string_view text) {
  if (path_.size() < 3) return;
  const auto found = unit_->fields.find(key_of_path());
  if (found == unit_->fields.end()) return;
  std::string& field = found->second;
  if (field.size() + text.size() > most_field_bytes) {
    unit_->is_too_long = true;
    return;
  }
  field += text;
}

void Reader::end() {
  if (path_.size() == 2) deliver();
  path_.pop_back();
}

void Reader::deliver() {
  const std::unique_ptr<Unit> unit = std::move(unit_);
  if (unit->name == "thread") deliver_thread(*unit);
  if (unit->name == "post") deliver_post(*unit);
}

void Reader::deliver_thread(const Unit& unit) {
  if (unit.fields.empty()) return;
  if (unit.id.empty())
    return visitor_.on_broken("threads", format("line {}", unit.line), "it has no dsq:id, so no comment can belong to it");
  visitor_.on_thread({.id = unit.id,
                      .link = unit.field("link"),
                      .identifier = unit.field("id"),
                      .is_closed = unit.is_true("isClosed"),
                      .is_deleted = unit.is_true("isDeleted")});
}

void Reader::deliver_post(const Unit& unit) {
  CommentRecord comment;
  comment.id = unit.id.empty() ? unit.field("id") : unit.id;
  if (comment.id.empty()) return visitor_.on_broken("comments", format("line {}", unit.line), "it has no id");
  if (unit.is_too_long) return visitor_.on_broken("comments", comment.id, "it is longer than two million bytes");
  comment.thread = unit.field("thread@id");
  comment.parent = unit.field("parent@id");
  comment.author = unit.field("author/name");
  const std::string account = unit.field("author/username");
  if (!unit.is_true("author/isAnonymous")) comment.person = account;
  if (comment.author.empty()) comment.author = account;
  comment.email = unit.field("author/email");
  comment.text = unit.field("message");
  comment.created = text::parse_time(unit.field("createdAt"), text::TimeZone::utc());
  comment.status = unit.is_true("isSpam")      ? news::CommentStatus::spam
                   : unit.is_true("isDeleted") ? news::CommentStatus::rejected
                                               : news::CommentStatus::published;
  visitor_.on_comment(std::move(comment));
}

}  // namespace

Result<void> read_disqus(const std::filesystem::path& file, const text::TimeZone&, RecordVisitor& visitor) {
  ByteSource source = TRY(ByteSource::open(file));
  return Reader(file.string(), visitor).run(source);
}

}  // namespace import_
