/*
 * store_rounds - numbered transactions, and what must be there of them after
 * whatever happened. For the tests that break the store's disk.
 */
#ifndef TESTS_STORE_ROUNDS_H
#define TESTS_STORE_ROUNDS_H

#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "store/deliveries.h"
#include "store/feeds.h"
#include "store/internal.h"

#define T0	((int64_t)1700000000)
#define ROUNDS	24
#define BODY	9000		/* bytes: a transaction spans pages */

static char folder[128];

__attribute__((unused)) static void
clean(void)
{
	DIR *d = opendir(folder);
	struct dirent *e;
	char path[512];

	while (d != NULL && (e = readdir(d)) != NULL) {
		snprintf(path, sizeof(path), "%s/%s", folder, e->d_name);
		unlink(path);
	}
	if (d != NULL)
		closedir(d);
}

/* A transaction that may get lost, but takes none with it that may not. */
static int
beside(struct store *s, int i, struct error *err)
{
	struct store_host host = { .name = "h", .reason = "",
	    .spacing_ms = i };

	if (store_begin_unsynced(s, err) < 0 ||
	    store_host_put(s, &host, err) < 0 || store_commit(s, err) < 0)
		return -1;
	return i % 2 == 0 ? store_sync(s, err) : 0;
}

/* Round i: article, alert, delivery and the feed's etag; every fourth also
   ends an earlier delivery, and is followed by a step of retention. */
static int
one_round(struct store *s, int i, struct error *err)
{
	static char body[BODY];
	char etag[16], id[16];
	struct store_feed feed = { .name = "wire", .etag = etag };
	struct store_alert alert = { .rule = "r", .rule_text = "w",
	    .found = T0 + i, .evidence = "e", .evidence_len = 1 };
	struct store_delivery d = { .id = id, .notifier = "n",
	    .created = T0, .next_at = T0 };
	enum store_entry_state entry;
	struct article a;

	memset(body, 'x', sizeof(body) - 1);
	snprintf(etag, sizeof(etag), "%d", i);
	snprintf(id, sizeof(id), "id%d", i);
	article_init(&a);
	a.title = etag;
	a.content = body;
	if (beside(s, i, err) < 0)
		return -1;
	if (store_begin(s, err) < 0 || store_feed_put(s, &feed, err) < 0 ||
	    store_entry_check(s, feed.id, i, 1, T0, &entry, err) < 0)
		return -1;
	/* A commit that failed may be there after all when the file was opened
	   again; then the round is a repetition. */
	if (entry != STORE_ENTRY_NEW)
		return store_commit(s, err);
	if (store_article_put(s, feed.id, i, 1, &a, T0, &alert.article,
	    err) < 0)
		return -1;
	alert.feed = feed.id;
	alert.key = i;
	if (store_alert_add(s, &alert, err) != 1)
		return -1;
	d.alert = alert.id;
	if (store_delivery_add(s, &d, err) != 1)
		return -1;
	if (i % 4 == 3 && store_delivery_result(s, i - 1,
	    STORE_OUTCOME_RETRY, "later", T0 + 5, T0, err) < 0)
		return -1;
	return store_commit(s, err);
}

/* What was acknowledged can be delivered although nothing can be written. */
static void
still_readable(struct store *s, int acked)
{
	struct store_parcel p;
	struct arena mem;

	arena_init(&mem);
	for (int i = 1; i <= acked; i++)
		if (store_delivery_load(s, i, &mem, &p, NULL) != 1 ||
		    strlen(p.article.article.content) != BODY - 1)
			_exit(4);
	if (store_begin(s, NULL) == 0)
		_exit(5);
	arena_free(&mem);
}

static int64_t
number(struct store *s, const char *sql)
{
	struct error err;
	sqlite3_stmt *st;
	int64_t n;

	assert_int_equal(sqlite3_prepare_v2(s->db, sql, -1, &st, NULL), 0);
	if (stmt_number(s, st, &n, &err) != 1)
		fail_msg("%s: %s", sql, err.text);
	sqlite3_finalize(st);
	return n;
}

/* Nothing by half, at most one round more than was said, and none less but
   perhaps the last ones in doubt. */
static void
examine_all_but(int doubtful, int acked, const char *what, long n)
{
	struct store *s;
	struct error err;
	sqlite3_stmt *st;
	int64_t there;

	if (store_open(folder, &s, &err) < 0)
		fail_msg("%s %ld: %s", what, n, err.text);
	sqlite3_prepare_v2(s->db, "PRAGMA integrity_check", -1, &st, NULL);
	if (sqlite3_step(st) != SQLITE_ROW)
		fail_msg("%s %ld: %s", what, n, sqlite3_errmsg(s->db));
	if (strcmp((const char *)sqlite3_column_text(st, 0), "ok") != 0)
		fail_msg("%s %ld: %s", what, n, sqlite3_column_text(st, 0));
	sqlite3_finalize(st);
	there = number(s, "SELECT count(*) FROM alert");
	if (there < acked - doubtful || there > acked + 1)
		fail_msg("%s %ld: %d acknowledged, %d there", what, n, acked,
		    (int)there);
	assert_int_equal(number(s, "SELECT count(*) FROM alert l "
	    "JOIN delivery d ON d.alert = l.id JOIN article a ON "
	    "a.id = l.article JOIN seen s ON s.key = l.key "
	    "WHERE length(a.content) = 8999 AND d.id = 'id' || l.key"), there);
	assert_int_equal(number(s, "SELECT count(*) FROM article"), there);
	assert_int_equal(number(s, "SELECT count(*) FROM attempt"), there / 4);
	assert_int_equal(number(s, "SELECT ifnull(max(etag + 1), 0) "
	    "FROM feed"), there);
	store_close(s);
}

static void
examine(int acked, const char *what, long n)
{
	examine_all_but(0, acked, what, n);
}

#endif
