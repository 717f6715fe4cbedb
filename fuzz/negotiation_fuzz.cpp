// Accept-Encoding, entity tags, dates and ranges. What is chosen was asked for; what is compared strongly is compared weakly too;
// a part lies within the file.
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "http/conditions.h"
#include "http/date.h"
#include "http/file_response.h"
#include "http/prepared.h"
#include "http/syntax.h"

namespace {

constexpr std::uint64_t file_size = 1000;

void demand(bool claim) {
  if (!claim) std::abort();
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = http::to_lower(c);
  return result;
}

void check_choice(std::string_view accepted) {
  static const http::Prepared all{.identity = {.head = {}, .body = "plain", .not_modified_head = {}, .etag = {}},
                                  .gzip = {.head = {}, .body = "gz", .not_modified_head = {}, .etag = {}},
                                  .brotli = {.head = {}, .body = "b", .not_modified_head = {}, .etag = {}}};
  const std::string& chosen = http::choose(all, accepted).body;
  const std::string text = lower(accepted);
  const bool any = text.find('*') != std::string::npos;
  if (chosen == "gz") demand(any || text.find("gzip") != std::string::npos);
  if (chosen == "b") demand(any || text.find("br") != std::string::npos);
  // Empty elements and white space say nothing.
  demand(http::choose(all, " ,\t, " + std::string(accepted) + " ,, ").body == chosen);
  static const http::Prepared plain{.identity = all.identity, .gzip = {}, .brotli = {}};
  demand(http::choose(plain, accepted).body == "plain");
}

void check_tags(std::string_view list) {
  using http::Comparison;
  const std::string_view tag = "\"0123-gz\"";
  const bool weakly = http::names_tag(list, tag, Comparison::weak);
  const bool strongly = http::names_tag(list, tag, Comparison::strong);
  demand(weakly || !strongly);
  demand(!http::names_tag(list, "W/\"0123-gz\"", Comparison::strong) || http::trim(list) == "*");
  const bool is_whole = std::count(list.begin(), list.end(), '"') % 2 == 0 && http::trim(list) != "*";
  if (is_whole) demand(http::names_tag(std::string(list) + "," + std::string(tag), tag, Comparison::strong));
  const auto verdict = http::judge({.if_none_match = list}, {.etag = tag, .modified = {}});
  demand(verdict == (!list.empty() && weakly ? http::Verdict::not_modified : http::Verdict::proceed));
}

void check_date(std::string_view text) {
  const auto time = http::parse_date(text);
  if (time) demand(http::parse_date(http::format_date(*time)) == time);
  const http::Validators validators{.etag = "\"a\"", .modified = base::from_unix(784'111'777)};
  const bool is_newer = http::judge({.if_unmodified_since = text}, validators) == http::Verdict::failed;
  demand(is_newer == (time && *validators.modified > *time));
}

// A folder of this process with one file in it.
const http::FileRoot& files() {
  static const std::filesystem::path folder = [] {
    std::string name = (std::filesystem::temp_directory_path() / "negotiation-XXXXXX").string();
    demand(::mkdtemp(name.data()) != nullptr);
    std::ofstream(std::filesystem::path(name) / "clip.mp4") << std::string(file_size, 'x');
    std::atexit([] { std::filesystem::remove_all(folder); });
    return std::filesystem::path(name);
  }();
  static const http::FileRoot root = *http::FileRoot::open(folder);
  return root;
}

void check_range(std::string_view text) {
  http::Request request;
  request.headers = {{"Range", std::string(text)}};
  const auto response = files().find(request, "clip.mp4", "");
  demand(response.has_value());
  const std::string* range = response->find("Content-Range");
  if (response->status == 416) return demand(range && *range == "bytes */1000");
  demand(response->file.has_value());
  const std::uint64_t first = response->file->offset(), size = response->file->size();
  if (response->status == 200) return demand(!range && first == 0 && size == file_size);
  demand(response->status == 206 && size >= 1 && first + size <= file_size && range);
  demand(*range == "bytes " + std::to_string(first) + "-" + std::to_string(first + size - 1) + "/1000");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_choice(text);
  check_tags(text);
  check_date(text);
  check_range(text);
  check_range("bytes=" + std::string(text));
  return 0;
}
