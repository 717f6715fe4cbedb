// How well a row of a full-text table answers a query: `relevance(TABLE, WEIGHT…)` in SQL, a weight for each column, the higher
// the better. It is bm25 (https://www.sqlite.org/fts5.html#the_bm25_function) but for one thing: SQLite's own reads every row
// that holds a word to learn how rare the word is, which on a large site is most of what a search costs; this one looks at the
// first rows that hold it and guesses from them.
#pragma once

struct sqlite3;

namespace db {

// Makes the function known to this connection. Gives SQLite's code.
int teach_relevance(sqlite3* handle);

}  // namespace db
