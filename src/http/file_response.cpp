#include "http/file_response.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <limits>
#include <string>
#include <system_error>

#include "base/clock.h"
#include "base/format.h"
#include "http/conditions.h"
#include "http/date.h"
#include "http/status.h"
#include "http/syntax.h"

namespace http {

namespace {

// How a browser is to treat a kind of file. A document may hold script, so it is shown in a sandbox without origin. A PDF is not:
// the viewers of browsers refuse to work in one, and what a PDF runs has no access to the page's origin.
enum class Treatment { plain, sandbox, download };

struct Kind {
  std::string_view extension;
  std::string_view type;
  Treatment treatment = Treatment::plain;
};

constexpr Kind kinds[] = {
    {"jpg", "image/jpeg"},
    {"jpeg", "image/jpeg"},
    {"jpe", "image/jpeg"},
    {"png", "image/png"},
    {"gif", "image/gif"},
    {"webp", "image/webp"},
    {"avif", "image/avif"},
    {"bmp", "image/bmp"},
    {"ico", "image/x-icon"},
    {"tif", "image/tiff"},
    {"tiff", "image/tiff"},
    {"mp3", "audio/mpeg"},
    {"m4a", "audio/mp4"},
    {"ogg", "audio/ogg"},
    {"oga", "audio/ogg"},
    {"opus", "audio/ogg"},
    {"wav", "audio/wav"},
    {"flac", "audio/flac"},
    {"mp4", "video/mp4"},
    {"m4v", "video/mp4"},
    {"webm", "video/webm"},
    {"ogv", "video/ogg"},
    {"mov", "video/quicktime"},
    {"woff", "font/woff"},
    {"woff2", "font/woff2"},
    {"ttf", "font/ttf"},
    {"otf", "font/otf"},
    {"pdf", "application/pdf"},
    {"css", "text/css; charset=utf-8"},
    {"js", "text/plain; charset=utf-8"},  // no script but ours runs on our pages: with nosniff no browser takes this for one
    {"mjs", "text/plain; charset=utf-8"},
    {"json", "application/json"},
    {"map", "application/json"},
    {"webmanifest", "application/manifest+json"},
    {"txt", "text/plain; charset=utf-8"},
    {"vtt", "text/vtt; charset=utf-8"},
    {"csv", "text/csv; charset=utf-8", Treatment::download},
    {"svg", "image/svg+xml", Treatment::sandbox},
    {"html", "text/html; charset=utf-8", Treatment::sandbox},
    {"htm", "text/html; charset=utf-8", Treatment::sandbox},
    {"xhtml", "application/xhtml+xml", Treatment::sandbox},
    {"xml", "application/xml", Treatment::sandbox},
};

constexpr Kind unknown{"", "application/octet-stream", Treatment::download};

const Kind& kind_of(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  if (dot == std::string_view::npos) return unknown;
  for (const Kind& kind : kinds) {
    if (equals_ignoring_case(kind.extension, path.substr(dot + 1))) return kind;
  }
  return unknown;
}

bool is_open_name(std::string_view name) {
  return !name.empty() && name.front() != '.' && name.find('\0') == std::string_view::npos;
}

struct FileValidators {
  std::string etag;
  std::string last_modified;  // empty: too young to tell versions apart
  base::Time modified;
};

// A date names a second. What changed in this one may change once more in it, and would then have the same date; and no date may
// lie ahead of the answer's own (RFC 9110, 8.8.2). The tag counts in nanoseconds.
FileValidators validators_of(const struct stat& state, base::Time now) {
  const base::Time modified = base::from_unix(state.st_mtim.tv_sec);
  return {base::format("\"{:x}-{:x}{:08x}\"", state.st_size, state.st_mtim.tv_sec, state.st_mtim.tv_nsec),
          modified < now ? format_date(modified) : std::string(), modified};
}

Verdict judge_conditions(const Request& request, const FileValidators& validators) {
  const std::string if_match = request.join_header("if-match"), if_none_match = request.join_header("if-none-match");
  return judge({.if_match = if_match,
                .if_none_match = if_none_match,
                .if_modified_since = request.find_header("if-modified-since").value_or(""),
                .if_unmodified_since = request.find_header("if-unmodified-since").value_or("")},
               {.etag = validators.etag,
                .modified = validators.last_modified.empty() ? std::nullopt : std::optional(validators.modified)});
}

// RFC 9110, 13.1.5: by strong comparison, or by exactly the date that was given.
bool may_be_partial(const Request& request, const FileValidators& validators) {
  const auto condition = request.find_header("if-range");
  if (!condition) return true;
  if (condition->starts_with('"')) return *condition == validators.etag;
  return !validators.last_modified.empty() && parse_date(*condition) == validators.modified;
}

// The one Range line. Several make no list, and no sense.
std::optional<std::string_view> find_range(const Request& request) {
  std::optional<std::string_view> found;
  for (const Header& header : request.headers) {
    if (!equals_ignoring_case(header.name, "range")) continue;
    if (found) return std::nullopt;
    found = header.value;
  }
  return found;
}

enum class RangeKind { none, one, unsatisfiable };

struct Range {
  RangeKind kind = RangeKind::none;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
};

// A number too large to hold lies behind the end of any file (RFC 9110, 14.1.2 wants that expected).
std::optional<std::uint64_t> parse_position(std::string_view text) {
  const bool is_number = !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
  return is_number ? parse_decimal(text).value_or(std::numeric_limits<std::uint64_t>::max()) : std::optional<std::uint64_t>();
}

// Several ranges, other units and nonsense are ignored: the whole file answers them too (RFC 9110, 14.2).
Range parse_range(std::string_view text, std::uint64_t size) {
  if (!starts_ignoring_case(text, "bytes=")) return {};
  std::string_view rest = text.substr(6);
  if (rest.find('-') == std::string_view::npos) return {};
  const std::string_view first_text = cut_until(rest, '-');
  const std::string_view last_text = rest;
  const auto first = parse_position(first_text), last = parse_position(last_text);
  if ((!first && !first_text.empty()) || (!last && !last_text.empty()) || (!first && !last)) return {};
  if (first && last && *first > *last) return {};
  if (!first)
    return *last == 0 || size == 0 ? Range{RangeKind::unsatisfiable}
                                   : Range{RangeKind::one, size - std::min(size, *last), size - 1};
  if (*first >= size) return {RangeKind::unsatisfiable};
  return {RangeKind::one, *first, last ? std::min(*last, size - 1) : size - 1};
}

void add_headers(Response& response, const Kind& kind, const FileValidators& validators, std::string_view cache_control) {
  response.add("Content-Type", kind.type).add("X-Content-Type-Options", "nosniff");
  response.add("ETag", validators.etag).add("Accept-Ranges", "bytes");
  if (!validators.last_modified.empty()) response.add("Last-Modified", validators.last_modified);
  if (!cache_control.empty()) response.add("Cache-Control", cache_control);
  if (kind.treatment == Treatment::download) response.add("Content-Disposition", "attachment");
  if (kind.treatment == Treatment::sandbox) {
    response.add("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:");
  }
}

Response refuse_range(std::uint64_t size) {
  Response response = plain_answer(416);
  response.add("Content-Range", base::format("bytes */{}", size));
  return response;
}

}  // namespace

base::Result<FileRoot> FileRoot::open(const std::filesystem::path& directory) {
  base::Descriptor root(::open(directory.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (root) return FileRoot(std::move(root));
  return base::Error{base::Errc::unavailable,
                     base::format("cannot open the folder {}: {}", directory.string(), std::generic_category().message(errno)),
                     {}};
}

// One directory after the other, each without following a link: there is no moment at which a path could lead outside.
base::Descriptor FileRoot::open_file(std::string_view path) const {
  base::Descriptor directory;
  int parent = root_.number();
  while (true) {
    const bool is_last = path.find('/') == std::string_view::npos;
    const std::string name(cut_until(path, '/'));
    if (!is_open_name(name)) return base::Descriptor();
    // Without O_NONBLOCK the opening of a named pipe would wait for ever.
    const int flags = O_NOFOLLOW | O_CLOEXEC | (is_last ? O_RDONLY | O_NONBLOCK : O_PATH | O_DIRECTORY);
    base::Descriptor opened(::openat(parent, name.c_str(), flags));
    if (!opened || is_last) return opened;
    directory = std::move(opened);
    parent = directory.number();
  }
}

std::optional<Response> FileRoot::find(const Request& request, std::string_view path, std::string_view cache_control) const {
  base::Descriptor file = open_file(path);
  struct stat state {};
  if (!file || ::fstat(file.number(), &state) != 0 || !S_ISREG(state.st_mode)) return std::nullopt;

  const FileValidators validators = validators_of(state, base::SystemClock().now());
  const auto size = static_cast<std::uint64_t>(state.st_size);
  Response response;
  add_headers(response, kind_of(path), validators, cache_control);
  switch (judge_conditions(request, validators)) {
    case Verdict::failed: return plain_answer(412);
    case Verdict::not_modified: response.status = 304; return response;
    case Verdict::proceed: break;
  }
  const auto wanted = find_range(request);
  const bool is_partial = wanted && request.method == Method::get && may_be_partial(request, validators);
  const Range range = is_partial ? parse_range(*wanted, size) : Range{};
  if (range.kind == RangeKind::unsatisfiable) return refuse_range(size);
  if (range.kind == RangeKind::none) {
    response.file.emplace(file.release(), 0, size);
    return response;
  }
  response.status = 206;
  response.add("Content-Range", base::format("bytes {}-{}/{}", range.first, range.last, size));
  response.file.emplace(file.release(), range.first, range.last - range.first + 1);
  return response;
}

std::string_view content_type_of(std::string_view path) { return kind_of(path).type; }

}  // namespace http
