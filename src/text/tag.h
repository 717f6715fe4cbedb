// The elements that src/text knows: every one that may leave the sanitiser, and `embed`, which stands for a frame until it has
// become a link. Private to src/text. What is not listed here can't be written by anybody.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace text {

enum class Tag : std::uint8_t {
  text,  // no element: a piece of text
  a,
  abbr,
  address,
  aside,
  audio,
  b,
  bdi,
  bdo,
  blockquote,
  br,
  caption,
  cite,
  code,
  dd,
  del,
  details,
  dfn,
  div,
  dl,
  dt,
  em,
  embed,
  figcaption,
  figure,
  h2,
  h3,
  h4,
  h5,
  h6,
  hr,
  i,
  img,
  ins,
  kbd,
  li,
  mark,
  ol,
  p,
  pre,
  q,
  rp,
  rt,
  ruby,
  s,
  samp,
  small,
  source,
  span,
  strong,
  sub,
  summary,
  sup,
  table,
  tbody,
  td,
  tfoot,
  th,
  thead,
  time,
  tr,
  u,
  ul,
  var,
  video,
  wbr,
};
inline constexpr std::size_t tag_count = static_cast<std::size_t>(Tag::wbr) + 1;

// Where an element may stand and what it may hold (HTML, "content models").
enum class Role : std::uint8_t {
  text,
  inline_content,  // phrasing content in phrasing content
  transparent,     // holds what its parent may hold
  void_inline,     // img, br, wbr: no content
  rule,            // hr
  paragraph,       // a block of phrasing content
  container,       // a block of flow content
  list,
  list_item,
  description_list,
  description_part,
  table,
  table_part,
  figure,
  figcaption,
  details,
  summary,
  ruby,
  ruby_part,
  media,
  source,
  embed,
};

struct TagTraits {
  std::string_view name;
  Role role = Role::inline_content;
  bool in_comments = false;  // also allowed in what readers write
};

const TagTraits& traits_of(Tag tag);
inline std::string_view name_of(Tag tag) { return traits_of(tag).name; }
inline Role role_of(Tag tag) { return traits_of(tag).role; }

// br, hr, img, wbr, source, embed: no content and no end tag.
bool is_void(Tag tag);
bool is_heading(Tag tag);
// Elements whose start ends a paragraph in the parser.
bool is_block(Tag tag);
bool is_cell(Tag tag);           // td, th
bool is_table_section(Tag tag);  // thead, tbody, tfoot

}  // namespace text
