#include "import/thread_match.h"

#include <algorithm>
#include <charconv>
#include <fstream>

#include "base/format.h"
#include "desk/read_site.h"
#include "news/address.h"
#include "text/url.h"
#include "text/utf8.h"

namespace import_ {
namespace {

using base::Errc;
using base::Error;
using base::Result;

constexpr int most_redirects = 5;
constexpr std::size_t most_line_bytes = 10'000;

std::string map_key(std::string_view address) { return "m:" + std::string(address); }

bool is_number(std::string_view text) { return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos; }

void add(std::vector<std::string>& keys, std::optional<std::string> key) {
  if (key && std::ranges::find(keys, *key) == keys.end()) keys.push_back(*std::move(key));
}

// What WordPress and others put behind the path of an article: pages of its comments, and its form for phones.
std::string_view without_last_part(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  const std::string_view last = path.substr(path.rfind('/') + 1);
  const bool is_more = last == "amp" || last == "index.html" || last == "index.htm" || last == "index.php" ||
                       (last.starts_with("comment-page-") && is_number(last.substr(13)));
  return is_more ? path.substr(0, path.size() - last.size()) : std::string_view();
}

std::optional<text::Url> url_of(std::string_view address) {
  const std::optional<std::string> link = text::clean_link(address);
  return link ? text::parse_url(*link) : std::nullopt;
}

}  // namespace

std::vector<std::string> address_keys(std::string_view address) {
  std::vector<std::string> keys;
  const std::optional<text::Url> url = url_of(address);
  if (!url || (url->path.empty() && url->host.empty())) return keys;
  const std::string path = url->path.starts_with('/') ? url->path : "/" + url->path;
  if (path == "/" || path.ends_with("/index.php")) {
    for (const auto& [name, value] : text::parse_query(url->query)) {
      if ((name == "p" || name == "page_id") && is_number(value)) add(keys, base::format("?{}={}", name, value));
    }
  }
  add(keys, text::address_key(path));
  if (const std::string_view shorter = without_last_part(path); !shorter.empty()) add(keys, text::address_key(shorter));
  return keys;
}

ThreadMatch::ThreadMatch(const desk::Desk& desk, db::Scratch& scratch, std::vector<std::string> hosts)
    : desk_(desk), scratch_(scratch), hosts_(std::move(hosts)) {}

Result<void> ThreadMatch::load_map(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in)
    return Error{Errc::not_found, base::format("{} can't be read. Check the name and that you may read it.", file.string()), {}};
  const auto refuse = [&](std::size_t number, std::string_view why) {
    return Error{Errc::invalid, base::format("{}, line {}: {}", file.string(), number, why), {}};
  };
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty() || line.starts_with('#')) continue;
    const std::size_t tab = line.find('\t');
    const std::size_t second = tab == std::string::npos ? tab : line.find_first_not_of('\t', tab);
    if (line.size() > most_line_bytes || second == std::string::npos)
      return refuse(number, "a line has an old address, a tab and the new address.");
    const std::string_view before = std::string_view(line).substr(0, tab);
    const std::string_view behind = std::string_view(line).substr(second);
    const std::optional<news::ArticleId> article = find_article(address_keys(behind));
    if (!article) return refuse(number, base::format("there is no article at {}.", behind));
    scratch_.put(map_key(before), std::to_string(article->value));
    const std::vector<std::string> keys = address_keys(before);
    if (!keys.empty()) scratch_.put_new(map_key(keys.front()), std::to_string(article->value));
  }
  return {};
}

std::optional<news::ArticleId> ThreadMatch::find_mapped(std::string_view link) const {
  std::optional<std::string> id = scratch_.get(map_key(link));
  if (!id) {
    const std::vector<std::string> keys = address_keys(link);
    if (!keys.empty()) id = scratch_.get(map_key(keys.front()));
  }
  if (!id) return std::nullopt;
  return news::ArticleId{std::stoll(*id)};
}

std::optional<news::ArticleId> ThreadMatch::find_article(const std::vector<std::string>& keys) const {
  for (std::string key : keys) {
    for (int i = 0; i < most_redirects; ++i) {
      const std::optional<news::AddressTarget> target = desk::find_address(desk_, key);
      if (target && target->kind == news::AddressKind::article) return news::ArticleId{target->object_id};
      if (!target || target->kind != news::AddressKind::redirect) break;
      const std::vector<std::string> next = address_keys(target->target);
      if (next.empty()) break;
      key = next.front();
    }
  }
  return std::nullopt;
}

bool ThreadMatch::is_foreign_host(std::string_view link) const {
  const std::optional<text::Url> url = url_of(link);
  return !hosts_.empty() && url && !url->host.empty() && std::ranges::find(hosts_, url->host) == hosts_.end();
}

std::string ThreadMatch::why_not(const ThreadRecord& thread, const std::vector<std::string>& keys) const {
  if (thread.link.empty()) return "it has no address";
  if (keys.empty()) return base::format("\"{}\" is no address", thread.link);
  const std::optional<std::string> meant = desk::guess_address(desk_, keys.back());
  if (!meant) return base::format("there is no article at {}", thread.link);
  return base::format("there is no article at {}; if {} is meant, say so with --map", thread.link, *meant);
}

ThreadMatch::Match ThreadMatch::match(const ThreadRecord& thread) const {
  if (const auto mapped = find_mapped(thread.link)) return {mapped, {}};
  if (is_foreign_host(thread.link))
    return {std::nullopt, base::format("{} is on none of the hosts that --host names", thread.link)};
  const std::vector<std::string> keys = address_keys(thread.link);
  if (const auto article = find_article(keys)) return {article, {}};
  // "12 https://example.org/?p=12"
  const std::size_t address = thread.identifier.find("http");
  if (address != std::string::npos) {
    if (const auto article = find_article(address_keys(std::string_view(thread.identifier).substr(address))))
      return {article, {}};
  }
  return {std::nullopt, why_not(thread, keys)};
}

}  // namespace import_
