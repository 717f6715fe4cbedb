#include "web/open_streams.h"

#include <string>
#include <unordered_map>
#include <utility>

#include "base/mutex.h"
#include "web/rate_limit.h"

namespace web {

class OpenStreams::Register {
 public:
  explicit Register(StreamLimits limits) : limits_(limits) {}

  // 0: it counts from now on.
  int enter(const std::string& client) EXCLUDES(mutex_) {
    const base::MutexLock lock(mutex_);
    const auto known = clients_.find(client);
    const bool is_greedy = !client.empty() && known != clients_.end() && known->second >= limits_.of_one_client;
    if (is_greedy || counts_.open >= limits_.in_all) {
      ++counts_.refused;
      return is_greedy ? 429 : 503;
    }
    ++counts_.open;
    ++counts_.opened;
    ++clients_[client];
    return 0;
  }

  void leave(const std::string& client) EXCLUDES(mutex_) {
    const base::MutexLock lock(mutex_);
    --counts_.open;
    const auto known = clients_.find(client);
    if (known != clients_.end() && --known->second == 0) clients_.erase(known);
  }

  StreamCounts counts() const EXCLUDES(mutex_) {
    const base::MutexLock lock(mutex_);
    return counts_;
  }

 private:
  const StreamLimits limits_;
  mutable base::Mutex mutex_;
  StreamCounts counts_ GUARDED_BY(mutex_);
  std::unordered_map<std::string, std::size_t> clients_ GUARDED_BY(mutex_);
};

OpenStreams::OpenStreams(StreamLimits limits) : register_(std::make_shared<Register>(limits)) {}

OpenStreams::Admission OpenStreams::admit(const http::Request& request) {
  const std::string client = request.client_is_many ? std::string() : client_network(request.client);
  if (const int refusal = register_->enter(client); refusal != 0) return {nullptr, refusal};
  // What stands in it does not matter, only that it ends.
  return {std::shared_ptr<const void>(register_.get(), [kept = register_, client](const void*) { kept->leave(client); }), 0};
}

StreamCounts OpenStreams::counts() const { return register_->counts(); }

}  // namespace web
