// Html: text that is safe to put into a page. A value comes only from escape (text/escape.h), the sanitiser (text/sanitise.h,
// text/markdown.h), a theme template (view) or a literal in our own source; anything else does not compile (invariant 4).
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace text {

class Html {
 public:
  Html() = default;

  // Text that stands in our own source: the constructor is consteval, so only a literal converts to it.
  class Literal {
   public:
    template <std::size_t N>
    consteval Literal(const char (&markup)[N]) : markup_(markup, N - 1) {}

   private:
    friend class Html;
    std::string_view markup_;
  };
  static Html literal(Literal markup) { return Html(std::string(markup.markup_)); }

  const std::string& string() const { return markup_; }
  bool empty() const { return markup_.empty(); }

  Html& operator+=(const Html& more) {
    markup_ += more.markup_;
    return *this;
  }
  friend Html operator+(Html left, const Html& right) { return left += right; }
  bool operator==(const Html&) const = default;

 private:
  // The places that may make Html from a run-time string, and nobody else.
  friend class HtmlMaker;
  explicit Html(std::string markup) : markup_(std::move(markup)) {}

  std::string markup_;
};

// The key to Html's constructor. Only the functions named here hold it; adding one is a security decision.
class HtmlMaker {
  friend Html escape(std::string_view plain);
  friend class Serialiser;         // text/sanitise.cpp: what the sanitiser wrote
  friend class StoredHtml;         // store: what the sanitiser wrote earlier, read back from our own database
  friend class TemplateExpansion;  // view: what a checked theme template expanded to

  static Html make(std::string markup) { return Html(std::move(markup)); }
};

}  // namespace text
