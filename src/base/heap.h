// How this program uses glibc's heap.
#pragma once

namespace base {

// To be called once, before there are threads.
void settle_heap();

}  // namespace base
