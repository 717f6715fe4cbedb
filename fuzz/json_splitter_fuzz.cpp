// Any bytes as a JSON document of comments: however it is cut into pieces the same records come, each is what stands in the
// document, and nothing that is well-formed is refused. The first byte says how long the pieces are.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "import/json_splitter.h"

namespace {

void demand(bool claim) {
  if (!claim) std::abort();
}

struct Record {
  std::string path, bytes;
  std::uint64_t offset, element;
  bool operator==(const Record&) const = default;
};

struct Outcome {
  bool is_read = false;
  std::vector<Record> records;
  bool operator==(const Outcome&) const = default;
};

Outcome split(std::string_view document, std::size_t piece) {
  Outcome outcome;
  import_::JsonSplitter splitter(
      {"", "[]", "comments", "comments[]", "[].comments"}, [&](const import_::JsonSplitter::Record& record) {
        outcome.records.push_back({std::string(record.path), std::string(record.bytes), record.offset, record.element});
      });
  for (std::size_t at = 0; at < document.size(); at += piece) {
    if (!splitter.write(document.substr(at, piece))) return outcome;
  }
  outcome.is_read = static_cast<bool>(splitter.finish());
  return outcome;
}

// A name of any length is JSON, and the splitter refuses the longest ones.
constexpr std::size_t most_bytes = 1000;

bool is_json(std::string_view document) {
  text::json::error_code failure;
  text::json::parse(text::json::string_view(document.data(), document.size()), failure);
  return !failure;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view document(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Outcome whole = split(document, document.size() + 1);
  demand(split(document, 1 + data[0] % 16) == whole);
  if (document.size() <= most_bytes && is_json(document)) demand(whole.is_read);
  for (const Record& record : whole.records) {
    demand(document.substr(record.offset, record.bytes.size()) == record.bytes);
    if (const auto object = import_::parse_record(record.bytes)) {
      (void)import_::text_member(*object, "id");
      (void)import_::votes_of_score(*object);
    }
  }
  return 0;
}
