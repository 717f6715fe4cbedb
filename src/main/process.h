// What the system says about this process. Linux only; what it does not say is 0.
#pragma once

#include <cstdint>

namespace cli {

struct ProcessState {
  double cpu_seconds = 0;            // user and system, of all threads
  std::uint64_t resident_bytes = 0;  // memory that is really there
  std::uint64_t virtual_bytes = 0;
  std::uint64_t open_descriptors = 0;
  std::uint64_t most_descriptors = 0;
  double start_time = 0;  // seconds since 1970
  std::uint64_t threads = 0;
};

ProcessState look_at_process();

}  // namespace cli
