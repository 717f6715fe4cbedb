#include "view/template_source.h"

#include <algorithm>

#include "base/format.h"

namespace view {

namespace {

constexpr std::size_t max_include_depth = 8;

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (c >= 'a' && c <= 'z');
  });
}

// File names of includes and assets, keys of messages.
bool is_word(std::string_view text) {
  return !text.empty() && !text.starts_with('.') && text.find("..") == std::string_view::npos &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
                  c == '-' || c == '/';
         });
}

class Reader {
 public:
  Reader(const ThemeFiles& files, TemplateSource& out) : files_(files), out_(out) {}

  void read(const std::string& file, std::string_view wanted_by, int wanted_at) {
    const auto found = files_.find(file + ".tpl");
    if (found == files_.end()) {
      out_.faults.push_back(fault_at(wanted_by, wanted_at, base::format("there is no file {}.tpl", file)));
      return;
    }
    if (open_.size() >= max_include_depth || std::find(open_.begin(), open_.end(), file) != open_.end()) {
      out_.faults.push_back(
          fault_at(wanted_by, wanted_at, base::format("{}.tpl includes itself, or too many files include each other", file)));
      return;
    }
    open_.push_back(file);
    cut(found->second);
    open_.pop_back();
  }

 private:
  void cut(const ThemeFile& file) {
    std::string_view rest = file.content;
    int line = 1;
    while (!rest.empty()) {
      const auto open = rest.find("{{");
      const std::string_view literal = rest.substr(0, open);
      if (!literal.empty()) out_.parts.push_back({PartKind::literal, std::string(literal), file.origin, line});
      line += static_cast<int>(std::count(literal.begin(), literal.end(), '\n'));
      if (open == std::string_view::npos) return;
      const auto close = rest.find("}}", open);
      if (close == std::string_view::npos) return fault(file, line, "this {{ has no }}");
      const std::string_view marker = rest.substr(open + 2, close - open - 2);
      take(marker, file, line);
      line += static_cast<int>(std::count(marker.begin(), marker.end(), '\n'));
      rest.remove_prefix(close + 2);
    }
  }

  void take(std::string_view marker, const ThemeFile& file, int line) {
    if (marker.starts_with('!')) return;
    const std::string_view tail = marker.empty() ? marker : marker.substr(1);
    if (marker.starts_with('#') && is_name(tail)) return add(PartKind::section_begin, tail, file, line);
    if (marker.starts_with('/') && is_name(tail)) return add(PartKind::section_end, tail, file, line);
    if (marker.starts_with('>') && is_word(tail)) return read(std::string(tail), file.origin, line);
    if (marker.starts_with("t ") && is_word(marker.substr(2))) return add(PartKind::message, marker.substr(2), file, line);
    if (marker.starts_with("asset ") && is_word(marker.substr(6))) return add(PartKind::asset, marker.substr(6), file, line);
    if (is_name(marker)) return add(PartKind::text, marker, file, line);
    constexpr std::string_view as_html = ":x-html";
    if (marker.ends_with(as_html) && is_name(marker.substr(0, marker.size() - as_html.size()))) {
      return add(PartKind::markup, marker.substr(0, marker.size() - as_html.size()), file, line);
    }
    if (marker.find(':') != std::string_view::npos) {
      return fault(file, line,
                   base::format("{{{{{}}}}}: escaping is done for you; no modifier but :x-html may stand here", marker));
    }
    fault(file, line, base::format("{{{{{}}}}} is no marker this program knows", marker));
  }

  void add(PartKind kind, std::string_view value, const ThemeFile& file, int line) {
    out_.parts.push_back({kind, std::string(value), file.origin, line});
  }
  void fault(const ThemeFile& file, int line, std::string_view what) { out_.faults.push_back(fault_at(file.origin, line, what)); }

  const ThemeFiles& files_;
  TemplateSource& out_;
  std::vector<std::string> open_;
};

}  // namespace

std::string fault_at(std::string_view origin, int line, std::string_view what) {
  return base::format("{}, line {}: {}", origin, line, what);
}

TemplateSource read_template(const ThemeFiles& files, std::string_view file) {
  TemplateSource source;
  Reader(files, source).read(std::string(file), "the theme", 1);
  return source;
}

}  // namespace view
