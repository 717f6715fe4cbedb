#include "import/wxr_reader.h"

#include <expat.h>

#include <algorithm>
#include <exception>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>

#include "base/format.h"
#include "import/wxr_builder.h"
#include "import/wxr_encoding.h"
#include "import/wxr_repair.h"

namespace import_ {
namespace {

using base::Errc;
using base::Error;
using base::format;

constexpr std::size_t chunk_bytes = 64U << 10U;
// A tag or comment longer than this is no export's: expat would hold it in memory.
constexpr std::size_t most_token = 1U << 20U;
constexpr std::size_t most_repair = 256U << 20U;
constexpr int most_depth = 64;
constexpr std::size_t most_names = 1000;
constexpr std::string_view frame = "<rss><channel>";  // what a parser is given before it goes on in the middle of a file

struct ParserDeleter {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};
using Parser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, ParserDeleter>;

struct HashText {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

// Why expat stopped, or why a handler stopped it.
struct Stop {
  std::uint64_t offset = 0;  // in the file
  std::size_t line = 0;
  std::string reason;
};

// Invariants: everything before `resume_` is dealt with; while the builder is inside a unit, unit_offset_ and unit_line_ are its
// start; no visitor call but progress and problem happens before is_export_.
class Reader {
 public:
  Reader(std::istream& file, const std::string& name, WxrVisitor& visitor) : file_(file), name_(name), visitor_(visitor) {}
  base::Result<void> run();

 private:
  void measure();
  void skip_leading();
  // From resume_ to the end of the file or the first error.
  std::optional<Stop> parse();
  std::optional<Stop> parse_chunks(XML_Parser parser, std::uint64_t parser_start);
  Stop stop_of(XML_Parser parser, const std::string& reason) const;
  // Deals with an error and sets resume_ behind it. False if nothing is left to read.
  bool recover(const Stop& stop);
  bool repair_broken_unit(const Stop& stop);
  bool skip_to_next_unit(const Stop& stop);
  void tell_of_repair(const WxrRepair& repair, WxrUnit unit, const Stop& stop, bool is_delivered, std::int64_t post_id);
  std::string read_bytes(std::uint64_t offset, std::size_t size);
  Error refusal(std::size_t line, std::string_view why) const;

  void on_start(XML_Parser parser, const char* raw_name, const char** raw_attributes);
  void on_end(const char* raw_name);
  void check_root(XML_Parser parser, std::string_view name);
  void stop_parser(XML_Parser parser, std::string reason);
  void deliver(WxrUnit unit, std::size_t line, bool is_repaired);
  void deliver_site();
  const std::string& canonical(std::string_view raw_name);
  void learn_namespace(std::string_view attribute, std::string_view uri);
  void tell(WxrProblem problem);
  // Runs a handler's body: an exception must not travel through expat.
  template <class Body>
  void guarded(XML_Parser parser, const Body& body);

  static Reader& self(void* user) { return *static_cast<Reader*>(user); }
  static void start_handler(void* user, const char* name, const char** attributes);
  static void end_handler(void* user, const char* name);
  static void text_handler(void* user, const char* text, int size);
  static void declaration_handler(void* user, const char* version, const char* encoding, int standalone);
  static void doctype_handler(void* user, const char* name, const char* system, const char* publik, int has_subset);
  static int encoding_handler(void* user, const char* name, XML_Encoding* info);
  Parser make_parser();

  std::istream& file_;
  std::string name_;
  WxrVisitor& visitor_;
  WxrBuilder builder_;
  std::uint64_t size_ = 0;
  std::uint64_t resume_ = 0;
  std::size_t resume_line_ = 1;
  bool is_resumed_ = false;
  XML_Parser parser_ = nullptr;  // the one that is running
  std::string encoding_;
  std::map<std::string, std::string, std::less<>> prefixes_;
  std::unordered_map<std::string, std::string, HashText, std::equal_to<>> names_;  // raw to canonical, for speed
  std::string rare_name_;                                                          // a canonical one for which names_ has no room
  int depth_ = 0;
  bool has_root_ = false;
  bool is_export_ = false;  // something of WordPress's own was seen
  bool told_site_ = false;
  std::uint64_t unit_offset_ = 0;
  std::size_t unit_line_ = 0;
  std::string stop_reason_;  // a handler's own reason to stop
  std::optional<Error> refused_;
  std::exception_ptr thrown_;
};

base::Result<void> Reader::run() {
  measure();
  skip_leading();
  while (const std::optional<Stop> stop = parse()) {
    if (refused_) return *refused_;
    if (!has_root_) return refusal(stop->line, stop->reason);
    if (!recover(*stop)) break;
    if (refused_) return *refused_;
  }
  if (refused_) return *refused_;
  if (!is_export_) return refusal(1, "it is a feed without anything that WordPress writes into an export");
  deliver_site();
  visitor_.on_progress(size_, size_);
  return {};
}

Error Reader::refusal(std::size_t line, std::string_view why) const {
  return {Errc::invalid,
          format("{}, line {}: this is not a WordPress export ({}). Make one in WordPress with Tools, Export, All content, "
                 "and give the .xml file.",
                 name_, line, why),
          {}};
}

void Reader::measure() {
  file_.clear();
  file_.seekg(0, std::ios::end);
  const auto end = file_.tellg();
  size_ = end > 0 ? static_cast<std::uint64_t>(end) : 0;
}

std::string Reader::read_bytes(std::uint64_t offset, std::size_t size) {
  std::string bytes(size, '\0');
  file_.clear();
  file_.seekg(static_cast<std::streamoff>(offset));
  file_.read(bytes.data(), static_cast<std::streamsize>(size));
  bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, file_.gcount())));
  return bytes;
}

// Empty lines and messages of a broken plug-in before the declaration are not XML, but common.
void Reader::skip_leading() {
  const std::string head = read_bytes(0, chunk_bytes);
  const bool is_utf_16 = head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF");
  std::size_t start = head.find("<?xml");
  if (start == std::string::npos) start = head.find("<rss");
  if (is_utf_16 || start == std::string::npos || start == 0) return;
  if (head.find("<rss", start) == std::string::npos) return;
  resume_ = start;
  resume_line_ = 1 + static_cast<std::size_t>(std::count(head.begin(), head.begin() + static_cast<std::ptrdiff_t>(start), '\n'));
  const bool is_blank = head.substr(0, start).find_first_not_of(" \t\r\n\xEF\xBB\xBF") == std::string::npos;
  if (!is_blank)
    tell({1, WxrProblem::Effect::harmless, "The file begins with text that is no part of the export; it was skipped."});
}

Parser Reader::make_parser() {
  Parser parser(XML_ParserCreate(encoding_.empty() ? nullptr : encoding_.c_str()));
  XML_SetUserData(parser.get(), this);
  XML_SetElementHandler(parser.get(), start_handler, end_handler);
  XML_SetCharacterDataHandler(parser.get(), text_handler);
  XML_SetXmlDeclHandler(parser.get(), declaration_handler);
  XML_SetStartDoctypeDeclHandler(parser.get(), doctype_handler);
  XML_SetUnknownEncodingHandler(parser.get(), encoding_handler, this);
  return parser;
}

std::optional<Stop> Reader::parse() {
  const Parser parser = make_parser();
  parser_ = parser.get();
  stop_reason_.clear();
  depth_ = 0;
  std::uint64_t parser_start = resume_;
  if (is_resumed_) {
    XML_Parse(parser.get(), frame.data(), static_cast<int>(frame.size()), 0);
    parser_start -= frame.size();
  }
  std::optional<Stop> stop = parse_chunks(parser.get(), parser_start);
  parser_ = nullptr;
  if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
  return stop;
}

std::optional<Stop> Reader::parse_chunks(XML_Parser parser, std::uint64_t parser_start) {
  const auto stop_here = [&](const std::string& reason) {
    Stop stop = stop_of(parser, reason);
    stop.offset += parser_start;
    return stop;
  };
  for (std::uint64_t offset = resume_; offset < size_;) {
    const std::string chunk = read_bytes(offset, chunk_bytes);
    if (chunk.empty()) break;
    offset += chunk.size();
    visitor_.on_progress(offset, size_);
    if (XML_Parse(parser, chunk.data(), static_cast<int>(chunk.size()), 0) != XML_STATUS_OK) return stop_here(stop_reason_);
    const auto done = static_cast<std::uint64_t>(std::max<XML_Index>(0, XML_GetCurrentByteIndex(parser)));
    if (offset - parser_start - done > most_token) return stop_here("a tag is longer than a megabyte");
  }
  if (XML_Parse(parser, "", 0, 1) != XML_STATUS_OK) return stop_here(stop_reason_);
  return std::nullopt;
}

Stop Reader::stop_of(XML_Parser parser, const std::string& reason) const {
  Stop stop;
  stop.offset = static_cast<std::uint64_t>(std::max<XML_Index>(0, XML_GetCurrentByteIndex(parser)));
  stop.line = resume_line_ + static_cast<std::size_t>(XML_GetCurrentLineNumber(parser)) - 1;
  const char* said = XML_ErrorString(XML_GetErrorCode(parser));
  stop.reason = !reason.empty() ? reason : said != nullptr ? said : "it cannot be read";
  if (stop.reason == "no element found" || stop.reason == "unclosed token" || stop.reason == "unclosed CDATA section")
    stop.reason = "the file ends too early";
  return stop;
}

bool Reader::recover(const Stop& stop) {
  is_resumed_ = true;
  if (is_utf_16(encoding_)) {
    tell({stop.line, WxrProblem::Effect::left_out, format("Nothing after this line could be read: {}.", stop.reason)});
    return false;
  }
  return builder_.unit() == WxrUnit::none ? skip_to_next_unit(stop) : repair_broken_unit(stop);
}

bool Reader::repair_broken_unit(const Stop& stop) {
  const WxrUnit unit = builder_.unit();
  const WxrNames names = {[this](std::string_view raw) { return canonical(raw); },
                          [this](std::string_view text) { return clean_utf8(text, encoding_); }};
  WxrRepair repair;
  std::string bytes;
  std::size_t size = static_cast<std::size_t>(stop.offset - unit_offset_) + chunk_bytes;
  for (;; size *= 2) {
    size = std::min(size, most_repair);
    bytes = read_bytes(unit_offset_, size);
    builder_.drop_unit();
    repair = repair_unit(bytes, bytes.size() < size || size == most_repair, names, builder_);
    if (repair.end != WxrRepair::End::need_more) break;
  }
  const bool is_partial = builder_.unit() != WxrUnit::none;
  WxrItem partial;
  if (is_partial && unit == WxrUnit::item) {
    partial = builder_.take_item();
    // WordPress writes these three behind the content: with them, only meta, terms or comments can be missing.
    const bool is_usable = partial.post_id != 0 && !partial.post_type.empty() && !partial.status.empty();
    tell_of_repair(repair, unit, stop, is_usable, partial.post_id);
    builder_.drop_unit();
    if (is_usable && is_export_) {
      deliver_site();
      partial.line = unit_line_;
      partial.is_repaired = true;
      visitor_.on_item(std::move(partial));
    }
  } else if (is_partial) {
    tell_of_repair(repair, unit, stop, false, 0);
    builder_.drop_unit();
  } else {
    tell_of_repair(repair, unit, stop, true, 0);
    deliver(unit, unit_line_, true);
  }
  const std::size_t consumed = std::max<std::size_t>(1, repair.end == WxrRepair::End::hopeless ? 1 : repair.consumed);
  resume_ = unit_offset_ + consumed;
  const auto end = bytes.begin() + static_cast<std::ptrdiff_t>(std::min(consumed, bytes.size()));
  resume_line_ = unit_line_ + static_cast<std::size_t>(std::count(bytes.begin(), end, '\n'));
  if (repair.end == WxrRepair::End::hopeless) return skip_to_next_unit({resume_, resume_line_, ""});
  return resume_ < size_;
}

void Reader::tell_of_repair(const WxrRepair& repair, WxrUnit unit, const Stop& stop, bool is_delivered, std::int64_t post_id) {
  const std::string_view what = unit == WxrUnit::item ? "item" : unit == WxrUnit::author ? "author" : "category or tag";
  WxrProblem problem;
  problem.line = unit_line_;
  problem.is_item = unit == WxrUnit::item;
  problem.post_id = post_id;
  problem.effect = is_delivered ? WxrProblem::Effect::repaired : WxrProblem::Effect::left_out;
  const std::string where =
      format("The {} that begins in line {} is broken in line {} ({})", what, unit_line_, stop.line, stop.reason);
  if (!is_delivered) {
    problem.what = where + "; too little of it is there to be read.";
  } else if (repair.end == WxrRepair::End::complete) {
    problem.what = where + "; it was repaired.";
  } else {
    problem.what = where + "; its end is missing, so the last of its comments or details may be missing too.";
  }
  tell(std::move(problem));
}

bool Reader::skip_to_next_unit(const Stop& stop) {
  std::uint64_t offset = std::max(stop.offset, resume_);
  std::size_t line = stop.line;
  constexpr std::size_t longest_start = 16;
  while (offset < size_) {
    const std::string bytes = read_bytes(offset, chunk_bytes);
    const std::size_t at = find_unit_start(bytes, 0);
    const bool is_found = at != std::string::npos;
    const bool is_last = offset + bytes.size() >= size_;
    const std::size_t skipped = is_found ? at : is_last ? bytes.size() : bytes.size() - longest_start;
    line += static_cast<std::size_t>(std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(skipped), '\n'));
    offset += skipped;
    if (is_found) {
      if (!stop.reason.empty())
        tell({stop.line, WxrProblem::Effect::harmless,
              format("The export is broken here ({}); reading went on in line {}.", stop.reason, line)});
      resume_ = offset;
      resume_line_ = line;
      return true;
    }
  }
  if (!stop.reason.empty())
    tell({stop.line, WxrProblem::Effect::harmless,
          format("The export does not end as it should ({}); no item comes after this line.", stop.reason)});
  return false;
}

void Reader::tell(WxrProblem problem) { visitor_.on_problem(problem); }

template <class Body>
void Reader::guarded(XML_Parser parser, const Body& body) {
  if (thrown_ || refused_ || !stop_reason_.empty()) return;
  try {
    body();
  } catch (...) {
    thrown_ = std::current_exception();
    XML_StopParser(parser, XML_FALSE);
  }
}

void Reader::stop_parser(XML_Parser parser, std::string reason) {
  stop_reason_ = std::move(reason);
  XML_StopParser(parser, XML_FALSE);
}

void Reader::learn_namespace(std::string_view attribute, std::string_view uri) {
  if (!attribute.starts_with("xmlns:")) return;
  const std::string prefix(attribute.substr(6));
  const bool is_wordpress = uri.find("wordpress.org/export") != std::string_view::npos;
  is_export_ = is_export_ || is_wordpress;
  if (is_wordpress) prefixes_[prefix] = uri.find("excerpt") != std::string_view::npos ? "excerpt" : "wp";
  if (uri == "http://purl.org/rss/1.0/modules/content/") prefixes_[prefix] = "content";
  if (uri == "http://purl.org/dc/elements/1.1/") prefixes_[prefix] = "dc";
}

const std::string& Reader::canonical(std::string_view raw_name) {
  const auto known = names_.find(raw_name);
  if (known != names_.end()) return known->second;
  std::string name(raw_name);
  const std::size_t colon = raw_name.find(':');
  if (colon != std::string_view::npos) {
    const auto prefix = prefixes_.find(raw_name.substr(0, colon));
    if (prefix != prefixes_.end()) name = prefix->second + name.substr(colon);
  }
  if (names_.size() < most_names) return names_.emplace(raw_name, std::move(name)).first->second;
  return rare_name_ = std::move(name);
}

void Reader::check_root(XML_Parser parser, std::string_view name) {
  if (name == "rss") {
    has_root_ = true;
  } else {
    refused_ = refusal(resume_line_ + static_cast<std::size_t>(XML_GetCurrentLineNumber(parser)) - 1,
                       format("it begins with <{}> where an export has <rss>", name.substr(0, 40)));
    XML_StopParser(parser, XML_FALSE);
  }
}

void Reader::on_start(XML_Parser parser, const char* raw_name, const char** raw_attributes) {
  WxrAttributes attributes;
  for (const char** at = raw_attributes; *at != nullptr; at += 2) {
    learn_namespace(at[0], at[1]);
    attributes.emplace_back(at[0], at[1]);
  }
  const std::string& name = canonical(raw_name);
  is_export_ = is_export_ || name.starts_with("wp:");
  if (depth_++ == 0) check_root(parser, name);
  if (refused_) return;
  if (depth_ > most_depth) return stop_parser(parser, "elements are nested too deeply");
  if (unit_of(name) != WxrUnit::none) {
    if (builder_.unit() != WxrUnit::none) return stop_parser(parser, "the end of the one before is missing");
    const std::uint64_t parser_start = is_resumed_ ? resume_ - frame.size() : resume_;
    unit_offset_ = parser_start + static_cast<std::uint64_t>(XML_GetCurrentByteIndex(parser));
    unit_line_ = resume_line_ + static_cast<std::size_t>(XML_GetCurrentLineNumber(parser)) - 1;
  }
  builder_.start(name, attributes);
}

void Reader::on_end(const char* raw_name) {
  --depth_;
  const WxrUnit unit = builder_.unit();
  builder_.end(canonical(raw_name));
  if (unit != WxrUnit::none && builder_.unit() == WxrUnit::none) deliver(unit, unit_line_, false);
}

void Reader::deliver_site() {
  if (told_site_) return;
  told_site_ = true;
  visitor_.on_site(builder_.site());
}

void Reader::deliver(WxrUnit unit, std::size_t line, bool is_repaired) {
  if (!is_export_) {
    refused_ = refusal(line, "it is a feed without anything that WordPress writes into an export");
    if (parser_ != nullptr) XML_StopParser(parser_, XML_FALSE);
    return;
  }
  deliver_site();
  if (builder_.was_cut())
    tell({line, WxrProblem::Effect::repaired, "A text here is longer than 64 MB; what is beyond that was cut off.",
          unit == WxrUnit::item});
  if (unit == WxrUnit::item) {
    WxrItem item = builder_.take_item();
    item.line = line;
    item.is_repaired = is_repaired;
    visitor_.on_item(std::move(item));
  } else if (unit == WxrUnit::author) {
    WxrAuthor author = builder_.take_author();
    author.line = line;
    visitor_.on_author(std::move(author));
  } else {
    WxrTerm term = builder_.take_term();
    term.line = line;
    visitor_.on_term(std::move(term));
  }
}

void Reader::start_handler(void* user, const char* name, const char** attributes) {
  Reader& reader = self(user);
  reader.guarded(reader.parser_, [&] { reader.on_start(reader.parser_, name, attributes); });
}

void Reader::end_handler(void* user, const char* name) {
  Reader& reader = self(user);
  reader.guarded(reader.parser_, [&] { reader.on_end(name); });
}

void Reader::text_handler(void* user, const char* text, int size) {
  Reader& reader = self(user);
  reader.guarded(reader.parser_, [&] { reader.builder_.text({text, static_cast<std::size_t>(size)}); });
}

void Reader::declaration_handler(void* user, const char*, const char* encoding, int) {
  if (encoding != nullptr) self(user).encoding_ = encoding;
}

// No export has a document type. Refusing it refuses every trick with entities.
void Reader::doctype_handler(void* user, const char* name, const char*, const char*, int) {
  Reader& reader = self(user);
  const std::size_t line = reader.resume_line_ + static_cast<std::size_t>(XML_GetCurrentLineNumber(reader.parser_)) - 1;
  reader.refused_ = reader.refusal(line, format("it declares the document type \"{}\"", std::string_view(name).substr(0, 40)));
  XML_StopParser(reader.parser_, XML_FALSE);
}

int Reader::encoding_handler(void*, const char* name, XML_Encoding* info) {
  if (!is_windows_1252(name)) return XML_STATUS_ERROR;
  for (int byte = 0; byte < 256; ++byte) info->map[byte] = windows_1252_code_point(static_cast<unsigned char>(byte));
  info->data = nullptr;
  info->convert = nullptr;
  info->release = nullptr;
  return XML_STATUS_OK;
}

}  // namespace

base::Result<void> read_wxr(std::istream& file, const std::string& name, WxrVisitor& visitor) {
  return Reader(file, name, visitor).run();
}

base::Result<void> read_wxr(const std::filesystem::path& path, WxrVisitor& visitor) {
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path))
    return Error{Errc::not_found, format("{} cannot be opened. Check the name and that you may read it.", path.string()), {}};
  return read_wxr(file, path.filename().string(), visitor);
}

}  // namespace import_
