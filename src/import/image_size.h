// How many pixels a picture has, read from the first bytes of its file: PNG, JPEG (turned as its EXIF orientation says), GIF,
// WebP, AVIF and SVG. It never decodes a picture and never trusts what it reads to be true of the rest of the file.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

namespace import_ {

struct ImageSize {
  int width = 0, height = 0;
  bool operator==(const ImageSize&) const = default;
};

// Nothing if the bytes are no picture of these kinds, or end before the size is told.
std::optional<ImageSize> image_size_of(std::string_view bytes);
// The same, from the first part of a file.
std::optional<ImageSize> read_image_size(const std::filesystem::path& file);

}  // namespace import_
