#include "desk/capability.h"

#include <array>
#include <charconv>

#include "base/format.h"

namespace desk {
namespace {

constexpr std::size_t longest_token = 200;

// Exactly the numbers of a payload, separated by single spaces; nothing for anything else.
std::optional<std::array<std::int64_t, 4>> parse_payload(std::string_view payload) {
  std::array<std::int64_t, 4> numbers{};
  const char* at = payload.data();
  const char* const end = at + payload.size();
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (i > 0 && (at == end || *at++ != ' ')) return std::nullopt;
    const auto [next, error] = std::from_chars(at, end, numbers[i]);
    if (error != std::errc()) return std::nullopt;
    at = next;
  }
  if (at != end) return std::nullopt;
  return numbers;
}

}  // namespace

std::string issue(const base::Secrets& secrets, base::Purpose purpose, const Grant& grant) {
  // The purpose is in the key already; in the payload it also keeps a later change of keys from mixing them up.
  return secrets.sign(
      purpose, base::format("{} {} {} {}", static_cast<int>(purpose), grant.object, grant.subject, base::to_unix(grant.expires)));
}

std::optional<Grant> redeem(const base::Secrets& secrets, base::Purpose purpose, std::string_view token, base::Time now) {
  if (token.empty() || token.size() > longest_token) return std::nullopt;
  const std::optional<std::string> payload = secrets.verify(purpose, token);
  if (!payload) return std::nullopt;
  const auto numbers = parse_payload(*payload);
  if (!numbers || (*numbers)[0] != static_cast<int>(purpose)) return std::nullopt;
  const Grant grant{(*numbers)[1], (*numbers)[2], base::from_unix((*numbers)[3])};
  if (grant.object <= 0 || now >= grant.expires) return std::nullopt;
  return grant;
}

bool is_genuine(const base::Secrets& secrets, base::Purpose purpose, std::string_view token) {
  return !token.empty() && token.size() <= longest_token && secrets.verify(purpose, token).has_value();
}

}  // namespace desk
