PRAGMA user_version = 0;
CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256));
INSERT INTO threads VALUES (1, '/2026/11/the-ferry-returns', 'The ferry returns');
CREATE TABLE comments (
  tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER, created FLOAT NOT NULL, modified FLOAT, mode INTEGER, remote_addr VARCHAR,
  text VARCHAR, author VARCHAR, email VARCHAR, website VARCHAR, likes INTEGER DEFAULT 0, voters BLOB NOT NULL);
INSERT INTO comments VALUES (1, 1, NULL, 1395341660, NULL, 1, '203.0.113.0', 'From the first Isso of all.', 'Tove', 'tove@example.org', 'tove.example.net', 2, x'00');
INSERT INTO comments VALUES (1, 2, 1, 1395341720, NULL, 1, '203.0.113.0', NULL, NULL, NULL, NULL, 0, x'00');
