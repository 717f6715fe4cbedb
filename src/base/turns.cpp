#include "base/turns.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>

namespace base {
namespace {

constexpr std::uint64_t short_turn = 100'000;  // nanoseconds; the least there is

// As the kernel has it (sched_setattr(2)); the C library of Debian 12 knows no such structure.
struct Scheduling {
  std::uint32_t size = sizeof(Scheduling);
  std::uint32_t policy = 0;  // SCHED_OTHER
  std::uint64_t flags = 0;
  std::int32_t nice = 0;
  std::uint32_t priority = 0;
  std::uint64_t runtime = 0;
  std::uint64_t deadline = 0;
  std::uint64_t period = 0;
};
static_assert(sizeof(Scheduling) == 48, "SCHED_ATTR_SIZE_VER0");

}  // namespace

// Linux counts it for each thread.
void stand_back(int nice) { ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), nice); }

void ask_for_short_turns() {
  Scheduling present;
  if (::syscall(SYS_sched_getattr, 0, &present, sizeof present, 0) != 0 || present.policy != 0) return;
  present.size = sizeof present;
  present.flags = 0;
  present.runtime = short_turn;
  ::syscall(SYS_sched_setattr, 0, &present, 0);
}

}  // namespace base
