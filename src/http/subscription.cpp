#include "http/subscription.h"

#include <utility>

#include "http/loop.h"

namespace http {

namespace {

// A comment line: every reader of events skips it.
const std::shared_ptr<const std::string>& sign_of_life() {
  static const auto sign = std::make_shared<const std::string>(":\n\n");
  return sign;
}

}  // namespace

Subscription::Subscription(Loop& loop, EventStream stream, std::function<void()> wake)
    : loop_(loop),
      stream_(std::move(stream)),
      wake_(std::move(wake)),
      sign_due_(loop.tick() + static_cast<std::uint32_t>(loop.settings().sign_of_life.count())),
      place_(loop.add(stream_.topic, *this)) {}

Subscription::~Subscription() { loop_.remove(stream_.topic, place_); }

std::shared_ptr<const std::string> Subscription::take() {
  Topic::Said said = stream_.topic->last();
  const bool is_new = said.number > taken_;
  if (!is_new && !is_quiet_for_long()) return nullptr;
  taken_ = said.number;
  sign_due_ = loop_.tick() + static_cast<std::uint32_t>(loop_.settings().sign_of_life.count());
  return is_new ? std::move(said.event) : sign_of_life();
}

bool Subscription::has_news() const { return stream_.topic->last().number > taken_ || is_quiet_for_long(); }

bool Subscription::is_over() const { return loop_.is_draining() || stream_.topic->last().is_over; }

bool Subscription::is_quiet_for_long() const { return loop_.tick() >= sign_due_; }

}  // namespace http
