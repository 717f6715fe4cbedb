#include "text/tag.h"

#include <array>

namespace text {
namespace {

// In the order of the enumeration.
constexpr std::array<TagTraits, tag_count> traits = {{
    {"", Role::text, true},
    {"a", Role::transparent, true},
    {"abbr", Role::inline_content},
    {"address", Role::container},
    {"aside", Role::container},
    {"audio", Role::media},
    {"b", Role::inline_content, true},
    {"bdi", Role::inline_content},
    {"bdo", Role::inline_content},
    {"blockquote", Role::container, true},
    {"br", Role::void_inline, true},
    {"caption", Role::table_part},
    {"cite", Role::inline_content, true},
    {"code", Role::inline_content, true},
    {"dd", Role::description_part},
    {"del", Role::transparent, true},
    {"details", Role::details},
    {"dfn", Role::inline_content},
    {"div", Role::container},
    {"dl", Role::description_list},
    {"dt", Role::description_part},
    {"em", Role::inline_content, true},
    {"embed", Role::embed},
    {"figcaption", Role::figcaption},
    {"figure", Role::figure},
    {"h2", Role::paragraph},
    {"h3", Role::paragraph},
    {"h4", Role::paragraph},
    {"h5", Role::paragraph},
    {"h6", Role::paragraph},
    {"hr", Role::rule},
    {"i", Role::inline_content, true},
    {"img", Role::void_inline},
    {"ins", Role::transparent},
    {"kbd", Role::inline_content, true},
    {"li", Role::list_item, true},
    {"mark", Role::inline_content},
    {"ol", Role::list, true},
    {"p", Role::paragraph, true},
    {"pre", Role::paragraph, true},
    {"q", Role::inline_content, true},
    {"rp", Role::ruby_part},
    {"rt", Role::ruby_part},
    {"ruby", Role::ruby},
    {"s", Role::inline_content, true},
    {"samp", Role::inline_content},
    {"small", Role::inline_content},
    {"source", Role::source},
    {"span", Role::inline_content},
    {"strong", Role::inline_content, true},
    {"sub", Role::inline_content, true},
    {"summary", Role::summary},
    {"sup", Role::inline_content, true},
    {"table", Role::table},
    {"tbody", Role::table_part},
    {"td", Role::table_part},
    {"tfoot", Role::table_part},
    {"th", Role::table_part},
    {"thead", Role::table_part},
    {"time", Role::inline_content},
    {"tr", Role::table_part},
    {"u", Role::inline_content, true},
    {"ul", Role::list, true},
    {"var", Role::inline_content},
    {"video", Role::media},
    {"wbr", Role::void_inline},
}};
static_assert(traits[static_cast<std::size_t>(Tag::embed)].name == "embed");
static_assert(traits[static_cast<std::size_t>(Tag::pre)].name == "pre");
static_assert(traits[static_cast<std::size_t>(Tag::wbr)].name == "wbr");

}  // namespace

const TagTraits& traits_of(Tag tag) { return traits[static_cast<std::size_t>(tag)]; }

bool is_void(Tag tag) {
  const Role role = role_of(tag);
  return role == Role::void_inline || role == Role::rule || role == Role::source || role == Role::embed;
}

bool is_heading(Tag tag) { return tag >= Tag::h2 && tag <= Tag::h6; }

bool is_block(Tag tag) {
  switch (role_of(tag)) {
    case Role::rule:
    case Role::paragraph:
    case Role::container:
    case Role::list:
    case Role::list_item:
    case Role::description_list:
    case Role::description_part:
    case Role::table:
    case Role::table_part:
    case Role::figure:
    case Role::figcaption:
    case Role::details:
    case Role::summary: return true;
    default: return false;
  }
}

bool is_cell(Tag tag) { return tag == Tag::td || tag == Tag::th; }
bool is_table_section(Tag tag) { return tag == Tag::tbody || tag == Tag::thead || tag == Tag::tfoot; }

}  // namespace text
