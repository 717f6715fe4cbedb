// What the site counts of itself: numbers by kinds that are all written in this program, never by anything that came from
// outside.
#pragma once

#include <array>
#include <cstdint>

#include "base/measure.h"
#include "base/result.h"
#include "news/comment.h"
#include "web/open_streams.h"
#include "web/page_cache.h"

namespace web {

constexpr std::size_t comment_verdicts = 4;  // in the order of news::CommentStatus
constexpr std::size_t refusal_reasons = 8;   // in the order of base::Errc

// Since the site was made.
struct SiteCounts {
  CacheCounts cache;
  StreamCounts streams;
  std::array<std::uint64_t, comment_verdicts> comments_accepted{};
  std::array<std::uint64_t, refusal_reasons> comments_refused{};
};

// Thread-safe.
class CommentCounts {
 public:
  void accepted(news::CommentStatus verdict) { accepted_[static_cast<std::size_t>(verdict)].add(); }
  void refused(base::Errc reason) { refused_[static_cast<std::size_t>(reason)].add(); }
  void add_to(SiteCounts& sum) const {
    for (std::size_t i = 0; i < comment_verdicts; ++i) sum.comments_accepted[i] += accepted_[i].value();
    for (std::size_t i = 0; i < refusal_reasons; ++i) sum.comments_refused[i] += refused_[i].value();
  }

 private:
  std::array<base::SharedCounter, comment_verdicts> accepted_;
  std::array<base::SharedCounter, refusal_reasons> refused_;
};

}  // namespace web
