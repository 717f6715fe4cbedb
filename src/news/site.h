// The site's own settings and its frame: what every page shows around its content.
#pragma once

#include <string>
#include <vector>

#include "news/taxonomy.h"

namespace news {

enum class Moderation { none, first, all };

// From broadsheet.toml; the same for as long as the process runs.
struct SiteSettings {
  std::string title = "Broadsheet";
  std::string tagline;
  std::string url;  // "https://example.org", no slash at the end; empty: addresses stay relative
  std::string timezone = "UTC";
  std::string language = "en";
  std::string theme = "default";
  int articles_per_page = 20;
  int comments_per_page = 50;  // top-level ones
  int max_comment_depth = 10;  // replies to deeper comments are attached at this depth
  int max_comment_characters = 10'000;
  int close_comments_after_days = 0;  // 0: never
  Moderation moderation = Moderation::first;
  int comments_per_minute = 10;             // per client; 0: no limit
  int comment_edit_minutes = 15;            // how long its author may change a comment; 0: not at all
  std::vector<std::string> image_hosts;     // other hosts whose pictures articles may show
  std::vector<std::string> reserved_names;  // of staff: no comment is signed with one, or with one that looks like it
  bool sends_mail = false;                  // there is a mail server: what needs one is offered only then
  std::vector<std::string> moderators;      // email addresses that hear of held comments
  int mails_per_hour = 500;                 // in all; more wait
  int keep_failed_mail_days = 14;
  int keep_tokens_days = 1;  // keyed tokens of network addresses
};

// Addresses, as WordPress words them: %year% %monthnum% %day% %hour% %minute% %second% %post_id% %postname% %category% %author%.
// In the database, because an import brings its own.
struct PermalinkRules {
  std::string article = "/%year%/%monthnum%/%postname%/";
  std::string section_base = "/category";
  std::string tag_base = "/tag";
  std::string author_base = "/author";
  std::string date_base;  // "" or "/archives/date" where the structure demands it
  bool operator==(const PermalinkRules&) const = default;
};

struct MenuEntry {
  std::string label;
  std::string address;
  int depth = 0;
};

// What every page shows around its content.
struct SiteFrame {
  std::vector<Section> sections;  // the top sections with articles, in their order
  std::vector<MenuEntry> menu;    // the operator's menu; empty: the sections serve as one
  std::vector<Link> pages;        // top standing pages, for the foot
};

}  // namespace news
