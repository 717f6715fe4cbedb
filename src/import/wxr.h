// What a WordPress export (WXR 1.0 to 1.2) holds, as plain structs with the texts as they stand in the file: nothing here is
// checked, safe or in a time zone yet. A commenter's network address is never kept.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace import_ {

struct WxrSite {
  std::string title;
  std::string link;           // where readers found the site
  std::string base_blog_url;  // the root of this blog; may differ from `link`
  std::string base_site_url;  // the root of the network it was part of
  std::string language;       // "en-US"
  std::string description;    // the tagline
  std::string version;        // "1.2"; empty or odd in some files
};

struct WxrMeta {
  std::string key, value;
};

struct WxrAuthor {
  std::int64_t id = 0;
  std::string login, email, display_name, first_name, last_name;
  std::size_t line = 0;
};

struct WxrTerm {
  std::int64_t id = 0;
  std::string taxonomy;  // "category", "post_tag", "nav_menu", or whatever a plug-in made
  std::string slug;
  std::string name;
  std::string parent;  // a slug of the same taxonomy, or empty
  std::string description;
  std::vector<WxrMeta> meta;
  std::size_t line = 0;
};

struct WxrItemTerm {
  std::string taxonomy;  // as in WxrTerm; "tag" of old files is "post_tag" here
  std::string slug;      // empty in files that name the term only
  std::string name;
};

struct WxrComment {
  std::int64_t id = 0;
  std::string author, email, url;
  std::string date, date_gmt;  // "2007-09-04 17:47:47"; GMT may be all zeros
  std::string content;
  std::string approved;  // "1", "0", "trash", "spam", "post-trashed"
  std::string type;      // "", "comment", "pingback", "trackback", "note"
  std::int64_t parent = 0;
  std::int64_t user_id = 0;
  std::vector<WxrMeta> meta;
};

struct WxrItem {
  std::int64_t post_id = 0;
  std::string post_type;  // "post", "page", "attachment", "nav_menu_item", ...
  std::string status;     // "publish", "future", "draft", "pending", "private", "trash", "inherit", "auto-draft"
  std::string title, link, guid, creator;
  std::string content, excerpt;
  std::string pub_date;                          // RFC 822
  std::string post_date, post_date_gmt;          // "2007-09-04 17:47:47"; GMT may be all zeros
  std::string post_modified, post_modified_gmt;  // only in newer files
  std::string comment_status, ping_status;
  std::string post_name;
  std::string post_password;
  std::string attachment_url;
  std::int64_t post_parent = 0;
  std::int64_t menu_order = 0;
  bool is_sticky = false;
  std::vector<WxrItemTerm> terms;
  std::vector<WxrMeta> meta;
  std::vector<WxrComment> comments;
  std::size_t line = 0;      // where the item begins in the file
  bool is_repaired = false;  // it was not well-formed; a problem with the same line says what was wrong
};

// The value of the first meta with this key, or nullptr.
const std::string* find_meta(const std::vector<WxrMeta>& meta, const char* key);

}  // namespace import_
