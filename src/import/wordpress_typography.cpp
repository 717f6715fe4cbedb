#include "import/wordpress_typography.h"

#include <algorithm>
#include <span>
#include <vector>

#include "import/markup_scan.h"
#include "import/wordpress_shortcodes.h"

namespace import_ {
namespace {

constexpr auto npos = std::string_view::npos;

// While a text is worked on, a mark that was decided stands as one control character: rules look at their neighbours, and a
// decided mark is no quote any more. The texts themselves hold none of these.
constexpr char apostrophe = '\x01', open_single = '\x02', close_single = '\x03', open_double = '\x04', close_double = '\x05',
               prime = '\x06', double_prime = '\x07', undecided = '\x08';

struct Marks {
  std::string_view language, open_double, close_double, open_single, close_single;
};
constexpr Marks marks_by_language[] = {
    {"en", "“", "”", "‘", "’"}, {"de", "„", "“", "‚", "‘"}, {"fr", "«\u00A0", "\u00A0»", "‘", "’"},
    {"es", "«", "»", "‘", "’"}, {"ru", "«", "»", "‘", "’"}, {"uk", "«", "»", "‘", "’"},
    {"pl", "„", "”", "‚", "’"}, {"cs", "„", "“", "‚", "‘"}, {"sv", "”", "”", "’", "’"},
    {"fi", "”", "”", "’", "’"},
};

const Marks& marks_of(std::string_view language) {
  const std::string_view primary = language.substr(0, language.find_first_of("-_"));
  for (const Marks& marks : marks_by_language)
    if (primary == marks.language) return marks;
  return marks_by_language[0];
}

// The length of the white space at `at`; a non-breaking space counts in both spellings.
std::size_t space_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  const char c = text[at];
  if (c == ' ' || c == '\t' || c == '\n' || c == '\r') return 1;
  if (text.substr(at, 2) == "\xC2\xA0") return 2;
  return text.substr(at, 6) == "&nbsp;" ? 6 : 0;
}
bool space_before(std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  if (before.empty()) return false;
  const char c = before.back();
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || before.ends_with("\xC2\xA0") || before.ends_with("&nbsp;");
}
bool starts_or_follows_space(std::string_view text, std::size_t at) { return at == 0 || space_before(text, at); }
bool is_one_of(char c, std::string_view set) { return set.find(c) != npos; }

// What may stand behind a closing quote.
bool ends_quotation(std::string_view text, std::size_t at) {
  return at >= text.size() || is_one_of(text[at], ".,:;!?)}-]") || text.substr(at, 4) == "&gt;" || space_at(text, at) > 0;
}

// '99' and '99": a year at the end of a quotation.
void set_years_before_closing(std::string& text) {
  for (std::size_t at = 0; at + 3 < text.size(); ++at) {
    if (text[at] != '\'' || !is_digit(text[at + 1]) || !is_digit(text[at + 2])) continue;
    const char last = text[at + 3];
    if ((last != '\'' && last != '"') || !ends_quotation(text, at + 4)) continue;
    text[at] = apostrophe;
    text[at + 3] = last == '\'' ? close_single : close_double;
    at += 3;
  }
}

// '99, '99s: a year, but not '9, '99% or '99.0.
bool is_short_year(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size() || !is_digit(text[at + 1]) || !is_digit(text[at + 2])) return false;
  if (at + 3 >= text.size()) return true;
  const char next = text[at + 3];
  if (next == '%' || is_digit(next)) return false;
  return !((next == '.' || next == ',') && at + 4 < text.size() && is_digit(text[at + 4]));
}

// '0.42' or "42" at the start or behind a space, quote by quote.
void set_quoted_numbers(std::string& text, char quote, char open, char close) {
  for (std::size_t at = 0; at + 2 < text.size(); ++at) {
    if (text[at] != quote || !starts_or_follows_space(text, at) || !is_digit(text[at + 1])) continue;
    const std::size_t end = text.find_first_not_of("0123456789.,", at + 1);
    if (end == std::string::npos || text[end] != quote) continue;
    text[at] = open;
    text[end] = close;
    at = end;
  }
}

bool opens_single(std::string_view text, std::size_t at) {
  return starts_or_follows_space(text, at) || is_one_of(text[at - 1], "([{\"-") || text.substr(0, at).ends_with("&lt;");
}

bool is_inside_word(std::string_view text, std::size_t at) {
  if (space_before(text, at)) return false;
  const std::size_t next = at + 1;
  return next < text.size() && !is_one_of(text[next], ".,:;!?\"'(){}[]-") && text.substr(next, 4) != "&lt;" &&
         text.substr(next, 4) != "&gt;" && space_at(text, next) == 0;
}

void set_apostrophes(std::string& text) {
  set_years_before_closing(text);
  for (std::size_t at = 0; at < text.size(); ++at)
    if (text[at] == '\'' && is_short_year(text, at)) text[at] = apostrophe;
  set_quoted_numbers(text, '\'', open_single, close_single);
  for (std::size_t at = 0; at < text.size(); ++at)
    if (text[at] == '\'' && opens_single(text, at)) text[at] = open_single;
  for (std::size_t at = 0; at < text.size(); ++at)
    if (text[at] == '\'' && is_inside_word(text, at)) text[at] = apostrophe;
}

void set_opening_doubles(std::string& text) {
  set_quoted_numbers(text, '"', open_double, close_double);
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '"' || space_at(text, at + 1) > 0) continue;
    const bool opens = starts_or_follows_space(text, at) || is_one_of(text[at - 1], "([{-") ||
                       std::string_view(text).substr(0, at).ends_with("&lt;");
    if (opens) text[at] = open_double;
  }
}

struct QuotePair {
  char quote, open, close, prime;
};

void set_primes(std::string& sentence, const QuotePair& pair) {
  for (std::size_t at = 1; at < sentence.size(); ++at)
    if (sentence[at] == pair.quote && is_digit(sentence[at - 1])) sentence[at] = pair.prime;
}

void replace_mark(std::string& text, char what, char with) { std::replace(text.begin(), text.end(), what, with); }

// Several quotes may close the quotation: one that does not follow a digit does, else one before a full stop, else the last. The
// others are primes behind a digit.
void choose_closing(std::string& sentence, const QuotePair& pair) {
  bool any = false;
  for (std::size_t at = 0; at < sentence.size(); ++at) {
    if (sentence[at] != undecided || (at > 0 && is_digit(sentence[at - 1]))) continue;
    sentence[at] = pair.close;
    any = true;
  }
  if (!any) {
    const std::size_t before_stop = sentence.rfind(std::string{undecided, '.'});
    sentence[before_stop != std::string::npos ? before_stop : sentence.rfind(undecided)] = pair.close;
  }
  set_primes(sentence, pair);
  for (std::size_t at = 1; at < sentence.size(); ++at)
    if (sentence[at] == undecided && is_digit(sentence[at - 1])) sentence[at] = pair.prime;
  replace_mark(sentence, undecided, pair.close);
}

void close_candidates(std::string& sentence, const QuotePair& pair, char with) {
  for (std::size_t at = 0; at < sentence.size(); ++at)
    if (sentence[at] == pair.quote && ends_quotation(sentence, at + 1)) sentence[at] = with;
}

// `sentence` is what stands between one opening quote and the next; the first has none before it.
void set_closings(std::string& sentence, const QuotePair& pair, bool is_first) {
  if (sentence.find(pair.quote) == std::string::npos) return;
  if (!is_first && sentence.find(pair.close) == std::string::npos) {
    close_candidates(sentence, pair, undecided);
    const auto candidates = std::count(sentence.begin(), sentence.end(), undecided);
    if (candidates > 1) {
      choose_closing(sentence, pair);
    } else {
      replace_mark(sentence, undecided, pair.close);
      set_primes(sentence, pair);
    }
  } else {
    set_primes(sentence, pair);
    close_candidates(sentence, pair, pair.close);
  }
  if (pair.quote == '"') replace_mark(sentence, '"', pair.close);
}

void set_primes_and_closings(std::string& text, const QuotePair& pair) {
  std::string out;
  std::size_t from = 0;
  while (from <= text.size()) {
    const std::size_t end = std::min(text.find(pair.open, from), text.size());
    std::string sentence = text.substr(from, end - from);
    set_closings(sentence, pair, from == 0);
    out += sentence;
    if (end == text.size()) break;
    out += pair.open;
    from = end + 1;
  }
  text = std::move(out);
}

bool stands_alone(std::string_view text, std::size_t at, std::size_t size) {
  const std::size_t next = at + size;
  return starts_or_follows_space(text, at) && (next >= text.size() || space_at(text, next) > 0);
}

std::string set_dashes(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    if (!rest.starts_with('-')) {
      out += text[at++];
    } else if (rest.starts_with("---")) {
      out += "—";
      at += 3;
    } else if (rest.starts_with("--")) {
      const bool is_punycode = text.substr(0, at).ends_with("xn");
      out += stands_alone(text, at, 2) ? "—" : is_punycode ? "--" : "–";
      at += 2;
    } else {
      out += stands_alone(text, at, 1) ? "–" : "-";
      ++at;
    }
  }
  return out;
}

// True for the x of 9x9, but not of 0x99 or 9x9cm.
bool is_times(std::string_view text, std::size_t x) {
  std::size_t end = x + 1;
  bool has_mark = false;
  if (end >= text.size() || !is_digit(text[end])) return false;
  for (; end < text.size() && (is_digit(text[end]) || is_one_of(text[end], ".,")); ++end)
    has_mark = has_mark || !is_digit(text[end]);
  if (!has_mark && end < text.size() && is_word_char(text[end])) return false;
  for (std::size_t at = x; at-- > 0 && (is_digit(text[at]) || is_one_of(text[at], ".,"));) {
    const bool is_start = is_digit(text[at]) && (at == 0 || !is_word_char(text[at - 1]));
    if (is_start && (text[at] != '0' || at + 1 < x)) return true;
  }
  return false;
}

std::string set_times(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool may_be = text[at] == 'x' && at > 0 && (is_digit(text[at - 1]) || is_one_of(text[at - 1], ".,"));
    if (may_be && is_times(text, at)) {
      out += "×";
    } else {
      out += text[at];
    }
  }
  return out;
}

std::string with_ampersands(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    out += text[at];
    if (text[at] == '&' && !is_character_reference(text, at)) out += "amp;";
  }
  return out;
}

// Words that begin with an apostrophe where a quote would open.
constexpr std::string_view clipped_words[] = {"'twere", "'twas", "'tis",   "'twill", "'til",
                                              "'bout",  "'nuff", "'round", "'cause", "'em"};

// Most texts hold none of it, and then nothing is copied.
void replace_in(std::string& text, std::string_view what, std::string_view with) {
  if (text.find(what) != std::string::npos) text = replace_every(text, what, with);
}

std::string set_fixed(std::string text, const Marks& marks, bool is_english) {
  replace_in(text, "...", "…");
  replace_in(text, "``", marks.open_double);
  replace_in(text, "''", std::string{close_double});
  replace_in(text, " (tm)", " ™");
  if (!is_english || text.find('\'') == std::string::npos) return text;
  replace_in(text, "'tain't", std::string{apostrophe} + "tain" + apostrophe + "t");
  for (const std::string_view word : clipped_words)
    replace_in(text, word, std::string{apostrophe} + std::string(word.substr(1)));
  return text;
}

std::string with_marks(std::string_view text, const Marks& marks) {
  std::string out;
  out.reserve(text.size() + 16);
  for (const char c : text) {
    switch (c) {
      case apostrophe: out += "’"; break;
      case open_single: out += marks.open_single; break;
      case close_single: out += marks.close_single; break;
      case open_double: out += marks.open_double; break;
      case close_double: out += marks.close_double; break;
      case prime: out += "′"; break;
      case double_prime: out += "″"; break;
      default: out += c;
    }
  }
  return out;
}

std::string set_text(std::string_view part, const Marks& marks) {
  std::string text = set_fixed(std::string(part), marks, marks.language == "en");
  if (text.find('\'') != std::string::npos) {
    set_apostrophes(text);
    set_primes_and_closings(text, {'\'', open_single, close_single, prime});
  }
  if (text.find('"') != std::string::npos) {
    set_opening_doubles(text);
    set_primes_and_closings(text, {'"', open_double, close_double, double_prime});
  }
  text = with_marks(text, marks);
  if (text.find('-') != std::string::npos) text = set_dashes(text);
  if (text.find('x') != std::string::npos) text = set_times(text);
  return text.find('&') == std::string::npos ? text : with_ampersands(text);
}

constexpr std::string_view verbatim_for_quotes[] = {"pre", "code", "kbd", "style", "script", "tt"};
constexpr std::string_view verbatim_for_smileys[] = {"code", "pre", "style", "script", "textarea"};

// Which of the elements whose text stays as it is are open.
class OpenElements {
 public:
  explicit OpenElements(std::span<const std::string_view> names) : names_(names) {}
  bool any() const { return !open_.empty(); }
  void see(std::string_view tag) {
    const std::string_view name = tag_name(tag);
    if (std::find(names_.begin(), names_.end(), name) == names_.end()) return;
    if (!is_end_tag(tag)) {
      open_.push_back(name);
    } else if (any() && open_.back() == name) {
      open_.pop_back();
    }
  }

 private:
  std::span<const std::string_view> names_;
  std::vector<std::string_view> open_;
};

struct Smiley {
  std::string_view typed, shown;
};
// Longer ones first where one begins like another.
constexpr Smiley smileys[] = {
    {":mrgreen:", "😀"}, {":neutral:", "😐"}, {":twisted:", "👿"}, {":arrow:", "➡"}, {":shock:", "😯"}, {":smile:", "🙂"},
    {":cool:", "😎"},    {":evil:", "👿"},    {":grin:", "😀"},    {":idea:", "💡"},  {":oops:", "😳"},  {":razz:", "😛"},
    {":roll:", "🙄"}, {":wink:", "😉"},    {":???:", "😕"},     {":cry:", "😥"},   {":eek:", "😮"},   {":lol:", "😆"},
    {":mad:", "😡"},     {":sad:", "🙁"},  {":!:", "❗"},       {":?:", "❓"},     {"8-)", "😎"},     {"8-O", "😯"},
    {":-(", "🙁"},    {":-)", "🙂"},    {":-?", "😕"},       {":-D", "😀"},     {":-P", "😛"},     {":-o", "😮"},
    {":-x", "😡"},       {":-|", "😐"},       {";-)", "😉"},       {"8O", "😯"},      {":(", "🙁"},   {":)", "🙂"},
    {":?", "😕"},        {":D", "😀"},        {":P", "😛"},        {":o", "😮"},      {":x", "😡"},      {":|", "😐"},
    {";)", "😉"},
};

std::string set_smileys_in_text(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = std::min(text.find_first_of(":;8", at), text.size());  // what a smiley begins with
    out += text.substr(at, next - at);
    at = next;
    if (at == text.size()) break;
    const Smiley* found = nullptr;
    for (const Smiley& smiley : smileys)
      if (text.substr(at, smiley.typed.size()) == smiley.typed && stands_alone(text, at, smiley.typed.size())) {
        found = &smiley;
        break;
      }
    out += found ? found->shown : text.substr(at, 1);
    at += found ? found->typed.size() : 1;
  }
  return out;
}

}  // namespace

std::string set_typography(std::string_view markup, std::string_view language) {
  std::string clean(markup);
  std::erase_if(clean, [](char c) { return c >= '\0' && c < ' ' && c != '\t' && c != '\n' && c != '\r'; });
  const Marks& marks = marks_of(language);
  OpenElements verbatim(verbatim_for_quotes);
  std::string out;
  out.reserve(clean.size() + clean.size() / 16);
  for (const MarkupPart& part : split_with_shortcodes(clean)) {
    if (part.kind == MarkupPart::Kind::text && !verbatim.any()) {
      out += set_text(part.content, marks);
    } else {
      if (part.kind == MarkupPart::Kind::tag) verbatim.see(part.content);
      out += part.content;
    }
  }
  return out;
}

std::string set_smileys(std::string_view markup) {
  OpenElements verbatim(verbatim_for_smileys);
  std::string out;
  out.reserve(markup.size());
  for (const MarkupPart& part : split_markup(markup)) {
    if (part.kind == MarkupPart::Kind::tag) verbatim.see(part.content);
    out += part.kind == MarkupPart::Kind::text && !verbatim.any() ? set_smileys_in_text(part.content) : std::string(part.content);
  }
  return out;
}

std::string set_capital_p(std::string_view markup) {
  std::string out(markup);
  if (out.find("Wordpress") == std::string::npos) return out;
  for (const std::string_view before : {" ", "‘", "“", ">", "("})
    out = replace_every(out, std::string(before) + "Wordpress", std::string(before) + "WordPress");
  return out;
}

}  // namespace import_
