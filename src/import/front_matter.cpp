#include "import/front_matter.h"

#include <yaml-cpp/anchor.h>
#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "base/format.h"
#include "text/language.h"
#include "text/slug.h"
#include "text/url.h"
#include "text/utf8.h"

namespace import_ {
namespace {

using base::Errc;
using base::Error;
using base::format;

constexpr std::size_t most_entries = 200;  // in one list
constexpr std::string_view example = "---\ntitle: The bridge is open\nsection: Town\nauthors: [Ada Miller]\n---\n\nThe text.";

Error refusal(std::string sentence) { return {Errc::invalid, std::move(sentence), {}}; }

// The block between the "---" lines.
struct Parts {
  std::string_view yaml;
  std::string_view body;
  std::size_t body_line = 1;
};

std::string_view take_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
  return line;
}

base::Result<Parts> split_file(std::string_view text, const std::string& name) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::string_view rest = text;
  if (take_line(rest) != "---")
    return refusal(format("{}, line 1: the file has no front matter. Begin it like this:\n\n{}", name, example));
  const std::string_view yaml = rest;
  for (std::size_t line = 2; !rest.empty(); ++line) {
    const auto size = static_cast<std::size_t>(rest.data() - yaml.data());
    const std::string_view content = take_line(rest);
    if (size > max_front_matter_bytes)
      return refusal(format("{}: the front matter is longer than 64 KB. Is the closing line --- missing?", name));
    if (content == "---" || content == "...") return Parts{yaml.substr(0, size), rest, line + 1};
  }
  return refusal(format("{}: the front matter that begins in line 1 has no closing line ---. Put one before the text.", name));
}

// Anchors and aliases multiply; nothing here needs them.
class NoAnchors final : public YAML::EventHandler {
 public:
  bool found() const { return found_; }
  bool is_deep() const { return is_deep_; }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t anchor) override { see(anchor); }
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override { found_ = true; }
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t anchor, const std::string&) override { see(anchor); }
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    enter(anchor);
  }
  void OnSequenceEnd() override { --depth_; }
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    enter(anchor);
  }
  void OnMapEnd() override { --depth_; }

 private:
  void see(YAML::anchor_t anchor) { found_ = found_ || anchor != 0; }
  void enter(YAML::anchor_t anchor) {
    see(anchor);
    is_deep_ = is_deep_ || ++depth_ > 16;
  }

  bool found_ = false;
  bool is_deep_ = false;
  int depth_ = 0;
};

base::Result<YAML::Node> parse_yaml(std::string_view yaml, const std::string& name) {
  const std::string text(yaml);
  try {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    NoAnchors check;
    parser.HandleNextDocument(check);
    if (check.found())
      return refusal(format(
          "{}: the front matter uses YAML anchors (& or *), which are not accepted. Write the value out, or quote it.", name));
    if (check.is_deep()) return refusal(format("{}: the front matter is nested too deeply.", name));
    const YAML::Node root = YAML::Load(text);
    if (!root.IsMap())
      return refusal(format("{}, line 2: the front matter has no keys. Write it like this:\n\n{}", name, example));
    return root;
  } catch (const YAML::DeepRecursion&) {
    return refusal(format("{}: the front matter is nested too deeply.", name));
  } catch (const YAML::Exception& problem) {
    return refusal(format(
        "{}, line {}: the front matter can't be read as YAML ({}). A value with a colon or a quote in it needs quotes around it.",
        name, problem.mark.is_null() ? 2 : problem.mark.line + 2, problem.msg));
  }
}

std::string trimmed(std::string text) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  while (!text.empty() && is_space(text.back())) text.pop_back();
  text.erase(text.begin(), std::find_if_not(text.begin(), text.end(), is_space));
  return text;
}

class FrontMatterReader {
 public:
  FrontMatterReader(const std::string& name, const text::TimeZone& zone, base::Time now) : name_(name), zone_(zone), now_(now) {}

  void read(const YAML::Node& root);
  base::Result<FrontMatter> finish();
  std::vector<std::string> take_warnings() { return std::move(warnings_); }

 private:
  using Setter = void (FrontMatterReader::*)(const YAML::Node&);
  struct Key {
    std::string_view name;
    Setter set;
  };
  static const Key keys[];

  void problem(const YAML::Node& at, std::string_view what);
  std::string line(const YAML::Node& value);                // one line of text
  std::vector<std::string> names(const YAML::Node& value);  // "a, b" or [a, b]
  std::vector<std::string> list(const YAML::Node& value, bool splits_at_commas);
  std::optional<bool> yes_or_no(const YAML::Node& value);
  std::optional<base::Time> time(const YAML::Node& value);

  void set_title(const YAML::Node& value) { front_.title = line(value); }
  void set_standfirst(const YAML::Node& value) { front_.standfirst = line(value); }
  void set_sections(const YAML::Node& value);
  void set_tags(const YAML::Node& value) { front_.tags = names(value); }
  void set_authors(const YAML::Node& value) { front_.authors = names(value); }
  void set_date(const YAML::Node& value) { front_.date = time(value); }
  void set_updated(const YAML::Node& value) { front_.updated = time(value); }
  void set_slug(const YAML::Node& value);
  void set_image(const YAML::Node& value);
  void set_comments(const YAML::Node& value);
  void set_language(const YAML::Node& value);
  void set_dateline(const YAML::Node& value) { front_.dateline = line(value); }
  void set_status(const YAML::Node& value);
  void set_draft(const YAML::Node& value);
  void set_published(const YAML::Node& value);
  void set_kind(const YAML::Node& value);
  void set_parent(const YAML::Node& value) { front_.parent = line(value); }
  void set_sticky(const YAML::Node& value) { front_.is_sticky = yes_or_no(value).value_or(false); }
  void set_password(const YAML::Node& value) { front_.password = line(value); }
  void ignore(const YAML::Node&) {}

  const std::string& name_;
  const text::TimeZone& zone_;
  base::Time now_;
  FrontMatter front_;
  std::string key_;  // the one that is being read
  std::vector<std::string> problems_;
  std::vector<base::FieldError> fields_;
  std::vector<std::string> warnings_;
};

const FrontMatterReader::Key FrontMatterReader::keys[] = {
    {"title", &FrontMatterReader::set_title},
    {"headline", &FrontMatterReader::set_title},
    {"standfirst", &FrontMatterReader::set_standfirst},
    {"description", &FrontMatterReader::set_standfirst},
    {"excerpt", &FrontMatterReader::set_standfirst},
    {"summary", &FrontMatterReader::set_standfirst},
    {"subtitle", &FrontMatterReader::set_standfirst},
    {"section", &FrontMatterReader::set_sections},
    {"sections", &FrontMatterReader::set_sections},
    {"category", &FrontMatterReader::set_sections},
    {"categories", &FrontMatterReader::set_sections},
    {"tag", &FrontMatterReader::set_tags},
    {"tags", &FrontMatterReader::set_tags},
    {"keywords", &FrontMatterReader::set_tags},
    {"author", &FrontMatterReader::set_authors},
    {"authors", &FrontMatterReader::set_authors},
    {"date", &FrontMatterReader::set_date},
    {"publishdate", &FrontMatterReader::set_date},
    {"updated", &FrontMatterReader::set_updated},
    {"lastmod", &FrontMatterReader::set_updated},
    {"last_modified_at", &FrontMatterReader::set_updated},
    {"slug", &FrontMatterReader::set_slug},
    {"image", &FrontMatterReader::set_image},
    {"cover", &FrontMatterReader::set_image},
    {"featured_image", &FrontMatterReader::set_image},
    {"comments", &FrontMatterReader::set_comments},
    {"language", &FrontMatterReader::set_language},
    {"lang", &FrontMatterReader::set_language},
    {"dateline", &FrontMatterReader::set_dateline},
    {"status", &FrontMatterReader::set_status},
    {"draft", &FrontMatterReader::set_draft},
    {"published", &FrontMatterReader::set_published},
    {"kind", &FrontMatterReader::set_kind},
    {"type", &FrontMatterReader::set_kind},
    {"layout", &FrontMatterReader::ignore},
    {"parent", &FrontMatterReader::set_parent},
    {"sticky", &FrontMatterReader::set_sticky},
    {"pinned", &FrontMatterReader::set_sticky},
    {"password", &FrontMatterReader::set_password},
};

void FrontMatterReader::read(const YAML::Node& root) {
  std::set<std::string> seen;
  for (const auto& entry : root) {
    if (!entry.first.IsScalar()) {
      problem(entry.first, "a key must be a word");
      continue;
    }
    key_ = entry.first.Scalar();
    std::string lower = key_;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const auto* key = std::find_if(std::begin(keys), std::end(keys), [&](const Key& k) { return k.name == lower; });
    if (!seen.insert(lower).second) {
      problem(entry.first, "the key stands here twice; keep one");
    } else if (key == std::end(keys)) {
      warnings_.push_back(
          format("{}, line {}: nobody knows the key \"{}\"; it was ignored.", name_, entry.first.Mark().line + 2, key_));
    } else if (!entry.second.IsNull()) {
      (this->*key->set)(entry.second);
    }
  }
}

base::Result<FrontMatter> FrontMatterReader::finish() {
  if (front_.title.empty() && problems_.empty()) {
    problems_.push_back(format("{}, line 2: title is missing. Add a line like \"title: The bridge is open\".", name_));
    fields_.push_back({"title", "missing"});
  }
  if (!problems_.empty()) {
    std::string all;
    for (const std::string& sentence : problems_) all += (all.empty() ? "" : "\n") + sentence;
    return Error{Errc::invalid, std::move(all), std::move(fields_)};
  }
  if (front_.status == FileStatus::published && front_.date && *front_.date > now_) front_.status = FileStatus::scheduled;
  return std::move(front_);
}

void FrontMatterReader::problem(const YAML::Node& at, std::string_view what) {
  problems_.push_back(format("{}, line {}: {}: {}.", name_, at.Mark().line + 2, key_, what));
  fields_.push_back({key_, "invalid"});
}

std::string FrontMatterReader::line(const YAML::Node& value) {
  if (!value.IsScalar()) {
    problem(value, "one line of text is wanted here, not a list");
    return {};
  }
  return text::clean_line(value.Scalar());
}

std::vector<std::string> FrontMatterReader::list(const YAML::Node& value, bool splits_at_commas) {
  std::vector<std::string> entries;
  const auto add = [&entries](std::string entry) {
    if (!entry.empty() && std::find(entries.begin(), entries.end(), entry) == entries.end()) entries.push_back(std::move(entry));
  };
  if (value.IsScalar()) {
    const std::string all = line(value);
    std::size_t from = 0;
    for (std::size_t at = splits_at_commas ? all.find(',') : std::string::npos; at != std::string::npos;
         at = all.find(',', from)) {
      add(trimmed(all.substr(from, at - from)));
      from = at + 1;
    }
    add(trimmed(all.substr(from)));
  } else if (value.IsSequence() && value.size() <= most_entries) {
    for (const YAML::Node& entry : value) {
      if (entry.IsMap() && entry["name"] && entry["name"].IsScalar()) {
        add(text::clean_line(entry["name"].Scalar()));  // Hugo's authors
      } else {
        add(line(entry));
      }
    }
  } else {
    problem(value, "a word or a list like [one, two] is wanted here");
  }
  return entries;
}

std::vector<std::string> FrontMatterReader::names(const YAML::Node& value) { return list(value, true); }

void FrontMatterReader::set_sections(const YAML::Node& value) {
  for (std::string& path : list(value, true))
    if (std::find(front_.sections.begin(), front_.sections.end(), path) == front_.sections.end())
      front_.sections.push_back(std::move(path));
}

std::optional<bool> FrontMatterReader::yes_or_no(const YAML::Node& value) {
  std::string word = value.IsScalar() ? value.Scalar() : std::string();
  std::transform(word.begin(), word.end(), word.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  for (const std::string_view yes : {"true", "yes", "on", "open", "1"})
    if (word == yes) return true;
  for (const std::string_view no : {"false", "no", "off", "closed", "0"})
    if (word == no) return false;
  problem(value, "true or false is wanted here");
  return std::nullopt;
}

std::optional<base::Time> FrontMatterReader::time(const YAML::Node& value) {
  const std::string written = line(value);
  // Jekyll puts a space before the offset: "2026-11-23 21:54:00 +0100".
  std::string plain = written;
  const std::size_t sign = plain.find_last_of("+-");
  if (sign != std::string::npos && sign > 11 && plain[sign - 1] == ' ') plain.erase(sign - 1, 1);
  const std::size_t offset = plain.find_last_of("+-");
  if (offset != std::string::npos && offset > 11 && plain.size() == offset + 5) plain.insert(offset + 3, ":");
  if (plain.size() > 11 && plain[10] == ' ' && plain.find_first_of("+Z", 11) != std::string::npos) plain[10] = 'T';
  std::optional<base::Time> found = text::parse_time(plain, zone_);
  if (!found)
    problem(value, format("\"{}\" is no date. Write 2026-11-23, 2026-11-23 21:54 or 2026-11-23T21:54:00+01:00", written));
  return found;
}

void FrontMatterReader::set_slug(const YAML::Node& value) {
  const std::string wanted = line(value);
  front_.slug = text::slugify(wanted, 200);
  if (front_.slug != wanted)
    problem(value, format("\"{}\" can't be an address. Use small letters, digits and hyphens, for example \"{}\"", wanted,
                          front_.slug.empty() ? "the-bridge-is-open" : front_.slug));
}

void FrontMatterReader::set_image(const YAML::Node& value) {
  FrontMatterImage image;
  if (value.IsMap()) {
    for (const auto& entry : value) {
      const std::string part = entry.first.IsScalar() ? entry.first.Scalar() : std::string();
      std::string* into = nullptr;
      if (part == "file" || part == "src" || part == "path" || part == "url" || part == "image") into = &image.file;
      if (part == "alt") into = &image.alt;
      if (part == "caption" || part == "title") into = &image.caption;
      if (part == "credit") into = &image.credit;
      if (into == nullptr) {
        warnings_.push_back(
            format("{}, line {}: nobody knows \"{}\" in {}; it was ignored.", name_, entry.first.Mark().line + 2, part, key_));
      } else if (!entry.second.IsNull()) {
        *into = line(entry.second);
      }
    }
  } else {
    image.file = line(value);
  }
  if (image.file.empty())
    return problem(value, "the file is missing. Write \"image: bridge.jpg\", or file, alt, caption and credit below image");
  front_.image = std::move(image);
}

void FrontMatterReader::set_comments(const YAML::Node& value) { front_.comments_open = yes_or_no(value); }

void FrontMatterReader::set_language(const YAML::Node& value) {
  front_.language = line(value);
  if (!text::is_language_tag(front_.language))
    problem(value, format("\"{}\" is no language. Write en, de or pt-BR", front_.language));
}

void FrontMatterReader::set_status(const YAML::Node& value) {
  const std::string word = line(value);
  if (word == "published" || word == "publish" || word == "scheduled" || word == "future") return;  // the date tells these apart
  if (word == "draft") {
    front_.status = FileStatus::draft;
  } else if (word == "private") {
    front_.status = FileStatus::withheld;
  } else {
    problem(value, format("\"{}\" is no status. Write published, draft, scheduled or private", word));
  }
}

void FrontMatterReader::set_draft(const YAML::Node& value) {
  if (yes_or_no(value).value_or(false)) front_.status = FileStatus::draft;
}

void FrontMatterReader::set_published(const YAML::Node& value) {
  if (!yes_or_no(value).value_or(true)) front_.status = FileStatus::draft;
}

void FrontMatterReader::set_kind(const YAML::Node& value) {
  const std::string word = line(value);
  if (word == "page") {
    front_.kind = FileKind::page;
  } else if (word != "article" && word != "post" && word != "posts" && word != "news") {
    problem(value, format("\"{}\" is no kind. Write article or page", word));
  }
}

}  // namespace

base::Result<MarkdownFile> parse_markdown_file(std::string_view text, const std::string& name, const text::TimeZone& zone,
                                               base::Time now) {
  if (!text::is_valid_utf8(text)) return refusal(format("{}: the file is not UTF-8 text. Save it as UTF-8 and try again.", name));
  const Parts parts = TRY(split_file(text, name));
  const YAML::Node root = TRY(parse_yaml(parts.yaml, name));
  FrontMatterReader reader(name, zone, now);
  reader.read(root);
  MarkdownFile file;
  file.front = TRY(reader.finish());
  file.warnings = reader.take_warnings();
  file.body = std::string(parts.body);
  file.body_line = parts.body_line;
  return file;
}

}  // namespace import_
