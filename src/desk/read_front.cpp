// The front page: what stands where on it. No story twice but in "most discussed" and the latest comments, which are other lists.
#include <algorithm>
#include <set>

#include "desk/read_site.h"
#include "desk/sources.h"
#include "store/articles.h"
#include "store/taxonomy.h"
#include "store/threads.h"

namespace desk {
namespace {

constexpr int seconds_shown = 3;
constexpr int teasers_a_block = 4;
constexpr std::size_t most_blocks = 24;  // invariant 8: a site with a hundred sections has them in its navigation
constexpr int latest_shown = 10;
constexpr int most_discussed_shown = 5;
constexpr int comments_shown = 5;
constexpr std::chrono::days recent{14};

// Takes the stories that stand nowhere on the page yet.
class Picker {
 public:
  // How many must be read so that `wanted` new ones are among them for certain.
  int to_read(int wanted) const { return wanted + static_cast<int>(shown_.size()); }

  std::vector<news::Teaser> take(std::vector<news::Teaser> from, int wanted) {
    std::vector<news::Teaser> taken;
    for (news::Teaser& teaser : from) {
      if (static_cast<int>(taken.size()) == wanted) break;
      if (shown_.insert(teaser.id).second) taken.push_back(std::move(teaser));
    }
    return taken;
  }

 private:
  std::set<news::ArticleId> shown_;
};

std::vector<news::Teaser> newest(db::Connection& connection, news::ListKey list, int most) {
  return store::list_teasers(connection, list, 1, most).teasers;
}

void read_top(db::Connection& connection, Picker& picker, FrontContent& front) {
  std::vector<news::Teaser> lead = picker.take(store::sticky_teasers(connection, 1), 1);
  if (lead.empty()) lead = picker.take(newest(connection, {}, 1), 1);
  if (!lead.empty()) front.lead = std::move(lead.front());
  front.seconds = picker.take(newest(connection, {}, picker.to_read(seconds_shown)), seconds_shown);
}

void read_blocks(db::Connection& connection, Picker& picker, FrontContent& front, Sources& sources) {
  for (news::Section& section : store::list_sections(connection)) {
    if (section.parent || section.article_count == 0) continue;
    if (front.blocks.size() == most_blocks) break;
    const news::ListKey list{news::ListKind::section, section.id.value};
    sources.add(news::source_of(list));  // an empty block too: its next story must bring it up
    std::vector<news::Teaser> teasers = picker.take(newest(connection, list, picker.to_read(teasers_a_block)), teasers_a_block);
    if (!teasers.empty()) front.blocks.push_back({std::move(section), std::move(teasers)});
  }
}

// Invariant 10: "recent" is measured from the newest article or comment, not from a clock that would let a kept page grow old.
base::Time recent_since(const FrontContent& front, const std::vector<news::Teaser>& newest_one) {
  base::Time newest_time{};
  for (const news::Teaser& teaser : newest_one) newest_time = std::max(newest_time, teaser.published);
  for (const news::CommentTeaser& comment : front.comments) newest_time = std::max(newest_time, comment.created);
  return newest_time - recent;
}

void read_talk(const Desk& desk, db::Connection& connection, FrontContent& front) {
  front.comments = store::latest_comments(connection, comments_shown, desk.settings.comments_per_page);
  const base::Time since = recent_since(front, newest(connection, {}, 1));
  front.most_discussed = store::most_discussed(connection, since, most_discussed_shown);
  if (front.most_discussed.empty())
    front.most_discussed = store::most_discussed(connection, base::Time::min(), most_discussed_shown);
}

}  // namespace

FrontContent read_front(const Desk& desk) {
  db::Reading reading = desk.database.read();
  FrontContent front;
  Picker picker;
  Sources sources{{news::SourceKind::frame}, {news::SourceKind::list_all}, {news::SourceKind::comments}};
  read_top(reading.connection(), picker, front);
  read_blocks(reading.connection(), picker, front, sources);
  front.latest = picker.take(newest(reading.connection(), {}, picker.to_read(latest_shown)), latest_shown);
  front.has_older = store::list_teasers(reading.connection(), {}, 1, 1).total > desk.settings.articles_per_page;
  read_talk(desk, reading.connection(), front);

  if (front.lead) sources.add(*front.lead);
  sources.add(front.seconds);
  for (const FrontContent::Block& block : front.blocks) sources.add(block.teasers);
  sources.add(front.latest);
  sources.add(front.most_discussed);
  front.sources = sources.take();
  return front;
}

}  // namespace desk
