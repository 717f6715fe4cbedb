#include "http/compress.h"

#include <brotli/encode.h>
#include <libdeflate.h>

#include <array>
#include <cstdint>
#include <memory>
#include <new>
#include <stdexcept>

#include "http/syntax.h"

namespace http {

namespace {

struct FreeCompressor {
  void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
};
using Compressor = std::unique_ptr<libdeflate_compressor, FreeCompressor>;

// Bodies up to this size are compressed into a buffer that stays.
constexpr std::size_t kept_bytes = 256 * 1024;

std::string gzip_with(const Compressor& compressor, std::string_view body, char* buffer) {
  // What does not fit is not smaller.
  const std::size_t size = libdeflate_gzip_compress(compressor.get(), body.data(), body.size(), buffer, body.size());
  return {buffer, size};
}

// Somebody waits for what is compressed quickly, so each thread keeps what that needs (about 0.5 MB): to ask the system for it each
// time took as long as a tenth of the compression.
std::string gzip_at_once(std::string_view body) {
  thread_local const Compressor compressor(libdeflate_alloc_compressor(quickest));
  thread_local const std::unique_ptr<char[]> buffer(new char[kept_bytes]);
  return compressor ? gzip_with(compressor, body, buffer.get()) : std::string();
}

}  // namespace

std::string gzip(std::string_view body, int level) {
  if (level == quickest && body.size() <= kept_bytes) return gzip_at_once(body);
  const Compressor compressor(libdeflate_alloc_compressor(level));
  if (!compressor) return {};
  const std::unique_ptr<char[]> buffer(new char[body.size()]);
  return gzip_with(compressor, body, buffer.get());
}

std::string gunzip(std::string_view coded, std::size_t size) {
  struct Free {
    void operator()(libdeflate_decompressor* tool) const { libdeflate_free_decompressor(tool); }
  };
  const std::unique_ptr<libdeflate_decompressor, Free> tool(libdeflate_alloc_decompressor());
  if (!tool) throw std::bad_alloc();
  std::string body(size, '\0');
  // Without a place for the length it found, it takes any other length for a failure.
  if (libdeflate_gzip_decompress(tool.get(), coded.data(), coded.size(), body.data(), size, nullptr) != LIBDEFLATE_SUCCESS)
    throw std::runtime_error("kept bytes cannot be unpacked");
  return body;
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
