-- Comments lie in the order in which they came, under their ids, and threads are an index of them (docs/decisions/0037). What is short
-- stands before the texts, which overflow onto pages of their own.
CREATE TABLE comments_by_row (
  id           INTEGER PRIMARY KEY,
  article_id   INTEGER NOT NULL,
  parent_id    INTEGER NOT NULL,                 -- 0: a comment of its own
  thread_path  BLOB NOT NULL,                    -- as in 0001_site.sql
  depth        INTEGER NOT NULL,
  kind         INTEGER NOT NULL,
  status       INTEGER NOT NULL,
  rule         TEXT NOT NULL,
  shown        INTEGER NOT NULL,                 -- 1 if published, or if a published reply hangs below
  reader_id    INTEGER NOT NULL,
  created      INTEGER NOT NULL,
  version      INTEGER NOT NULL DEFAULT 1,       -- these as in 0003_comment_life.sql
  waiting      INTEGER NOT NULL DEFAULT 0,
  edited       INTEGER NOT NULL DEFAULT 0,
  marks        INTEGER NOT NULL DEFAULT 0,
  votes_up     INTEGER NOT NULL DEFAULT 0,
  votes_down   INTEGER NOT NULL DEFAULT 0,
  score        INTEGER NOT NULL DEFAULT 0,
  author       TEXT NOT NULL,
  website      TEXT NOT NULL,
  quote        TEXT NOT NULL DEFAULT '',
  source       TEXT NOT NULL,
  body_html    TEXT NOT NULL
);

INSERT INTO comments_by_row (id, article_id, parent_id, thread_path, depth, kind, status, rule, shown, reader_id, created, version, waiting,
  edited, marks, votes_up, votes_down, score, author, website, quote, source, body_html)
SELECT id, article_id, parent_id, thread_path, depth, kind, status, rule, shown, reader_id, created, version, waiting,
  edited, marks, votes_up, votes_down, score, author, website, quote, source, body_html
FROM comments ORDER BY id;

DROP TABLE comments;
ALTER TABLE comments_by_row RENAME TO comments;

CREATE UNIQUE INDEX comments_by_path ON comments (article_id, thread_path);
-- depth and shown stand among the columns, though they are the same in every row of it, because SQLite would otherwise prefer the index
-- of all comments.
CREATE INDEX comments_shown ON comments (article_id, shown, thread_path) WHERE shown = 1;
CREATE INDEX comments_roots ON comments (article_id, depth, shown, thread_path) WHERE depth = 0 AND shown = 1;
CREATE INDEX comments_best ON comments (article_id, depth, shown, score DESC, thread_path) WHERE depth = 0 AND shown = 1;
CREATE INDEX comments_pinned ON comments ((article_id * (marks & 1)), thread_path) WHERE (marks & 1) = 1;
CREATE INDEX comments_waiting ON comments (status, id) WHERE status <> 0;
CREATE INDEX comments_edits ON comments (id) WHERE waiting <> 0;
CREATE INDEX comments_published ON comments (article_id, created) WHERE status = 0;
CREATE INDEX comments_latest ON comments (created, id) WHERE status = 0 AND kind = 0;

-- By the comment as well: forms that came within one second would otherwise stand in the order of their hashes, each on a page of its own.
DROP INDEX submissions_by_time;
CREATE INDEX submissions_by_time ON submissions (at, comment_id);
