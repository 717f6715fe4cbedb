// Where an element may stand: turns a tree of allowed elements into one that is valid HTML inside a flow container (HTML,
// "content models"), so that it parses again to the same tree. Elements move, merge or leave their content; no word is lost and
// none changes its place but in a table whose parts stand in an odd order. Fitting twice equals fitting once. Private to
// src/text.
#pragma once

#include <vector>

#include "text/fragment.h"
#include "text/sanitise.h"

namespace text {

// The result is never deeper than max_fitted_depth. Recursion is as deep as the tree.
std::vector<Node> fit_content(std::vector<Node> nodes, Trust trust);

// Leaves room below max_markup_depth for the parts of a table, so that a second pass flattens nothing.
inline constexpr std::size_t max_fitted_depth = max_markup_depth - 10;

// For content_model.cpp, in table_model.cpp: orders a table's fitted parts (caption, head, bodies, foot), drops empty rows, and
// drops the spans of a table whose cells they would lay over each other. False if the table has no rows.
bool fit_table(Node& table);

}  // namespace text
