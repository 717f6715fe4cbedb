#include "desk/voter.h"

#include "base/format.h"
#include "desk/capability.h"

namespace desk {
namespace {

constexpr std::chrono::days token_lasts{365};
constexpr std::int64_t seconds_a_day = 86'400;

// Positive, so that it can be the object of a grant.
std::int64_t number_for(const Desk& desk, std::string_view what) {
  const base::Digest digest = desk.secrets.keyed_hash(base::Purpose::browser, what);
  std::int64_t number = 0;
  for (std::size_t i = 0; i < 7; ++i) number = number * 256 + digest[i];
  return number + 1;
}

}  // namespace

std::int64_t voter_number(const Desk& desk, news::ReaderId reader) {
  return number_for(desk, base::format("reader {}", reader.value));
}

Voter identify_voter(const Desk& desk, Actor actor, const BrowserTraits& browser) {
  if (const news::ReaderId reader = actor.signed_in ? actor.signed_in : actor.reader) return {voter_number(desk, reader), {}};
  const base::Time now = desk.clock.now();
  if (const auto grant = redeem(desk.secrets, base::Purpose::browser, browser.token, now);
      grant && grant->subject == grant->object)
    return {number_for(desk, base::format("browser {}", grant->object)), {}};
  const std::int64_t day = base::to_unix(now) / seconds_a_day;
  const std::int64_t token = number_for(
      desk, base::format("{} {}:{} {}", day, browser.network.size(), browser.network, browser.software.substr(0, 400)));
  return {number_for(desk, base::format("browser {}", token)),
          issue(desk.secrets, base::Purpose::browser, {token, token, now + token_lasts})};
}

}  // namespace desk
