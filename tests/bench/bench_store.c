/*
 * What storing costs beside plain SQLite: the same rows in the same batches,
 * into tables and indexes of the same definition, WAL and synchronous=FULL on
 * both sides. The yardstick looks nothing up and checks nothing; we ask of
 * every article whether it is new.
 *
 *	bench_store [FOLDER [ARTICLES [BATCH]]]
 *
 * prints one row for bench.tsv. FOLDER, by default a new one in /var/tmp, is
 * best on a disk. Both sides take turns, slice by slice, so that
 * whatever else the machine does meets both; of five runs the best time of each
 * slice counts.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/hash.h"
#include "store/deliveries.h"
#include "store/feeds.h"
#include "store/store.h"
#include "tests/bench/bench.h"

#define FEEDS	50
#define T0	((int64_t)1700000000)
#define ALERTS	25		/* one alert in so many articles, two deliveries each */
#define TARGET	1.3
#define RUNS	5
#define SLICES	20

static int articles = 10000, batch = 10;
static char body[4096];

struct row {
	struct article	 a;
	int64_t		 key, version;
	char		 id[40], title[96], link[96];
};

/* The i-th article: bodies of 200 to 3,000 bytes, keys in no order. */
static void
make_row(int i, struct row *r)
{
	static char text[4096];
	size_t len = 200 + (size_t)(hash_bytes(&i, sizeof(i)) % 2800);

	article_init(&r->a);
	snprintf(r->id, sizeof(r->id), "urn:example:%d", i);
	snprintf(r->title, sizeof(r->title), "Article number %d about chips "
	    "and the price of them", i);
	snprintf(r->link, sizeof(r->link), "https://example.org/news/%d", i);
	memcpy(text, body, len);
	text[len] = '\0';
	r->a.id = r->id;
	r->a.title = r->title;
	r->a.link = r->link;
	r->a.summary = text;
	r->a.published = T0 + i;
	r->key = (int64_t)hash_bytes(r->id, strlen(r->id));
	r->version = r->key ^ 1;
}

static void
die(const char *what, const char *why)
{
	fprintf(stderr, "bench_store: %s: %s\n", what, why);
	exit(1);
}

static double
seconds(void)
{
	struct timespec t;

	/* Not the processor's: waiting for the disk is what storing is. */
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
clean(const char *folder, const char *name)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	char path[512];

	for (int i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%s/%s%s", folder, name, ends[i]);
		unlink(path);
	}
}

#define OURS(call) do { if ((call) < 0) die(#call, err.text); } while (0)

static void
our_alert(struct store *s, int64_t feed, int64_t article, const struct row *r,
    int i)
{
	struct store_alert alert = { .rule = "chips", .rule_text = "when",
	    .priority = 1, .feed = feed, .key = r->key, .article = article,
	    .found = T0 + i, .evidence = body, .evidence_len = 300,
	    .link_key = r->key, .title_key = r->version };
	struct store_delivery d = { .created = T0 + i, .next_at = T0 + i };
	struct error err;
	char id[32];

	OURS(store_alert_add(s, &alert, &err));
	for (int k = 0; k < 2; k++) {
		snprintf(id, sizeof(id), "%019d%07d", k, i);
		d.id = id;
		d.alert = alert.id;
		d.notifier = k == 0 ? "desk" : "ops";
		OURS(store_delivery_add(s, &d, &err));
	}
}

static void
our_batch(struct store *s, int from, int to)
{
	char name[32], etag[32];
	struct store_feed feed = { .name = name, .etag = etag,
	    .url = "https://example.org/feed.xml", .known = true };
	struct store_poll poll = { .at = T0 + from, .outcome = "ok",
	    .status = 200, .items = batch, .fresh = batch };
	struct error err;
	struct row r;

	snprintf(name, sizeof(name), "feed-%d", from / batch % FEEDS);
	snprintf(etag, sizeof(etag), "\"%d\"", from);
	OURS(store_begin(s, &err));
	OURS(store_feed_put(s, &feed, &err));
	for (int i = from; i < to; i++) {
		enum store_entry_state state;
		int64_t id;

		make_row(i, &r);
		OURS(store_entry_check(s, feed.id, r.key, r.version, T0 + i,
		    &state, &err));
		if (state != STORE_ENTRY_NEW)
			die("entry", "is not new");
		OURS(store_article_put(s, feed.id, r.key, r.version, &r.a,
		    T0 + i, &id, &err));
		if (i % ALERTS == 0)
			our_alert(s, feed.id, id, &r, i);
	}
	OURS(store_feed_polled(s, &feed, &poll, &err));
	OURS(store_commit(s, &err));
}

/* The yardstick. */

enum { FEED, POLLED, SEEN, ARTICLE, ALERT, DELIVERY, BEGIN, COMMIT, KINDS };
static const char *const inserts[KINDS] = {
	"INSERT INTO feed (id, name, config_url, url, etag, last_modified, "
	"last_new, errors, error, redirect, redirect_since, redirect_count, "
	"ttl, update_period, skip_hours, skip_days, known, gone, title, link, "
	"format, articles, extra) VALUES "
	"(?1, ?2, '', 'https://example.org/feed.xml', ?3, '', 0, 0, '', '', "
	"0, 0, 0, 0, 0, 0, 1, 0, '', '', '', 0, x'') "
	"ON CONFLICT (id) DO UPDATE SET etag = ?3",
	"REPLACE INTO polled VALUES (?1, 0, 0, 0, 0, 'ok', 0, 0, 0, 0, "
	"zeroblob(20))",
	"INSERT INTO seen VALUES (?1, ?2, ?3, ?4, ?5)",
	"INSERT INTO article VALUES (NULL, ?1, ?2, ?3, 0, ?4, NULL, ?5, ?6, "
	"?7, '', ?8, '', '', x'0000000000000000')",
	"INSERT INTO alert (rule, rule_text, priority, feed, key, article, "
	"found, fate, evidence, link_key, title_key) VALUES ('chips', 'when', "
	"1, ?1, ?2, ?3, ?4, 0, ?5, ?2, ?6)",
	"INSERT INTO delivery (id, alert, notifier, recipient, state, "
	"priority, attempts, created, since, next_at, reason, gone) VALUES "
	"(?1, ?2, ?3, '', 0, 1, 0, ?4, ?4, ?4, '', 0)",
	"BEGIN", "COMMIT",
};

static sqlite3 *db;
static sqlite3_stmt *st[KINDS];

static void
plain(int rc)
{
	if (rc != SQLITE_OK && rc != SQLITE_DONE)
		die("yardstick", sqlite3_errmsg(db));
}

static void
run(int kind)
{
	plain(sqlite3_step(st[kind]));
	plain(sqlite3_reset(st[kind]));
}

static void
text(int kind, int i, const char *s)
{
	plain(sqlite3_bind_text(st[kind], i, s, -1, SQLITE_STATIC));
}

static void
integer(int kind, int i, int64_t n)
{
	plain(sqlite3_bind_int64(st[kind], i, n));
}

static void
plain_alert(int64_t feed, int64_t article, const struct row *r, int i)
{
	int64_t alert;
	char id[32];

	integer(ALERT, 1, feed);
	integer(ALERT, 2, r->key);
	integer(ALERT, 3, article);
	integer(ALERT, 4, T0 + i);
	plain(sqlite3_bind_blob(st[ALERT], 5, body, 300, SQLITE_STATIC));
	integer(ALERT, 6, r->version);
	run(ALERT);
	alert = sqlite3_last_insert_rowid(db);
	for (int k = 0; k < 2; k++) {
		snprintf(id, sizeof(id), "%019d%07d", k, i);
		text(DELIVERY, 1, id);
		integer(DELIVERY, 2, alert);
		text(DELIVERY, 3, k == 0 ? "desk" : "ops");
		integer(DELIVERY, 4, T0 + i);
		run(DELIVERY);
	}
}

static void
plain_batch(int from, int to)
{
	int64_t feed = from / batch % FEEDS + 1, article;
	char name[32], etag[32];
	struct row r;

	snprintf(name, sizeof(name), "feed-%d", (int)feed - 1);
	snprintf(etag, sizeof(etag), "\"%d\"", from);
	run(BEGIN);
	integer(FEED, 1, feed);
	text(FEED, 2, name);
	text(FEED, 3, etag);
	run(FEED);
	integer(POLLED, 1, feed);
	run(POLLED);
	for (int i = from; i < to; i++) {
		make_row(i, &r);
		integer(ARTICLE, 1, feed);
		integer(ARTICLE, 2, r.key);
		integer(ARTICLE, 3, T0 + i);
		integer(ARTICLE, 4, r.a.published);
		text(ARTICLE, 5, r.a.id);
		text(ARTICLE, 6, r.a.title);
		text(ARTICLE, 7, r.a.link);
		text(ARTICLE, 8, r.a.summary);
		run(ARTICLE);
		article = sqlite3_last_insert_rowid(db);
		integer(SEEN, 1, feed);
		integer(SEEN, 2, r.key);
		integer(SEEN, 3, r.version);
		integer(SEEN, 4, article);
		integer(SEEN, 5, (T0 + i) / 86400);
		run(SEEN);
		if (i % ALERTS == 0)
			plain_alert(feed, article, &r, i);
	}
	run(COMMIT);
}

/* Tables and indexes as our database has them. */
static void
copy_schema(const char *folder)
{
	char path[512];
	sqlite3 *from;
	sqlite3_stmt *all;

	snprintf(path, sizeof(path), "%s/newsalertd.db", folder);
	plain(sqlite3_open(path, &from));
	plain(sqlite3_prepare_v2(from, "SELECT sql FROM sqlite_schema WHERE "
	    "sql IS NOT NULL AND name NOT LIKE 'sqlite%'", -1, &all, NULL));
	while (sqlite3_step(all) == SQLITE_ROW)
		plain(sqlite3_exec(db, (const char *)sqlite3_column_text(all,
		    0), NULL, NULL, NULL));
	sqlite3_finalize(all);
	sqlite3_close(from);
}

static void
open_plain(const char *folder)
{
	char path[512];

	clean(folder, "plain.db");
	snprintf(path, sizeof(path), "%s/plain.db", folder);
	plain(sqlite3_open(path, &db));
	plain(sqlite3_exec(db, "PRAGMA journal_mode = WAL; "
	    "PRAGMA synchronous = FULL; PRAGMA cache_size = -8192", NULL, NULL,
	    NULL));
	copy_schema(folder);
	for (int i = 0; i < KINDS; i++)
		plain(sqlite3_prepare_v3(db, inserts[i], -1,
		    SQLITE_PREPARE_PERSISTENT, &st[i], NULL));
}

static void
close_plain(void)
{
	for (int i = 0; i < KINDS; i++)
		sqlite3_finalize(st[i]);
	sqlite3_close(db);
}

/* One slice of the batches; lowers *best to the time it took. */
static void
slice(struct store *s, int from, int to, double *best)
{
	double begin = seconds();

	for (int i = from; i < to; i += batch) {
		int end = i + batch < to ? i + batch : to;

		if (s != NULL)
			our_batch(s, i, end);
		else
			plain_batch(i, end);
	}
	begin = seconds() - begin;
	if (begin < *best)
		*best = begin;
}

static void
compare(const char *folder, double us[SLICES], double them[SLICES])
{
	int step = articles / SLICES / batch * batch;
	struct store *s;
	struct error err;

	if (step == 0)
		step = batch;
	/* Made once and closed, so that its schema can be read. */
	clean(folder, "newsalertd.db");
	OURS(store_open(folder, &s, &err));
	store_close(s);
	open_plain(folder);
	OURS(store_open(folder, &s, &err));
	for (int k = 0; k < SLICES; k++) {
		slice(s, k * step, (k + 1) * step, &us[k]);
		slice(NULL, k * step, (k + 1) * step, &them[k]);
	}
	store_close(s);
	close_plain();
}

int
main(int argc, char **argv)
{
	double us[SLICES], them[SLICES], ours = 0, plains = 0;
	char made[] = "/var/tmp/bench_store.XXXXXX";
	const char *folder = argc > 1 ? argv[1] : mkdtemp(made);

	if (folder == NULL)
		die(made, "cannot be made");
	if (argc > 2)
		articles = atoi(argv[2]);
	if (argc > 3)
		batch = atoi(argv[3]);
	if (articles < 1 || batch < 1)
		die("usage", "bench_store [FOLDER [ARTICLES [BATCH]]]");
	for (size_t i = 0; i < sizeof(body) - 1; i++)
		body[i] = "the quick brown fox jumps over "[i % 31];
	for (int k = 0; k < SLICES; k++)
		us[k] = them[k] = 1e9;
	for (int k = 0; k < RUNS; k++)
		compare(folder, us, them);
	for (int k = 0; k < SLICES; k++)
		ours += us[k], plains += them[k];
	clean(folder, "plain.db");
	clean(folder, "newsalertd.db");
	clean(folder, "newsalertd.lock");
	if (argc < 2)
		rmdir(folder);
	bench_row("store", ours, "s", "sqlite_same_rows", plains,
	    ours / plains, TARGET, 0);
	return 0;
}
