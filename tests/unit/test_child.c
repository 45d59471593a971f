/* child: the life of a supervised process, event by event. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/child.h"

#define START_MS 10000
#define WORK_MS  60000
#define STOP_MS  5000
#define BEGIN    1000000

struct step {
	enum child_event event;
	int64_t		 after;		/* ms after the step before */
	unsigned	 actions;
	enum child_state state;
	int64_t		 wait;		/* ms to the deadline, -1 = none */
};

static void
run(struct child *c, const struct step *s, size_t n)
{
	int64_t now = BEGIN;

	for (size_t i = 0; i < n; i++) {
		now += s[i].after;
		if (child_event(c, s[i].event, now) != s[i].actions ||
		    c->state != s[i].state)
			fail_msg("step %zu: now %s", i,
			    child_state_name(c->state));
		if (s[i].wait < 0)
			assert_true(child_deadline(c) == CHILD_NEVER);
		else
			assert_int_equal(child_deadline(c) - now, s[i].wait);
	}
}

#define RUN(c, ...) do { \
	const struct step steps[] = { __VA_ARGS__ }; \
	child_init(c, START_MS, WORK_MS, STOP_MS); \
	run(c, steps, sizeof(steps) / sizeof(steps[0])); \
} while (0)

#define UP \
	{ CHILD_START, 0, CHILD_DO_SPAWN, CHILD_STARTING, START_MS }, \
	{ CHILD_HELLO, 50, CHILD_DO_SERVE, CHILD_READY, -1 }

static void
a_child_serves_and_stops(void **state)
{
	struct child c;

	(void)state;
	RUN(&c, UP,
	    { CHILD_WORK, 10, 0, CHILD_BUSY, WORK_MS },
	    { CHILD_WORK, 10, 0, CHILD_BUSY, WORK_MS - 10 },
	    { CHILD_DONE, 10, CHILD_DO_SERVE, CHILD_BUSY, WORK_MS },
	    { CHILD_DONE, 10, CHILD_DO_SERVE, CHILD_READY, -1 },
	    { CHILD_STOP, 0, CHILD_DO_HANGUP, CHILD_STOPPING, STOP_MS },
	    { CHILD_EOF, 1, 0, CHILD_STOPPING, STOP_MS - 1 },
	    { CHILD_EXIT, 1, CHILD_DO_CLOSE, CHILD_STOPPED, -1 },
	    { CHILD_TIMEOUT, STOP_MS, 0, CHILD_STOPPED, -1 });
}

static void
it_is_gone_only_after_eof_and_exit(void **state)
{
	struct child c;

	(void)state;
	/* The exit comes first: what it said before is still to be read. */
	RUN(&c, UP,
	    { CHILD_WORK, 0, 0, CHILD_BUSY, WORK_MS },
	    { CHILD_WORK, 0, 0, CHILD_BUSY, WORK_MS },
	    { CHILD_EXIT, 5000, 0, CHILD_DRAINING, STOP_MS },
	    { CHILD_DONE, 0, 0, CHILD_DRAINING, STOP_MS },
	    { CHILD_EOF, 0, CHILD_DO_CLOSE | CHILD_DO_REQUEUE,
		CHILD_WAITING, 1000 });
	/* The end of file first. */
	RUN(&c, UP,
	    { CHILD_EOF, 10, 0, CHILD_STOPPING, STOP_MS },
	    { CHILD_EXIT, 10, CHILD_DO_CLOSE, CHILD_WAITING, 1000 });
	/* A grandchild keeps the channel open: not for ever. */
	RUN(&c, UP,
	    { CHILD_EXIT, 10, 0, CHILD_DRAINING, STOP_MS },
	    { CHILD_TIMEOUT, STOP_MS, CHILD_DO_CLOSE, CHILD_WAITING, 1000 });
	/* It closed its channel and lives on. */
	RUN(&c, UP,
	    { CHILD_EOF, 10, 0, CHILD_STOPPING, STOP_MS },
	    { CHILD_TIMEOUT, STOP_MS, CHILD_DO_TERM, CHILD_KILLING, STOP_MS },
	    { CHILD_EXIT, 10, CHILD_DO_CLOSE, CHILD_WAITING, 1000 });
}

static void
a_hung_child_gets_term_then_kill(void **state)
{
	struct child c;

	(void)state;
	RUN(&c, UP,
	    { CHILD_WORK, 0, 0, CHILD_BUSY, WORK_MS },
	    { CHILD_TIMEOUT, WORK_MS - 1, 0, CHILD_BUSY, 1 },
	    { CHILD_TIMEOUT, 1, CHILD_DO_TERM, CHILD_KILLING, STOP_MS },
	    { CHILD_TIMEOUT, STOP_MS, CHILD_DO_KILL, CHILD_KILLING, STOP_MS },
	    { CHILD_TIMEOUT, STOP_MS, CHILD_DO_KILL, CHILD_KILLING, STOP_MS },
	    { CHILD_EXIT, 1, 0, CHILD_DRAINING, STOP_MS },
	    { CHILD_EOF, 1, CHILD_DO_CLOSE | CHILD_DO_REQUEUE,
		CHILD_WAITING, 1000 });
	/* No handshake. */
	RUN(&c,
	    { CHILD_START, 0, CHILD_DO_SPAWN, CHILD_STARTING, START_MS },
	    { CHILD_TIMEOUT, START_MS, CHILD_DO_TERM, CHILD_KILLING, STOP_MS });
	/* An answer to no order, a second handshake, a breach. */
	RUN(&c, UP, { CHILD_DONE, 0, CHILD_DO_TERM, CHILD_KILLING, STOP_MS });
	RUN(&c, UP, { CHILD_HELLO, 0, CHILD_DO_TERM, CHILD_KILLING, STOP_MS });
	RUN(&c, UP,
	    { CHILD_WORK, 0, 0, CHILD_BUSY, WORK_MS },
	    { CHILD_BREACH, 0, CHILD_DO_TERM, CHILD_KILLING, STOP_MS });
}

static void
a_stop_lets_it_finish_what_it_does(void **state)
{
	struct child c;

	(void)state;
	RUN(&c, UP,
	    { CHILD_WORK, 0, 0, CHILD_BUSY, WORK_MS },
	    { CHILD_STOP, 0, CHILD_DO_HANGUP, CHILD_STOPPING, STOP_MS },
	    { CHILD_DONE, 1, 0, CHILD_STOPPING, STOP_MS - 1 },
	    { CHILD_EOF, 0, 0, CHILD_STOPPING, STOP_MS - 1 },
	    { CHILD_EXIT, 0, CHILD_DO_CLOSE, CHILD_STOPPED, -1 });
	/* Wanted again before it is gone: a restart. */
	RUN(&c, UP,
	    { CHILD_STOP, 5000, CHILD_DO_HANGUP, CHILD_STOPPING, STOP_MS },
	    { CHILD_START, 0, 0, CHILD_STOPPING, STOP_MS },
	    { CHILD_EOF, 0, 0, CHILD_STOPPING, STOP_MS },
	    { CHILD_EXIT, 0, CHILD_DO_CLOSE, CHILD_WAITING, 1000 },
	    { CHILD_TIMEOUT, 1000, CHILD_DO_SPAWN, CHILD_STARTING, START_MS });
	/* Stopped while it waits for its next start. */
	RUN(&c, UP,
	    { CHILD_EOF, 10, 0, CHILD_STOPPING, STOP_MS },
	    { CHILD_EXIT, 10, CHILD_DO_CLOSE, CHILD_WAITING, 1000 },
	    { CHILD_STOP, 10, 0, CHILD_STOPPED, -1 });
}

static int64_t
crash(struct child *c, int64_t *now, int64_t ready_ms, bool work)
{
	assert_int_equal(child_event(c, CHILD_HELLO, *now), CHILD_DO_SERVE);
	if (work) {
		child_event(c, CHILD_WORK, *now);
		child_event(c, CHILD_DONE, *now);
	}
	*now += ready_ms;
	child_event(c, CHILD_EXIT, *now);
	child_event(c, CHILD_EOF, *now);
	assert_int_equal(c->state, CHILD_WAITING);
	return child_deadline(c) - *now;
}

static void
restarts_are_throttled(void **state)
{
	static const int64_t waits[] = { 1000, 2000, 4000, 8000, 16000, 32000,
		64000, 128000, 256000, CHILD_BACKOFF, CHILD_BACKOFF };
	int64_t now = BEGIN;
	struct child c;

	(void)state;
	child_init(&c, START_MS, WORK_MS, STOP_MS);
	child_event(&c, CHILD_START, now);
	for (size_t i = 0; i < sizeof(waits) / sizeof(waits[0]); i++) {
		assert_int_equal(crash(&c, &now, 0, false), waits[i]);
		assert_int_equal(child_event(&c, CHILD_TIMEOUT, now), 0);
		now = child_deadline(&c);
		assert_int_equal(child_event(&c, CHILD_TIMEOUT, now),
		    CHILD_DO_SPAWN);
	}
	/* A minute of readiness ends the row, and so does work done. */
	assert_int_equal(crash(&c, &now, CHILD_STEADY, false), 1000);
	now = child_deadline(&c);
	child_event(&c, CHILD_TIMEOUT, now);
	assert_int_equal(crash(&c, &now, 0, false), 2000);
	now = child_deadline(&c);
	child_event(&c, CHILD_TIMEOUT, now);
	assert_int_equal(crash(&c, &now, 0, true), 1000);
}

/* Whatever order the events come in: no cell is empty, nothing but a living
   child is signalled, a start comes only after a close. */
static void
any_order_of_events_is_survived(void **state)
{
	uint64_t x = 88172645463325252ull;
	int64_t now = BEGIN;
	struct child c;
	bool alive = false;

	(void)state;
	child_init(&c, START_MS, WORK_MS, STOP_MS);
	for (int i = 0; i < 200000; i++) {
		unsigned did;
		enum child_event e;

		x ^= x << 13, x ^= x >> 7, x ^= x << 17;
		e = (enum child_event)(x % CHILD_EVENTS);
		/* An exit is told once, and only of a child that lived. */
		if (e == CHILD_EXIT && !alive)
			continue;
		if (e == CHILD_EXIT)
			alive = false;
		now += (int64_t)(x >> 32) % 8000;
		did = child_event(&c, e, now);
		if (did & (CHILD_DO_TERM | CHILD_DO_KILL))
			assert_true(alive);
		if (did & CHILD_DO_SPAWN) {
			assert_false(alive);
			alive = true;
		}
		if (did & CHILD_DO_CLOSE)
			assert_false(alive);
		assert_int_equal(child_alive(&c), alive);
		assert_true(child_serves(&c) || c.state != CHILD_BUSY);
		if (c.state == CHILD_BUSY)
			assert_true(c.in_flight > 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_child_serves_and_stops),
		cmocka_unit_test(it_is_gone_only_after_eof_and_exit),
		cmocka_unit_test(a_hung_child_gets_term_then_kill),
		cmocka_unit_test(a_stop_lets_it_finish_what_it_does),
		cmocka_unit_test(restarts_are_throttled),
		cmocka_unit_test(any_order_of_events_is_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
