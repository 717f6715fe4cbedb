PRAGMA user_version = 5;
CREATE TABLE preferences (key VARCHAR PRIMARY KEY, value VARCHAR);
INSERT INTO preferences VALUES ('session-key', '6b7e1f00aa5544332211');
CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256));
INSERT INTO threads VALUES (1, '/2026/11/the-bridge-opens/', 'The bridge opens');
INSERT INTO threads VALUES (2, 'the story nobody kept', NULL);
INSERT INTO threads VALUES (3, 'https://example.org/2026/11/the-bridge-opens/comment-page-2/', 'again');
CREATE TABLE comments (
  tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER, created FLOAT NOT NULL, modified FLOAT, mode INTEGER, remote_addr VARCHAR,
  text VARCHAR NOT NULL, author VARCHAR, email VARCHAR, website VARCHAR, likes INTEGER DEFAULT 0, dislikes INTEGER DEFAULT 0, voters BLOB NOT NULL,
  notification INTEGER DEFAULT 0);
CREATE TRIGGER remove_stale_threads AFTER DELETE ON comments BEGIN DELETE FROM threads WHERE id NOT IN (SELECT tid FROM comments); END;
INSERT INTO comments VALUES (1, 1, NULL, 1795341660.25, NULL, 1, '203.0.113.0', 'The *first* word, `code` and <i>no HTML</i>.', 'Tove &amp; Co', 'tove@example.org', 'https://tove.example.net/?a=1&amp;b=2', 3, 1, x'00', 1);
INSERT INTO comments VALUES (1, 2, 5, 1795341720.0, 1795341780.0, 1, '203.0.113.0', 'Answers one that comes later.', 'Orla', NULL, NULL, 0, 0, x'00', 0);
INSERT INTO comments VALUES (1, 3, NULL, 1795341780.0, NULL, 2, '203.0.113.0', 'Waits for a moderator.', NULL, '', 'javascript:alert(1)', 0, 0, x'00', 0);
INSERT INTO comments VALUES (1, 4, NULL, 1795341840.0, NULL, 4, '203.0.113.0', '', NULL, NULL, NULL, 0, 0, x'00', 0);
INSERT INTO comments VALUES (3, 5, 4, 1795341900.0, NULL, 1, '203.0.113.0', 'Below what was deleted, from another thread of the page.', 'una@example.org', 'una@example.org', NULL, 0, 0, x'00', 0);
INSERT INTO comments VALUES (2, 6, NULL, 1795341960.0, NULL, 1, '203.0.113.0', 'Under a name that is no address.', 'Peer', NULL, NULL, 0, 0, x'00', 0);
INSERT INTO comments VALUES (1, 7, 0, -5, NULL, 7, '203.0.113.0', 'A state nobody knows, a time before time.', 'Peer', NULL, NULL, 0, 0, x'00', 0);
INSERT INTO comments VALUES (8, 8, NULL, 1795341960.0, NULL, 1, '203.0.113.0', 'A thread that is not there.', 'Peer', NULL, NULL, 0, 0, x'00', 0);
