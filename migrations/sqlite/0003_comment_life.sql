-- What a comment lives through after it was written: edits, marks, votes, reports; and the passage of the article that it quotes.

-- version: which of its versions the row holds. waiting: the number of an edit that a moderator has yet to read, 0: none. edited: when a
-- published text was replaced by this one, 0: never. marks: 1 pinned, 2 picked, 4 by the article's author, 8 by staff. score: the lower
-- bound of the votes (news::score_of), in millionths.
ALTER TABLE comments ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE comments ADD COLUMN waiting INTEGER NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN edited INTEGER NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN marks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN votes_up INTEGER NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN votes_down INTEGER NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN score INTEGER NOT NULL DEFAULT 0;
ALTER TABLE comments ADD COLUMN quote TEXT NOT NULL DEFAULT '';

CREATE INDEX comments_edits ON comments (id) WHERE waiting <> 0;
CREATE INDEX comments_pinned ON comments (article_id, thread_path) WHERE (marks & 1) = 1;
CREATE INDEX comments_best ON comments (article_id, depth, shown, score DESC, thread_path) WHERE depth = 0 AND shown = 1;

-- Every text a comment had, from its first edit on; before that the comment itself is its only version.
CREATE TABLE comment_versions (
  comment_id INTEGER NOT NULL,
  number     INTEGER NOT NULL,
  written    INTEGER NOT NULL,
  status     INTEGER NOT NULL,                   -- what was said of this version last
  rule       TEXT NOT NULL,
  source     TEXT NOT NULL,
  body_html  TEXT NOT NULL,
  PRIMARY KEY (comment_id, number)
) WITHOUT ROWID;

-- voter and reporter: a reader or a browser, as a keyed number. vote: 1 or -1.
CREATE TABLE comment_votes (
  comment_id INTEGER NOT NULL,
  voter      INTEGER NOT NULL,
  vote       INTEGER NOT NULL,
  PRIMARY KEY (comment_id, voter)
) WITHOUT ROWID;

-- closed: 1 once a moderator has decided on the comment after it.
CREATE TABLE comment_reports (
  comment_id INTEGER NOT NULL,
  reporter   INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  reason     TEXT NOT NULL,
  words      TEXT NOT NULL,
  closed     INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (comment_id, reporter)
) WITHOUT ROWID;
CREATE INDEX comment_reports_open ON comment_reports (at, comment_id) WHERE closed = 0;
