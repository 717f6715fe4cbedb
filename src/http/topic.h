// What many readers listen to at once: something is said on a topic now and then, and each of them is told over an answer that
// has no end of its own (server-sent events, https://html.spec.whatwg.org/multipage/server-sent-events.html). A topic holds only
// what was said last: whoever comes late or reads slowly misses what was before it, and costs no memory. It knows neither what is
// said nor how it travels.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "base/mutex.h"

namespace http {

class Loop;

// Thread-safe. Held by shared_ptr: by whoever speaks, and by each answer that listens.
class Topic : public std::enable_shared_from_this<Topic> {
 public:
  struct Said {
    std::uint64_t number = 0;                  // counts from 1; 0: nothing so far
    std::shared_ptr<const std::string> event;  // empty with 0
    bool is_over = false;
  };

  // Whole events, as they are sent: "data: 5\n\n". Takes no longer than it takes to tell each loop; nobody is waited for.
  void say(std::string event) EXCLUDES(mutex_);
  // The same, unless something was said already: for whoever knows less than those who speak.
  void say_first(std::string event) EXCLUDES(mutex_);
  // Nothing more will be said: all answers that listen end.
  void end() EXCLUDES(mutex_);
  Said last() const EXCLUDES(mutex_);

  // For loops: one more, or one less, of their answers listens.
  void add_listener(const std::shared_ptr<Loop>& loop) EXCLUDES(mutex_);
  void remove_listener(const Loop& loop) EXCLUDES(mutex_);

 private:
  struct Audience {
    std::weak_ptr<Loop> loop;
    std::size_t listeners = 0;
  };
  void tell() EXCLUDES(mutex_);

  mutable base::Mutex mutex_;
  Said said_ GUARDED_BY(mutex_);
  std::map<const Loop*, Audience> audiences_ GUARDED_BY(mutex_);
};

}  // namespace http
