#include "view/model.h"

#include <algorithm>

namespace view {

Model& Model::add(std::string_view section) {
  // From the back: turns of one section are mostly added one after the other.
  auto found = std::find_if(sections_.rbegin(), sections_.rend(), [&](const Section& one) { return one.name == section; });
  if (found != sections_.rend()) return found->turns.emplace_back();
  sections_.push_back({section, {}});
  return sections_.back().turns.emplace_back();
}

}  // namespace view
