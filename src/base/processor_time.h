// For tests that claim how much work something is: the processor's time, which a busy machine does not lengthen as it does the
// time on the clock.
#pragma once

#include <chrono>
#include <ctime>

namespace base {

// Of all threads of this process since it began.
inline std::chrono::duration<double> processor_time() {
  return std::chrono::duration<double>(static_cast<double>(std::clock()) / CLOCKS_PER_SEC);
}

}  // namespace base
