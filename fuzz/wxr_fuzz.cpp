// Any bytes as a WordPress export: the reader ends, tells what it refuses, and the renderers take what it delivers.
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>

#include "import/wordpress_text.h"
#include "import/wxr_reader.h"

namespace {

class Renderer final : public import_::WxrVisitor {
 public:
  void on_site(const import_::WxrSite&) override {}
  void on_author(import_::WxrAuthor) override {}
  void on_term(import_::WxrTerm) override {}
  void on_problem(const import_::WxrProblem&) override {}
  void on_item(import_::WxrItem item) override {
    (void)import_::render_wordpress_title(item.title, "en");
    (void)import_::render_wordpress_content(item.content, {});
    for (const import_::WxrComment& comment : item.comments) (void)import_::render_wordpress_comment(comment.content, "en");
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  Renderer renderer;
  std::istringstream file(bytes);
  (void)import_::read_wxr(file, "fuzz.xml", renderer);
  (void)import_::render_wordpress_content(bytes, {});
  return 0;
}
