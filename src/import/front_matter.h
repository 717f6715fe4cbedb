// The YAML between "---" lines at the top of a Markdown file, as Hugo and Jekyll have it: what an article is besides its text. It
// reads and checks; it looks nothing up and writes nothing.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "text/date_time.h"

namespace import_ {

enum class FileKind { article, page };
enum class FileStatus { published, draft, scheduled, withheld };  // scheduled: published with a date to come; withheld: "private"

struct FrontMatterImage {
  std::string file;  // relative to the Markdown file, or an address
  std::string alt, caption, credit;
};

struct FrontMatter {
  std::string title;
  std::string standfirst;
  std::vector<std::string> sections;  // "Parent/Child"
  std::vector<std::string> tags;
  std::vector<std::string> authors;
  std::optional<base::Time> date;
  std::optional<base::Time> updated;
  std::string slug;  // empty: made from the title
  std::optional<FrontMatterImage> image;
  std::optional<bool> comments_open;
  std::string language;
  std::string dateline;
  FileStatus status = FileStatus::published;
  FileKind kind = FileKind::article;
  std::string parent;  // the slug path of a page's parent
  bool is_sticky = false;
  std::string password;
};

struct MarkdownFile {
  FrontMatter front;
  std::string body;                   // Markdown, from behind the closing line
  std::size_t body_line = 1;          // where it begins in the file
  std::vector<std::string> warnings;  // sentences: keys nobody knows
};

inline constexpr std::size_t max_front_matter_bytes = 64U << 10U;

// `name` is the file's name for the sentences. Times without an offset are local in `zone`; `now` tells scheduled from published.
// Error{invalid, sentences with file, line, key and remedy} for a file without front matter or title, wrong values, YAML that
// can't be read or uses anchors, more than 64 KB of it, text that is not UTF-8. `fields` has one entry a bad key.
base::Result<MarkdownFile> parse_markdown_file(std::string_view text, const std::string& name, const text::TimeZone& zone,
                                               base::Time now);

}  // namespace import_
