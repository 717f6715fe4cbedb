-- The whole site. Times are seconds since 1970 in UTC; *_html columns hold what the sanitiser wrote; a text that is missing is ''.

CREATE TABLE settings (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- The last number given. Ids of comments are counted here, because one that went must not come again for another.
CREATE TABLE counters (
  name  TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE sections (
  id               INTEGER PRIMARY KEY,
  parent_id        INTEGER NOT NULL DEFAULT 0,   -- 0: a top section
  slug             TEXT NOT NULL UNIQUE,
  name             TEXT NOT NULL,
  description_html TEXT NOT NULL,
  address          TEXT NOT NULL,
  position         INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX sections_by_parent ON sections (parent_id, position, id);

CREATE TABLE tags (
  id               INTEGER PRIMARY KEY,
  slug             TEXT NOT NULL UNIQUE,
  name             TEXT NOT NULL,
  description_html TEXT NOT NULL,
  address          TEXT NOT NULL
);

CREATE TABLE authors (
  id             INTEGER PRIMARY KEY,
  slug           TEXT NOT NULL UNIQUE,
  name           TEXT NOT NULL,
  biography_html TEXT NOT NULL,
  address        TEXT NOT NULL
);

CREATE TABLE media (
  id               INTEGER PRIMARY KEY,
  address          TEXT NOT NULL UNIQUE,
  file             TEXT NOT NULL,                -- below media/; '': missing
  type             TEXT NOT NULL,
  width            INTEGER NOT NULL,
  height           INTEGER NOT NULL,
  bytes            INTEGER NOT NULL,
  title            TEXT NOT NULL,
  alternative_text TEXT NOT NULL,
  caption_html     TEXT NOT NULL,
  credit           TEXT NOT NULL,
  created          INTEGER NOT NULL
);

-- kind: 0 article, 1 page. status: news::ArticleStatus. What lists need stands before the body, which overflows onto pages of its
-- own.
CREATE TABLE articles (
  id              INTEGER PRIMARY KEY,
  kind            INTEGER NOT NULL,
  status          INTEGER NOT NULL,
  slug            TEXT NOT NULL,
  address         TEXT NOT NULL,
  headline        TEXT NOT NULL,
  standfirst_html TEXT NOT NULL,
  summary         TEXT NOT NULL,                 -- plain text for teasers
  dateline        TEXT NOT NULL,
  language        TEXT NOT NULL,
  published       INTEGER NOT NULL,
  updated         INTEGER NOT NULL,
  created         INTEGER NOT NULL,
  comments        INTEGER NOT NULL,              -- 0 open, 1 closed
  sticky          INTEGER NOT NULL,
  post_format     TEXT NOT NULL,
  password_hash   TEXT NOT NULL,
  parent_id       INTEGER NOT NULL,              -- pages; 0: none
  position        INTEGER NOT NULL,
  section_id      INTEGER NOT NULL,              -- the kicker; 0: none
  byline          TEXT NOT NULL,                 -- "name\taddress\n" for each author, so that a teaser is one row
  lead_media_id   INTEGER NOT NULL,              -- 0: none
  lead_alt        TEXT NOT NULL,
  lead_caption_html TEXT NOT NULL,
  lead_credit     TEXT NOT NULL,
  revision        INTEGER NOT NULL DEFAULT 1,
  body_html       TEXT NOT NULL
);
CREATE INDEX articles_by_parent ON articles (parent_id, position, id) WHERE kind = 1;
CREATE INDEX articles_due ON articles (published) WHERE status = 1;
CREATE INDEX articles_sticky ON articles (published) WHERE sticky = 1 AND kind = 0;
CREATE INDEX articles_by_slug ON articles (slug, kind, parent_id);

-- The counts of an article's comments, apart from it because every comment writes here and articles are long.
CREATE TABLE threads (
  article_id    INTEGER PRIMARY KEY,
  comment_count INTEGER NOT NULL,                -- published, pingbacks included
  shown_roots   INTEGER NOT NULL,                -- top-level comments that are shown
  last_comment  INTEGER NOT NULL                 -- when the newest published one was written; 0: none
);
CREATE INDEX threads_latest ON threads (last_comment, comment_count) WHERE comment_count > 0;

CREATE TABLE article_sections (
  article_id INTEGER NOT NULL,
  position   INTEGER NOT NULL,
  section_id INTEGER NOT NULL,
  PRIMARY KEY (article_id, position)
) WITHOUT ROWID;
CREATE INDEX article_sections_by_section ON article_sections (section_id);

CREATE TABLE article_tags (
  article_id INTEGER NOT NULL,
  position   INTEGER NOT NULL,
  tag_id     INTEGER NOT NULL,
  PRIMARY KEY (article_id, position)
) WITHOUT ROWID;
CREATE INDEX article_tags_by_tag ON article_tags (tag_id);

CREATE TABLE article_authors (
  article_id INTEGER NOT NULL,
  position   INTEGER NOT NULL,
  author_id  INTEGER NOT NULL,
  PRIMARY KEY (article_id, position)
) WITHOUT ROWID;
CREATE INDEX article_authors_by_author ON article_authors (author_id);

-- One row for each list that a published article stands in (news::ListKind), in the order in which lists are read.
CREATE TABLE list_entries (
  kind       INTEGER NOT NULL,
  owner_id   INTEGER NOT NULL,
  published  INTEGER NOT NULL,
  article_id INTEGER NOT NULL,
  PRIMARY KEY (kind, owner_id, published, article_id)
) WITHOUT ROWID;
CREATE INDEX list_entries_by_article ON list_entries (article_id);

CREATE TABLE list_counts (
  kind     INTEGER NOT NULL,
  owner_id INTEGER NOT NULL,
  count    INTEGER NOT NULL,
  PRIMARY KEY (kind, owner_id)
) WITHOUT ROWID;

-- Every version that was ever saved, the present one included.
CREATE TABLE revisions (
  article_id  INTEGER NOT NULL,
  number      INTEGER NOT NULL,
  saved       INTEGER NOT NULL,
  headline    TEXT NOT NULL,
  standfirst_html TEXT NOT NULL,
  format      INTEGER NOT NULL,                  -- news::BodyFormat
  source      TEXT NOT NULL,
  PRIMARY KEY (article_id, number)
) WITHOUT ROWID;

-- Every address that was ever served (invariant 7). path is text::address_key, or "?p=12" for addresses by query.
-- kind: 0 article, 1 section, 2 tag, 3 author, 4 media, 5 redirect to `target`, 6 gone.
CREATE TABLE addresses (
  path      TEXT PRIMARY KEY,
  kind      INTEGER NOT NULL,
  object_id INTEGER NOT NULL,
  target    TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX addresses_by_target ON addresses (target) WHERE kind = 5;

CREATE TABLE menus (
  id   INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL
);

CREATE TABLE menu_items (
  id        INTEGER PRIMARY KEY,
  menu_id   INTEGER NOT NULL,
  parent_id INTEGER NOT NULL,
  position  INTEGER NOT NULL,
  label     TEXT NOT NULL,
  address   TEXT NOT NULL
);
CREATE INDEX menu_items_by_menu ON menu_items (menu_id, position, id);

-- Readers who comment. What is private stands in reader_emails alone: sealed, and a keyed hash to find it again (invariant 3).
CREATE TABLE readers (
  id        INTEGER PRIMARY KEY,
  name      TEXT NOT NULL,
  created   INTEGER NOT NULL,
  published INTEGER NOT NULL DEFAULT 0           -- how many of their comments were published
);

CREATE TABLE reader_emails (
  reader_id  INTEGER PRIMARY KEY,
  email_hash BLOB NOT NULL,
  sealed     BLOB NOT NULL
);
CREATE INDEX reader_emails_by_hash ON reader_emails (email_hash);

-- thread_path: 10 bytes for each ancestor and the comment itself (5 of time, 5 of id, big-endian), so that its order is the reading
-- order and a range of it is a thread. shown: 1 if published, or if a published reply hangs below.
CREATE TABLE comments (
  article_id   INTEGER NOT NULL,
  id           INTEGER NOT NULL,
  parent_id    INTEGER NOT NULL,                 -- 0: a comment of its own
  thread_path  BLOB NOT NULL,
  depth        INTEGER NOT NULL,
  kind         INTEGER NOT NULL,
  status       INTEGER NOT NULL,
  rule         TEXT NOT NULL,
  shown        INTEGER NOT NULL,
  reader_id    INTEGER NOT NULL,
  author       TEXT NOT NULL,
  website      TEXT NOT NULL,
  created      INTEGER NOT NULL,
  source       TEXT NOT NULL,
  body_html    TEXT NOT NULL,
  PRIMARY KEY (article_id, thread_path)
) WITHOUT ROWID;
CREATE UNIQUE INDEX comments_by_id ON comments (id);
-- depth and shown stand among the columns, though they are the same in every row of it, because SQLite would otherwise read the
-- whole thread.
CREATE INDEX comments_roots ON comments (article_id, depth, shown, thread_path) WHERE depth = 0 AND shown = 1;
CREATE INDEX comments_waiting ON comments (status, id) WHERE status <> 0;
CREATE INDEX comments_published ON comments (article_id, created) WHERE status = 0;
CREATE INDEX comments_latest ON comments (created, id) WHERE status = 0 AND kind = 0;

-- Forms already accepted, so that a double click or a retry makes one comment. Pruned after a day.
CREATE TABLE submissions (
  fingerprint BLOB PRIMARY KEY,
  comment_id  INTEGER NOT NULL,
  at          INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX submissions_by_time ON submissions (at);

-- What an import brought: running it again finds its objects here (invariant 9).
CREATE TABLE imported (
  origin    TEXT NOT NULL,                       -- "wordpress:https://example.org"
  kind      TEXT NOT NULL,                       -- "post", "comment", "category" …
  source_id TEXT NOT NULL,
  object_id INTEGER NOT NULL,
  PRIMARY KEY (origin, kind, source_id)
) WITHOUT ROWID;

-- What other processes changed, for the running server (docs/architecture.md). Numbers have no gaps; pruned after an hour but for the
-- newest row, so that a reader who missed something sees it.
CREATE TABLE touched (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  writer INTEGER NOT NULL,                       -- tells one process from another
  kind   INTEGER NOT NULL,
  id     INTEGER NOT NULL,
  at     INTEGER NOT NULL
);

-- rowid is the article's id. What the public may find and nothing else: of password-protected articles the headline alone.
CREATE VIRTUAL TABLE article_search USING fts5 (
  headline, standfirst, body, tokenize = 'unicode61 remove_diacritics 2'
);
