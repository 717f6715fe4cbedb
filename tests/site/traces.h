// What a leak would look like: an address of mail, its local part, and its hashes in every spelling; a network address; a
// capability. All are looked for at once, in one pass over the text.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace site {

class Traces {
 public:
  // `owner` is who may see it: 0 nobody.
  void add_email(const std::string& email, int owner);
  void add(std::string_view secret, int owner);  // as it stands

  // The first one in the text that is not `reader`'s own; empty: none.
  std::string find(std::string_view text, int reader = 0) const;
  std::size_t size() const { return known_.size(); }

 private:
  // By their first characters: longer ones begin the same, and a hash that was cut short is one too.
  static constexpr std::size_t window = 12;
  struct Known {
    std::string what;
    int owner = 0;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::unordered_map<std::string, Known, Hash, std::equal_to<>> known_;
};

}  // namespace site
