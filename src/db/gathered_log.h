// A layer under SQLite that writes to the write-ahead log in large pieces. SQLite itself asks for two writes a page, one for the
// head of its frame and one for the page: a commit of 25 comments would be more than a hundred system calls.
//
// Invariants:
// 1. When SQLite reads, syncs, measures or cuts the log, everything it wrote before is in the file.
// 2. A commit is in the file when the write of its last page returns: other connections may read it from then on.
// 3. A write that fails late is told before its commit counts, by the write of its last page or by the sync: what SQLite then
//    gives up is dropped here, too.
#pragma once

namespace db {

// The name of the layer for sqlite3_open_v2, over whatever layer is the default when a file is opened.
const char* gathered_log();

}  // namespace db
