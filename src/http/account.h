// What is noted of one request and its answer, whichever protocol brought it: counted when it is answered, logged when its last
// byte has gone. Internal to the folder.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string_view>

#include "http/answer.h"
#include "http/counts.h"
#include "http/timing.h"

namespace http {

class Loop;

// Lives on its loop's thread. In the order of a request: begin, perhaps hand_over (and take_back), answer, finish.
class Account {
 public:
  // A new request, which so far nobody has in hand: what is answered now is a refusal.
  void begin(Protocol protocol);
  // A worker has it from now on, and writes into the timing.
  std::shared_ptr<Timing> hand_over(const Loop& loop, const Request& request);
  // The workers had no room.
  void take_back(Loop& loop);
  // Its answer was ready, but not all of it could be sent at once.
  void find_ready(const Loop& loop, Method method, std::string_view target);

  void answer(Loop& loop, const Answer& answer);
  // The same for an answer whose account begins with find_ready and that is counted already.
  void expect(int status, std::uint64_t bytes);
  // Only what had a worker, or was ready, has a time to tell.
  void finish();

 private:
  Protocol protocol_ = Protocol::http11;
  AnswerKind kind_ = AnswerKind::refused;
  std::chrono::steady_clock::time_point handed_over_{};
  std::shared_ptr<Timing> timing_;
  int status_ = 0;
  std::uint64_t bytes_ = 0;  // of the body
};

// "/a/?b" without the query, which may hold a capability.
std::string_view path_of(std::string_view target);

}  // namespace http
