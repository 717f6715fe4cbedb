// Turns the elements of a WordPress export, one after the other, into the structs of wxr.h. It is told what a parser found,
// strict or forgiving alike, and never looks at bytes, lines or namespaces itself: names come with the prefixes WordPress writes
// ("wp:post_id").
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "import/wxr.h"

namespace import_ {

using WxrAttributes = std::vector<std::pair<std::string, std::string>>;

// The elements that are delivered as a whole: a site's header comes before them, a broken one is repaired by itself.
enum class WxrUnit { none, item, author, term };
WxrUnit unit_of(std::string_view element);

class WxrBuilder {
 public:
  // An element longer than this is cut; `was_cut` says so afterwards.
  static constexpr std::size_t most_text = 64U << 20U;
  // All texts of one unit together: beyond it, more texts are dropped and `was_cut` is set.
  static constexpr std::size_t most_unit = 192U << 20U;

  void start(std::string_view name, const WxrAttributes& attributes);
  void text(std::string_view part);
  void end(std::string_view name);

  // The kind of unit that is being built, none between units.
  WxrUnit unit() const { return unit_; }
  // Starts anew between units, keeping the site's header. For a unit that turned out to be broken.
  void drop_unit();
  bool was_cut() const { return was_cut_; }

  // What the last unit's end completed. Precondition: it was a unit of that kind.
  WxrItem take_item();
  WxrAuthor take_author();
  WxrTerm take_term();
  const WxrSite& site() const { return site_; }

 private:
  void end_in_item(std::string_view name);
  void end_in_comment(std::string_view name);
  void end_in_channel(std::string_view name);
  bool end_meta(std::string_view name, std::vector<WxrMeta>& metas);

  WxrUnit unit_ = WxrUnit::none;
  bool in_comment_ = false;
  bool in_image_ = false;  // the channel's picture has a title and a link of its own
  bool was_cut_ = false;
  std::size_t unit_bytes_ = 0;
  std::string text_;
  WxrItemTerm item_term_;
  WxrMeta meta_;
  WxrSite site_;
  WxrItem item_;
  WxrAuthor author_;
  WxrTerm term_;
};

}  // namespace import_
