// Writes a WordPress export (WXR 1.2) of about so many megabytes to standard output, the same for the same arguments: posts with
// sections, tags and authors, each with ten comments or so, some of them replies. Of articles as long as in make_site.
//
//   make_wxr MEGABYTES [SEED]
#include <cstdio>
#include <string>

#include "load.h"
#include "prose.h"

namespace {

using bench::Prose;

constexpr std::int64_t first_day = 16'436;  // days since 1970: 1 January 2015
constexpr int sections = 12;
constexpr int tags = 300;
constexpr int authors = 30;

// The civil date of a day (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
std::string date_of(std::int64_t days, std::int64_t second) {
  days += 719'468;
  const std::int64_t era = days / 146'097;
  const std::int64_t of_era = days - era * 146'097;
  const std::int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36'524 - of_era / 146'096) / 365;
  const std::int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted = (5 * of_year + 2) / 153;
  const std::int64_t day = of_year - (153 * shifted + 2) / 5 + 1;
  const std::int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
  const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d %02d:%02d:%02d", static_cast<int>(year), static_cast<int>(month),
                static_cast<int>(day), static_cast<int>(second / 3600 % 24), static_cast<int>(second / 60 % 60),
                static_cast<int>(second % 60));
  return text;
}

std::string number(std::uint64_t value) { return std::to_string(value); }
std::string field(const std::string& name, const std::string& value) { return "<" + name + ">" + value + "</" + name + ">\n"; }
std::string text_field(const std::string& name, const std::string& value) { return field(name, "<![CDATA[" + value + "]]>"); }

std::string head() {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<rss version=\"2.0\" "
      "xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\" "
      "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:wfw=\"http://wellformedweb.org/CommentAPI/\" "
      "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:wp=\"http://wordpress.org/export/1.2/\">\n<channel>\n"
      "<title>The "
      "Bench</title>\n<link>https://old.example.org</link>\n<language>en-GB</language>\n<wp:wxr_version>1.2</wp:wxr_version>\n"
      "<wp:base_site_url>https://old.example.org</wp:base_site_url>\n<wp:base_blog_url>https://old.example.org</"
      "wp:base_blog_url>\n";
  for (int i = 1; i <= authors; ++i)
    out += "<wp:author>" + field("wp:author_id", number(static_cast<std::uint64_t>(i))) +
           text_field("wp:author_login", "author" + std::to_string(i)) +
           text_field("wp:author_email", "author" + std::to_string(i) + "@example.org") +
           text_field("wp:author_display_name", "Author " + std::to_string(i)) + "</wp:author>\n";
  for (int i = 1; i <= sections; ++i)
    out += "<wp:category>" + field("wp:term_id", number(static_cast<std::uint64_t>(i))) +
           text_field("wp:category_nicename", "section-" + std::to_string(i)) + text_field("wp:category_parent", "") +
           text_field("wp:cat_name", "Section " + std::to_string(i)) + "</wp:category>\n";
  return out;
}

// A body as the block editor writes it.
std::string body_of(Prose& prose) {
  std::string out;
  for (std::size_t left = prose.dice.length(300), paragraphs = 0; left > 0; ++paragraphs) {
    const std::size_t here = std::min<std::size_t>(left, 40 + prose.dice.below(50));
    if (paragraphs % 5 == 4) out += "<!-- wp:heading -->\n<h2>" + prose.headline() + "</h2>\n<!-- /wp:heading -->\n\n";
    std::string words = prose.paragraph(here);
    if (prose.dice.chance(0.2))
      words += " <a href=\"https://example.org/" + prose.word() + "/\">" + prose.word() + "</a> <strong>" + prose.word() +
               "</strong> &amp; more.";
    out += "<!-- wp:paragraph -->\n<p>" + words + "</p>\n<!-- /wp:paragraph -->\n\n";
    left -= here;
  }
  return out;
}

std::string comment_of(Prose& prose, std::uint64_t id, std::uint64_t parent, std::int64_t day, std::int64_t second) {
  const std::uint64_t reader = prose.dice.skewed(50'000);
  return "<wp:comment>\n" + field("wp:comment_id", number(id)) + text_field("wp:comment_author", "Reader " + number(reader)) +
         text_field("wp:comment_author_email", "reader" + number(reader) + "@example.org") + field("wp:comment_author_url", "") +
         text_field("wp:comment_author_IP", "192.0.2.1") + text_field("wp:comment_date", date_of(day, second)) +
         text_field("wp:comment_date_gmt", date_of(day, second)) + text_field("wp:comment_content", prose.comment()) +
         text_field("wp:comment_approved", "1") + text_field("wp:comment_type", "comment") +
         field("wp:comment_parent", number(parent)) + field("wp:comment_user_id", "0") + "</wp:comment>\n";
}

std::string terms_of(Prose& prose) {
  const std::string section = std::to_string(1 + prose.dice.below(sections));
  std::string out =
      "<category domain=\"category\" nicename=\"section-" + section + "\"><![CDATA[Section " + section + "]]></category>\n";
  for (std::uint64_t left = prose.dice.below(4); left > 0; --left) {
    const std::string tag = std::to_string(1 + prose.dice.skewed(tags));
    out += "<category domain=\"post_tag\" nicename=\"tag-" + tag + "\"><![CDATA[Tag " + tag + "]]></category>\n";
  }
  return out;
}

class Export {
 public:
  explicit Export(std::uint64_t seed) : prose_(seed) {}

  std::string post() {
    const std::uint64_t id = ++posts_;
    const auto day = first_day + static_cast<std::int64_t>(id / 20);
    const auto second = static_cast<std::int64_t>(id % 20) * 3600 + 7;
    const std::string headline = prose_.headline();
    const std::string slug = bench::slug_of(headline) + "-" + number(id);
    std::string out =
        "<item>\n" + field("title", headline) + field("link", "https://old.example.org/" + slug + "/") +
        text_field("dc:creator", "author" + std::to_string(1 + prose_.dice.below(authors))) +
        text_field("content:encoded", body_of(prose_)) + text_field("excerpt:encoded", "") + field("wp:post_id", number(id)) +
        text_field("wp:post_date", date_of(day, second)) + text_field("wp:post_date_gmt", date_of(day, second)) +
        text_field("wp:post_modified", date_of(day, second)) + text_field("wp:comment_status", "open") +
        text_field("wp:ping_status", "closed") + text_field("wp:post_name", slug) + text_field("wp:status", "publish") +
        field("wp:post_parent", "0") + field("wp:menu_order", "0") + text_field("wp:post_type", "post") +
        text_field("wp:post_password", "") + field("wp:is_sticky", "0") + terms_of(prose_);
    const std::uint64_t first = comments_ + 1;
    for (std::size_t i = 0, count = prose_.dice.length(9); i < count; ++i) {
      const std::uint64_t parent = i > 0 && prose_.dice.chance(0.4) ? first + prose_.dice.below(i) : 0;
      out += comment_of(prose_, ++comments_, parent, day, second + static_cast<std::int64_t>(i) * 60);
    }
    return out + "</item>\n";
  }

 private:
  Prose prose_;
  std::uint64_t posts_ = 0;
  std::uint64_t comments_ = 0;
};

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) bench::fail("usage: make_wxr MEGABYTES [SEED]");
  const std::size_t wanted = std::stoul(arguments[1]) * 1'000'000;
  Export made(count > 2 ? std::stoul(arguments[2]) : 1);
  std::size_t written = 0;
  const auto write = [&](const std::string& text) {
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) bench::fail("cannot write");
    written += text.size();
  };
  write(head());
  while (written < wanted) write(made.post());
  write("</channel>\n</rss>\n");
}
