// The texts of the interface, by key and language: shipped files of lines `key = text` (themes/messages/LANGUAGE.txt), plural
// forms as `key.one`, `key.other` and so on in the categories of CLDR. Gives plain text only: who puts it into a page escapes it.
// Never knows what an article says, and never fails: a key that a language lacks is taken from English, and one that nobody knows
// gives the key.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace view {

// What stands for {name} in a text.
struct Argument {
  std::string_view name;
  std::string_view value;  // plain text
};

// Immutable after construction, so thread-safe.
class Catalogue {
 public:
  // The catalogue for a BCP 47 tag: "de-AT" takes "de", a language that is not shipped takes English.
  static Catalogue of(std::string_view language);
  // The languages that are shipped, sorted.
  static std::vector<std::string> languages();

  // The language its texts are written in, which may differ from the one asked for.
  const std::string& language() const { return language_; }

  std::string text(std::string_view key, std::initializer_list<Argument> arguments = {}) const;
  // The plural form for `count`; {count} in it is the number as the language writes it.
  std::string count(std::string_view key, std::int64_t count, std::initializer_list<Argument> arguments = {}) const;

  bool has(std::string_view key) const;
  // Every key with its text, as it stands in the file of the language: for tests and for people who translate.
  const std::map<std::string, std::string, std::less<>>& texts() const& { return texts_; }
  void texts() && = delete;  // it would outlive its owner

 private:
  using Texts = std::map<std::string, std::string, std::less<>>;
  const std::string* find(std::string_view key) const;

  std::string language_;
  Texts texts_;
  Texts fallback_;  // English; empty if this is English
};

// Reads lines `key = text`; empty lines and lines that begin with '#' are skipped. Error{invalid, "NAME, line 3: …"} for anything
// else and for a key that stands there twice.
base::Result<std::map<std::string, std::string, std::less<>>> parse_catalogue(std::string_view name, std::string_view file);

}  // namespace view
