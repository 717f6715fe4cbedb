#include "golden/imported_site.h"

#include <fstream>
#include <iterator>

#include "base/format.h"
#include "import/golden_test.h"
#include "import/wordpress_import.h"
#include "text/plain.h"

namespace golden {
namespace {

// What stands between the next `begin` and the `end` after it, and moves behind it; empty if there is none.
std::string_view take_between(std::string_view& page, std::string_view begin, std::string_view end) {
  const std::size_t from = page.find(begin);
  if (from == std::string_view::npos) return {};
  const std::size_t until = page.find(end, from + begin.size());
  if (until == std::string_view::npos) return {};
  const std::string_view between = page.substr(from + begin.size(), until - from - begin.size());
  page.remove_prefix(until);
  return between;
}

std::string body_of(std::string_view page) {
  const std::size_t begin = page.find("<div class=\"body\"");
  if (begin == std::string_view::npos) return {};
  const std::size_t from = page.find('>', begin) + 1;
  const std::size_t behind = std::min(page.find("<footer class=\"filed\"", from), page.find("<p class=\"on-paper\">", from));
  return std::string(page.substr(from, page.rfind("</div>", behind) - from));
}

// Comments hold no <div>, so each ends at the first one that closes. `around` is the comment's element up to the next one's.
ShownComment comment_of(std::string_view around) {
  ShownComment comment;
  comment.is_removed = site::contains(around, "<p class=\"removed\">");
  comment.is_pingback = site::contains(around.substr(0, around.find("class=\"said\"")), "<span class=\"mark\">");
  std::string_view rest = around;
  comment.author = text::plain_text_of_untrusted(take_between(rest, "<b class=\"who\" dir=\"auto\">", "</b>"));
  comment.html = std::string(take_between(rest, "<div class=\"said\" dir=\"auto\">", "</div>"));
  return comment;
}

std::vector<ShownComment> comments_of(std::string_view page) {
  std::vector<ShownComment> comments;
  std::vector<int> above;  // the last comment at each depth
  std::size_t depth = 0;
  const std::string_view item = "<li id=\"comment-";
  std::size_t before = page.find("<section class=\"comments\"");
  if (before == std::string_view::npos) return comments;
  for (std::size_t at = page.find(item, before); at != std::string_view::npos;) {
    const std::size_t next = page.find(item, at + item.size());
    // Between two comments stand only the ends and beginnings of lists; those within a comment's own text are before its </div>.
    const std::string_view gap = page.substr(before, at - before);
    const std::size_t said = gap.find("class=\"said\"");
    const std::string_view joint = said == std::string_view::npos ? gap : gap.substr(gap.find("</div>", said));
    depth += static_cast<std::size_t>(site::count(joint, "<ol class=\"thread\">"));
    depth -= static_cast<std::size_t>(site::count(joint, "</ol>"));
    ShownComment comment = comment_of(page.substr(at, next == std::string_view::npos ? next : next - at));
    above.resize(depth, -1);
    if (depth > 1) comment.parent = above[depth - 2];
    above[depth - 1] = static_cast<int>(comments.size());
    comments.push_back(std::move(comment));
    before = at;
    at = next;
  }
  return comments;
}

}  // namespace

ShownArticle take_apart(std::string_view page) {
  ShownArticle article;
  std::string_view rest = page;
  article.headline = std::string(take_between(rest, "<h1>", "</h1>"));
  article.is_locked = site::contains(page, "<form class=\"respond\" action=\"/password\"");
  article.body = body_of(page);
  article.comments = comments_of(page);
  return article;
}

std::vector<std::string> word_list(std::string_view html) {
  const std::string text = import_::replace_every(text::plain_text_of_untrusted(import_::golden::without_controls(html)), "\u00A0", " ");
  std::vector<std::string> words;
  for (std::size_t at = import_::skip_markup_space(text, 0); at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n\f\v", at), text.size());
    words.push_back(text.substr(at, end - at));
    at = import_::skip_markup_space(text, end);
  }
  return words;
}

std::string words_in(std::string_view html) { return import_::golden::joined(word_list(html)); }

base::Result<void> ImportedSite::import(const std::vector<std::filesystem::path>& files, const std::filesystem::path& uploads) {
  report_ = {};
  const import_::WordPressImport wanted{.files = files, .uploads = uploads, .media_root = site_.folder() / "media"};
  return import_::import_wordpress(site_.desk(), wanted, report_, [](const std::string&, std::uint64_t, std::uint64_t) {});
}

Arrival ImportedSite::go(const std::string& address) {
  Arrival arrival{site_.get(address), address, false};
  if (arrival.response.status != 301) return arrival;
  arrival.address = site::header(arrival.response, "Location");
  arrival.is_redirected = true;
  const std::string path = arrival.address.substr(0, arrival.address.find('#'));
  if (path.starts_with("/")) arrival.response = site_.get(path);
  return arrival;
}

std::string ImportedSite::database_bytes() const {
  std::string bytes;
  for (const auto& entry : std::filesystem::directory_iterator(site_.folder())) {
    if (!entry.path().filename().string().starts_with("broadsheet.db")) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    bytes.append(std::istreambuf_iterator<char>(file), {});
  }
  return bytes;
}

std::vector<std::string> wrong_sums(const import_::Report& report) {
  std::vector<std::string> wrong;
  for (const auto& [kind, count] : report.kinds()) {
    const std::int64_t sum = count.imported + count.already + count.left_out_count;
    if (count.in != sum) wrong.push_back(base::format("{}: {} in the file, {} accounted for", kind, count.in, sum));
  }
  return wrong;
}

}  // namespace golden
