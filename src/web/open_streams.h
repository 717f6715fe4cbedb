// How many answers without end are open, in all and for each client, so that nobody takes all the room with them. It remembers no
// client that has none open.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "http/message.h"

namespace web {

struct StreamLimits {
  std::size_t in_all = 4000;
  std::size_t of_one_client = 50;  // of one network, as the rate limits count it
};

struct StreamCounts {
  std::size_t open = 0;
  std::uint64_t opened = 0;   // since the site was made
  std::uint64_t refused = 0;  // likewise
};

// Thread-safe. Permits may outlive it.
class OpenStreams {
 public:
  explicit OpenStreams(StreamLimits limits);

  // While the permit lives, the stream counts. 503: there are too many; 429: this client has too many. A client that stands for
  // many who can't be told apart has no limit of its own.
  struct Admission {
    std::shared_ptr<const void> permit;
    int refusal = 0;
  };
  Admission admit(const http::Request& request);
  StreamCounts counts() const;

 private:
  class Register;
  std::shared_ptr<Register> register_;
};

}  // namespace web
