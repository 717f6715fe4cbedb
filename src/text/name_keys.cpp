#include "text/name_keys.h"

#include <unicode/uchar.h>
#include <unicode/uspoof.h>

#include <memory>
#include <stdexcept>

#include "text/code_point.h"
#include "text/utf8.h"

namespace text {
namespace {

struct CloseChecker {
  void operator()(USpoofChecker* checker) const { uspoof_close(checker); }
};
using Checker = std::unique_ptr<USpoofChecker, CloseChecker>;

// Thread-safe once made (ICU: "uspoof_getSkeleton … may be called from several threads" on one checker).
const USpoofChecker& checker() {
  static const Checker made = [] {
    UErrorCode status = U_ZERO_ERROR;
    Checker opened(uspoof_open(&status));
    if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
    return opened;
  }();
  return *made;
}

// Without what is not seen, and without spaces: "Ada Winter" is "AdaWinter".
std::string visible_part(std::string_view utf8) {
  std::string out;
  for (std::size_t at = 0; at < utf8.size();) {
    const auto point = static_cast<UChar32>(next_code_point(utf8, at));
    const bool is_seen = !u_isUWhiteSpace(point) && !u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
    if (is_seen) append_code_point(out, static_cast<char32_t>(point));
  }
  return out;
}

std::string skeleton(std::string_view utf8) {
  const auto size = static_cast<std::int32_t>(utf8.size());
  UErrorCode status = U_ZERO_ERROR;
  std::string out(utf8.size() * 4 + 16, '\0');
  std::int32_t length =
      uspoof_getSkeletonUTF8(&checker(), 0, utf8.data(), size, out.data(), static_cast<std::int32_t>(out.size()), &status);
  if (status == U_BUFFER_OVERFLOW_ERROR) {
    status = U_ZERO_ERROR;
    out.resize(static_cast<std::size_t>(length) + 1);
    length = uspoof_getSkeletonUTF8(&checker(), 0, utf8.data(), size, out.data(), static_cast<std::int32_t>(out.size()), &status);
  }
  if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
  out.resize(static_cast<std::size_t>(length));
  return out;
}

}  // namespace

std::vector<std::string> name_keys(std::string_view name) {
  const std::string seen = visible_part(to_valid_utf8(name));
  // Once as written, because a capital I looks like a small l; once folded, because it is still an i.
  std::string as_written = visible_part(fold_case(skeleton(seen)));
  std::string folded = visible_part(fold_case(skeleton(fold_case(seen))));
  if (as_written.empty() || folded.empty()) return {};
  std::vector<std::string> keys{std::move(folded)};
  if (as_written != keys.front()) keys.push_back(std::move(as_written));
  return keys;
}

}  // namespace text
