// One invented page of every kind with all that it can have: what a theme is tried with before it may serve readers, and from
// which the names that templates may use are known. Nothing of it is ever served.
#pragma once

#include <vector>

#include "view/model.h"
#include "view/theme.h"

namespace view {

struct SamplePage {
  Template page;
  Model model;
};

std::vector<SamplePage> sample_pages();

}  // namespace view
