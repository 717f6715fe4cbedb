#include "import/report.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <ostream>
#include <sstream>
#include <system_error>

#include "base/format.h"
#include "text/json.h"
#include "text/utf8.h"

namespace import_ {
namespace {

constexpr std::string_view notes_list = "";  // no kind has this name

// Texts of a foreign file may be anything; JSON is UTF-8.
text::json::value json_of(std::string_view text) { return text::json::value(text::to_valid_utf8(text)); }
text::json::value json_of(const LeftOut& item) { return {{"id", json_of(item.id)}, {"why", json_of(item.why)}}; }

template <class Items>
void write_items(std::ostream& out, const Items& items) {
  const char* comma = "";
  for (const auto& item : items) {
    out << comma << text::json::serialize(json_of(item));
    comma = ",";
  }
}

}  // namespace

void Report::imported(const std::string& kind) {
  KindCount& count = kinds_[kind];
  ++count.in;
  ++count.imported;
}

void Report::already(const std::string& kind) {
  KindCount& count = kinds_[kind];
  ++count.in;
  ++count.already;
}

void Report::left_out(const std::string& kind, std::string id, std::string why) {
  KindCount& count = kinds_[kind];
  ++count.in;
  ++count.left_out_count;
  LeftOut item{std::move(id), std::move(why)};
  if (count.left_out.size() < most_in_memory) {
    count.left_out.push_back(std::move(item));
  } else {
    spill(kind, text::json::serialize(json_of(item)));
  }
}

void Report::note(std::string sentence) {
  ++note_count_;
  if (notes_.size() < most_in_memory) {
    notes_.push_back(std::move(sentence));
  } else {
    spill(notes_list, text::json::serialize(json_of(sentence)));
  }
}

void Report::spill(std::string_view list, const std::string& json) {
  if (!spilled_) spilled_.reset(std::tmpfile());
  const std::string line = base::format("{}\t{}\n", list, json);
  if (!spilled_ || std::fwrite(line.data(), 1, line.size(), spilled_.get()) != line.size())
    throw std::system_error(errno, std::generic_category(), "the report's temporary file can't be written");
}

void Report::write_spilled(std::ostream& out, std::string_view list) const {
  if (!spilled_) return;
  std::rewind(spilled_.get());
  char* line = nullptr;
  std::size_t capacity = 0;
  for (ssize_t size = 0; (size = ::getline(&line, &capacity, spilled_.get())) > 0;) {
    const std::string_view text(line, static_cast<std::size_t>(size) - 1);
    const std::size_t tab = text.find('\t');
    if (text.substr(0, tab) == list) out << ',' << text.substr(tab + 1);
  }
  std::free(line);  // NOLINT: getline's
  std::fseek(spilled_.get(), 0, SEEK_END);
}

const KindCount& Report::of(const std::string& kind) const {
  static const KindCount none;
  const auto found = kinds_.find(kind);
  return found == kinds_.end() ? none : found->second;
}

std::string Report::to_text(std::size_t most) const {
  std::string text;
  for (const auto& [kind, count] : kinds_) {
    text += base::format("{:<12} {:>7} in the file, {:>7} imported, {:>7} already there, {:>5} left out\n", kind, count.in,
                         count.imported, count.already, count.left_out_count);
  }
  for (const auto& [kind, count] : kinds_) {
    for (std::size_t i = 0; i < count.left_out.size() && i < most; ++i) {
      text += base::format("left out: {} {}: {}\n", kind, count.left_out[i].id, count.left_out[i].why);
    }
    const auto untold = count.left_out_count - static_cast<std::int64_t>(std::min(most, count.left_out.size()));
    if (untold > 0) text += base::format("left out: {} more {}\n", untold, kind);
  }
  for (std::size_t i = 0; i < notes_.size() && i < most; ++i) text += notes_[i] + "\n";
  const auto untold = note_count_ - static_cast<std::int64_t>(std::min(most, notes_.size()));
  if (untold > 0) text += base::format("and {} more notes\n", untold);
  return text;
}

void Report::write_json(std::ostream& out, std::string_view error) const {
  out << '{';
  if (!error.empty()) out << R"("error":)" << text::json::serialize(json_of(error)) << ',';
  for (const auto& [kind, count] : kinds_) {
    out << text::json::serialize(json_of(kind))
        << base::format(R"(:{{"in":{},"imported":{},"already":{},"left_out":[)", count.in, count.imported, count.already);
    write_items(out, count.left_out);
    write_spilled(out, kind);
    out << "]},";
  }
  out << R"("notes":[)";
  write_items(out, notes_);
  write_spilled(out, notes_list);
  out << "]}\n";
}

std::string Report::to_json() const {
  std::ostringstream out;
  write_json(out);
  return out.str();
}

}  // namespace import_
