-- Mails, and readers who proved their email address. Ids that stand in capabilities never come again for another (AUTOINCREMENT).

-- Mails that wait (state 0), were sent within the last hour (1; nothing but their counts is kept), or failed for good (2). What a mail
-- says is read when it is sent, so no text and no capability stands here. kind: news::MailKind.
CREATE TABLE outbox (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  kind           INTEGER NOT NULL,
  state          INTEGER NOT NULL,
  recipient_hash BLOB NOT NULL,                  -- keyed, as in reader_emails
  sealed         BLOB NOT NULL,                  -- the recipient's address
  actor          BLOB NOT NULL,                  -- keyed token of a network address and a day; X'': unknown or forgotten
  object_id      INTEGER NOT NULL,               -- sign_ins, follows
  comment_id     INTEGER NOT NULL,               -- 0: none
  article_id     INTEGER NOT NULL,               -- 0: none
  language       TEXT NOT NULL,
  created        INTEGER NOT NULL,
  due            INTEGER NOT NULL,
  attempts       INTEGER NOT NULL,
  problem        TEXT NOT NULL
);
CREATE INDEX outbox_due ON outbox (due, id) WHERE state = 0;
CREATE INDEX outbox_by_recipient ON outbox (recipient_hash, kind, created);
CREATE INDEX outbox_by_actor ON outbox (actor, created);
CREATE INDEX outbox_by_article ON outbox (article_id, kind, created);
CREATE INDEX outbox_done ON outbox (state, due);

-- A mailed link that was not used yet.
CREATE TABLE sign_ins (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  email_hash BLOB NOT NULL,
  sealed     BLOB NOT NULL,
  expires    INTEGER NOT NULL
);
CREATE INDEX sign_ins_by_hash ON sign_ins (email_hash);
CREATE INDEX sign_ins_by_time ON sign_ins (expires);

CREATE TABLE reader_sessions (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  reader_id INTEGER NOT NULL,
  created   INTEGER NOT NULL,
  expires   INTEGER NOT NULL
);
CREATE INDEX reader_sessions_by_reader ON reader_sessions (reader_id);
CREATE INDEX reader_sessions_by_time ON reader_sessions (expires);

-- The one reader of an address whose owner opened a mailed link.
CREATE TABLE confirmed_readers (
  reader_id  INTEGER PRIMARY KEY,
  email_hash BLOB NOT NULL UNIQUE,
  since      INTEGER NOT NULL
);

-- Names that belong to somebody, as text::name_keys folds them. kind: 0 an author, 1 a confirmed reader.
CREATE TABLE worn_names (
  name_key TEXT NOT NULL,
  kind     INTEGER NOT NULL,
  owner_id INTEGER NOT NULL,
  PRIMARY KEY (name_key, kind, owner_id)
) WITHOUT ROWID;
CREATE INDEX worn_names_by_owner ON worn_names (kind, owner_id);

-- Who wants mails about replies to which comment; confirmed 0: the question whether they do is under way.
CREATE TABLE follows (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  comment_id INTEGER NOT NULL,
  article_id INTEGER NOT NULL,
  reader_id  INTEGER NOT NULL,
  email_hash BLOB NOT NULL,
  sealed     BLOB NOT NULL,
  language   TEXT NOT NULL,
  created    INTEGER NOT NULL,
  confirmed  INTEGER NOT NULL
);
CREATE UNIQUE INDEX follows_by_comment ON follows (comment_id, email_hash);
CREATE INDEX follows_by_hash ON follows (email_hash);
CREATE INDEX follows_unconfirmed ON follows (created) WHERE confirmed = 0;

-- Replies that are not public yet, and whom they answer.
CREATE TABLE reply_notices (
  reply_id  INTEGER NOT NULL,
  follow_id INTEGER NOT NULL,
  actor     BLOB NOT NULL,
  created   INTEGER NOT NULL,
  PRIMARY KEY (reply_id, follow_id)
) WITHOUT ROWID;
CREATE INDEX reply_notices_by_follow ON reply_notices (follow_id);
CREATE INDEX reply_notices_by_time ON reply_notices (created);

-- Ids of readers are counted here from now on: one who was erased must not come again as another.
INSERT INTO counters (name, value) SELECT 'readers', coalesce(max(id), 0) FROM readers;
