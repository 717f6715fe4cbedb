// What a path of the site leads to.
#pragma once

#include <cstdint>
#include <string>

namespace news {

enum class AddressKind : std::int32_t { article = 0, section = 1, tag = 2, author = 3, media = 4, redirect = 5, gone = 6 };

struct AddressTarget {
  AddressKind kind = AddressKind::article;
  std::int64_t object_id = 0;  // of the article, section, tag, author or media
  std::string target;          // of a redirect: path or address, fragment allowed
};

}  // namespace news
