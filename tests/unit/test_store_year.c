/* store: more than a year of busy feeds in a database that stays bounded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "store/deliveries.h"
#include "store/feeds.h"
#include "slow.h"
#include "store/store.h"

#define DAY	((int64_t)86400)
#define T0	(20000 * DAY)
#define FEEDS	5
#define A_DAY	12		/* new articles of a feed in a day */
#define DAYS	460
#define BUDGET	4000

static char folder[64];
static struct store *store;
static struct error err;

#define OK(call) do {							\
	if ((call) < 0)							\
		fail_msg("%s: %s", #call, err.text);			\
} while (0)

static void
one_article(int64_t feed, int n, int64_t now)
{
	static char body[1200];
	struct store_alert alert = { .rule = "r", .rule_text = "w",
	    .feed = feed, .found = now, .evidence = body, .evidence_len = 200 };
	struct store_delivery d = { .notifier = "n", .created = now,
	    .next_at = now };
	struct article a;
	char id[32];

	memset(body, 'x', sizeof(body) - 1);
	article_init(&a);
	snprintf(id, sizeof(id), "%lld-%d", (long long)feed, n);
	a.id = a.title = id;
	a.content = body + n % 1000;
	alert.key = (int64_t)hash_str(id);
	OK(store_article_put(store, feed, alert.key, 1, &a, now,
	    &alert.article, &err));
	if (n % 20 != 0)
		return;
	OK(store_alert_add(store, &alert, &err));
	d.id = id;
	d.alert = alert.id;
	OK(store_delivery_add(store, &d, &err));
	/* Most are delivered, some given up, a few wait for ever. */
	if (n % 1000 != 0)
		OK(store_delivery_result(store, d.row, n % 100 == 0 ?
		    STORE_OUTCOME_DEAD : STORE_OUTCOME_DONE, "", 0, now,
		    &err));
}

/* What one feed brings on a day. */
static void
one_feed(int number, int day, int64_t now)
{
	struct store_poll poll = { .at = now, .fresh = A_DAY };
	struct store_feed feed;
	struct arena mem;
	char name[16];
	int known;

	arena_init(&mem);
	snprintf(name, sizeof(name), "feed%d", number);
	known = store_feed_get(store, name, &mem, &feed, &err);
	OK(known);
	if (known == 0) {
		feed = (struct store_feed){ .name = name };
		OK(store_feed_put(store, &feed, &err));
	}
	for (int i = 0; i < A_DAY; i++)
		one_article(feed.id, day * A_DAY + i, now);
	OK(store_feed_polled(store, &feed, &poll, &err));
	arena_free(&mem);
}

static void
one_day(int day)
{
	int64_t now = T0 + day * DAY;
	int steps = 0, rc;

	OK(store_begin(store, &err));
	for (int f = 0; f < FEEDS; f++)
		one_feed(f, day, now);
	OK(store_commit(store, &err));
	do {
		rc = store_prune_step(store, now, 30 * DAY, BUDGET, &err);
		OK(rc);
		steps++;
	} while (rc == 1);
	/* Small steps, but not without end. */
	assert_in_range(steps, 3, 8 + 400 * FEEDS * A_DAY / BUDGET);
}

static void
a_year_stays_bounded(void **state)
{
	/* 460 days would take it minutes; pruning begins after 30. */
	int days = under_valgrind() ? 45 : DAYS;
	struct store_size size;
	int64_t two_months = 0, a_year = 0;

	(void)state;
	for (int day = 0; day < days; day++) {
		one_day(day);
		OK(store_size(store, &size, &err));
		if (day == 60)
			two_months = size.bytes;
		if (day == 400)
			a_year = size.bytes;
	}
	/* 30 days, and what is still open of a year. */
	assert_in_range(size.articles, 30 * FEEDS * A_DAY,
	    31 * FEEDS * A_DAY + 370 * FEEDS * A_DAY / 100);
	if (days < DAYS)
		return;
	print_message("# REPORT store: %d articles over %d days: %lld KiB "
	    "after two months, %lld after 400 days, %lld at the end\n",
	    FEEDS * A_DAY * DAYS, DAYS, (long long)two_months / 1024,
	    (long long)a_year / 1024, (long long)size.bytes / 1024);
	/* What grows for a year: 30 bytes an entry, the alerts' names, and
	   articles whose delivery was given up. */
	assert_true(a_year < 3 * two_months);
	assert_true(size.bytes <= a_year + a_year / 20);
	assert_true(size.alerts <= 374 * FEEDS * A_DAY / 20 + DAYS);
}

static int
setup(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "%s/test_year.XXXXXX",
	    access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	return mkdtemp(folder) == NULL || store_open(folder, &store,
	    &err) < 0;
}

static int
teardown(void **state)
{
	static const char *const names[] = { "newsalertd.db",
	    "newsalertd.db-wal", "newsalertd.lock" };
	char path[128];

	(void)state;
	store_close(store);
	for (int i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		unlink(path);
	}
	return rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_year_stays_bounded),
	};

	return cmocka_run_group_tests_name("store over a year", tests, setup,
	    teardown);
}
