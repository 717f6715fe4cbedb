// Who votes or reports, so that each does it once: a reader whom their cookie proved, or else a browser by a token of its own. A
// browser that comes without a token gets one made of its network, its software and the day by the site's secret, so that leaving
// the token away the same day counts as the same browser (docs/decisions/0023). Only that keyed number is ever kept.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "desk/desk.h"

namespace desk {

struct Voter {
  std::int64_t number = 0;
  std::string token;  // for the browser to keep for a year; empty: it has one, or needs none
};

struct BrowserTraits {
  std::string_view token;     // as the browser sent it, or empty
  std::string_view network;   // of the client
  std::string_view software;  // as the browser calls itself
};

// The number of a reader who is known.
std::int64_t voter_number(const Desk& desk, news::ReaderId reader);

Voter identify_voter(const Desk& desk, Actor actor, const BrowserTraits& browser);

}  // namespace desk
