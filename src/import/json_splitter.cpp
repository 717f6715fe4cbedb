#include "import/json_splitter.h"

#include <algorithm>

#include "base/format.h"
#include "import/comment_records.h"
#include "text/utf8.h"

namespace import_ {
namespace {

using base::Errc;
using base::Error;
using base::Result;

constexpr std::size_t most_key_bytes = 1000;
constexpr std::size_t most_levels = 16;
constexpr std::size_t most_depth_of_a_record = 32;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool ends_scalar(char c) { return c == ',' || c == ']' || c == '}' || is_space(c); }

}  // namespace

Error JsonSplitter::error(std::string_view what) const { return {Errc::invalid, base::format("byte {}: {}", offset_, what), {}}; }

Result<void> JsonSplitter::write(std::string_view piece) {
  while (!piece.empty()) {
    if (reading_ == Reading::skeleton) {
      if (!is_space(piece.front())) TRY(take_skeleton(piece.front()));
      // A value begins with the byte that told so.
      if (reading_ != Reading::skeleton && reading_ != Reading::key) continue;
      piece.remove_prefix(1);
      ++offset_;
      continue;
    }
    bool is_over = false;
    const std::size_t length = measure(piece, is_over);
    keep(piece.substr(0, length));
    piece.remove_prefix(length);
    offset_ += length;
    if (reading_ == Reading::key && kept_.size() > most_key_bytes) return error("the name of a member is too long");
    if (is_over) end_value();
  }
  return {};
}

Result<void> JsonSplitter::finish() {
  if (reading_ == Reading::scalar && levels_.empty()) end_value();
  if (expect_ != Expect::nothing) return error("the JSON ends too early");
  return {};
}

Result<void> JsonSplitter::take_skeleton(char c) {
  switch (expect_) {
    case Expect::value: return begin_value(c);
    case Expect::value_or_end: return c == ']' ? close(false) : begin_value(c);
    case Expect::key_or_end:
    case Expect::key:
      if (c == '}' && expect_ == Expect::key_or_end) return close(true);
      if (c != '"') return error("the name of a member is missing");
      reading_ = Reading::key;
      kept_.clear();
      return {};
    case Expect::colon:
      if (c != ':') return error("there is no ':' behind the name of a member");
      expect_ = Expect::value;
      return {};
    case Expect::comma_or_end:
      if (c == '}' || c == ']') return close(c == '}');
      if (c != ',') return error("there is no ',' between two values");
      expect_ = levels_.back().is_object ? Expect::key : Expect::value;
      return {};
    case Expect::nothing: return error("something follows the end of the JSON");
  }
  return {};
}

Result<void> JsonSplitter::begin_value(char c) {
  if (c == ']' || c == '}' || c == ',' || c == ':') return error("a value is missing");
  const bool is_container = c == '{' || c == '[';
  if (is_container && walked_.contains(path_)) {
    if (levels_.size() >= most_levels) return error("it is nested too deep");
    if (levels_.size() == 1) ++element_;
    levels_.push_back({path_, c == '{'});
    expect_ = c == '{' ? Expect::key_or_end : Expect::value_or_end;
    if (c == '[') path_ += "[]";
    return {};
  }
  kept_.clear();
  is_too_long_ = is_in_string_ = is_escaped_ = false;
  depth_ = 0;
  record_offset_ = offset_;
  reading_ = is_container ? Reading::container : c == '"' ? Reading::string : Reading::scalar;
  return {};
}

Result<void> JsonSplitter::close(bool is_object) {
  if (levels_.empty() || levels_.back().is_object != is_object) return error("a bracket closes what it did not open");
  levels_.pop_back();
  expect_ = levels_.empty() ? Expect::nothing : Expect::comma_or_end;
  if (!levels_.empty()) path_ = levels_.back().path + (levels_.back().is_object ? "" : "[]");
  return {};
}

// A key or a record was read to its end.
void JsonSplitter::end_value() {
  if (reading_ == Reading::key) {
    const std::string& above = levels_.back().path;
    kept_.pop_back();  // the closing quote
    path_ = above.empty() ? kept_ : above + "." + kept_;
    expect_ = Expect::colon;
  } else {
    expect_ = levels_.empty() ? Expect::nothing : Expect::comma_or_end;
    on_record_({path_, is_too_long_ ? std::string_view() : std::string_view(kept_), record_offset_, element_});
  }
  reading_ = Reading::skeleton;
  is_in_string_ = is_escaped_ = false;
  kept_.clear();
}

std::size_t JsonSplitter::measure(std::string_view rest, bool& is_over) {
  if (reading_ == Reading::key && kept_.empty() && !is_in_string_) is_in_string_ = true;  // its first quote was taken already
  for (std::size_t i = 0; i < rest.size(); ++i) {
    const char c = rest[i];
    if (is_in_string_) {
      if (is_escaped_) {
        is_escaped_ = false;
      } else if (c == '\\') {
        is_escaped_ = true;
      } else if (c == '"') {
        is_in_string_ = false;
        is_over = depth_ == 0;
        if (is_over) return i + 1;
      }
      continue;
    }
    if (reading_ == Reading::scalar) {
      is_over = ends_scalar(c);
      if (is_over) return i;
      continue;
    }
    if (c == '"') is_in_string_ = true;
    if (c == '{' || c == '[') ++depth_;
    if ((c == '}' || c == ']') && --depth_ == 0) {
      is_over = true;
      return i + 1;
    }
  }
  return rest.size();
}

void JsonSplitter::keep(std::string_view bytes) {
  is_too_long_ = is_too_long_ || kept_.size() + bytes.size() > most_record_bytes;
  if (is_too_long_) {
    std::string().swap(kept_);
  } else {
    kept_ += bytes;
  }
}

std::optional<text::json::object> parse_record(std::string_view bytes) {
  text::json::parse_options options;
  options.max_depth = most_depth_of_a_record;
  options.allow_invalid_utf8 = true;
  text::json::error_code failure;
  text::json::value value = text::json::parse(bytes, failure, {}, options);
  if (failure || !value.is_object()) return std::nullopt;
  return std::move(value.as_object());
}

std::string text_member(const text::json::object& object, std::string_view name) {
  const text::json::value* value = object.if_contains(name);
  if (!value) return {};
  if (value->is_string()) return text::to_valid_utf8(std::string_view(value->as_string()));
  if (value->is_int64()) return std::to_string(value->as_int64());
  if (value->is_uint64()) return std::to_string(value->as_uint64());
  return {};
}

bool true_member(const text::json::object& object, std::string_view name) {
  const text::json::value* value = object.if_contains(name);
  return value && value->is_bool() && value->as_bool();
}

const text::json::object* object_member(const text::json::object& object, std::string_view name) {
  const text::json::value* value = object.if_contains(name);
  return value && value->is_object() ? &value->as_object() : nullptr;
}

news::Votes votes_of_score(const text::json::object& object) {
  const text::json::value* value = object.if_contains("score");
  if (!value || !value->is_int64()) return {};
  const auto score = static_cast<int>(std::clamp<std::int64_t>(value->as_int64(), -most_votes, most_votes));
  return score > 0 ? news::Votes{score, 0} : news::Votes{0, -score};
}

}  // namespace import_
