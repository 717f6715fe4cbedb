-- The top-level comments that are shown, counted in portions, so that a page of a thread by its number, and the page of a comment,
-- are found without counting all that stand before. A block reaches from its first path to the next block's; the first one of an
-- article begins with the empty path. An article has its first block from its first such comment on.
CREATE TABLE thread_blocks (
  article_id INTEGER NOT NULL,
  first_path BLOB NOT NULL,
  roots      INTEGER NOT NULL,
  PRIMARY KEY (article_id, first_path)
) WITHOUT ROWID;

-- Threads are read along this one: however many comments wait in between or were refused, they cost nothing. shown stands among the
-- columns, so that SQLite prefers it to the table.
CREATE INDEX comments_shown ON comments (article_id, shown, thread_path) WHERE shown = 1;

-- By a product, which is the article of what is pinned: by the article's own column SQLite preferred the table, and looked for pinned
-- comments in the whole thread.
DROP INDEX comments_pinned;
CREATE INDEX comments_pinned ON comments ((article_id * (marks & 1)), thread_path) WHERE (marks & 1) = 1;

INSERT INTO thread_blocks (article_id, first_path, roots)
SELECT article_id, CASE block WHEN 0 THEN x'' ELSE min(thread_path) END, count(*)
FROM (
  SELECT article_id, thread_path, (row_number() OVER (PARTITION BY article_id ORDER BY thread_path) - 1) / 500 AS block
  FROM comments WHERE depth = 0 AND shown = 1
)
GROUP BY article_id, block;
