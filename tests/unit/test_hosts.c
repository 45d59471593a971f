/* queue and hosts: who is asked next, and when a host may be asked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "poll/queue.h"

#define NOW	1700000000000	/* ms */
#define SECOND	1000LL
#define MINUTE	(60 * SECOND)
#define HOUR	(60 * MINUTE)
#define DAY	(24 * HOUR)

static struct poll_answer
answer(uint32_t status, const char *retry_after)
{
	struct poll_answer a;

	poll_answer_init(&a);
	a.outcome = status == 200 ? POLL_OK : POLL_HTTP_ERROR;
	a.status = status;
	a.retry_after = retry_after;
	a.error = "the server said no";
	return a;
}

static uint32_t
take(struct poll_queue *q, int64_t now)
{
	uint32_t feed;
	int64_t wake;

	if (!poll_queue_next(q, now, &feed, &wake))
		fail_msg("nothing before %+lld ms", (long long)(wake - now));
	return feed;
}

/* Milliseconds until the next is due. */
static int64_t
wait(struct poll_queue *q, int64_t now)
{
	uint32_t feed;
	int64_t wake;

	assert_false(poll_queue_next(q, now, &feed, &wake));
	return wake == INT64_MAX ? -1 : wake - now;
}

static int64_t
done(struct poll_queue *q, uint32_t feed, uint32_t status, const char *retry,
    int64_t now)
{
	struct poll_answer a = answer(status, retry);

	return poll_queue_done(q, feed, &a, now);
}

static void
feeds_come_in_order_of_time(void **state)
{
	struct poll_queue *q = poll_queue_new(0);
	char url[64];
	int64_t last = 0;

	(void)state;
	for (uint32_t i = 0; i < 1000; i++) {
		snprintf(url, sizeof(url), "http://h%u.example/", i % 300);
		poll_queue_put(q, i, url, NOW + (i * 7919 % 1000) * SECOND);
	}
	assert_int_equal(poll_queue_length(q), 1000);
	for (uint32_t i = 0; i < 1000; i++) {
		int64_t now = NOW + i * SECOND;
		uint32_t feed = take(q, now);

		assert_int_equal(feed * 7919 % 1000, i);
		assert_true(now > last);
		last = now;
		if (i < 999)
			assert_int_equal(wait(q, now), SECOND);
		done(q, feed, 200, "", now);
	}
	assert_int_equal(wait(q, NOW + DAY), -1);
	assert_int_equal(poll_queue_flying(q), 0);
	poll_queue_free(q);
}

static void
row_14_one_request_per_host_and_a_pause(void **state)
{
	struct poll_queue *q = poll_queue_new(2 * SECOND);
	int64_t now = NOW, last = 0;
	unsigned seen = 0;

	(void)state;
	for (uint32_t i = 0; i < 200; i++)
		poll_queue_put(q, i, i % 2 ? "https://example.org/a" :
		    "https://EXAMPLE.org:443/b", NOW);
	poll_queue_put(q, 200, "https://other.example/", NOW + 1);
	for (; seen < 200; seen++) {
		uint32_t feed = take(q, now);

		assert_true(last == 0 || now - last >= 2 * SECOND);
		/* While it is in flight, its host is closed; others are not. */
		if (seen == 0)
			assert_int_equal(take(q, now + 1), 200);
		assert_int_equal(wait(q, now + 1), -1);
		last = now + 300;
		done(q, feed, 200, "", last);
		if (seen < 199)
			now = last + wait(q, last);
	}
	assert_int_equal(poll_queue_length(q), 0);
	poll_queue_free(q);
}

/* N names of one address, each asked once before, all due now; and others. */
enum { NAMES = 50, OTHERS = 3 };

static struct poll_queue *
many_names(int64_t spacing)
{
	struct poll_queue *q = poll_queue_new(spacing);
	struct poll_answer a = answer(200, "");
	char url[64];

	for (uint32_t i = 0; i < NAMES + OTHERS; i++) {
		snprintf(url, sizeof(url), "https://n%u.example/", i);
		poll_queue_put(q, i, url, NOW - DAY);
		assert_int_equal(take(q, NOW - DAY), i);
		a.address = i < NAMES ? "192.0.2.1" : url;
		poll_queue_done(q, i, &a, NOW - DAY);
		poll_queue_put(q, i, url, NOW);
	}
	return q;
}

static void
row_15_names_of_one_address_share_a_soft_limit(void **state)
{
	struct poll_queue *q = many_names(2 * SECOND);
	int64_t now = NOW, last = 0, ends[NAMES + OTHERS], wake = 0;
	unsigned seen = 0, others = 0, flying = 0, most = 0;
	uint32_t feed;

	(void)state;
	memset(ends, 0, sizeof(ends));
	while (seen < NAMES + OTHERS) {
		for (uint32_t i = 0; i < NAMES + OTHERS; i++)
			if (ends[i] != 0 && ends[i] <= now) {
				done(q, i, 200, "", ends[i]);
				flying -= i < NAMES;
				ends[i] = 0;
			}
		if (!poll_queue_next(q, now, &feed, &wake)) {
			now = wake - now > 100 ? now + 100 : wake;
			continue;
		}
		seen++;
		if (feed >= NAMES) {		/* not kept waiting by them */
			others++;
			assert_int_equal(now, NOW);
		} else {
			assert_true(last == 0 || now - last >= SECOND / 2);
			last = now;
			most = ++flying > most ? flying : most;
		}
		ends[feed] = now + 1700;	/* a slow server */
	}
	assert_int_equal(others, OTHERS);
	assert_int_equal(most, 4);
	assert_in_range(last - NOW, 24 * SECOND, 30 * SECOND);
	poll_queue_free(q);
	/* Without spacing nobody waits. */
	q = many_names(0);
	for (unsigned i = 0; i < NAMES + OTHERS; i++)
		take(q, NOW);
	poll_queue_free(q);
}

static void
row_15_an_address_that_hangs_gets_no_more(void **state)
{
	struct poll_queue *q = many_names(2 * SECOND);
	int64_t now = NOW, wake = 0;
	uint32_t feed, hanging[4];
	unsigned n = 0;

	(void)state;
	for (; now < NOW + HOUR; now += 100)
		if (poll_queue_next(q, now, &feed, &wake) && feed < NAMES) {
			assert_true(n < 4);
			hanging[n++] = feed;
		}
	assert_int_equal(n, 4);
	/* One gives up: another one goes, and waits no longer than a turn
	   for each that is before it. */
	done(q, hanging[0], 200, "", now);
	while (!poll_queue_next(q, now, &feed, &wake))
		now = wake;
	assert_in_range(now - (NOW + HOUR), 0, NAMES * SECOND / 2);
	poll_queue_free(q);
}

static void
row_15_a_name_is_not_asked_when_its_address_turns_out_to_be_busy(void **state)
{
	struct poll_queue *q = poll_queue_new(2 * SECOND);
	struct poll_answer busy = answer(0, "");

	(void)state;
	busy.outcome = POLL_BUSY;
	busy.address = "192.0.2.1";
	poll_queue_put(q, 0, "https://a.example/", NOW);
	poll_queue_put(q, 1, "https://b.example/", NOW);
	take(q, NOW);
	assert_int_equal(take(q, NOW), 1);
	/* It was not asked: its host need not rest, its address is known. */
	assert_int_equal(poll_queue_done(q, 1, &busy, NOW), 0);
	poll_queue_put(q, 1, "https://b.example/", NOW);
	assert_int_equal(take(q, NOW), 1);
	poll_queue_free(q);
}

static void
row_14_spacing_is_learned_from_429_and_forgotten(void **state)
{
	struct poll_queue *q = poll_queue_new(2 * SECOND);
	struct poll_host row;
	int64_t now = NOW, spacing = 0;

	(void)state;
	for (int i = 0; i < 10; i++) {
		poll_queue_put(q, 1, "http://example.org/", now);
		done(q, take(q, now), 429, "60", now);
		assert_true(poll_queue_host(q, "http://example.org/", &row));
		assert_true(row.spacing_ms > spacing ||
		    row.spacing_ms == POLL_SPACING_MAX);
		spacing = row.spacing_ms;
		now += 10 * MINUTE;
	}
	assert_int_equal(spacing, POLL_SPACING_MAX);
	poll_queue_put(q, 1, "http://example.org/", now);
	done(q, take(q, now), 200, "", now);
	poll_queue_put(q, 1, "http://example.org/", now);
	assert_int_equal(wait(q, now), POLL_SPACING_MAX);
	/* Each quiet week halves it. */
	for (int i = 0; i < 10; i++) {
		now += POLL_SPACING_KEEP;
		done(q, take(q, now), 200, "", now);
		poll_queue_put(q, 1, "http://example.org/", now);
	}
	poll_queue_host(q, "http://example.org/", &row);
	assert_int_equal(row.spacing_ms, 0);
	assert_int_equal(wait(q, now), 2 * SECOND);
	poll_queue_free(q);
}

static void
row_11_a_429_holds_the_host(void **state)
{
	static const struct { uint32_t status; const char *retry;
	    int64_t hold; } cases[] = {
		{ 429, "120", 120 * SECOND },
		{ 503, "3600", 0 },		/* the feed alone: row 12 */
		{ 403, "60", 60 * SECOND },
		{ 403, "", 0 },
		{ 404, "60", 0 },
		{ 200, "60", 0 },
		{ 429, "Tue, 14 Nov 2023 23:13:20 GMT", HOUR },
		{ 429, "", 5 * MINUTE },
		{ 429, "Tue, 14 Nov 2023 21:13:20 GMT", 5 * MINUTE },
		{ 429, "-5", 5 * MINUTE },
		{ 429, "soon", 5 * MINUTE },
		{ 429, "9999999999", 7 * DAY },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct poll_queue *q = poll_queue_new(0);
		int64_t until;

		poll_queue_put(q, 1, "http://example.org/1", NOW);
		poll_queue_put(q, 2, "http://example.org/2", NOW + 1);
		poll_queue_put(q, 3, "http://www.example.org/", NOW + 2);
		until = done(q, take(q, NOW), cases[i].status, cases[i].retry,
		    NOW);
		assert_int_equal(poll_queue_held(q, "https://example.org/x",
		    NOW), cases[i].hold ? NOW + cases[i].hold : 0);
		assert_int_equal(take(q, NOW + 2),
		    cases[i].hold ? 3 : 2);	/* another host goes on */
		if (cases[i].hold) {
			assert_int_equal(until * 1000, NOW + cases[i].hold);
			assert_int_equal(wait(q, NOW + 2), cases[i].hold - 2);
			assert_int_equal(take(q, NOW + cases[i].hold), 2);
		}
		poll_queue_free(q);
	}
}

static void
row_11_unexplained_429s_double_to_a_day(void **state)
{
	struct poll_queue *q = poll_queue_new(0);
	int64_t now = NOW, expect = POLL_WAIT_FIRST;

	(void)state;
	for (int i = 0; i < 12; i++) {
		poll_queue_put(q, 1, "http://example.org/", now);
		assert_int_equal(done(q, take(q, now), 429, "", now) * 1000 -
		    now, expect);
		expect = expect * 2 < POLL_WAIT_MAX ? expect * 2 :
		    POLL_WAIT_MAX;
		poll_queue_put(q, 1, "http://example.org/", now);
		now += wait(q, now);
	}
	assert_int_equal(expect, POLL_WAIT_MAX);
	/* One answer ends the row. */
	done(q, take(q, now), 304, "", now);
	now += HOUR;
	poll_queue_put(q, 1, "http://example.org/", now);
	assert_int_equal(done(q, take(q, now), 429, "", now) * 1000 - now,
	    POLL_WAIT_FIRST);
	poll_queue_free(q);
}

static void
row_12_a_503_is_the_hosts_when_two_feeds_meet_it(void **state)
{
	struct poll_queue *q = poll_queue_new(0);
	const char *url = "http://example.org/";

	(void)state;
	for (uint32_t i = 1; i <= 3; i++)
		poll_queue_put(q, i, url, NOW + i);
	assert_int_equal(done(q, take(q, NOW + 1), 503, "", NOW), 0);
	poll_queue_put(q, 1, url, NOW);		/* the same one again */
	assert_int_equal(done(q, take(q, NOW + 1), 503, "60", NOW) * 1000,
	    NOW + MINUTE);
	assert_int_equal(poll_queue_held(q, url, NOW), 0);
	done(q, take(q, NOW + 2), 503, "60", NOW + 2);
	assert_int_equal(poll_queue_held(q, url, NOW + 2), NOW + 2 + MINUTE -
	    2);		/* Retry-After counts whole seconds */
	/* A good answer in between: two feeds with troubles of their own. */
	take(q, NOW + MINUTE);
	done(q, 3, 200, "", NOW + MINUTE);
	poll_queue_put(q, 1, url, NOW + MINUTE);
	done(q, take(q, NOW + MINUTE), 503, "60", NOW + MINUTE);
	assert_int_equal(poll_queue_held(q, url, NOW + MINUTE), 0);
	poll_queue_free(q);
}

static void
row_12_a_private_hosts_hold_is_the_feeds(void **state)
{
	static const char *const hosts[] = { "http://127.0.0.1:1200/",
		"http://localhost/", "http://rsshub:1200/", "http://[::1]/",
		"http://10.0.0.7/", "http://nas.local/", "http://[fd00::1]:8/" };
	static const char *const public[] = { "http://93.184.216.34:80/",
		"http://[2606:4700::1111]/", "http://rsshub.example/",
		"http://local.example/" };

	(void)state;
	for (size_t i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++) {
		struct poll_queue *q = poll_queue_new(0);

		poll_queue_put(q, 1, hosts[i], NOW);
		assert_int_equal(done(q, take(q, NOW), 429, "60", NOW) * 1000,
		    NOW + MINUTE);
		assert_int_equal(poll_queue_held(q, hosts[i], NOW), 0);
		poll_queue_free(q);
	}
	for (size_t i = 0; i < sizeof(public) / sizeof(public[0]); i++) {
		struct poll_queue *q = poll_queue_new(0);

		poll_queue_put(q, 1, public[i], NOW);
		done(q, take(q, NOW), 429, "60", NOW);
		assert_int_equal(poll_queue_held(q, public[i], NOW),
		    NOW + MINUTE);
		poll_queue_free(q);
	}
}

static void
row_13_holds_outlive_a_restart(void **state)
{
	struct poll_queue *q = poll_queue_new(0), *after = poll_queue_new(0);
	const char *url = "http://example.org/";
	struct poll_host row;

	(void)state;
	poll_queue_put(q, 1, url, NOW);
	assert_false(poll_queue_host(q, url, &row));
	done(q, take(q, NOW), 429, "600", NOW);
	assert_true(poll_queue_host(q, url, &row));
	assert_string_equal(row.name, "example.org");
	assert_string_equal(row.reason, "the server said no");
	poll_queue_restore(after, &row, NOW + SECOND);
	assert_false(poll_queue_host(q, url, &row));
	poll_queue_free(q);
	poll_queue_put(after, 7, url, NOW);
	assert_int_equal(wait(after, NOW + SECOND), 599 * SECOND);
	/* A row written by a clock that was years ahead holds nothing. */
	row = (struct poll_host){ "late.example", NOW + 365 * DAY, "x", 0, 1,
		NOW };
	poll_queue_restore(after, &row, NOW);
	assert_int_equal(poll_queue_held(after, "http://late.example/", NOW), 0);
	/* By one that was a day ahead: as long from now. */
	row = (struct poll_host){ "day.example", NOW + DAY + 60 * SECOND, "x",
		0, 1, NOW + DAY };
	poll_queue_restore(after, &row, NOW);
	assert_int_equal(poll_queue_held(after, "http://day.example/", NOW),
	    NOW + 60 * SECOND);
	poll_queue_free(after);
}

static void
row_16_nobody_in_reach_means_offline(void **state)
{
	static const char *const urls[] = { "http://a.example/1",
		"http://a.example/2", "http://b.example/", "http://c.example/" };
	struct poll_answer lost = answer(0, "");
	struct poll_queue *q = poll_queue_new(0);

	(void)state;
	lost.outcome = POLL_DNS;
	for (int round = 0; round < 3; round++)
		for (uint32_t i = 0; i < 4; i++) {
			poll_queue_put(q, i, urls[i], NOW);
			take(q, NOW);
			poll_queue_done(q, i, &lost, NOW);
			assert_int_equal(poll_queue_is_offline(q),
			    round > 0 || i == 3);
		}
	poll_queue_put(q, 0, urls[0], NOW);
	done(q, take(q, NOW), 404, "", NOW);
	assert_false(poll_queue_is_offline(q));
	poll_queue_free(q);
}

static void
a_clock_set_back_delays_nobody(void **state)
{
	struct poll_queue *q = poll_queue_new(2 * SECOND);

	(void)state;
	poll_queue_put(q, 1, "http://a.example/", NOW);
	poll_queue_put(q, 2, "http://a.example/", NOW + MINUTE);
	done(q, take(q, NOW), 200, "", NOW);
	assert_int_equal(wait(q, NOW), MINUTE);
	assert_int_equal(wait(q, NOW - 365 * DAY), MINUTE);
	assert_int_equal(take(q, NOW - 365 * DAY + MINUTE), 2);
	poll_queue_free(q);
}

static void
feeds_move_and_leave(void **state)
{
	struct poll_queue *q = poll_queue_new(0);

	(void)state;
	poll_queue_put(q, 5, "http://a.example/", NOW + HOUR);
	poll_queue_put(q, 5, "http://b.example/", NOW);	/* moved */
	poll_queue_put(q, 6, "http://b.example/", NOW + 1);
	assert_int_equal(poll_queue_length(q), 2);
	assert_int_equal(take(q, NOW), 5);
	poll_queue_put(q, 5, "http://c.example/", NOW);	/* in flight: ignored */
	assert_int_equal(wait(q, NOW + 1), -1);
	poll_queue_drop(q, 5);			/* its host is free again */
	assert_int_equal(poll_queue_flying(q), 0);
	assert_int_equal(take(q, NOW + 1), 6);
	assert_int_equal(poll_queue_done(q, 5, NULL, NOW), 0);	/* too late */
	poll_queue_done(q, 6, NULL, NOW + 2);
	poll_queue_drop(q, 6);
	poll_queue_drop(q, 1000000);
	poll_queue_put(q, 7, "http://b.example/", NOW);
	poll_queue_drop(q, 7);
	assert_int_equal(wait(q, NOW + DAY), -1);
	assert_int_equal(poll_queue_length(q), 0);
	poll_queue_free(q);
}

/* Whatever is done in whatever order: against a plain list. */
static void
the_queue_agrees_with_a_plain_list(void **state)
{
	enum { FEEDS = 60, HOSTS = 9, SPACING = 50 };
	struct poll_queue *q = poll_queue_new(SPACING);
	struct { int64_t due; int host; int mode; } list[FEEDS] = { 0 };
	int64_t free_at[HOSTS] = { 0 }, now = NOW, wake;
	bool busy[HOSTS] = { false };
	uint64_t x = 88172645463325252ull;
	char url[64];

	(void)state;
	for (int step = 0; step < 100000; step++) {
		uint32_t f, got;
		int64_t best = INT64_MAX;

		x ^= x << 13, x ^= x >> 7, x ^= x << 17;
		f = (uint32_t)(x >> 40) % FEEDS;
		switch (x % 4) {
		case 0:
			if (list[f].mode == 2)
				break;
			list[f].mode = 1;
			list[f].host = (int)(x >> 20) % HOSTS;
			if (list[f].host < 0)
				list[f].host = 0;
			list[f].due = now + (int64_t)(x >> 33) % 1000;
			snprintf(url, sizeof(url), "http://h%d/",
			    list[f].host);
			poll_queue_put(q, f, url, list[f].due);
			break;
		case 1:
			if (x % 16 != 1)
				break;
			poll_queue_drop(q, f);
			if (list[f].mode == 2)
				busy[list[f].host] = false;
			list[f].mode = 0;
			break;
		case 2:
			if (list[f].mode != 2)
				break;
			poll_queue_done(q, f, NULL, now);
			busy[list[f].host] = false;
			free_at[list[f].host] = now + SPACING;
			list[f].mode = 0;
			break;
		default:
			now += (int64_t)(x >> 50) % 20;
		}
		for (int i = 0; i < FEEDS; i++) {
			int64_t at = list[i].due;

			if (list[i].mode != 1 || busy[list[i].host])
				continue;
			if (at < free_at[list[i].host])
				at = free_at[list[i].host];
			if (at < best)
				best = at;
		}
		if (!poll_queue_next(q, now, &got, &wake)) {
			assert_true(wake == best && best > now);
			continue;
		}
		assert_true(best <= now);
		assert_int_equal(list[got].mode, 1);
		assert_false(busy[list[got].host]);
		assert_true(list[got].due <= now);
		list[got].mode = 2;
		busy[list[got].host] = true;
		free_at[list[got].host] = now + SPACING;
	}
	poll_queue_free(q);
}

/* A feed was put for one host, and what is in use is at another. */
static void
a_feed_waits_for_the_host_of_what_is_asked(void **state)
{
	struct poll_queue *q = poll_queue_new(2 * SECOND);

	(void)state;
	poll_queue_put(q, 1, "https://old.example/f", NOW);
	poll_queue_put(q, 2, "https://new.example/a", NOW - 1);
	assert_int_equal(take(q, NOW), 2);
	assert_int_equal(take(q, NOW), 1);
	assert_false(poll_queue_moves(q, 1, "https://old.example:443/g", NOW));
	assert_true(poll_queue_moves(q, 1, "https://new.example/g", NOW));
	assert_int_equal(wait(q, NOW), -1);		/* behind feed 2 */
	poll_queue_put(q, 3, "https://old.example/h", NOW);
	assert_int_equal(take(q, NOW), 3);		/* nobody was asked there */
	done(q, 2, 429, "60", NOW);
	assert_int_equal(wait(q, NOW), 60 * SECOND);
	assert_int_equal(take(q, NOW + 60 * SECOND), 1);
	assert_false(poll_queue_moves(q, 1, "https://new.example/g", NOW));
	poll_queue_free(q);
}

static void
check_turn(struct poll_queue *q, uint32_t feed, int64_t now,
    enum poll_turn turn, int64_t at)
{
	int64_t got;

	assert_int_equal(poll_queue_turn(q, feed, now, &got), turn);
	assert_int_equal(got, at);
}

static void
where_a_feed_stands_is_told(void **state)
{
	struct poll_queue *q = poll_queue_new(2 * SECOND);

	(void)state;
	check_turn(q, 7, NOW, POLL_TURN_NONE, NOW);
	poll_queue_put(q, 1, "https://e.example/1", NOW);
	poll_queue_put(q, 2, "https://e.example/2", NOW);
	poll_queue_put(q, 3, "https://e.example/3", NOW + HOUR);
	assert_int_equal(take(q, NOW), 1);
	check_turn(q, 1, NOW, POLL_TURN_ASKED, NOW);
	check_turn(q, 2, NOW, POLL_TURN_BEHIND, NOW + 2 * SECOND);
	check_turn(q, 3, NOW, POLL_TURN_LATER, NOW + HOUR);
	done(q, 1, 429, "120", NOW + SECOND);
	check_turn(q, 1, NOW + SECOND, POLL_TURN_NONE, NOW + SECOND);
	check_turn(q, 2, NOW + SECOND, POLL_TURN_HELD, NOW + 121 * SECOND);
	assert_string_equal(poll_queue_reason(q, 2), "the server said no");
	check_turn(q, 3, NOW + SECOND, POLL_TURN_LATER, NOW + HOUR);
	check_turn(q, 2, NOW + 5 * MINUTE, POLL_TURN_BEHIND, NOW + 5 * MINUTE);
	poll_queue_free(q);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(feeds_come_in_order_of_time),
		cmocka_unit_test(a_feed_waits_for_the_host_of_what_is_asked),
		cmocka_unit_test(where_a_feed_stands_is_told),
		cmocka_unit_test(row_14_one_request_per_host_and_a_pause),
		cmocka_unit_test(
		    row_15_names_of_one_address_share_a_soft_limit),
		cmocka_unit_test(row_15_an_address_that_hangs_gets_no_more),
		cmocka_unit_test(
		    row_15_a_name_is_not_asked_when_its_address_turns_out_to_be_busy),
		cmocka_unit_test(
		    row_14_spacing_is_learned_from_429_and_forgotten),
		cmocka_unit_test(row_11_a_429_holds_the_host),
		cmocka_unit_test(row_11_unexplained_429s_double_to_a_day),
		cmocka_unit_test(
		    row_12_a_503_is_the_hosts_when_two_feeds_meet_it),
		cmocka_unit_test(row_12_a_private_hosts_hold_is_the_feeds),
		cmocka_unit_test(row_13_holds_outlive_a_restart),
		cmocka_unit_test(row_16_nobody_in_reach_means_offline),
		cmocka_unit_test(a_clock_set_back_delays_nobody),
		cmocka_unit_test(feeds_move_and_leave),
		cmocka_unit_test(the_queue_agrees_with_a_plain_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
