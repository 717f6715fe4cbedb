// Readers who ask and write without pause, each in a thread of its own, and what became of their requests. They behave as RFC
// 9112 asks of clients: who is told "Connection: close" comes back on a new connection, and a request that got no answer at all
// on a connection that had been in use before is sent once more (section 9.3.1).
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "operating/served_site.h"

namespace operating {

class Load {
 public:
  Load(std::uint16_t port, ServedSite::Form form);
  ~Load() { stop(); }

  // Waits until each reader has got so many more answers.
  void await_answers(std::size_t more) const;
  void stop();

  // After stop().
  const std::vector<std::string>& failures() const { return failures_; }
  const std::multiset<std::string>& acknowledged() const { return acknowledged_; }  // the texts of comments
  std::size_t answers() const;

 private:
  enum class Connections { kept, new_each_time };
  void read(std::atomic<std::size_t>& answers, Connections connections);
  void write(std::atomic<std::size_t>& answers, Connections connections, int writer);
  void fail(const std::string& what);

  const std::uint16_t port_;
  const ServedSite::Form form_;
  std::atomic<bool> is_over_ = false;
  std::vector<std::unique_ptr<std::atomic<std::size_t>>> counts_;
  std::mutex mutex_;
  std::vector<std::string> failures_;
  std::multiset<std::string> acknowledged_;
  std::vector<std::thread> threads_;
};

}  // namespace operating
