// Which article of this site the comments of an old address belong to: by the operator's own map, by the path of the address, by
// WordPress's "?p=12", and by what the site's software called the thread. The host does not count, because sites move, unless the
// operator names the hosts. Nothing is guessed: what an address may have meant is said in the reason, and the operator decides.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "db/scratch.h"
#include "desk/desk.h"
#include "import/comment_records.h"
#include "news/ids.h"

namespace import_ {

// The keys, as desk::find_address takes them, under which an address may be known here, the surest first: "?p=12" for WordPress's
// plain addresses, then the path, then the path without "index.html", "amp" or "comment-page-2". Empty for what is no address.
std::vector<std::string> address_keys(std::string_view address);

// Borrows everything. Used by one thread.
class ThreadMatch {
 public:
  // `hosts`: empty for all.
  ThreadMatch(const desk::Desk& desk, db::Scratch& scratch, std::vector<std::string> hosts);

  // Lines "old address<TAB>new address"; empty ones and those that begin with '#' say nothing. Error{not_found} if it can't be
  // read, {invalid, file and line} for a line that is none, or whose new address is no article of this site.
  base::Result<void> load_map(const std::filesystem::path& file);

  struct Match {
    std::optional<news::ArticleId> article;
    std::string why_not;  // a plain sentence
  };
  Match match(const ThreadRecord& thread) const;

 private:
  std::optional<news::ArticleId> find_mapped(std::string_view link) const;
  std::optional<news::ArticleId> find_article(const std::vector<std::string>& keys) const;
  bool is_foreign_host(std::string_view link) const;
  std::string why_not(const ThreadRecord& thread, const std::vector<std::string>& keys) const;

  const desk::Desk desk_;  // references, copied
  db::Scratch& scratch_;
  std::vector<std::string> hosts_;
};

}  // namespace import_
