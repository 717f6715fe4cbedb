// Content codings. The only file that knows libdeflate and brotli.
#pragma once

#include <string>
#include <string_view>

namespace http {

// Whole bodies at once. An empty result says that the coded form is not smaller, or that memory ran out: send the plain one.
std::string gzip(std::string_view body, int level);      // 1 (quickest) to 12
std::string brotli(std::string_view body, int quality);  // 1 to 11
// Of what gzip gave, whose length before must be known: it is for our own bytes, and throws where they are not that.
std::string gunzip(std::string_view coded, std::size_t size);

inline constexpr int quickest = 1;

// Text in the widest sense; pictures, archives and the like are compressed already.
bool is_compressible(std::string_view content_type);

// Bodies smaller than this are sent plain: they fit into one packet either way.
inline constexpr std::size_t least_compressed = 1024;

}  // namespace http
