#include "http/compress.h"

#include <brotli/encode.h>
#include <libdeflate.h>

#include <array>
#include <cstdint>
#include <memory>

#include "http/syntax.h"

namespace http {

std::string gzip(std::string_view body, int level) {
  const std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)> compressor(
      libdeflate_alloc_compressor(level), libdeflate_free_compressor);
  if (!compressor) return {};
  std::string out(body.size(), '\0');  // what does not fit is not smaller
  const std::size_t size = libdeflate_gzip_compress(compressor.get(), body.data(), body.size(), out.data(), out.size());
  out.resize(size);
  out.shrink_to_fit();
  return out;
}

std::string brotli(std::string_view body, int quality) {
  std::string out(body.size(), '\0');
  std::size_t size = out.size();
  if (!BrotliEncoderCompress(quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, body.size(),
                             reinterpret_cast<const std::uint8_t*>(body.data()), &size,
                             reinterpret_cast<std::uint8_t*>(out.data()))) {
    return {};
  }
  out.resize(size);
  out.shrink_to_fit();
  return out;
}

bool is_compressible(std::string_view content_type) {
  const std::string_view type = trim(content_type.substr(0, content_type.find(';')));
  if (starts_ignoring_case(type, "text/")) return true;
  static constexpr std::array<std::string_view, 7> kinds{
      "application/json", "application/javascript", "application/xml", "application/manifest+json",
      "image/svg+xml",    "image/x-icon",           "font/ttf"};
  for (const std::string_view kind : kinds) {
    if (equals_ignoring_case(type, kind)) return true;
  }
  const std::size_t plus = type.rfind('+');  // application/rss+xml, application/ld+json
  return plus != std::string_view::npos &&
         (equals_ignoring_case(type.substr(plus), "+xml") || equals_ignoring_case(type.substr(plus), "+json"));
}

}  // namespace http
