// Cuts a JSON document of any size (RFC 8259) into its records while it is read: memory is that of the largest record. What
// stands inside a record is not looked at beyond strings and brackets, so that a record which is no JSON is handed out like the
// others and stops nothing.
//
// The containers whose paths are `walked` are gone through, everything else is a record. Paths: "" is the outermost value,
// "comments" a member of it, "comments[]" an element of that, "[].id" a member of an element of an outermost array.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "news/comment.h"
#include "text/json.h"

namespace import_ {

// Used by one thread.
class JsonSplitter {
 public:
  // A longer record is handed out as nothing.
  static constexpr std::size_t most_record_bytes = 4'000'000;

  struct Record {
    std::string_view path;
    std::string_view bytes;     // valid during the call; empty if it was too long
    std::uint64_t offset = 0;   // where it begins in the document
    std::uint64_t element = 0;  // counts the containers inside the outermost one that were walked into
  };
  using OnRecord = std::function<void(const Record&)>;

  JsonSplitter(std::set<std::string, std::less<>> walked, OnRecord on_record)
      : walked_(std::move(walked)), on_record_(std::move(on_record)) {}

  // Error{invalid, "byte 17: …"} where the walked containers are not well-formed, or more than white space follows the document.
  // After that nothing more may be written.
  base::Result<void> write(std::string_view piece);
  // Error{invalid} if the document is not whole.
  base::Result<void> finish();

 private:
  enum class Expect { value, value_or_end, key_or_end, key, colon, comma_or_end, nothing };
  enum class Reading { skeleton, key, scalar, string, container };
  struct Level {
    std::string path;
    bool is_object = false;
  };

  base::Result<void> take_skeleton(char c);
  base::Result<void> begin_value(char c);
  void end_value();
  base::Result<void> close(bool is_object);
  // How many bytes of `rest` belong to the record (or key) that is read; sets is_over if it ends with them.
  std::size_t measure(std::string_view rest, bool& is_over);
  void keep(std::string_view bytes);
  base::Error error(std::string_view what) const;

  std::set<std::string, std::less<>> walked_;
  OnRecord on_record_;
  std::vector<Level> levels_;
  Expect expect_ = Expect::value;
  Reading reading_ = Reading::skeleton;
  std::string path_;  // of the value that comes next
  std::string kept_;  // of the record or key that is read
  std::uint64_t offset_ = 0;
  std::uint64_t record_offset_ = 0;
  std::uint64_t element_ = 0;
  std::size_t depth_ = 0;  // of brackets inside the record
  bool is_too_long_ = false;
  bool is_in_string_ = false;
  bool is_escaped_ = false;
};

// A record as an object, with broken UTF-8 mended; nothing if it is no JSON object, or nested too deep.
std::optional<text::json::object> parse_record(std::string_view bytes);

// Members as readers of records need them: "" and nothing where they are missing or of another type. Numbers become text.
std::string text_member(const text::json::object& object, std::string_view name);
bool true_member(const text::json::object& object, std::string_view name);
const text::json::object* object_member(const text::json::object& object, std::string_view name);
// "score" is all that some formats say of votes: those for it less those against it.
news::Votes votes_of_score(const text::json::object& object);

}  // namespace import_
