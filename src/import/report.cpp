#include "import/report.h"

#include "base/format.h"
#include "text/json.h"

namespace import_ {

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
  count.left_out.push_back({std::move(id), std::move(why)});
}

void Report::note(std::string sentence) { notes_.push_back(std::move(sentence)); }

const KindCount& Report::of(const std::string& kind) const {
  static const KindCount none;
  const auto found = kinds_.find(kind);
  return found == kinds_.end() ? none : found->second;
}

std::string Report::to_text(std::size_t most) const {
  std::string text;
  for (const auto& [kind, count] : kinds_) {
    text += base::format("{:<12} {:>7} in the file, {:>7} imported, {:>7} already there, {:>5} left out\n", kind, count.in, count.imported,
                         count.already, count.left_out.size());
  }
  for (const auto& [kind, count] : kinds_) {
    for (std::size_t i = 0; i < count.left_out.size() && i < most; ++i) {
      text += base::format("left out: {} {}: {}\n", kind, count.left_out[i].id, count.left_out[i].why);
    }
    if (count.left_out.size() > most) text += base::format("left out: {} more {}\n", count.left_out.size() - most, kind);
  }
  for (std::size_t i = 0; i < notes_.size() && i < most; ++i) text += notes_[i] + "\n";
  if (notes_.size() > most) text += base::format("and {} more notes\n", notes_.size() - most);
  return text;
}

std::string Report::to_json() const {
  text::json::object document;
  for (const auto& [kind, count] : kinds_) {
    text::json::array left_out;
    for (const LeftOut& item : count.left_out) left_out.push_back({{"id", item.id}, {"why", item.why}});
    document[kind] = {{"in", count.in}, {"imported", count.imported}, {"already", count.already}, {"left_out", std::move(left_out)}};
  }
  text::json::array notes;
  for (const std::string& sentence : notes_) notes.push_back(text::json::string(sentence));
  document["notes"] = std::move(notes);
  return text::json::serialize(document) + "\n";
}

}  // namespace import_
