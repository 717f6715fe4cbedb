// Reads a WordPress export (WXR 1.0 to 1.2) from beginning to end in constant memory, one item after the other, and hands what it
// finds to a visitor. A file with a broken place is read item by item as far as it can be, and every broken place is told with
// its line. It never guesses at what a text means, never touches a database and never resolves an entity or a document type.
#pragma once

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <string>

#include "base/result.h"
#include "import/wxr.h"

namespace import_ {

struct WxrProblem {
  enum class Effect {
    repaired,  // the unit is delivered; something small may be lost from it
    left_out,  // the unit is not delivered
    harmless,  // nothing that WordPress wrote is lost
  };
  std::size_t line = 0;
  Effect effect = Effect::harmless;
  std::string what;          // a sentence
  bool is_item = false;      // an <item> is concerned, not an author, a term or the frame
  std::int64_t post_id = 0;  // of that item, if it could be read
};

class WxrVisitor {
 public:
  virtual ~WxrVisitor() = default;
  // Once, before everything else.
  virtual void on_site(const WxrSite& site) = 0;
  virtual void on_author(WxrAuthor author) = 0;
  virtual void on_term(WxrTerm term) = 0;
  virtual void on_item(WxrItem item) = 0;
  virtual void on_problem(const WxrProblem& problem) = 0;
  // Now and then. `total` is the size of the file.
  virtual void on_progress(std::uint64_t bytes, std::uint64_t total) {
    (void)bytes;
    (void)total;
  }
};

// Refuses (Error{invalid, a sentence with name and line}) what is no WordPress export: another kind of XML, HTML, binary, a file
// with a document type. Until then the visitor was told nothing but progress. What the visitor throws passes through.
base::Result<void> read_wxr(std::istream& file, const std::string& name, WxrVisitor& visitor);
// The same; also refuses (not_found) a file that cannot be opened.
base::Result<void> read_wxr(const std::filesystem::path& file, WxrVisitor& visitor);

}  // namespace import_
