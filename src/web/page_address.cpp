#include "web/page_address.h"

#include <algorithm>
#include <array>

#include "base/format.h"
#include "text/url.h"

namespace web {
namespace {

// Parameters that change the answer: a handler that looks at another one must name it here. Everything else is dropped, because a
// page must not be rendered once for every campaign.
constexpr std::array<std::string_view, 19> meaningful = {
    "posted",        "replytocom",  "thread",        "after", "comments", "p",   "page_id", "cat", "author", "tag",
    "attachment_id", "author_name", "category_name", "year",  "monthnum", "day", "m",       "s",   "feed"};

// Whole queries that make a page which many ask for: the first pages of a thread's other orders.
constexpr std::array<std::string_view, 2> cached_queries = {"comments=newest", "comments=best"};

bool is_meaningful(std::string_view name) {
  // A name that is written in escapes may decode to any of them: let the slow path look.
  if (name.find_first_of("%+") != std::string_view::npos) return true;
  return std::find(meaningful.begin(), meaningful.end(), name) != meaningful.end();
}

std::string_view cut(std::string_view& rest) {
  const std::size_t end = rest.find('&');
  const std::string_view first = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  return first;
}

std::optional<Numbered> split_last(std::string_view key, std::string_view prefix) {
  const std::size_t slash = key.rfind('/');
  if (slash == std::string_view::npos) return std::nullopt;
  std::string_view last = key.substr(slash + 1);
  if (!last.starts_with(prefix)) return std::nullopt;
  const std::optional<int> number = parse_number(last.substr(prefix.size()));
  if (!number) return std::nullopt;
  return Numbered{slash == 0 ? std::string_view("/") : key.substr(0, slash), *number};
}

std::string decode(std::string_view written) {
  std::string spaced(written);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  return text::percent_decode(spaced).value_or(std::string());
}

bool is_url_character(char c) {
  const bool is_letter_or_digit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return is_letter_or_digit || std::string_view("-._~!$&'()*+,;=:@/%?#").find(c) != std::string_view::npos;
}

}  // namespace

std::optional<std::string_view> cache_key(std::string_view target) {
  const std::size_t question = target.find('?');
  if (question == std::string_view::npos) return target;
  std::string_view rest = target.substr(question + 1);
  if (std::find(cached_queries.begin(), cached_queries.end(), rest) != cached_queries.end()) return target;
  while (!rest.empty()) {
    const std::string_view pair = cut(rest);
    if (is_meaningful(pair.substr(0, pair.find('=')))) return std::nullopt;
  }
  return target.substr(0, question);
}

std::vector<Parameter> parse_parameters(std::string_view query) {
  std::vector<Parameter> parameters;
  while (!query.empty()) {
    const std::string_view pair = cut(query);
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    const std::string_view value = equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
    parameters.push_back({decode(pair.substr(0, equals)), decode(value), pair});
  }
  return parameters;
}

std::optional<std::string_view> find_parameter(const std::vector<Parameter>& parameters, std::string_view name) {
  for (const Parameter& parameter : parameters) {
    if (parameter.name == name) return parameter.value;
  }
  return std::nullopt;
}

std::optional<int> parse_number(std::string_view text) {
  if (text.empty() || text.size() > 9 || text.front() == '0') return std::nullopt;
  int number = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') return std::nullopt;
    number = number * 10 + (digit - '0');
  }
  return number;
}

std::optional<Numbered> split_page(std::string_view key) {
  std::optional<Numbered> split = split_last(key, "");
  if (!split || !split->base.ends_with("/page")) return std::nullopt;
  split->base.remove_suffix(5);
  if (split->base.empty()) split->base = "/";
  return split;
}

std::optional<Numbered> split_comment_page(std::string_view key) { return split_last(key, "comment-page-"); }

std::optional<Numbered> split_part(std::string_view key) { return split_last(key, ""); }

std::string below(std::string_view address, std::string_view suffix) {
  const bool has_slash = address.ends_with('/');
  return base::format("{}{}{}{}", address, has_slash ? "" : "/", suffix, has_slash ? "/" : "");
}

std::string encode_address(std::string_view address) {
  if (std::all_of(address.begin(), address.end(), is_url_character)) return std::string(address);
  std::string encoded;
  for (const char c : address) encoded += is_url_character(c) ? std::string(1, c) : text::percent_encode(std::string_view(&c, 1));
  return encoded;
}

std::string with_parameter(std::string_view address, std::string_view name, std::string_view value) {
  const std::size_t hash = std::min(address.find('#'), address.size());
  const std::string_view page = address.substr(0, hash);
  const char separator = page.find('?') == std::string_view::npos ? '?' : '&';
  return base::format("{}{}{}={}{}", page, separator, name, text::percent_encode(value), address.substr(hash));
}

}  // namespace web
