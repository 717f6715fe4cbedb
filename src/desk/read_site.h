// All that public pages are made from, read in one snapshot each, together with its sources: what must not have changed for the
// page to stay good (news/source.h). Nothing here writes (invariant 5), and nothing private is in any of it (invariant 3).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "desk/desk.h"
#include "news/address.h"
#include "news/article.h"
#include "news/comment.h"
#include "news/site.h"
#include "news/source.h"

namespace desk {

news::SiteFrame read_frame(const Desk& desk);
news::PermalinkRules read_permalink_rules(const Desk& desk);

// `key` as text::address_key makes it, or "?p=12". Nothing: 404.
std::optional<news::AddressTarget> find_address(const Desk& desk, std::string_view key);

// The address of the published article or page whose slug the last part of `key` is: what somebody most likely meant who followed
// an address that leads nowhere (another permalink structure's, a mistyped date). Nothing if there is none.
std::optional<std::string> guess_address(const Desk& desk, std::string_view key);

struct FrontContent {
  std::optional<news::Teaser> lead;   // the newest sticky one, else the newest
  std::vector<news::Teaser> seconds;  // 2 or 3
  struct Block {
    news::Section section;
    std::vector<news::Teaser> teasers;  // no story of the page twice
  };
  std::vector<Block> blocks;
  std::vector<news::Teaser> latest;
  std::vector<news::Teaser> most_discussed;  // may repeat stories: it is another list
  std::vector<news::CommentTeaser> comments;
  bool has_older = false;  // all articles fill more than one page
  std::vector<news::Source> sources;
};
FrontContent read_front(const Desk& desk);

struct ListContent {
  news::ListKey key;
  std::string title;                // name of the section, tag or author; "" for all and for dates
  std::string address;              // of its first page
  text::Html description;           // description or biography
  std::vector<news::Link> parents;  // of a section, the top one first
  std::vector<news::Section> children;
  news::TeaserPage teasers;
  std::vector<news::Source> sources;
};
// Error{not_found} if there is no such list, or no such page of it.
base::Result<ListContent> read_list(const Desk& desk, news::ListKey key, int page);
// month and day may be 0: the whole year or month. Error{not_found} for an impossible date or an empty one.
struct DateKey {
  int year = 0, month = 0, day = 0;
};
base::Result<ListContent> read_archive(const Desk& desk, DateKey date, int page);

struct ArticleContent {
  news::Article article;
  news::ThreadPage thread;
  bool has_thread_part = true;           // false: the branch or cursor that was asked for is none that the public sees here
  std::optional<news::Teaser> previous;  // older
  std::optional<news::Teaser> next;      // newer
  std::vector<news::Teaser> related;
  std::vector<news::Teaser> children;  // of a standing page
  std::vector<news::Link> ancestors;   // of a standing page
  bool may_comment = false;            // open, and not closed by age
  bool is_locked = false;              // password-protected and not opened: ask for the password
  std::vector<news::Source> sources;
};
// Error{not_found} for drafts, scheduled, private ones and a numbered page of the thread that is not there; Error{gone} for taken
// down. `own`: a comment that its author may see while it is held. `access`: the token of open_article; without it a
// password-protected article comes without body, lead picture, comments and related, and is_locked says so.
base::Result<ArticleContent> read_article(const Desk& desk, news::ArticleId id, const news::ThreadPart& part,
                                          news::CommentId own = {}, std::string_view access = {});
// With a numbered page of the thread; 0 means the first.
base::Result<ArticleContent> read_article(const Desk& desk, news::ArticleId id, int thread_page, news::CommentId own = {},
                                          std::string_view access = {});

// The comment, if the public may see it, and the part of the thread that shows it (a comment's permalink).
struct CommentPlace {
  news::Comment comment;
  news::ThreadPart part;
  std::string address;   // with #comment-ID
  std::string headline;  // of its article
};
std::optional<CommentPlace> find_comment_place(const Desk& desk, news::CommentId id);

struct SearchContent {
  std::vector<news::SearchHit> hits;
  int page = 1;
  int pages = 1;
  int total = 0;
  bool has_more = false;  // than are counted and listed
};
SearchContent search(const Desk& desk, std::string_view words, int page);

// For the useful 404.
std::vector<news::Teaser> read_latest(const Desk& desk, int most);

// The file of a media address below media/, or nothing.
std::optional<std::string> find_media_file(const Desk& desk, std::string_view address);

}  // namespace desk
