// What became of every item of an import: in = imported + already + left out (invariant 9), for people and as JSON. However many
// were left out, memory holds the first of them only: the others wait in a temporary file without a name.
#pragma once

#include <cstdint>
#include <cstdio>
#include <iosfwd>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace import_ {

struct LeftOut {
  std::string id;   // as the source names it
  std::string why;  // a plain sentence
};

struct KindCount {
  std::int64_t in = 0;
  std::int64_t imported = 0;
  std::int64_t already = 0;
  std::int64_t left_out_count = 0;
  std::vector<LeftOut> left_out;  // the first Report::most_in_memory of them
};

// Kinds are named as the source names them, in the plural: "authors", "categories", "posts", "comments", "media" ….
class Report {
 public:
  static constexpr std::size_t most_in_memory = 5'000;

  void imported(const std::string& kind);
  void already(const std::string& kind);
  void left_out(const std::string& kind, std::string id, std::string why);
  // Something the operator should know that is no item's fate: "line 17: …".
  void note(std::string sentence);

  const KindCount& of(const std::string& kind) const;
  const std::map<std::string, KindCount>& kinds() const { return kinds_; }
  const std::vector<std::string>& notes() const { return notes_; }  // the first most_in_memory of them

  // Lines for a terminal; at most `most` left-out items and notes are listed each.
  std::string to_text(std::size_t most) const;
  // {"posts":{"in":3,"imported":2,"already":0,"left_out":[{"id":"17","why":"…"}]},…,"notes":[…]}
  // and first "error":"…" if the import ended before its end because of one.
  void write_json(std::ostream& out, std::string_view error = {}) const;
  std::string to_json() const;

 private:
  struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  void spill(std::string_view list, const std::string& json);
  // Writes what was spilled of a list, each with a comma before it.
  void write_spilled(std::ostream& out, std::string_view list) const;

  std::map<std::string, KindCount> kinds_;
  std::vector<std::string> notes_;
  std::int64_t note_count_ = 0;
  std::unique_ptr<std::FILE, CloseFile> spilled_;  // lines: the list's name, a tab, JSON
};

}  // namespace import_
