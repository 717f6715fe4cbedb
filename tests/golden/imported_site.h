// A whole site with an import in it, and what a reader sees of it: pages through the site's handler, taken apart into headline, body and comments. Knows
// no table and no expectation.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "import/report.h"
#include "site/test_site.h"

namespace golden {

// Where somebody who asks for an address arrives: at most one redirect is followed, as far as this site.
struct Arrival {
  http::Response response;
  std::string address;
  bool is_redirected = false;
};

struct ShownComment {
  std::string author;
  std::string html;
  int parent = -1;  // its place in the list; -1: none
  bool is_pingback = false;
  bool is_removed = false;
};

struct ShownArticle {
  std::string headline;  // HTML
  std::string body;      // HTML
  bool is_locked = false;
  std::vector<ShownComment> comments;  // in the order of the page
};

ShownArticle take_apart(std::string_view page);
// As a browser would read them.
std::vector<std::string> word_list(std::string_view html);
// "A B C" for people and for comparing.
std::string words_in(std::string_view html);

class ImportedSite {
 public:
  base::Result<void> import(const std::vector<std::filesystem::path>& files, const std::filesystem::path& uploads = {});
  // The report of the last import.
  const import_::Report& report() const { return report_; }

  Arrival go(const std::string& address);
  site::TestSite& site() { return site_; }
  // Everything that stands on the disk where the database is.
  std::string database_bytes() const;

 private:
  site::TestSite site_;
  import_::Report report_;
};

// One sentence for each kind whose items don't add up: in = imported + already + left out.
std::vector<std::string> wrong_sums(const import_::Report& report);

}  // namespace golden
