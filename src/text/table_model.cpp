#include <algorithm>
#include <charconv>
#include <string>

#include "text/content_model.h"

namespace text {
namespace {

using Nodes = std::vector<Node>;

std::size_t span_of(const Node& cell, std::string_view name) {
  const std::string* value = cell.find(name);
  std::size_t span = 1;
  if (value) std::from_chars(value->data(), value->data() + value->size(), span);
  return std::max<std::size_t>(span, 1);
}

// The columns of a table while its rows are laid out (HTML, "forming a table").
class Grid {
 public:
  // False if a cell would lie over another or reach out of its section, or a row has no cell of its own.
  bool add_section(const Node& section) {
    const std::size_t rows = section.children.size();
    std::fill(taken_until_.begin(), taken_until_.end(), 0);
    for (std::size_t row = 0; row < rows; ++row) {
      std::size_t column = 0;
      for (const Node& cell : section.children[row].children) {
        while (column < taken_until_.size() && taken_until_[column] > row) ++column;
        const std::size_t height = span_of(cell, "rowspan");
        if (row + height > rows || !place(column, span_of(cell, "colspan"), row, row + height)) return false;
      }
    }
    return true;
  }

  // A column that cells only reach into is an error to checkers.
  bool every_column_begins() const {
    return std::all_of(begins_.begin(), begins_.end(), [](bool begins) { return begins; });
  }

 private:
  bool place(std::size_t column, std::size_t width, std::size_t row, std::size_t end) {
    constexpr std::size_t widest = 1000;
    if (column + width > widest) return false;
    if (taken_until_.size() < column + width) {
      taken_until_.resize(column + width, 0);
      begins_.resize(column + width, false);
    }
    begins_[column] = true;
    for (std::size_t i = column; i < column + width; ++i) {
      if (taken_until_[i] > row) return false;
      taken_until_[i] = end;
    }
    return true;
  }

  std::vector<std::size_t> taken_until_;  // the first row of the section in which the column is free
  std::vector<bool> begins_;
};

bool spans_fit(const Node& table) {
  Grid grid;
  for (const Node& part : table.children) {
    if (is_table_section(part.tag) && !grid.add_section(part)) return false;
  }
  return grid.every_column_begins();
}

void drop_spans(Node& table) {
  for (Node& part : table.children) {
    if (!is_table_section(part.tag)) continue;
    for (Node& row : part.children) {
      for (Node& cell : row.children) {
        std::erase_if(cell.attributes,
                      [](const Attribute& attribute) { return attribute.name == "colspan" || attribute.name == "rowspan"; });
      }
    }
  }
}

// Rows with cells, and nothing else.
void keep_rows(Node& section) {
  for (Node& row : section.children) {
    std::erase_if(row.children, [](const Node& cell) { return !is_cell(cell.tag); });
  }
  std::erase_if(section.children, [](const Node& row) { return row.tag != Tag::tr || row.children.empty(); });
}

void merge_captions(Node& caption, Node&& more) {
  if (!caption.children.empty()) caption.children.push_back(text_node(" "));
  std::move(more.children.begin(), more.children.end(), std::back_inserter(caption.children));
}

}  // namespace

bool fit_table(Node& table) {
  Nodes captions;
  Nodes heads;
  Nodes bodies;
  Nodes feet;
  for (Node& part : table.children) {
    if (part.tag == Tag::caption) {
      if (captions.empty()) {
        captions.push_back(std::move(part));
      } else {
        merge_captions(captions.front(), std::move(part));
      }
      continue;
    }
    keep_rows(part);
    if (part.children.empty()) continue;
    if (part.tag == Tag::thead && heads.empty()) {
      heads.push_back(std::move(part));
    } else if (part.tag == Tag::tfoot && feet.empty()) {
      feet.push_back(std::move(part));
    } else {
      part.tag = Tag::tbody;
      bodies.push_back(std::move(part));
    }
  }
  const bool has_rows = !heads.empty() || !bodies.empty() || !feet.empty();
  table.children = std::move(captions);
  for (Nodes* parts : {&heads, &bodies, &feet}) std::move(parts->begin(), parts->end(), std::back_inserter(table.children));
  if (has_rows && !spans_fit(table)) drop_spans(table);
  return has_rows;
}

}  // namespace text
