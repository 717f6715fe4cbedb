#include "store/thread_path.h"

#include <algorithm>

namespace store {
namespace {

constexpr std::int64_t largest = (std::int64_t{1} << 40) - 1;

void append_five_bytes(std::string& path, std::int64_t number) {
  number = std::clamp<std::int64_t>(number, 0, largest);
  for (int shift = 32; shift >= 0; shift -= 8) path += static_cast<char>(static_cast<unsigned char>((number >> shift) & 0xff));
}

}  // namespace

std::string thread_path(std::string_view parent, base::Time created, news::CommentId id) {
  std::string path(parent);
  append_five_bytes(path, base::to_unix(created));
  append_five_bytes(path, id.value);
  return path;
}

std::string next_path(std::string_view path) { return std::string(path) + '\0'; }

std::string behind_thread(std::string_view path) {
  std::string behind(path);
  // The path plus one; a byte that overflows carries over.
  for (std::size_t i = behind.size(); i-- > 0;) {
    const auto next = static_cast<unsigned char>(static_cast<unsigned char>(behind[i]) + 1);
    behind[i] = static_cast<char>(next);
    if (next != 0) break;
  }
  return behind;
}

}  // namespace store
