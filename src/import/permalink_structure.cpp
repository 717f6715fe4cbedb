#include "import/permalink_structure.h"

#include <algorithm>
#include <cstdio>
#include <map>

#include "base/format.h"
#include "text/url.h"

namespace import_ {
namespace {

using base::format;

constexpr std::size_t most_segments = 8;
constexpr std::size_t most_candidates = 64;  // structures that one link may mean

std::string decoded(std::string_view text) { return text::percent_decode(text).value_or(std::string(text)); }

struct Token {
  std::string tag, value;
};

// What each tag stands for in this sample.
std::vector<Token> tokens_of(const PermalinkSample& sample) {
  const text::CivilTime& date = sample.date;
  return {{"%postname%", decoded(sample.slug)},
          {"%post_id%", std::to_string(sample.id)},
          {"%year%", format("{:04}", date.year)},
          {"%monthnum%", format("{:02}", date.month)},
          {"%day%", format("{:02}", date.day)},
          {"%hour%", format("{:02}", date.hour)},
          {"%minute%", format("{:02}", date.minute)},
          {"%second%", format("{:02}", date.second)},
          {"%author%", sample.author}};
}

// Ways to join tags in one segment, as people write them into the settings.
constexpr std::string_view patterns[] = {"%postname%",
                                         "%post_id%",
                                         "%year%",
                                         "%monthnum%",
                                         "%day%",
                                         "%author%",
                                         "%hour%",
                                         "%minute%",
                                         "%second%",
                                         "%post_id%-%postname%",
                                         "%postname%-%post_id%",
                                         "%post_id%_%postname%",
                                         "%year%-%monthnum%-%day%",
                                         "%year%%monthnum%%day%",
                                         "%year%-%monthnum%",
                                         "%monthnum%-%day%",
                                         "%year%%monthnum%",
                                         "%year%-%monthnum%-%day%-%postname%",
                                         "p%post_id%"};
constexpr std::string_view endings[] = {"", ".html", ".htm", ".php"};

std::string filled(std::string_view pattern, const std::vector<Token>& tokens) {
  std::string out(pattern);
  for (const Token& token : tokens) {
    const std::size_t at = out.find(token.tag);
    if (at == std::string::npos) continue;
    if (token.value.empty()) return {};
    out.replace(at, token.tag.size(), token.value);
  }
  return out;
}

// What a segment may mean, the likeliest first; itself if nothing else, unless a sign in it would mean something else in a
// structure.
std::vector<std::string> meanings_of(const std::string& segment, const PermalinkSample& sample,
                                     const std::vector<Token>& tokens) {
  std::vector<std::string> meanings;
  for (const std::string_view ending : endings) {
    if (!segment.ends_with(ending) || segment.size() == ending.size()) continue;
    const std::string_view stem = std::string_view(segment).substr(0, segment.size() - ending.size());
    for (const std::string_view pattern : patterns)
      if (stem == filled(pattern, tokens)) meanings.push_back(std::string(pattern) + std::string(ending));
  }
  for (const std::string& category : sample.categories)
    if (segment == decoded(category)) meanings.emplace_back("%category%");
  if (segment.find_first_of("%?#") == std::string::npos) meanings.push_back(segment);
  return meanings;
}

// A category's address names its parents before it: they are no fixed words.
std::string join(const std::vector<std::string>& segments, bool ends_in_slash) {
  std::string structure;
  for (const std::string& segment : segments) structure += "/" + segment;
  for (std::size_t at; (at = structure.find("/%category%/%category%")) != std::string::npos;) structure.erase(at, 11);
  return structure + (ends_in_slash ? "/" : "");
}

bool tells_articles_apart(std::string_view structure) {
  return structure.find("%postname%") != std::string_view::npos || structure.find("%post_id%") != std::string_view::npos;
}

// Every structure that would have made this link.
std::vector<std::string> structures_of(const PermalinkSample& sample) {
  const std::optional<text::Url> url = text::parse_url(sample.link);
  if (!url) return {};
  if (url->query == "p=" + std::to_string(sample.id)) return {""};
  const std::vector<Token> tokens = tokens_of(sample);
  std::vector<std::vector<std::string>> partial{{}};
  std::size_t from = 1;
  std::size_t segments = 0;
  for (; from < url->path.size(); ++segments) {
    const std::size_t end = std::min(url->path.find('/', from), url->path.size());
    const std::vector<std::string> meanings = meanings_of(decoded(url->path.substr(from, end - from)), sample, tokens);
    std::vector<std::vector<std::string>> longer;
    for (const std::vector<std::string>& start : partial)
      for (const std::string& meaning : meanings) {
        if (longer.size() >= most_candidates) break;
        longer.push_back(start);
        longer.back().push_back(meaning);
      }
    partial = std::move(longer);
    from = end + 1;
  }
  std::vector<std::string> structures;
  if (segments == 0 || segments > most_segments) return structures;
  for (const std::vector<std::string>& whole : partial) {
    std::string structure = join(whole, url->path.ends_with('/'));
    if (tells_articles_apart(structure)) structures.push_back(std::move(structure));
  }
  std::sort(structures.begin(), structures.end());
  structures.erase(std::unique(structures.begin(), structures.end()), structures.end());
  return structures;
}

std::size_t count_tags(std::string_view structure) {
  return static_cast<std::size_t>(std::count(structure.begin(), structure.end(), '%')) / 2;
}

// Where WordPress puts archives: behind the fixed words at the structure's beginning, and under "date" if a number would clash.
news::PermalinkRules rules_of(const std::string& structure) {
  news::PermalinkRules rules;
  rules.article = structure;
  if (structure.empty()) return rules;
  std::string front = structure.substr(0, structure.find('%'));
  front.erase(front.rfind('/'));
  rules.section_base = front + "/category";
  rules.tag_base = front + "/tag";
  rules.author_base = front + "/author";
  const std::size_t id = structure.find("%post_id%");
  const bool clashes = id != std::string::npos && count_tags(std::string_view(structure).substr(0, id)) < 3;
  rules.date_base = front + (clashes ? "/date" : "");
  return rules;
}

}  // namespace

std::optional<news::PermalinkRules> recognise_permalinks(const std::vector<PermalinkSample>& samples) {
  std::map<std::string, std::size_t> votes;
  for (const PermalinkSample& sample : samples)
    for (const std::string& structure : structures_of(sample)) ++votes[structure];
  const std::string* best = nullptr;
  std::size_t most = 0;
  for (const auto& [structure, count] : votes) {
    // Of two that explain as many links the one with more tags holds for the next article too.
    const bool is_better = count > most || (count == most && best != nullptr && count_tags(structure) > count_tags(*best));
    if (!is_better) continue;
    best = &structure;
    most = count;
  }
  if (best == nullptr || most * 2 < samples.size()) return std::nullopt;
  return rules_of(*best);
}

std::optional<text::CivilTime> parse_wordpress_date(std::string_view date) {
  text::CivilTime time;
  const std::string text(date.substr(0, 19));
  const int read = std::sscanf(text.c_str(), "%4d-%2d-%2d %2d:%2d:%2d", &time.year, &time.month, &time.day, &time.hour,
                               &time.minute, &time.second);
  const bool is_valid = read >= 3 && time.year > 0 && time.month >= 1 && time.month <= 12 && time.day >= 1 && time.day <= 31 &&
                        time.hour >= 0 && time.hour < 24 && time.minute >= 0 && time.minute < 60 && time.second >= 0 &&
                        time.second < 61;
  return is_valid ? std::optional(time) : std::nullopt;
}

}  // namespace import_
