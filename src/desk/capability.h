// Signed grants, as cookies and addresses carry them. Private to src/desk. Each is bound to purpose, object, subject and expiry,
// all four of which are checked when it comes back (invariant 5); none is ever logged.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/secrets.h"
#include "base/time.h"

namespace desk {

struct Grant {
  std::int64_t object = 0;   // what it opens: a comment, a reader, an article
  std::int64_t subject = 0;  // whose it is: a reader; for an article the password it was opened with
  base::Time expires{};
};

std::string issue(const base::Secrets& secrets, base::Purpose purpose, const Grant& grant);

// Nothing if it is forged, cut, made for another purpose, or expired at `now`.
std::optional<Grant> redeem(const base::Secrets& secrets, base::Purpose purpose, std::string_view token, base::Time now);

// Ours, whether expired or not: tells a link that came too late from one that was never given out.
bool is_genuine(const base::Secrets& secrets, base::Purpose purpose, std::string_view token);

}  // namespace desk
