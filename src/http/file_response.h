// Files below one directory as responses: content type by an allow-list, validators, conditions, one range. It never leaves its
// directory: no "..", no symbolic link, no hidden name, only regular files; and it never lets a browser run what lies there.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "base/descriptor.h"
#include "base/result.h"
#include "http/message.h"

namespace http {

// Immutable, so thread-safe.
class FileRoot {
 public:
  // Error{unavailable, sentence} if it cannot be opened.
  static base::Result<FileRoot> open(const std::filesystem::path& directory);

  // `path` is relative and percent-decoded: "2026/11/bridge.jpg". 200, 206, 304 or 416; nothing if there is no such file. The
  // request must be GET or HEAD. `cache_control` goes out as it is.
  std::optional<Response> find(const Request& request, std::string_view path, std::string_view cache_control) const;

 private:
  explicit FileRoot(base::Descriptor root) : root_(std::move(root)) {}
  base::Descriptor open_file(std::string_view path) const;

  base::Descriptor root_;
};

// "image/jpeg" for "a/b.JPG"; "application/octet-stream" for what is not on the list.
std::string_view content_type_of(std::string_view path);

}  // namespace http
