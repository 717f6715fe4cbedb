#include "text/own_markup.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "text/tag.h"

namespace text {
namespace {

std::optional<Tag> find_tag(std::string_view name) {
  static const auto tags = [] {
    std::unordered_map<std::string_view, Tag> known;
    for (std::size_t i = 1; i < tag_count; ++i) known.emplace(name_of(static_cast<Tag>(i)), static_cast<Tag>(i));
    return known;
  }();
  const auto found = tags.find(name);
  return found == tags.end() ? std::nullopt : std::optional(found->second);
}

struct Reference {
  std::string_view written;
  std::string_view meant;
};
constexpr std::array<Reference, 6> references{
    {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&#34;", "\""}}};

// False for any other reference.
bool add_text(std::string_view text, Folder& folder) {
  while (!text.empty()) {
    const std::size_t plain = std::min(text.find('&'), text.size());
    folder.add(text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) return true;
    const auto reference =
        std::find_if(references.begin(), references.end(), [&](const Reference& one) { return text.starts_with(one.written); });
    if (reference == references.end()) return false;
    folder.add(reference->meant);
    text.remove_prefix(reference->written.size());
  }
  return true;
}

// The end of the tag that begins `markup`: behind its '>'. Values are quoted and hold no '>'.
std::size_t end_of_tag(std::string_view markup) {
  const std::size_t end = markup.find_first_of("<>", 1);
  return end == std::string_view::npos || markup[end] == '<' ? std::string_view::npos : end + 1;
}

}  // namespace

bool collect_own_markup(std::string_view markup, Folder& folder) {
  int media = 0;  // open elements whose content is for browsers that cannot play them
  while (!markup.empty()) {
    const std::size_t tag_begins = std::min(markup.find('<'), markup.size());
    if (media == 0 && !add_text(markup.substr(0, tag_begins), folder)) return false;
    markup.remove_prefix(tag_begins);
    if (markup.empty()) break;
    const std::size_t size = end_of_tag(markup);
    if (size == std::string_view::npos) return false;
    const bool is_end = markup.starts_with("</");
    std::string_view name = markup.substr(is_end ? 2 : 1, size - (is_end ? 3 : 2));
    name = name.substr(0, name.find(' '));
    markup.remove_prefix(size);

    const std::optional<Tag> tag = find_tag(name);
    if (!tag) return false;
    const bool is_media = role_of(*tag) == Role::media;
    if (is_media) media += is_end ? -1 : 1;
    if (media < 0) return false;
    if (media > 0 || is_media) continue;
    if (*tag == Tag::br || (is_block(*tag) && !is_cell(*tag))) folder.line_end();
    if (is_cell(*tag) && !is_end) folder.space();
  }
  return media == 0;
}

}  // namespace text
