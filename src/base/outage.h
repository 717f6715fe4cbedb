// What fails again and again, in the operator's log: a line when it begins, one a minute while it lasts, and one when it is over
// that says how long it was; never one for each attempt. It decides nothing about the attempts themselves.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace base {

// Belongs to the thread that attempts.
class Outage {
 public:
  using Moment = std::chrono::steady_clock::time_point;

  // Two beginnings of lines: "the database takes no writes" goes on with ": CAUSE", "the database takes writes again" with
  // ", after 12 s".
  Outage(std::string begin, std::string end) : begin_(std::move(begin)), end_(std::move(end)) {}

  // After an attempt that failed, and after one that did not.
  void fails(std::string_view cause, Moment now = std::chrono::steady_clock::now());
  void works(Moment now = std::chrono::steady_clock::now());

 private:
  std::string begin_;
  std::string end_;
  std::optional<Moment> since_;  // none: there is no outage
  Moment told_{};                // when the log heard of it last
};

}  // namespace base
