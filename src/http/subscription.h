// One answer's place at a topic: which of what was said it has been given, and when it is time to show that the connection still
// stands. Internal to the folder.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "http/message.h"
#include "http/topic.h"

namespace http {

class Loop;

// Lives on its loop's thread.
class Subscription {
 public:
  // `wake` is called on the loop's thread when take() has something or the topic is over. It may end the subscription.
  Subscription(Loop& loop, EventStream stream, std::function<void()> wake);
  Subscription(const Subscription&) = delete;
  Subscription& operator=(const Subscription&) = delete;
  ~Subscription();

  // The next bytes to send; nothing to send at present: nullptr. Taking counts as sending.
  std::shared_ptr<const std::string> take();
  bool has_news() const;
  // Nothing more will come, because the topic has ended or the server is about to.
  bool is_over() const;
  // The function is held here meanwhile: it may end the subscription that it belongs to.
  void wake() const {
    const std::function<void()> wake = wake_;
    wake();
  }

 private:
  bool is_quiet_for_long() const;

  Loop& loop_;
  const EventStream stream_;
  const std::function<void()> wake_;
  std::uint64_t taken_ = 0;  // the number of what was taken last
  std::uint32_t sign_due_;   // in ticks
  std::uint64_t place_;      // among the loop's
};

}  // namespace http
