-- A database as schema 1 made it, with something in every table. Frozen: it
-- is what an upgrade has to read.
CREATE TABLE meta (  name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE feed (  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,  config_url TEXT NOT NULL, url TEXT NOT NULL,  etag TEXT NOT NULL, last_modified TEXT NOT NULL,  next_due INTEGER NOT NULL, last_poll INTEGER NOT NULL,  last_ok INTEGER NOT NULL, last_new INTEGER NOT NULL,  interval INTEGER NOT NULL, errors INTEGER NOT NULL,  outcome TEXT NOT NULL, error TEXT NOT NULL,  redirect TEXT NOT NULL, redirect_since INTEGER NOT NULL,  redirect_count INTEGER NOT NULL,  fresh_until INTEGER NOT NULL, hold_until INTEGER NOT NULL,  ttl INTEGER NOT NULL, update_period INTEGER NOT NULL,  skip_hours INTEGER NOT NULL, skip_days INTEGER NOT NULL,  known INTEGER NOT NULL, gone INTEGER NOT NULL,  title TEXT NOT NULL, link TEXT NOT NULL, format TEXT NOT NULL,  polls INTEGER NOT NULL, not_modified INTEGER NOT NULL,  articles INTEGER NOT NULL, extra BLOB NOT NULL) STRICT;
CREATE TABLE host (  name TEXT PRIMARY KEY, hold_until INTEGER NOT NULL,  reason TEXT NOT NULL, spacing_ms INTEGER NOT NULL,  errors INTEGER NOT NULL, updated INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE seen (  feed INTEGER NOT NULL REFERENCES feed(id), key INTEGER NOT NULL,  version INTEGER NOT NULL, article INTEGER NOT NULL,  last INTEGER NOT NULL, PRIMARY KEY (feed, key)) STRICT, WITHOUT ROWID;
CREATE TABLE article (  id INTEGER PRIMARY KEY AUTOINCREMENT,  feed INTEGER NOT NULL, key INTEGER NOT NULL,  found INTEGER NOT NULL, changed INTEGER NOT NULL,  published INTEGER, updated INTEGER,  entry TEXT NOT NULL, title TEXT NOT NULL, link TEXT NOT NULL,  author TEXT NOT NULL, summary TEXT NOT NULL, content TEXT NOT NULL,  lang TEXT NOT NULL, lists BLOB NOT NULL) STRICT;
CREATE TABLE alert (  id INTEGER PRIMARY KEY AUTOINCREMENT, rule TEXT NOT NULL,  rule_text TEXT NOT NULL, priority INTEGER NOT NULL,  feed INTEGER NOT NULL REFERENCES feed(id), key INTEGER NOT NULL,  article INTEGER REFERENCES article(id), found INTEGER NOT NULL,  evidence BLOB NOT NULL, UNIQUE (rule, feed, key)) STRICT;
CREATE INDEX alert_rule ON alert (rule, found);
CREATE INDEX alert_article ON alert (article) WHERE article IS NOT NULL;
CREATE TABLE delivery (  row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,  alert INTEGER NOT NULL REFERENCES alert(id), notifier TEXT NOT NULL,  recipient TEXT NOT NULL, state INTEGER NOT NULL,  priority INTEGER NOT NULL, attempts INTEGER NOT NULL,  created INTEGER NOT NULL, since INTEGER NOT NULL,  next_at INTEGER NOT NULL, reason TEXT NOT NULL) STRICT;
CREATE INDEX delivery_alert ON delivery (alert);
CREATE INDEX delivery_open ON delivery (state, notifier, since)  WHERE state <> 2;
CREATE TABLE attempt (  delivery INTEGER NOT NULL REFERENCES delivery(row),  slot INTEGER NOT NULL, at INTEGER NOT NULL, outcome INTEGER NOT NULL,  reason TEXT NOT NULL, PRIMARY KEY (delivery, slot)) STRICT, WITHOUT ROWID;
CREATE TABLE tally (  notifier TEXT PRIMARY KEY, done INTEGER NOT NULL) STRICT, WITHOUT ROWID;

INSERT INTO meta VALUES ('instance', '3f2c1b1e-7d6a-4c0e-9b4a-0123456789ab');
INSERT INTO feed VALUES (1, 'wire', 'https://example.org/f', 'https://example.org/f', '"e1"', 'then', 1700000900, 1700000000, 1700000000, 1699990000, 900, 0, 'ok', '', '', 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 'The wire', 'https://example.org/', 'rss-2.0', 12, 5, 2, x'01');
INSERT INTO host VALUES ('example.org', 1700000300, '429', 0, 1, 1700000000);
INSERT INTO article VALUES (1, 1, 101, 1700000000, 0, 1699999000, NULL, 'g1', 'NVIDIA shares fell 12%', 'https://example.org/1', 'A. Writer', 'Summary.', 'Content.', 'en', x'0000000000000000');
INSERT INTO article VALUES (2, 1, 102, 1700000000, 0, NULL, NULL, 'g2', 'Other news', '', '', '', '', '', x'0000000000000000');
INSERT INTO seen VALUES (1, 101, 7, 1, 19675);
INSERT INTO seen VALUES (1, 102, 8, 2, 19675);
INSERT INTO alert VALUES (1, 'chips', 'semiconductor stock down', 2, 1, 101, 1, 1700000000, x'00');
INSERT INTO delivery VALUES (1, 'aaaaaaaaaaaaaaaaaaaaaaaaaa', 1, 'desk', 'a@example.org', 1, 2, 1, 1700000000, 1700000000, 1700000005, '421 later');
INSERT INTO delivery VALUES (2, 'bbbbbbbbbbbbbbbbbbbbbbbbbb', 1, 'ops', '', 2, 2, 1, 1700000000, 1700000000, 1700000000, '');
INSERT INTO attempt VALUES (1, 1, 1700000000, 1, '421 later');
INSERT INTO attempt VALUES (2, 1, 1700000000, 0, '');
INSERT INTO tally VALUES ('ops', 1);
PRAGMA application_id = 1851878514;
PRAGMA user_version = 1;
