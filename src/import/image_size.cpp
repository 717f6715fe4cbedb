#include "import/image_size.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <utility>

#include "import/markup_scan.h"

namespace import_ {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t head_bytes = 512U << 10U;  // JPEG files may carry large profiles before their size

std::uint32_t byte_at(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}
std::uint32_t big_endian(std::string_view bytes, std::size_t at, int size) {
  std::uint32_t value = 0;
  for (int i = 0; i < size; ++i) value = value << 8U | byte_at(bytes, at + static_cast<std::size_t>(i));
  return value;
}
std::uint32_t little_endian(std::string_view bytes, std::size_t at, int size) {
  std::uint32_t value = 0;
  for (int i = size; i-- > 0;) value = value << 8U | byte_at(bytes, at + static_cast<std::size_t>(i));
  return value;
}

std::optional<ImageSize> checked(std::uint32_t width, std::uint32_t height) {
  constexpr std::uint32_t most = 1U << 20U;
  if (width == 0 || height == 0 || width > most || height > most) return std::nullopt;
  return ImageSize{static_cast<int>(width), static_cast<int>(height)};
}

std::optional<ImageSize> size_of_png(std::string_view bytes) {
  if (bytes.size() < 24 || bytes.substr(12, 4) != "IHDR") return std::nullopt;
  return checked(big_endian(bytes, 16, 4), big_endian(bytes, 20, 4));
}

std::optional<ImageSize> size_of_gif(std::string_view bytes) {
  return checked(little_endian(bytes, 6, 2), little_endian(bytes, 8, 2));
}

// True if the EXIF block says that the picture is to be turned by a quarter: orientations 5 to 8.
bool is_turned(std::string_view exif) {
  if (exif.substr(0, 6) != std::string_view("Exif\0\0", 6)) return false;
  const std::string_view tiff = exif.substr(6);
  const bool is_little = tiff.substr(0, 2) == "II";
  const auto number = [&](std::size_t at, int size) {
    return is_little ? little_endian(tiff, at, size) : big_endian(tiff, at, size);
  };
  const std::size_t directory = number(4, 4);
  const std::uint32_t entries = std::min<std::uint32_t>(number(directory, 2), 512);
  for (std::uint32_t entry = 0; entry < entries; ++entry) {
    const std::size_t at = directory + 2 + 12 * static_cast<std::size_t>(entry);
    if (number(at, 2) != 0x0112) continue;
    const std::uint32_t orientation = number(at + 8, 2);
    return orientation >= 5 && orientation <= 8;
  }
  return false;
}

bool is_start_of_frame(std::uint32_t marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

std::optional<ImageSize> size_of_jpeg(std::string_view bytes) {
  bool turned = false;
  std::size_t at = 2;
  while (at + 9 < bytes.size()) {
    if (byte_at(bytes, at) != 0xFF) return std::nullopt;
    const std::uint32_t marker = byte_at(bytes, at + 1);
    if (marker == 0xFF) {
      ++at;
      continue;
    }
    const std::uint32_t size = big_endian(bytes, at + 2, 2);
    if (marker == 0xE1) turned = turned || is_turned(bytes.substr(at + 4, size));
    if (is_start_of_frame(marker)) {
      std::optional<ImageSize> found = checked(big_endian(bytes, at + 7, 2), big_endian(bytes, at + 5, 2));
      if (found && turned) std::swap(found->width, found->height);
      return found;
    }
    if (size < 2) return std::nullopt;
    at += 2 + static_cast<std::size_t>(size);
  }
  return std::nullopt;
}

std::optional<ImageSize> size_of_webp(std::string_view bytes) {
  if (bytes.size() < 30) return std::nullopt;
  const std::string_view kind = bytes.substr(12, 4);
  if (kind == "VP8X") return checked(little_endian(bytes, 24, 3) + 1, little_endian(bytes, 27, 3) + 1);
  if (kind == "VP8 ") return checked(little_endian(bytes, 26, 2) & 0x3FFFU, little_endian(bytes, 28, 2) & 0x3FFFU);
  if (kind != "VP8L") return std::nullopt;
  const std::uint32_t bits = little_endian(bytes, 21, 4);
  return checked((bits & 0x3FFFU) + 1, ((bits >> 14U) & 0x3FFFU) + 1);
}

// The first "ispe" property is that of the whole picture in files people have; a quarter turn ("irot") swaps its sides.
std::optional<ImageSize> size_of_avif(std::string_view bytes) {
  const std::size_t property = bytes.find("ispe");
  if (property == npos) return std::nullopt;
  std::optional<ImageSize> found = checked(big_endian(bytes, property + 8, 4), big_endian(bytes, property + 12, 4));
  const std::size_t rotation = bytes.find("irot");
  if (found && rotation != npos && (byte_at(bytes, rotation + 4) & 1U) == 1U) std::swap(found->width, found->height);
  return found;
}

// "640", "640px", "640.5"; nothing for "100%" and other units.
std::optional<double> pixels(std::string_view text) {
  const std::string number(text);
  char* end = nullptr;
  const double value = std::strtod(number.c_str(), &end);
  const std::string_view unit = trim_markup(end);
  if (end == number.c_str() || !std::isfinite(value) || value < 1 || value > 1e6 || (!unit.empty() && unit != "px"))
    return std::nullopt;
  return value;
}

ImageSize rounded(double width, double height) {
  return {static_cast<int>(std::lround(width)), static_cast<int>(std::lround(height))};
}

std::optional<ImageSize> size_of_svg(std::string_view bytes) {
  const std::size_t start = bytes.find("<svg");
  if (start == npos) return std::nullopt;
  const std::string_view tag = markup_part_at(bytes, start).content;
  const auto width = pixels(tag_attribute(tag, "width").value_or(""));
  const auto height = pixels(tag_attribute(tag, "height").value_or(""));
  if (width && height) return rounded(*width, *height);
  const std::string box(tag_attribute(tag, "viewbox").value_or(""));
  double left = 0, top = 0, across = 0, down = 0;
  if (std::sscanf(box.c_str(), "%lf%*[ ,]%lf%*[ ,]%lf%*[ ,]%lf", &left, &top, &across, &down) != 4) return std::nullopt;
  if (!(across >= 1 && across <= 1e6 && down >= 1 && down <= 1e6)) return std::nullopt;
  return rounded(across, down);
}

}  // namespace

std::optional<ImageSize> image_size_of(std::string_view bytes) {
  if (bytes.size() < 12) return std::nullopt;
  if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return size_of_png(bytes);
  if (bytes.starts_with("\xFF\xD8")) return size_of_jpeg(bytes);
  if (bytes.starts_with("GIF8")) return size_of_gif(bytes);
  if (bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP") return size_of_webp(bytes);
  if (bytes.substr(4, 4) == "ftyp") return size_of_avif(bytes);
  return size_of_svg(bytes);
}

std::optional<ImageSize> read_image_size(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::string bytes(head_bytes, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return image_size_of(bytes);
}

}  // namespace import_
