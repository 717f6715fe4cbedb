// How the system shares the processors out among our threads. What it does not grant stays as it was.
#pragma once

namespace base {

// For the calling thread: it comes behind the others, by so much as nice says (1 to 19).
void stand_back(int nice);

// For a calling thread that never works long: it gets short turns, and so its turn at once where another is in the middle of a long
// one. Linux 6.12 and later (sched(7), SCHED_OTHER, sched_runtime); before, threads that wait most of the time are preferred anyway.
void ask_for_short_turns();

}  // namespace base
