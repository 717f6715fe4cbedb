// A file that was put into the program when it was built: migrations, the shipped themes.
#pragma once

#include <string_view>

namespace base {

struct EmbeddedFile {
  std::string_view path;     // relative, with '/' between folders
  std::string_view content;  // the bytes as they stand in the file
};

}  // namespace base
