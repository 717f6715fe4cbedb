// How this program uses glibc's heap.
#pragma once

namespace base {

// To be called once, before there are threads.
void settle_heap();

// Gives whole pages of memory that lie unused between pieces in use back to the system. Thread-safe.
void give_back_holes();

}  // namespace base
