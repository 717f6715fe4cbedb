#include "news/mail.h"

#include <algorithm>

namespace news {
namespace {

struct Bounds {
  int to_recipient;
  int by_actor;
  int on_article;
  int to_recipient_on_article;
};

Bounds bounds_of(MailKind kind) {
  constexpr int none = 1'000'000;
  switch (kind) {
    case MailKind::sign_in: return {3, 20, none, none};
    // Nobody asked for these yet: whoever typed the address may not be its owner.
    case MailKind::follow: return {3, 20, 60, none};
    // A thread on fire: the fourth answer within an hour makes no mail.
    case MailKind::reply: return {20, 200, 300, 3};
    case MailKind::held: return {6, none, none, none};
  }
  return {0, 0, 0, 0};
}

}  // namespace

bool may_mail(MailKind kind, const MailCounts& last_hour) {
  const Bounds bounds = bounds_of(kind);
  return last_hour.to_recipient < bounds.to_recipient && last_hour.by_actor < bounds.by_actor &&
         last_hour.on_article < bounds.on_article && last_hour.to_recipient_on_article < bounds.to_recipient_on_article;
}

base::Seconds wait_after_attempt(int attempt, double chance) {
  constexpr std::int64_t first = 30;
  constexpr std::int64_t longest = 6 * 3600;
  std::int64_t seconds = first;
  for (int i = 1; i < attempt && seconds < longest; ++i) seconds *= 4;
  seconds = std::min(seconds, longest);
  const double factor = 0.75 + 0.5 * std::clamp(chance, 0.0, 1.0);
  return base::Seconds(static_cast<std::int64_t>(static_cast<double>(seconds) * factor));
}

}  // namespace news
