// Collects what a page is made from (news/source.h), each once. Private to src/desk.
#pragma once

#include <initializer_list>
#include <set>
#include <vector>

#include "news/article.h"
#include "news/source.h"

namespace desk {

class Sources {
 public:
  Sources(std::initializer_list<news::Source> sources) : sources_(sources) {}

  void add(news::Source source) { sources_.insert(source); }
  // A teaser shows words of its article and the count of its thread.
  void add(const news::Teaser& teaser) {
    add(news::source_of(teaser.id));
    add(news::thread_of(teaser.id));
  }
  void add(const std::vector<news::Teaser>& teasers) {
    for (const news::Teaser& teaser : teasers) add(teaser);
  }

  std::vector<news::Source> take() const { return {sources_.begin(), sources_.end()}; }

 private:
  std::set<news::Source> sources_;
};

}  // namespace desk
