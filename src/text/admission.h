// What may stay: elements by trust, attributes by name and value, links, pictures and media by where they lead. It never decides
// where an element may stand (text/content_model.h) and never writes markup. Private to src/text.
#pragma once

#include <vector>

#include "text/fragment.h"
#include "text/sanitise.h"

namespace text {

// A tree whose elements and attributes are all allowed. Comments come out with their blocks as Tag::div where no better one is
// allowed.
std::vector<Node> admit(std::vector<Node> nodes, const SanitisePolicy& policy);

}  // namespace text
