/* queue: which delivery goes next, and when. Time is a number in the test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/quiet.h"
#include "delivery/backoff.h"
#include "delivery/queue.h"

#define SEC	((int64_t)1000)
#define MIN	(60 * SEC)
#define HOUR	(60 * MIN)
#define DAYS	(24 * HOUR)
#define T0	((int64_t)20500 * DAYS)
#define MAX	QUEUE_MESSAGE_MAX

struct box {
	struct queue	*q;
	int64_t		 now;		/* of the last call */
	int64_t		 rows[MAX], wake;
	struct queue_verdict v[MAX];
};

static const struct queue_policy plain = { .max_age = 3 * DAYS };

static int
setup(void **state)
{
	struct box *b = calloc(1, sizeof(*b));

	b->q = queue_new();
	queue_configure(b->q, "n", &plain);
	b->now = T0;
	*state = b;
	return 0;
}

static int
teardown(void **state)
{
	struct box *b = *state;

	queue_free(b->q);
	free(b);
	return 0;
}

static void
add(struct box *b, int64_t row, const char *to, int priority, int64_t at)
{
	struct store_delivery d = { .row = row, .notifier = "n",
	    .recipient = to, .priority = priority, .since = at / 1000,
	    .created = at / 1000, .next_at = at / 1000 };

	queue_add(b->q, &d, at > b->now ? at : b->now);
}

static size_t
next(struct box *b, int64_t now)
{
	b->now = now;
	return queue_next(b->q, "n", now, b->rows, MAX, &b->wake);
}

static size_t
end(struct box *b, enum store_outcome how, int64_t now)
{
	b->now = now;
	return queue_result(b->q, "n", how, 0, now, b->v);
}

static void
one_goes_after_the_other(void **state)
{
	struct box *b = *state;

	assert_int_equal(next(b, T0), 0);
	assert_true(b->wake == INT64_MAX);
	add(b, 1, "", 1, T0);
	add(b, 2, "", 1, T0);
	assert_int_equal(next(b, T0), 1);
	assert_int_equal(b->rows[0], 1);
	/* One message at a time. */
	assert_int_equal(next(b, T0), 0);
	assert_true(b->wake == INT64_MAX);
	assert_int_equal(end(b, STORE_OUTCOME_DONE, T0), 1);
	assert_int_equal(b->v[0].row, 1);
	assert_int_equal(b->v[0].outcome, STORE_OUTCOME_DONE);
	assert_int_equal(next(b, T0), 1);
	assert_int_equal(b->rows[0], 2);
	assert_int_equal(end(b, STORE_OUTCOME_DEAD, T0), 1);
	assert_int_equal(b->v[0].outcome, STORE_OUTCOME_DEAD);
	assert_int_equal(next(b, T0), 0);
	assert_int_equal(end(b, STORE_OUTCOME_DONE, T0), 0);
	assert_int_equal(queue_waiting(b->q), 0);
}

static void
high_goes_first_and_a_start_time_is_kept(void **state)
{
	struct store_delivery later = { .row = 4, .notifier = "n",
	    .recipient = "", .priority = 2, .since = T0 / 1000,
	    .next_at = (T0 + MIN) / 1000 };
	struct box *b = *state;

	add(b, 1, "", 0, T0);
	add(b, 2, "", 1, T0);
	add(b, 3, "", 2, T0);
	queue_add(b->q, &later, T0);
	assert_int_equal(next(b, T0), 1);
	assert_int_equal(b->rows[0], 3);
	end(b, STORE_OUTCOME_DONE, T0);
	next(b, T0);
	assert_int_equal(b->rows[0], 1);
	end(b, STORE_OUTCOME_DONE, T0);
	next(b, T0);
	assert_int_equal(b->rows[0], 2);
	end(b, STORE_OUTCOME_DONE, T0);
	assert_int_equal(next(b, T0), 0);
	assert_true(b->wake == T0 + MIN);
	assert_int_equal(next(b, T0 + MIN), 1);
}

static void
a_retry_waits_and_is_given_up_by_age(void **state)
{
	struct box *b = *state;
	int64_t now = T0;
	int tries = 0;

	add(b, 1, "", 1, T0);
	do {
		assert_true(next(b, now) == 1);
		tries++;
		end(b, STORE_OUTCOME_RETRY, now);
		if (b->v[0].outcome == STORE_OUTCOME_DEAD)
			break;
		assert_true(b->v[0].next_at_s * 1000 > now);
		assert_int_equal(next(b, now), 0);
		assert_true(b->wake > now && b->wake <= now + 3 * HOUR);
		now = b->wake;
	} while (tries < 1000);
	assert_in_range(tries, 30, 50);
	assert_in_range(now - T0, 3 * DAYS, 3 * DAYS + 3 * HOUR);
	assert_int_equal(queue_waiting(b->q), 0);
}

static void
what_is_old_at_start_is_still_tried(void **state)
{
	struct box *b = *state;
	int64_t now = T0 + 10 * DAYS;

	add(b, 1, "", 1, T0);
	for (int i = 1; i <= 3; i++) {
		assert_int_equal(next(b, now), 1);
		end(b, STORE_OUTCOME_RETRY, now);
		assert_int_equal(b->v[0].outcome, i < 3 ?
		    STORE_OUTCOME_RETRY : STORE_OUTCOME_DEAD);
		next(b, now);
		now = b->wake;
	}
}

static void
what_the_other_side_asks_is_waited(void **state)
{
	struct box *b = *state;

	add(b, 1, "", 1, T0);
	add(b, 2, "", 1, T0);
	next(b, T0);
	queue_result(b->q, "n", STORE_OUTCOME_RETRY, HOUR, T0, b->v);
	assert_int_equal(b->v[0].next_at_s * 1000, T0 + HOUR);
	assert_int_equal(next(b, T0 + HOUR - 1), 0);
	assert_true(b->wake == T0 + HOUR);
	assert_int_equal(next(b, T0 + HOUR), 1);
}

/* 20 good recipients, one that takes 60 s to fail: how long do others wait? */
static void
a_bad_destination_never_delays_another(void **state)
{
	struct box *b = *state;
	int64_t now = T0, busy_bad = 0, worst = 0, sent = 0;
	char to[16];

	for (int i = 1; i <= 500; i++)
		add(b, i, "bad", 1, T0);
	for (int minute = 0; minute < 120; minute++) {
		int64_t due = T0 + minute * MIN;

		for (int k = 0; k < 20; k++) {
			snprintf(to, sizeof(to), "good%d", k);
			add(b, 1000 + minute * 20 + k, to, 1, due);
		}
		while (now < due + MIN) {
			if (next(b, now) == 0) {
				now = b->wake < due + MIN ? b->wake :
				    due + MIN;
				continue;
			}
			if (b->rows[0] < 1000) {
				now += 30 * SEC;
				busy_bad += 30 * SEC;
				end(b, STORE_OUTCOME_RETRY, now);
			} else {
				int64_t made = T0 + (b->rows[0] - 1000) / 20 *
				    MIN;

				worst = now - made > worst ? now - made :
				    worst;
				now += SEC / 10;
				end(b, STORE_OUTCOME_DONE, now);
				sent++;
			}
		}
	}
	assert_int_equal(sent, 120 * 20);
	/* Never longer than one failing attempt and the queue before it. */
	assert_true(worst <= 33 * SEC);
	assert_true(busy_bad * 4 <= now - T0 + 2 * MIN);
	assert_true(busy_bad >= 10 * 30 * SEC);
}

static void
an_outage_ends_and_all_goes_at_once(void **state)
{
	struct box *b = *state;
	int64_t now = T0;
	int tries = 0, sent = 0;

	for (int i = 1; i <= 10000; i++)
		add(b, i, "", 1, T0);
	/* Two days of refusals: few attempts, none given up. */
	while (now < T0 + 2 * DAYS) {
		if (next(b, now) == 0) {
			now = b->wake;
			continue;
		}
		tries++;
		end(b, STORE_OUTCOME_RETRY, now);
		assert_int_equal(b->v[0].outcome, STORE_OUTCOME_RETRY);
	}
	assert_in_range(tries, 300, 700);
	assert_int_equal(queue_expire(b->q, now, b->rows, MAX), 0);
	while (next(b, now) == 1) {
		end(b, STORE_OUTCOME_DONE, now);
		sent++;
	}
	assert_int_equal(sent, 10000);
	assert_int_equal(queue_waiting(b->q), 0);
}

static void
what_waits_behind_an_outage_is_given_up_by_age(void **state)
{
	struct box *b = *state;
	int64_t now = T0;
	size_t n, all = 0;

	for (int i = 1; i <= 250; i++)
		add(b, i, "dead", 1, T0);
	add(b, 999, "fine", 1, T0 + 3 * DAYS);
	while (now < T0 + 3 * DAYS + HOUR) {
		n = next(b, now);
		if (n == 0) {
			now = b->wake;
			continue;
		}
		if (b->rows[0] == 999) {
			end(b, STORE_OUTCOME_DONE, now);
			continue;
		}
		end(b, STORE_OUTCOME_RETRY, now);
		all += b->v[0].outcome == STORE_OUTCOME_DEAD;
	}
	add(b, 1000, "fine", 1, now);
	while ((n = queue_expire(b->q, now, b->rows, MAX)) > 0)
		all += n;
	assert_int_equal(all, 250);
	assert_int_equal(queue_waiting(b->q), 1);
}

/* One alert that can never be sent must not be tried every few seconds. */
static void
a_poisonous_alert_keeps_its_own_backoff(void **state)
{
	struct box *b = *state;
	int64_t now = T0;
	int poison = 0;

	add(b, 7, "", 1, T0);
	for (int i = 0; i < 24 * 60; i++) {
		add(b, 1000 + i, "", 1, T0 + i * MIN);
		while (now < T0 + (i + 1) * MIN) {
			if (next(b, now) == 0) {
				now = b->wake < T0 + (i + 1) * MIN ? b->wake :
				    T0 + (i + 1) * MIN;
				continue;
			}
			if (b->rows[0] == 7) {
				poison++;
				end(b, STORE_OUTCOME_RETRY, now);
			} else {
				end(b, STORE_OUTCOME_DONE, now);
			}
		}
	}
	assert_in_range(poison, 10, 20);
	assert_int_equal(queue_waiting(b->q), 1);
}

static void
a_batch_is_one_message_for_all_that_came(void **state)
{
	struct queue_policy p = { .batch = 10 * MIN, .max_age = 3 * DAYS };
	struct box *b = *state;

	queue_configure(b->q, "n", &p);
	add(b, 1, "a", 1, T0);
	add(b, 2, "a", 1, T0 + 3 * MIN);
	add(b, 3, "b", 1, T0 + 5 * MIN);
	assert_int_equal(next(b, T0 + 5 * MIN), 0);
	assert_true(b->wake == T0 + 10 * MIN);
	assert_int_equal(next(b, T0 + 10 * MIN), 2);
	assert_int_equal(b->rows[0], 1);
	assert_int_equal(b->rows[1], 2);
	assert_int_equal(end(b, STORE_OUTCOME_DONE, T0 + 10 * MIN), 2);
	assert_int_equal(next(b, T0 + 10 * MIN), 0);
	assert_true(b->wake == T0 + 15 * MIN);
	/* A high priority ends the waiting, and takes along what waits. */
	add(b, 4, "b", 2, T0 + 11 * MIN);
	assert_int_equal(next(b, T0 + 11 * MIN), 2);
	assert_int_equal(b->rows[0], 4);
	assert_int_equal(b->rows[1], 3);
	end(b, STORE_OUTCOME_DONE, T0 + 11 * MIN);
	/* After a restart the time it waited already counts. */
	add(b, 5, "a", 1, T0);
	assert_int_equal(next(b, T0 + 12 * MIN), 1);
	end(b, STORE_OUTCOME_DONE, T0 + 12 * MIN);
	/* A full message does not wait. */
	for (int i = 0; i < MAX + 5; i++)
		add(b, 100 + i, "a", 1, T0 + HOUR);
	assert_int_equal(next(b, T0 + HOUR), MAX);
	end(b, STORE_OUTCOME_DONE, T0 + HOUR);
	assert_int_equal(next(b, T0 + HOUR), 0);
	assert_int_equal(next(b, T0 + HOUR + 10 * MIN), 5);
}

static void
one_bad_alert_costs_its_batch_nothing(void **state)
{
	struct queue_policy p = { .batch = MIN, .max_age = 3 * DAYS };
	struct box *b = *state;
	int64_t now = T0 + MIN;
	int sent = 0, dead = 0, messages = 0;

	queue_configure(b->q, "n", &p);
	for (int i = 1; i <= 20; i++)
		add(b, i, "", 1, T0);
	while (messages < 100 && queue_waiting(b->q) > 0) {
		size_t n = next(b, now);
		bool bad = false;

		if (n == 0) {
			now = b->wake;
			continue;
		}
		messages++;
		for (size_t i = 0; i < n; i++)
			bad |= b->rows[i] == 13;
		n = end(b, bad ? STORE_OUTCOME_DEAD : STORE_OUTCOME_DONE,
		    now);
		for (size_t i = 0; i < n; i++) {
			sent += b->v[i].outcome == STORE_OUTCOME_DONE;
			dead += b->v[i].outcome == STORE_OUTCOME_DEAD;
		}
	}
	assert_int_equal(sent, 19);
	assert_int_equal(dead, 1);
	assert_int_equal(messages, 21);
	assert_true(now <= T0 + 2 * MIN);
}

static void
a_rate_keeps_messages_apart(void **state)
{
	struct queue_policy p = { .rate = 10 * SEC, .max_age = 3 * DAYS };
	struct box *b = *state;
	int64_t now = T0;

	queue_configure(b->q, "n", &p);
	for (int i = 0; i < 5; i++)
		add(b, i + 1, i % 2 ? "a" : "b", 1, T0);
	for (int i = 0; i < 5; i++) {
		assert_int_equal(next(b, now), 1);
		end(b, STORE_OUTCOME_DONE, now + SEC);
		assert_int_equal(next(b, now + SEC), 0);
		if (i < 4)
			assert_true(b->wake == now + 10 * SEC);
		now += 10 * SEC;
	}
	assert_int_equal(queue_waiting(b->q), 0);
}

static void
quiet_hours_hold_all_but_high(void **state)
{
	struct error err;
	struct quiet *quiet = quiet_parse("22:00-07:00 UTC", &err);
	struct queue_policy p = { .quiet = quiet, .max_age = 3 * DAYS };
	struct box *b = *state;
	struct queue_state s;
	int64_t night = T0 + 23 * HOUR, morning = T0 + 31 * HOUR;

	assert_non_null(quiet);
	queue_configure(b->q, "n", &p);
	add(b, 1, "", 1, night);
	assert_int_equal(next(b, night), 0);
	assert_true(b->wake == morning);
	assert_true(queue_state(b->q, "n", night, &s));
	assert_true(s.quiet_until == morning);
	assert_int_equal(s.waiting, 1);
	add(b, 2, "", 2, night + HOUR);
	assert_int_equal(next(b, night + HOUR), 1);
	assert_int_equal(b->rows[0], 2);
	end(b, STORE_OUTCOME_DONE, night + HOUR);
	assert_int_equal(next(b, night + HOUR), 0);
	assert_int_equal(next(b, morning), 1);
	assert_int_equal(b->rows[0], 1);
	end(b, STORE_OUTCOME_DONE, morning);
	/* With batches: the high one alone, the others in the morning. */
	p.batch = 10 * MIN;
	queue_configure(b->q, "n", &p);
	night += DAYS, morning += DAYS;
	add(b, 3, "", 1, night);
	add(b, 4, "", 2, night);
	add(b, 5, "", 1, night);
	assert_int_equal(next(b, night), 1);
	assert_int_equal(b->rows[0], 4);
	end(b, STORE_OUTCOME_DONE, night);
	assert_int_equal(next(b, night + HOUR), 0);
	assert_true(b->wake == morning);
	assert_int_equal(next(b, morning), 2);
	quiet_free(quiet);
}

static void
a_clock_set_back_delays_nothing(void **state)
{
	struct box *b = *state;
	struct store_delivery far = { .row = 2, .notifier = "n",
	    .recipient = "x", .since = (T0 - DAYS) / 1000,
	    .next_at = (T0 + 400 * DAYS) / 1000 };
	int64_t now = T0;

	add(b, 1, "", 1, T0);
	next(b, T0);
	end(b, STORE_OUTCOME_RETRY, T0);
	assert_int_equal(next(b, T0), 0);
	now = T0 - DAYS;
	assert_int_equal(next(b, now), 0);
	assert_in_range(b->wake - now, 1, 10 * SEC);
	assert_int_equal(next(b, b->wake), 1);
	/* And a time that was stored while it was wrong is bounded. */
	end(b, STORE_OUTCOME_DONE, b->now);
	queue_add(b->q, &far, b->now);
	assert_int_equal(next(b, b->now), 0);
	assert_true(b->wake == b->now + BACKOFF_ASKED_MAX_MS);
}

/* Stored by a daemon whose clock was a day ahead, read by the next one. */
static void
what_a_clock_ahead_stored_does_not_wait_for_it(void **state)
{
	struct box *b = *state;
	int64_t then = (T0 + DAYS) / 1000;
	struct store_delivery fresh = { .row = 1, .notifier = "n",
	    .recipient = "x", .since = then, .next_at = then };
	struct store_delivery tried = { .row = 2, .notifier = "n",
	    .recipient = "y", .since = then, .attempts = 1,
	    .next_at = then + 30 };

	queue_add(b->q, &fresh, T0);
	queue_add(b->q, &tried, T0);
	assert_int_equal(next(b, T0), 1);
	assert_int_equal(b->rows[0], 1);
	end(b, STORE_OUTCOME_DONE, T0);
	assert_int_equal(next(b, T0 + 29 * SEC), 0);
	assert_true(b->wake == T0 + 30 * SEC);
	assert_int_equal(next(b, T0 + 30 * SEC), 1);
}

static void
release_makes_all_due(void **state)
{
	struct box *b = *state;

	add(b, 1, "", 1, T0);
	next(b, T0);
	queue_result(b->q, "n", STORE_OUTCOME_RETRY, HOUR, T0, b->v);
	queue_release(b->q, "other", T0);
	assert_int_equal(next(b, T0), 0);
	queue_release(b->q, NULL, T0);
	assert_int_equal(next(b, T0), 1);
	/* Not tried: back to its place, nothing counted. */
	queue_return(b->q, "n", T0);
	assert_int_equal(next(b, T0), 1);
	assert_int_equal(end(b, STORE_OUTCOME_DONE, T0), 1);
}

static void
what_is_gone_is_forgotten(void **state)
{
	struct queue_state s;
	struct box *b = *state;

	add(b, 1, "", 1, T0);
	assert_int_equal(next(b, T0), 1);
	queue_drop(b->q, "n", T0);
	assert_true(queue_state(b->q, "n", T0, &s));
	assert_int_equal(s.waiting, 0);
	assert_int_equal(end(b, STORE_OUTCOME_DONE, T0), 0);
	/* The same row may come again. */
	add(b, 1, "", 1, T0);
	assert_int_equal(next(b, T0), 1);
}

static void
notifiers_come_and_go(void **state)
{
	struct box *b = *state;
	struct store_delivery d = { .row = 5, .notifier = "late",
	    .recipient = "", .since = T0 / 1000, .next_at = T0 / 1000 };

	queue_add(b->q, &d, T0);
	assert_int_equal(queue_next(b->q, "late", T0, b->rows, MAX, &b->wake),
	    0);
	assert_true(b->wake == INT64_MAX);
	queue_configure(b->q, "late", &plain);
	assert_int_equal(queue_next(b->q, "late", T0, b->rows, MAX, &b->wake),
	    1);
	queue_forget(b->q, "late");
	assert_int_equal(queue_result(b->q, "late", STORE_OUTCOME_DONE, 0, T0,
	    b->v), 0);
	assert_int_equal(queue_waiting(b->q), 0);
}

static void
verdicts_are_kept_until_the_store_takes_them(void **state)
{
	struct box *b = *state;
	struct queue_verdict v = { 1, STORE_OUTCOME_RETRY, 100 };
	const char *reason;

	assert_null(queue_kept(b->q, 0, &reason));
	queue_keep(b->q, &v, "first");
	v.row = 2;
	queue_keep(b->q, &v, "second");
	v.row = 1;
	v.outcome = STORE_OUTCOME_DONE;
	queue_keep(b->q, &v, "");
	assert_int_equal(queue_waiting(b->q), 2);
	assert_int_equal(queue_kept(b->q, 0, &reason)->outcome,
	    STORE_OUTCOME_DONE);
	queue_kept_drop(b->q, 1);
	assert_int_equal(queue_kept(b->q, 0, &reason)->row, 2);
	assert_string_equal(reason, "second");
	queue_kept_drop(b->q, 1);
	assert_null(queue_kept(b->q, 0, &reason));
	queue_kept_drop(b->q, 1);
}

static void
what_is_known_is_not_added_again(void **state)
{
	struct box *b = *state;
	struct queue_verdict v = { 3, STORE_OUTCOME_DONE, 0 };

	for (int turn = 0; turn < 2; turn++)
		for (int i = 1; i <= 1000; i++)
			add(b, i, i % 2 ? "a" : "b", 1, T0);
	assert_int_equal(queue_waiting(b->q), 1000);
	next(b, T0);
	assert_int_equal(b->rows[0], 1);
	add(b, 1, "a", 1, T0);
	end(b, STORE_OUTCOME_DONE, T0);
	assert_int_equal(queue_waiting(b->q), 999);
	/* Done, but the store could not take it: not sent again. */
	next(b, T0);
	next(b, T0);
	end(b, STORE_OUTCOME_DONE, T0);
	assert_int_equal(next(b, T0), 1);
	assert_int_equal(b->rows[0], 3);
	end(b, STORE_OUTCOME_DONE, T0);
	queue_keep(b->q, &v, "");
	add(b, 3, "a", 1, T0);
	assert_int_equal(queue_waiting(b->q), 998);
	queue_kept_drop(b->q, 1);
	assert_int_equal(queue_waiting(b->q), 997);
	add(b, 3, "a", 1, T0);
	assert_int_equal(queue_waiting(b->q), 998);
	queue_forget(b->q, "n");
	assert_int_equal(queue_waiting(b->q), 0);
	queue_configure(b->q, "n", &plain);
	add(b, 5, "a", 1, T0);
	assert_int_equal(next(b, T0), 1);
}

static void
ten_thousand_waiting_are_cheap(void **state)
{
	struct box *b = *state;
	struct mallinfo2 before = mallinfo2(), after;

	for (int i = 1; i <= 100000; i++)
		add(b, i, "", 1, T0 + i * SEC);
	after = mallinfo2();
	/* Under ASan mallinfo2 says nothing. */
	if (after.uordblks > before.uordblks ||
	    after.hblkhd > before.hblkhd)
		assert_true(after.uordblks + after.hblkhd - before.uordblks -
		    before.hblkhd < 100000 * 100);
	for (int i = 1; i <= 100000; i++) {
		assert_int_equal(next(b, T0 + 100000 * SEC), 1);
		assert_int_equal(b->rows[0], i);
		end(b, STORE_OUTCOME_DONE, T0 + 100000 * SEC);
	}
}

static const struct CMUnitTest tests[] = {
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	T(one_goes_after_the_other),
	T(high_goes_first_and_a_start_time_is_kept),
	T(a_retry_waits_and_is_given_up_by_age),
	T(what_is_old_at_start_is_still_tried),
	T(what_the_other_side_asks_is_waited),
	T(a_bad_destination_never_delays_another),
	T(an_outage_ends_and_all_goes_at_once),
	T(what_waits_behind_an_outage_is_given_up_by_age),
	T(a_poisonous_alert_keeps_its_own_backoff),
	T(a_batch_is_one_message_for_all_that_came),
	T(one_bad_alert_costs_its_batch_nothing),
	T(a_rate_keeps_messages_apart),
	T(quiet_hours_hold_all_but_high),
	T(a_clock_set_back_delays_nothing),
	T(what_a_clock_ahead_stored_does_not_wait_for_it),
	T(release_makes_all_due),
	T(what_is_gone_is_forgotten),
	T(notifiers_come_and_go),
	T(verdicts_are_kept_until_the_store_takes_them),
	T(what_is_known_is_not_added_again),
	T(ten_thousand_waiting_are_cheap),
};

int
main(void)
{
	return cmocka_run_group_tests_name("queue", tests, NULL, NULL);
}
