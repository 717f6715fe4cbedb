// What the smaller forms share: their fields as text, who sends them, and the cookies by which a browser is known again. These
// cookies are sent with forms below /comment alone, so that no page can vary by them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "desk/desk.h"
#include "desk/voter.h"
#include "http/message.h"
#include "web/site_parts.h"
#include "web/visit.h"

namespace web {

// Fields as valid UTF-8, whatever was sent.
struct SmallForm {
  std::vector<std::pair<std::string, std::string>> fields;
  std::optional<base::Error> error;  // {invalid, "form.damaged" | "form.too_many_fields"}

  // The first field of that name, or "".
  std::string value(std::string_view name) const;
};
SmallForm parse_small_form(const http::Request& request);

desk::Voter voter_of(const SiteParts& parts, const Visit& visit);
void remember_voter(http::Response& response, const SiteParts& parts, const Visit& visit, const desk::Voter& voter);

// "NAME=VALUE" for a year, below /comment, out of reach of scripts and of other sites.
std::string lasting_cookie(const SiteParts& parts, const Visit& visit, std::string_view name, std::string_view value);

}  // namespace web
