// What became of every item of an import: in = imported + already + left out (invariant 9), for people and as JSON.
#pragma once

#include <cstdint>
#include <map>
#include <string>
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
  std::vector<LeftOut> left_out;
};

// Kinds are named as the source names them, in the plural: "authors", "categories", "posts", "comments", "media" ….
class Report {
 public:
  void imported(const std::string& kind);
  void already(const std::string& kind);
  void left_out(const std::string& kind, std::string id, std::string why);
  // Something the operator should know that is no item's fate: "line 17: …".
  void note(std::string sentence);

  const KindCount& of(const std::string& kind) const;
  const std::map<std::string, KindCount>& kinds() const { return kinds_; }
  const std::vector<std::string>& notes() const { return notes_; }

  // Lines for a terminal; at most `most` left-out items and notes are listed each.
  std::string to_text(std::size_t most) const;
  // {"posts":{"in":3,"imported":2,"already":0,"left_out":[{"id":"17","why":"…"}]},…,"notes":[…]}
  std::string to_json() const;

 private:
  std::map<std::string, KindCount> kinds_;
  std::vector<std::string> notes_;
};

}  // namespace import_
