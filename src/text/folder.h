// Collects words with single spaces or line ends between them. Private to src/text.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "text/code_point.h"

namespace text {

class Folder {
 public:
  void add(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t start = at;
      if (is_white_space(next_code_point(text, at))) {
        space();
        continue;
      }
      // A run of plain ASCII at once: nearly all of it is.
      while (at < text.size() && text[at] > ' ' && text[at] < '\x7f') ++at;
      if (due_ != '\0' && !out_.empty()) out_ += due_;
      due_ = '\0';
      out_.append(text, start, at - start);
    }
  }
  void space() {
    if (due_ == '\0') due_ = ' ';
  }
  void line_end() { due_ = '\n'; }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  char due_ = '\0';  // what separates the next word from the last
};

}  // namespace text
