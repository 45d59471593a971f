/* store: no statement of a busy hour walks a whole table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/articles.h"
#include "store/feeds.h"
#include "store/internal.h"

/* Those that are to see every row, and those of tables that are small. (A feed
   is the parent in foreign keys: its insert would look for children in need of
   one, if there were any.) */
static bool
may_scan(int which)
{
	static const int list[] = { STMT_FEED_EACH, STMT_FEED_PUT, STMT_HOST_EACH,
	    STMT_SILENCE_LIST, STMT_TALLY_LIST, STMT_SIZE_ALERTS,
	    STMT_SIZE_ARTICLES,
	    STMT_DELIVERY_LIST_ALL, STMT_PRUNE_SILENCES, STMT_PRUNE_HOSTS };

	for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++)
		if (list[i] == which)
			return true;
	return false;
}

/* A line of the plan that reads a table from end to end. */
static bool
is_scan(const char *line)
{
	static const char *const fine[] = { "SCAN CONSTANT ROW",
	    "SCAN (subquery", "SCAN delivery USING INDEX delivery_open",
	    "SCAN delivery USING COVERING INDEX delivery_open" };

	if (strncmp(line, "SCAN ", 5) != 0)
		return false;
	for (size_t i = 0; i < sizeof(fine) / sizeof(fine[0]); i++)
		if (strncmp(line, fine[i], strlen(fine[i])) == 0)
			return false;
	return true;
}

static void
every_statement_finds_its_rows_by_an_index(void **state)
{
	char folder[] = "/tmp/test_plans.XXXXXX", text[4096];
	struct store *s;
	struct error err;
	int bad = 0;

	(void)state;
	assert_non_null(mkdtemp(folder));
	if (store_open(folder, &s, &err) < 0)
		fail_msg("%s", err.text);
	for (int i = 0; i < STMT_COUNT; i++) {
		sqlite3_stmt *st;

		snprintf(text, sizeof(text), "EXPLAIN QUERY PLAN %s",
		    sql_text[i]);
		assert_int_equal(sqlite3_prepare_v2(s->db, text, -1, &st,
		    NULL), SQLITE_OK);
		while (sqlite3_step(st) == SQLITE_ROW) {
			const char *line = (const char *)
			    sqlite3_column_text(st, 3);

			if (is_scan(line) && !may_scan(i)) {
				print_message("%s\n  %s\n", sql_text[i], line);
				bad++;
			}
		}
		sqlite3_finalize(st);
	}
	store_close(s);
	snprintf(text, sizeof(text), "rm -r %s", folder);
	assert_int_equal(system(text), 0);
	assert_int_equal(bad, 0);
}

/* The plan of one statement names this index. */
static void
what_is_asked_for_each_alert_is_a_single_look(void **state)
{
	static const struct { int which; const char *index; } cases[] = {
		{ STMT_ALERT_RECENT, "alert_fate (rule=? AND fate=? AND found<?)" },
		{ STMT_ALERT_HOUR,
		    "alert_fate (rule=? AND fate=? AND found>? AND found<?)" },
		{ STMT_ALERT_LIKE_LINK, "alert_link (link_key=?)" },
		{ STMT_ALERT_LIKE_TITLE, "alert_title (title_key=?)" },
		{ STMT_DELIVERY_PENDING, "delivery_open" },
		{ STMT_DELIVERY_DEAD, "delivery_open" },
		{ STMT_PRUNE_OPEN, "alert_article (article=?)" },
	};
	char folder[] = "/tmp/test_plans.XXXXXX", text[4096];
	struct store *s;
	struct error err;

	(void)state;
	assert_non_null(mkdtemp(folder));
	if (store_open(folder, &s, &err) < 0)
		fail_msg("%s", err.text);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		sqlite3_stmt *st;
		bool found = false;

		snprintf(text, sizeof(text), "EXPLAIN QUERY PLAN %s",
		    sql_text[cases[i].which]);
		sqlite3_prepare_v2(s->db, text, -1, &st, NULL);
		while (sqlite3_step(st) == SQLITE_ROW) {
			const char *line = (const char *)
			    sqlite3_column_text(st, 3);

			if (strstr(line, cases[i].index) != NULL)
				found = true;
			else
				print_message("  %s\n", line);
		}
		sqlite3_finalize(st);
		if (!found)
			fail_msg("%s does not use %s",
			    sql_text[cases[i].which], cases[i].index);
	}
	store_close(s);
	snprintf(text, sizeof(text), "rm -r %s", folder);
	assert_int_equal(system(text), 0);
}

/* Ten old articles, so many young ones behind them, and how many steps of
   SQLite's machine the search for the old ones takes. */
static int
retention_steps(int young)
{
	char folder[] = "/tmp/test_plans.XXXXXX", text[64];
	int64_t now = 20000 * (int64_t)STORE_DAY, article;
	struct store_feed feed = { .name = "wire" };
	struct article a;
	struct store *s;
	struct error err;
	int steps;

	assert_non_null(mkdtemp(folder));
	assert_int_equal(store_open(folder, &s, &err), 0);
	assert_int_equal(store_begin(s, &err), 0);
	assert_int_equal(store_feed_put(s, &feed, &err), 0);
	article_init(&a);
	for (int i = 0; i < 10 + young; i++)
		assert_int_equal(store_article_put(s, feed.id, i, 1, &a,
		    now - (i < 10 ? 31 : 1) * STORE_DAY, &article, &err), 0);
	assert_int_equal(store_commit(s, &err), 0);
	while (store_prune_step(s, now, 30 * STORE_DAY, 100, &err) == 1)
		continue;
	steps = sqlite3_stmt_status(s->stmt[STMT_PRUNE_ARTICLES],
	    SQLITE_STMTSTATUS_VM_STEP, 0);
	store_close(s);
	snprintf(text, sizeof(text), "rm -r %s", folder);
	assert_int_equal(system(text), 0);
	return steps;
}

static int
runs(struct store *s, enum stmt which)
{
	return sqlite3_stmt_status(s->stmt[which], SQLITE_STMTSTATUS_RUN, 0);
}

static bool
is_wire(const struct store_feed *f, void *arg)
{
	(void)arg;
	return strcmp(f->name, "wire") == 0;
}

static void
feeds_are_read_together_at_the_start(void **state)
{
	char folder[] = "/tmp/test_plans.XXXXXX", text[64];
	struct store_feed wire = { .name = "wire", .etag = "\"1\"" }, f;
	struct store_feed other = { .name = "other" };
	struct store_poll poll = { .at = 1, .outcome = "ok" }, *polls;
	struct arena mem;
	struct store *s;
	struct error err;
	size_t n;

	(void)state;
	arena_init(&mem);
	assert_non_null(mkdtemp(folder));
	assert_int_equal(store_open(folder, &s, &err), 0);
	assert_int_equal(store_feed_put(s, &wire, &err), 0);
	assert_int_equal(store_feed_polled(s, &wire, &poll, &err), 0);
	assert_int_equal(store_feed_put(s, &other, &err), 0);
	store_close(s);
	assert_int_equal(store_open(folder, &s, &err), 0);
	assert_int_equal(store_feed_each(s, is_wire, NULL, &err), 0);
	assert_int_equal(store_feed_get(s, "wire", &mem, &f, &err), 1);
	assert_string_equal(f.etag, "\"1\"");
	assert_int_equal(runs(s, STMT_FEED_GET), 0);	/* it was not asked for */
	poll.at = 2;
	assert_int_equal(store_feed_polled(s, &f, &poll, &err), 0);
	assert_int_equal(runs(s, STMT_FEED_GET), 0);
	assert_int_equal(store_poll_list(s, f.id, &mem, &polls, &n, &err), 0);
	assert_int_equal(n, 2);
	assert_int_equal(store_feed_get(s, "other", &mem, &f, &err), 1);
	assert_int_equal(runs(s, STMT_FEED_GET), 1);	/* nobody wanted it */
	store_close(s);
	arena_free(&mem);
	snprintf(text, sizeof(text), "rm -r %s", folder);
	assert_int_equal(system(text), 0);
}

static void
retention_looks_at_no_young_article(void **state)
{
	int few = retention_steps(1);

	(void)state;
	assert_true(few > 10);
	assert_int_equal(retention_steps(2000), few);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_statement_finds_its_rows_by_an_index),
		cmocka_unit_test(what_is_asked_for_each_alert_is_a_single_look),
		cmocka_unit_test(feeds_are_read_together_at_the_start),
		cmocka_unit_test(retention_looks_at_no_young_article),
	};

	return cmocka_run_group_tests_name("store plans", tests, NULL, NULL);
}
