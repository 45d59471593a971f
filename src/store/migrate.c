/*
 * The schema, as the steps that made it: a database at user_version n gets the
 * steps from n on, all in one transaction. Steps that were shipped are never
 * edited.
 */
#include <stdint.h>
#include <string.h>
#include <sys/random.h>

#include "base/crash.h"
#include "base/hash.h"
#include "store/internal.h"

/* "nalr": so that file(1) and we know our own. */
#define APPLICATION_ID 0x6e616c72

static const char first[] =
"CREATE TABLE meta ("
"  name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
"CREATE TABLE feed ("
"  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
"  config_url TEXT NOT NULL, url TEXT NOT NULL,"
"  etag TEXT NOT NULL, last_modified TEXT NOT NULL,"
"  next_due INTEGER NOT NULL, last_poll INTEGER NOT NULL,"
"  last_ok INTEGER NOT NULL, last_new INTEGER NOT NULL,"
"  interval INTEGER NOT NULL, errors INTEGER NOT NULL,"
"  outcome TEXT NOT NULL, error TEXT NOT NULL,"
"  redirect TEXT NOT NULL, redirect_since INTEGER NOT NULL,"
"  redirect_count INTEGER NOT NULL,"
"  fresh_until INTEGER NOT NULL, hold_until INTEGER NOT NULL,"
"  ttl INTEGER NOT NULL, update_period INTEGER NOT NULL,"
"  skip_hours INTEGER NOT NULL, skip_days INTEGER NOT NULL,"
"  known INTEGER NOT NULL, gone INTEGER NOT NULL,"
"  title TEXT NOT NULL, link TEXT NOT NULL, format TEXT NOT NULL,"
"  polls INTEGER NOT NULL, not_modified INTEGER NOT NULL,"
"  articles INTEGER NOT NULL, extra BLOB NOT NULL) STRICT;"
"CREATE TABLE host ("
"  name TEXT PRIMARY KEY, hold_until INTEGER NOT NULL,"
"  reason TEXT NOT NULL, spacing_ms INTEGER NOT NULL,"
"  errors INTEGER NOT NULL, updated INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
/* last: the week of the last document that held the entry, as a day number. */
"CREATE TABLE seen ("
"  feed INTEGER NOT NULL REFERENCES feed(id), key INTEGER NOT NULL,"
"  version INTEGER NOT NULL, article INTEGER NOT NULL,"
"  last INTEGER NOT NULL, PRIMARY KEY (feed, key)) STRICT, WITHOUT ROWID;"
"CREATE TABLE article ("
"  id INTEGER PRIMARY KEY AUTOINCREMENT,"
"  feed INTEGER NOT NULL, key INTEGER NOT NULL,"
"  found INTEGER NOT NULL, changed INTEGER NOT NULL,"
"  published INTEGER, updated INTEGER,"
"  entry TEXT NOT NULL, title TEXT NOT NULL, link TEXT NOT NULL,"
"  author TEXT NOT NULL, summary TEXT NOT NULL, content TEXT NOT NULL,"
"  lang TEXT NOT NULL, lists BLOB NOT NULL) STRICT;"
"CREATE TABLE alert ("
"  id INTEGER PRIMARY KEY AUTOINCREMENT, rule TEXT NOT NULL,"
"  rule_text TEXT NOT NULL, priority INTEGER NOT NULL,"
"  feed INTEGER NOT NULL REFERENCES feed(id), key INTEGER NOT NULL,"
"  article INTEGER REFERENCES article(id), found INTEGER NOT NULL,"
"  evidence BLOB NOT NULL, UNIQUE (rule, feed, key)) STRICT;"
"CREATE INDEX alert_rule ON alert (rule, found);"
"CREATE INDEX alert_article ON alert (article) WHERE article IS NOT NULL;"
"CREATE TABLE delivery ("
"  row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
"  alert INTEGER NOT NULL REFERENCES alert(id), notifier TEXT NOT NULL,"
"  recipient TEXT NOT NULL, state INTEGER NOT NULL,"
"  priority INTEGER NOT NULL, attempts INTEGER NOT NULL,"
"  created INTEGER NOT NULL, since INTEGER NOT NULL,"
"  next_at INTEGER NOT NULL, reason TEXT NOT NULL) STRICT;"
"CREATE INDEX delivery_alert ON delivery (alert);"
"CREATE INDEX delivery_open ON delivery (state, notifier, since)"
"  WHERE state <> 2;"
"CREATE TABLE attempt ("
"  delivery INTEGER NOT NULL REFERENCES delivery(row),"
"  slot INTEGER NOT NULL, at INTEGER NOT NULL, outcome INTEGER NOT NULL,"
"  reason TEXT NOT NULL, PRIMARY KEY (delivery, slot)) STRICT, WITHOUT ROWID;"
"CREATE TABLE tally ("
"  notifier TEXT PRIMARY KEY, done INTEGER NOT NULL) STRICT, WITHOUT ROWID;";

/* Restraint, and what a person asks about. */
static const char second[] =
"ALTER TABLE alert ADD COLUMN fate INTEGER NOT NULL DEFAULT 0;"
"ALTER TABLE alert ADD COLUMN duplicate_of INTEGER;"
"ALTER TABLE alert ADD COLUMN link_key INTEGER NOT NULL DEFAULT 0;"
"ALTER TABLE alert ADD COLUMN title_key INTEGER NOT NULL DEFAULT 0;"
"CREATE INDEX alert_fate ON alert (rule, fate, found);"
"CREATE INDEX alert_link ON alert (link_key) WHERE link_key <> 0;"
"CREATE INDEX alert_title ON alert (title_key) WHERE title_key <> 0;"
"CREATE INDEX alert_duplicate ON alert (duplicate_of)"
"  WHERE duplicate_of IS NOT NULL;"
"ALTER TABLE delivery ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;"
"ALTER TABLE feed ADD COLUMN slot INTEGER NOT NULL DEFAULT 0;"
"ALTER TABLE feed ADD COLUMN week INTEGER NOT NULL DEFAULT 0;"
"ALTER TABLE feed ADD COLUMN this_week INTEGER NOT NULL DEFAULT 0;"
"ALTER TABLE feed ADD COLUMN last_week INTEGER NOT NULL DEFAULT 0;"
"CREATE TABLE poll ("
"  feed INTEGER NOT NULL REFERENCES feed(id), slot INTEGER NOT NULL,"
"  at INTEGER NOT NULL, outcome TEXT NOT NULL, status INTEGER NOT NULL,"
"  items INTEGER NOT NULL, fresh INTEGER NOT NULL, changed INTEGER NOT NULL,"
"  bytes INTEGER NOT NULL, elapsed_ms INTEGER NOT NULL,"
"  error TEXT NOT NULL, PRIMARY KEY (feed, slot)) STRICT, WITHOUT ROWID;"
"CREATE TABLE silence ("
"  rule TEXT PRIMARY KEY, until INTEGER NOT NULL, created INTEGER NOT NULL,"
"  held INTEGER NOT NULL) STRICT, WITHOUT ROWID;";

/* The last polls of a feed in its own row; what is in poll stays until as many
   came after it. */
static const char third[] =
"ALTER TABLE feed ADD COLUMN history BLOB NOT NULL DEFAULT x'';";

/* What a poll without news changes, apart: a short row is soon written. */
static const char fourth[] =
"CREATE TABLE polled ("
"  feed INTEGER PRIMARY KEY, next_due INTEGER NOT NULL,"
"  last_poll INTEGER NOT NULL, last_ok INTEGER NOT NULL,"
"  interval INTEGER NOT NULL, outcome TEXT NOT NULL,"
"  fresh_until INTEGER NOT NULL, hold_until INTEGER NOT NULL,"
"  polls INTEGER NOT NULL, not_modified INTEGER NOT NULL,"
"  history BLOB NOT NULL) STRICT;"
"INSERT INTO polled SELECT id, next_due, last_poll, last_ok, interval,"
"  outcome, fresh_until, hold_until, polls, not_modified, history FROM feed;"
"ALTER TABLE feed DROP COLUMN next_due;"
"ALTER TABLE feed DROP COLUMN last_poll;"
"ALTER TABLE feed DROP COLUMN last_ok;"
"ALTER TABLE feed DROP COLUMN interval;"
"ALTER TABLE feed DROP COLUMN outcome;"
"ALTER TABLE feed DROP COLUMN fresh_until;"
"ALTER TABLE feed DROP COLUMN hold_until;"
"ALTER TABLE feed DROP COLUMN polls;"
"ALTER TABLE feed DROP COLUMN not_modified;"
"ALTER TABLE feed DROP COLUMN history;";

static const char *const steps[] = { first, second, third, fourth };
#define VERSION ((int)(sizeof(steps) / sizeof(steps[0])))

static int
pragma_number(struct store *s, const char *sql, int64_t *n, struct error *err)
{
	sqlite3_stmt *st;
	int rc;

	if (sqlite3_prepare_v2(s->db, sql, -1, &st, NULL) != SQLITE_OK)
		return store_fail(s, err);
	rc = stmt_number(s, st, n, err);
	sqlite3_finalize(st);
	return rc < 0 ? -1 : 0;
}

/* Version 4 UUID (RFC 9562). */
static int
make_instance(struct store *s, struct error *err)
{
	unsigned char b[16];
	char sql[128], uuid[37];

	if (getrandom(b, sizeof(b), 0) != (ssize_t)sizeof(b))
		return error_errno(err, "no random numbers");
	b[6] = (b[6] & 0x0f) | 0x40;
	b[8] = (b[8] & 0x3f) | 0x80;
	sqlite3_snprintf(sizeof(uuid), uuid, "%02x%02x%02x%02x-%02x%02x-"
	    "%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1], b[2],
	    b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12],
	    b[13], b[14], b[15]);
	sqlite3_snprintf(sizeof(sql), sql,
	    "INSERT INTO meta VALUES ('instance', '%s')", uuid);
	return store_exec(s, sql, err);
}

static int
run_steps(struct store *s, int from, struct error *err)
{
	char sql[128];

	for (int i = from; i < VERSION; i++)
		if (store_exec(s, steps[i], err) < 0)
			return -1;
	if (from == 0 && make_instance(s, err) < 0)
		return -1;
	sqlite3_snprintf(sizeof(sql), sql,
	    "PRAGMA application_id = %d; PRAGMA user_version = %d",
	    APPLICATION_ID, VERSION);
	if (store_exec(s, sql, err) < 0)
		return -1;
	CRASH_POINT("migration");
	return 0;
}

int
store_migrate(struct store *s, struct error *err)
{
	int64_t id, version, tables;

	if (pragma_number(s, "PRAGMA application_id", &id, err) < 0 ||
	    pragma_number(s, "PRAGMA user_version", &version, err) < 0 ||
	    pragma_number(s, "SELECT count(*) FROM sqlite_schema", &tables,
	    err) < 0)
		return -1;
	if (id != APPLICATION_ID && (id != 0 || version != 0 || tables != 0))
		return error_set(err, "%s: is a database, but not one of "
		    "newsalertd", s->path);
	if (version > VERSION)
		return error_set(err, "%s: was written by a newer newsalertd "
		    "(schema %d, this one knows %d)", s->path, (int)version,
		    VERSION);
	if (version == VERSION)
		return 0;
	if (store_exec(s, "BEGIN IMMEDIATE", err) < 0)
		return -1;
	if (run_steps(s, (int)version, err) < 0 ||
	    store_exec(s, "COMMIT", err) < 0) {
		store_exec(s, "ROLLBACK", NULL);
		return -1;
	}
	CRASH_POINT("migrated");
	return 0;
}
