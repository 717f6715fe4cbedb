#include "base/heap.h"

#include <malloc.h>

namespace base {

// SQLite takes and gives back 64 KB for each savepoint, which is each comment: by default the heap would shrink and grow every time.
// Large pieces (pages being made) still go back to the system at once, and few arenas keep what threads leave lying about small.
void settle_heap() {
  mallopt(M_TRIM_THRESHOLD, 1024 * 1024);
  mallopt(M_TOP_PAD, 128 * 1024);
  mallopt(M_MMAP_THRESHOLD, 256 * 1024);
  mallopt(M_ARENA_MAX, 4);
}

void give_back_holes() { malloc_trim(0); }

}  // namespace base
