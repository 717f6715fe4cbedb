#include "web/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include "base/format.h"
#include "desk/read_site.h"
#include "http/date.h"
#include "http/syntax.h"
#include "text/escape.h"
#include "text/url.h"
#include "view/theme.h"
#include "web/answers.h"
#include "web/pages.h"
#include "web/security_headers.h"

namespace web {
namespace {

struct Type {
  std::string_view extension;
  std::string_view type;
};
// What browsers show. Everything else is offered for saving: an uploaded page of HTML must not speak in our name.
constexpr std::array<Type, 21> shown_types = {{{"avif", "image/avif"},     {"gif", "image/gif"},      {"ico", "image/x-icon"},
                                               {"jpeg", "image/jpeg"},     {"jpg", "image/jpeg"},     {"png", "image/png"},
                                               {"svg", "image/svg+xml"},   {"webp", "image/webp"},    {"bmp", "image/bmp"},
                                               {"m4a", "audio/mp4"},       {"mp3", "audio/mpeg"},     {"oga", "audio/ogg"},
                                               {"ogg", "audio/ogg"},       {"wav", "audio/wav"},      {"mp4", "video/mp4"},
                                               {"m4v", "video/mp4"},       {"ogv", "video/ogg"},      {"webm", "video/webm"},
                                               {"pdf", "application/pdf"}, {"txt", "text/plain; charset=utf-8"},
                                               {"vtt", "text/vtt; charset=utf-8"}}};

std::optional<std::string_view> shown_type(std::string_view file) {
  const std::string_view extension = file.substr(std::min(file.rfind('.'), file.size() - 1) + 1);
  const auto found = std::find_if(shown_types.begin(), shown_types.end(),
                                  [&](const Type& type) { return http::equals_ignoring_case(type.extension, extension); });
  return found == shown_types.end() ? std::nullopt : std::optional(found->type);
}

// Only names that go down, none of them hidden.
bool stays_below(std::string_view file) {
  if (file.empty() || file.front() == '/' || file.find('\0') != std::string_view::npos) return false;
  while (!file.empty()) {
    const std::string_view name = http::cut_until(file, '/');
    if (name.empty() || name.front() == '.') return false;
  }
  return true;
}

struct OpenFile {
  http::FileBody body;
  base::Time modified{};
};

std::optional<OpenFile> open_file(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0) return std::nullopt;
  struct stat status {};
  const bool is_file = ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  http::FileBody body(descriptor, 0, is_file ? static_cast<std::uint64_t>(status.st_size) : 0);
  if (!is_file) return std::nullopt;
  return OpenFile{std::move(body), base::from_unix(status.st_mtime)};
}

struct Range {
  std::uint64_t from = 0;
  std::uint64_t size = 0;
};

// One range of bytes (RFC 9110, 14.1.2). Anything else, lists included, is answered with the whole file, as the RFC allows.
std::optional<Range> parse_range(std::string_view header, std::uint64_t size) {
  if (!header.starts_with("bytes=") || header.find(',') != std::string_view::npos) return std::nullopt;
  std::string_view last = header.substr(6);
  const std::string_view first = http::cut_until(last, '-');
  const std::optional<std::uint64_t> end = http::parse_decimal(last);
  if (first.empty()) {
    if (!end || *end == 0 || size == 0) return std::nullopt;
    const std::uint64_t tail = std::min(*end, size);
    return Range{size - tail, tail};
  }
  const std::optional<std::uint64_t> from = http::parse_decimal(first);
  if (!from || *from >= size || (end && *end < *from) || (!end && !last.empty())) return std::nullopt;
  return Range{*from, std::min(end.value_or(size - 1), size - 1) - *from + 1};
}

void set_media_headers(http::Response& response, std::string_view file, const OpenFile& open) {
  const std::optional<std::string_view> type = shown_type(file);
  response.set("Content-Type", type.value_or("application/octet-stream"));
  if (!type) response.set("Content-Disposition", "attachment");
  response.set("Cache-Control", "public, max-age=86400");
  response.set("Last-Modified", http::format_date(open.modified));
  response.set("Accept-Ranges", "bytes");
  response.set("Content-Security-Policy", upload_policy);
}

bool is_unchanged(const Visit& visit, base::Time modified) {
  const auto header = visit.request.find_header("if-modified-since");
  const std::optional<base::Time> since = header ? http::parse_date(*header) : std::nullopt;
  return since && modified <= *since;
}

http::Response file_answer(const Visit& visit, std::string_view file, OpenFile open) {
  http::Response response;
  set_media_headers(response, file, open);
  if (is_unchanged(visit, open.modified)) {
    response.status = 304;
    return response;
  }
  const std::uint64_t size = open.body.size();
  const auto range = parse_range(visit.request.find_header("range").value_or(""), size);
  // If-Range would need a comparison; without it the whole file is always right.
  if (!range || visit.request.find_header("if-range")) {
    response.file = std::move(open.body);
    return response;
  }
  response.status = 206;
  response.set("Content-Range", base::format("bytes {}-{}/{}", range->from, range->from + range->size - 1, size));
  response.file.emplace(::dup(open.body.descriptor()), range->from, range->size);
  return response;
}

std::string plain_file(std::string_view key) {
  return std::string(key.starts_with("/media/") ? key.substr(std::string_view("/media/").size()) : key.substr(1));
}

MadePage kept(http::Response response) { return {.response = std::move(response), .keep = MadePage::Keep::yes, .sources = {}}; }

}  // namespace

MadePage show_theme_file(SiteParts& parts, const Visit& visit) {
  const std::shared_ptr<const view::Theme> theme = parts.theme();
  const std::optional<view::Asset> asset = theme->find_asset(std::string_view(visit.request.path).substr(std::string_view("/theme/").size()));
  if (!asset) return not_found(parts, visit);
  http::Response response = text_answer(200, asset->type, std::string(asset->content));
  if (asset->immutable) response.set("Cache-Control", "public, max-age=31536000, immutable");
  return kept(std::move(response));
}

MadePage show_media(SiteParts& parts, const Visit& visit) {
  const std::optional<std::string> key = text::address_key(visit.request.path);
  if (!key || key->size() < 2) return not_found(parts, visit);
  const std::string file = desk::find_media_file(parts.desk, *key).value_or(plain_file(*key));
  if (!stays_below(file)) return not_found(parts, visit);
  std::optional<OpenFile> open = open_file(parts.folders.media / file);
  if (!open) return not_found(parts, visit);
  return {.response = file_answer(visit, file, *std::move(open))};
}

MadePage show_robots(SiteParts&, const Visit&) {
  return kept(text_answer(200, "text/plain; charset=utf-8", "User-agent: *\nDisallow: /search\nDisallow: /*?replytocom=\nDisallow: /*?posted=\n"));
}

MadePage show_icon(SiteParts& parts, const Visit&) {
  const std::string& title = parts.desk.settings.title;
  std::size_t end = title.empty() ? 0 : 1;
  while (end < title.size() && (static_cast<unsigned char>(title[end]) & 0xC0) == 0x80) ++end;
  const text::Html letter = text::escape(title.substr(0, end));
  return kept(text_answer(200, "image/svg+xml",
                          base::format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\"><rect width=\"64\" height=\"64\" rx=\"10\" fill=\"#1a1a1a\"/>"
                                       "<text x=\"32\" y=\"47\" font-family=\"Georgia,serif\" font-size=\"44\" text-anchor=\"middle\" fill=\"#fff\">{}</text></svg>",
                                       letter.string())));
}

MadePage show_no_icon(SiteParts&, const Visit&) {
  MadePage made{.response = text_answer(204, "image/x-icon", {})};
  made.response.set("Cache-Control", "public, max-age=86400");
  return made;
}

}  // namespace web
