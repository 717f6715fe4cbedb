#include "view/catalogue.h"

#include <algorithm>
#include <stdexcept>

#include "base/format.h"
#include "embedded_themes.h"
#include "text/language.h"

namespace view {

namespace {

using Texts = std::map<std::string, std::string, std::less<>>;

constexpr std::string_view folder = "messages/";
constexpr std::string_view ending = ".txt";

std::string_view trim(std::string_view line) {
  constexpr std::string_view blank = " \t\r";
  const auto from = line.find_first_not_of(blank);
  if (from == std::string_view::npos) return {};
  return line.substr(from, line.find_last_not_of(blank) - from + 1);
}

std::string_view unquote(std::string_view text) {
  const bool quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
  return quoted ? text.substr(1, text.size() - 2) : text;
}

std::string_view language_of_path(std::string_view path) {
  if (!path.starts_with(folder) || !path.ends_with(ending)) return {};
  return path.substr(folder.size(), path.size() - folder.size() - ending.size());
}

const base::EmbeddedFile* find_file(std::string_view language) {
  for (const base::EmbeddedFile& file : embedded_themes()) {
    if (language_of_path(file.path) == language) return &file;
  }
  return nullptr;
}

Texts load_shipped(std::string_view language) {
  const base::EmbeddedFile* file = find_file(language);
  if (file == nullptr) throw std::logic_error("the catalogue of messages is not in the program: " + std::string(language));
  auto texts = parse_catalogue(file->path, file->content);
  if (!texts) throw std::logic_error(texts.error().key);
  return *std::move(texts);
}

std::string fill_in(std::string_view pattern, std::initializer_list<Argument> arguments) {
  std::string filled;
  while (!pattern.empty()) {
    const auto open = pattern.find('{');
    const auto close = open == std::string_view::npos ? open : pattern.find('}', open);
    if (close == std::string_view::npos) break;
    const std::string_view name = pattern.substr(open + 1, close - open - 1);
    const auto given = std::find_if(arguments.begin(), arguments.end(), [&](const Argument& one) { return one.name == name; });
    filled += pattern.substr(0, open);
    filled += given == arguments.end() ? pattern.substr(open, close - open + 1) : given->value;
    pattern.remove_prefix(close + 1);
  }
  return filled += pattern;
}

}  // namespace

base::Result<Texts> parse_catalogue(std::string_view name, std::string_view file) {
  Texts texts;
  int number = 0;
  while (!file.empty()) {
    ++number;
    const auto end = file.find('\n');
    const std::string_view line = trim(file.substr(0, end));
    file.remove_prefix(end == std::string_view::npos ? file.size() : end + 1);
    if (line.empty() || line.starts_with('#')) continue;
    const auto equals = line.find('=');
    const std::string_view key = equals == std::string_view::npos ? std::string_view{} : trim(line.substr(0, equals));
    if (key.empty()) {
      return base::Error{base::Errc::invalid, base::format("{}, line {}: write it as key = text", name, number), {}};
    }
    if (!texts.emplace(key, unquote(trim(line.substr(equals + 1)))).second) {
      return base::Error{base::Errc::invalid, base::format("{}, line {}: {} stands here a second time", name, number, key), {}};
    }
  }
  return texts;
}

std::vector<std::string> Catalogue::languages() {
  std::vector<std::string> all;
  for (const base::EmbeddedFile& file : embedded_themes()) {
    if (const auto language = language_of_path(file.path); !language.empty()) all.emplace_back(language);
  }
  return all;
}

Catalogue Catalogue::of(std::string_view language) {
  Catalogue made;
  // The first subtag names the language; case does not matter in BCP 47.
  std::string primary(language.substr(0, language.find_first_of("-_")));
  std::transform(primary.begin(), primary.end(), primary.begin(),
                 [](char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter; });
  made.language_ = !primary.empty() && find_file(primary) != nullptr ? primary : "en";
  made.texts_ = load_shipped(made.language_);
  if (made.language_ != "en") made.fallback_ = load_shipped("en");
  return made;
}

const std::string* Catalogue::find(std::string_view key) const {
  if (const auto own = texts_.find(key); own != texts_.end()) return &own->second;
  if (const auto english = fallback_.find(key); english != fallback_.end()) return &english->second;
  return nullptr;
}

bool Catalogue::has(std::string_view key) const { return find(key) != nullptr; }

std::string Catalogue::text(std::string_view key, std::initializer_list<Argument> arguments) const {
  const std::string* found = find(key);
  return found == nullptr ? std::string(key) : fill_in(*found, arguments);
}

std::string Catalogue::count(std::string_view key, std::int64_t count, std::initializer_list<Argument> arguments) const {
  const std::string base(key);
  const std::string* found = find(base + "." + std::string(text::plural_category(language_, count)));
  if (found == nullptr) found = find(base + ".other");
  if (found == nullptr) return base;
  const std::string number = text::format_number(count, language_);
  return fill_in(fill_in(*found, {{"count", number}}), arguments);
}

}  // namespace view
