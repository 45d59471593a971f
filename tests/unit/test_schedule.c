/* schedule: when a feed is asked again. The tests carry the numbers of the
   rows in newsalertd-polling(7). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "poll/backoff.h"
#include "poll/schedule.h"

#define NOW	1700000000	/* Tue, 14 Nov 2023 22:13:20 GMT */
#define MINUTE	60
#define HOUR	3600
#define DAY	86400
#define URL	"https://example.org/feed"

/* One feed, its clock, and the answer to give next. */
struct world {
	struct poll_state state;
	struct poll_answer answer;
	struct poll_feed feed;
	struct poll_chain chain;
	struct poll_decision decision;
	int64_t		 now, interval, hold;
	bool		 offline;
	uint32_t	 fresh;
};

static void
reply(struct world *w, uint32_t status)
{
	poll_answer_init(&w->answer);
	w->answer.url = URL;
	w->answer.status = status;
	w->answer.outcome = status == 200 || status == 226 ? POLL_OK :
	    status == 304 ? POLL_NOT_MODIFIED : POLL_HTTP_ERROR;
	if (w->answer.outcome == POLL_HTTP_ERROR)
		w->answer.error = "the server said no";
}

static void
fail_with(struct world *w, enum poll_outcome outcome)
{
	poll_answer_init(&w->answer);
	w->answer.url = URL;
	w->answer.outcome = outcome;
	w->answer.error = "it did not work";
}

static void
setup(struct world *w)
{
	memset(w, 0, sizeof(*w));
	w->now = NOW;
	w->interval = 15 * MINUTE;
	poll_state_init(&w->state, URL, NOW);
	poll_chain_init(&w->chain, URL);
	poll_feed_init(&w->feed);
	w->feed.items = 10;
	reply(w, 200);
}

/* One poll; returns the wait until the next. */
static int64_t
poll(struct world *w)
{
	struct poll_result r = { .name = "wire", .interval = w->interval,
		.answer = &w->answer, .feed = &w->feed, .chain = &w->chain,
		.fresh = w->fresh, .hold_until = w->hold,
		.offline = w->offline };

	poll_done(&w->state, &r, w->now, &w->state, &w->decision);
	assert_true(w->decision.sentence[0] != '\0');
	return w->state.next_due == POLL_NEVER ? -1 :
	    w->state.next_due - w->now;
}

/* A wait is what was asked for, or up to 10 % more. */
static void
check_wait(int64_t wait, int64_t asked, const char *what)
{
	if (wait < asked || wait > asked + asked / 10)
		fail_msg("%s: %lld, not %lld", what, (long long)wait,
		    (long long)asked);
}

static void
row_02_validators_change_as_one_set(void **state)
{
	static const struct {
		uint32_t status;
		const char *etag, *modified, *then_etag, *then_modified;
	} steps[] = {
		{ 200, "\"a\"", "Mon", "\"a\"", "Mon" },
		{ 304, "", "", "\"a\"", "Mon" },
		{ 304, "\"a\"", "", "\"a\"", "Mon" },
		{ 304, "\"a\"", "Tue", "\"a\"", "Tue" },
		{ 304, "", "Wed", "\"a\"", "Wed" },
		{ 304, "\"b\"", "", "\"b\"", "" },	/* touched: a new set */
		{ 200, "\"c\"", "Thu", "\"c\"", "Thu" },
		{ 200, "", "Fri", "", "Fri" },
		{ 226, "\"d\"", "", "\"d\"", "" },
		{ 200, "", "", "", "" },
		{ 200, "\"e\"", "Sat", "\"e\"", "Sat" },
		{ 201, "\"f\"", "", "\"f\"", "" },	/* same body, new set */
		{ 201, "", "", "", "" },
	};
	struct world w;

	(void)state;
	setup(&w);
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		reply(&w, steps[i].status);
		if (steps[i].status == 201) {	/* stands for: 200, known body */
			reply(&w, 200);
			w.answer.outcome = POLL_NOT_MODIFIED;
		}
		w.answer.etag = steps[i].etag;
		w.answer.last_modified = steps[i].modified;
		poll(&w);
		assert_string_equal(w.state.etag, steps[i].then_etag);
		assert_string_equal(w.state.last_modified,
		    steps[i].then_modified);
	}
}

/* Its validators would keep what is missing away. */
static void
row_02_a_document_that_is_cut_short_has_none(void **state)
{
	struct world w;

	(void)state;
	setup(&w);
	w.answer.etag = "\"a\"";
	w.answer.last_modified = "Mon";
	w.answer.body = 7;
	w.feed.cut = true;
	poll(&w);
	assert_string_equal(w.state.etag, "");
	assert_string_equal(w.state.last_modified, "");
	assert_int_equal(w.state.body, 7);
	reply(&w, 200);			/* the same bytes: it is always cut */
	w.answer.outcome = POLL_NOT_MODIFIED;
	w.answer.etag = "\"a\"";
	poll(&w);
	assert_string_equal(w.state.etag, "\"a\"");
	reply(&w, 200);
	w.answer.etag = "\"b\"";
	w.feed.cut = false;
	poll(&w);
	assert_string_equal(w.state.etag, "\"b\"");
}

static void
row_03_validators_belong_to_their_url(void **state)
{
	struct poll_answer moved;
	struct poll_order o;
	struct world w;
	int64_t at;

	(void)state;
	setup(&w);
	poll_answer_init(&moved);
	moved.status = 302;
	moved.location = "https://cdn.example/feed";
	assert_int_equal(poll_chain_follow(&w.chain, &moved, 0, NOW,
	    &at, NULL), 0);
	w.answer.etag = "\"cdn\"";
	poll(&w);
	assert_true(poll_state_validators(&w.state, URL, NOW, &o));
	assert_string_equal(o.etag, "");
	assert_true(poll_state_validators(&w.state, moved.location, NOW, &o));
	assert_string_equal(o.etag, "\"cdn\"");
}

static void
row_04_validators_survive_errors_and_storage(void **state)
{
	static const uint32_t errors[] = { 429, 503, 404, 403, 500 };
	struct poll_state back;
	struct poll_order o;
	struct arena mem;
	struct world w;
	struct buf b;

	(void)state;
	setup(&w);
	w.answer.etag = "W/\"a,b\"";
	poll(&w);
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		reply(&w, errors[i]);
		w.answer.etag = "\"error page\"";
		poll(&w);
	}
	for (int i = POLL_DNS; i < POLL_OUTCOMES; i++) {
		fail_with(&w, (enum poll_outcome)i);
		w.answer.etag = "\"not a feed\"";
		poll(&w);
	}
	assert_string_equal(w.state.etag, "W/\"a,b\"");
	arena_init(&mem);
	buf_init(&b, 4096);
	poll_state_put_extra(&w.state, &b);
	back = w.state;
	poll_state_get_extra(&back, b.data, b.len, &mem);
	assert_true(poll_state_validators(&back, URL, NOW, &o));
	assert_string_equal(o.etag, "W/\"a,b\"");
	assert_int_equal(back.last_full, NOW);
	/* Damaged or of another version: as if new, and never a crash. */
	for (size_t n = 0; n < b.len; n++) {
		poll_state_get_extra(&back, b.data, n, &mem);
		assert_string_equal(back.validated_url, "");
	}
	b.data[0] = 77;
	poll_state_get_extra(&back, b.data, b.len, &mem);
	assert_int_equal(back.last_full, 0);
	/* What versions before wrote, which ended sooner, is taken over. */
	for (size_t i = 2; i <= 4; i++) {
		static const size_t less[] = { [2] = 45, [3] = 8, [4] = 0 };

		b.data[0] = (char)i;
		poll_state_get_extra(&back, b.data, b.len - less[i], &mem);
		assert_int_equal(back.last_full, NOW);
		assert_string_equal(back.validated_url, URL);
	}
	buf_clear(&b);
	arena_free(&mem);
}

static void
a_document_is_known_by_its_hash(void **state)
{
	struct poll_order o;
	struct world w;

	(void)state;
	setup(&w);
	poll_state_validators(&w.state, URL, NOW, &o);
	assert_int_equal(o.known_body, 0);
	w.answer.body = 77;
	poll(&w);
	reply(&w, 226);			/* a part is not the document */
	w.answer.body = 78;
	poll(&w);
	fail_with(&w, POLL_NOT_FEED);	/* nor is what was no feed */
	w.answer.body = 79;
	poll(&w);
	poll_state_validators(&w.state, URL, NOW, &o);
	assert_int_equal(o.known_body, 77);
}

static void
row_05_a_stuck_304_is_asked_anew_once_a_month(void **state)
{
	struct poll_order o;
	int64_t asked[8], n = 0;
	struct world w;

	(void)state;
	setup(&w);
	w.answer.etag = "\"a\"";
	poll(&w);
	for (int day = 0; day < 100; day++) {
		w.now += DAY;
		if (!poll_state_validators(&w.state, URL, w.now, &o)) {
			assert_string_equal(o.etag, "");
			assert_true(n < 8);
			asked[n++] = w.now;
			reply(&w, 200);
			w.answer.etag = "\"a\"";
		} else
			reply(&w, 304);
		poll(&w);
	}
	assert_int_equal(n, 3);
	assert_int_equal(asked[1] - asked[0], 30 * DAY);
}

static void
row_05_what_asks_for_it_all_fails_once_a_day(void **state)
{
	int64_t last = 0, n = 0;
	struct poll_order o;
	struct world w;

	(void)state;
	setup(&w);
	w.answer.etag = "\"a\"";
	poll(&w);
	/* It says 304 whatever it is asked, and fails at times. */
	while (w.now < NOW + 40 * DAY) {
		bool bare;

		w.now = w.state.next_due;
		bare = !poll_state_validators(&w.state, URL, w.now, &o);
		if (bare) {
			assert_true(w.now - last >= DAY);
			last = w.now;
			n++;
		}
		if (n % 2)
			reply(&w, bare ? 500 : 304);
		else
			reply(&w, 304);
		if (bare)
			w.answer.outcome = POLL_HTTP_ERROR;
		poll(&w);
	}
	assert_in_range(n, 6, 11);
	/* When it gives a document at last, that is all for a month. */
	reply(&w, 200);
	w.answer.etag = "\"a\"";
	poll(&w);
	assert_true(poll_state_validators(&w.state, URL, w.now + 29 * DAY,
	    &o));
}

static void
row_06_the_latest_of_all_wishes_counts(void **state)
{
	static const struct {
		const char *what;
		uint32_t status;
		const char *cache_control, *age, *expires, *retry;
		int64_t ttl, period, hold, wait;
	} cases[] = {
		{ "nothing", 200, "", "", "", "", 0, 0, 0, 15 * MINUTE },
		{ "max-age", 200, "max-age=3600", "", "", "", 0, 0, 0, HOUR },
		{ "less age", 200, "max-age=3600", "600", "", "", 0, 0, 0,
		    50 * MINUTE },
		{ "short", 200, "max-age=60", "", "", "", 0, 0, 0,
		    15 * MINUTE },
		{ "no-cache", 200, "no-cache", "", "", "", 0, 0, 0,
		    15 * MINUTE },
		{ "expires", 200, "", "", "Tue, 14 Nov 2023 23:13:20 GMT", "",
		    0, 0, 0, HOUR },
		{ "ttl", 200, "", "", "", "", 2 * HOUR, 0, 0, 2 * HOUR },
		{ "sy", 200, "", "", "", "", 0, 3 * HOUR, 0, 3 * HOUR },
		{ "all", 200, "max-age=7200", "", "", "", HOUR, 3 * HOUR, 0,
		    3 * HOUR },
		{ "retry", 200, "", "", "", "5400", 0, 0, 0, 90 * MINUTE },
		{ "host hold", 200, "", "", "", "", 0, 0, 4 * HOUR, 4 * HOUR },
		{ "304", 304, "max-age=3600", "", "", "", 0, 0, 0, HOUR },
		{ "304 age", 304, "max-age=3600", "1800", "", "", 0, 0, 0,
		    30 * MINUTE },
		{ "404 retry", 404, "", "", "", "20000", 0, 0, 0, 20000 },
		{ "404", 404, "", "", "", "", 0, 0, 0, HOUR },
		{ "503 retry", 503, "", "", "", "7200", 0, 0, 0, 2 * HOUR },
		{ "429 hold", 429, "", "", "", "60", 0, 0, 5 * HOUR, 5 * HOUR },
		{ "500", 500, "", "", "", "", 0, 0, 0, 15 * MINUTE },
		{ "404 max-age", 404, "max-age=14400", "600", "", "", 0, 0, 0,
		    14400 - 600 },
		{ "503 expires", 503, "", "", "Tue, 14 Nov 2023 23:13:20 GMT",
		    "", 0, 0, 0, HOUR },
		{ "500 for ever", 500, "max-age=99999999", "", "", "", 0, 0, 0,
		    DAY },
		{ "404 short", 404, "max-age=60", "", "", "", 0, 0, 0, HOUR },
		{ "404 no-store", 404, "no-store, max-age=14400", "", "", "",
		    0, 0, 0, HOUR },
	};
	struct world w;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		setup(&w);
		reply(&w, cases[i].status);
		w.answer.cache_control = cases[i].cache_control;
		w.answer.age = cases[i].age;
		w.answer.expires = cases[i].expires;
		w.answer.retry_after = cases[i].retry;
		w.feed.ttl = cases[i].ttl;
		w.feed.update_period = cases[i].period;
		w.hold = cases[i].hold ? NOW + cases[i].hold : 0;
		check_wait(poll(&w), cases[i].wait, cases[i].what);
	}
}

static void
row_06_lifetimes_hold_on_304_and_errors(void **state)
{
	struct world w;

	(void)state;
	setup(&w);
	w.answer.cache_control = "max-age=7200";
	w.feed.ttl = HOUR;
	check_wait(poll(&w), 2 * HOUR, "200");
	w.now = w.state.next_due;
	reply(&w, 304);			/* says nothing: as before */
	check_wait(poll(&w), 2 * HOUR, "304");
	w.now += HOUR;			/* asked by hand meanwhile */
	fail_with(&w, POLL_CONNECT);
	check_wait(poll(&w), HOUR, "error: fresh for an hour more");
	w.now = w.state.next_due;
	reply(&w, 304);
	w.answer.cache_control = "max-age=10800";
	check_wait(poll(&w), 3 * HOUR, "304 with a new one");
	w.now = w.state.next_due;
	reply(&w, 200);			/* a 200 starts anew, known or not */
	w.answer.outcome = POLL_NOT_MODIFIED;
	check_wait(poll(&w), HOUR, "200 without: the ttl");
	w.now = w.state.next_due;
	fail_with(&w, POLL_NOT_FEED);	/* a page of HTML, fresh for so long */
	w.answer.status = 200;
	w.answer.cache_control = "max-age=18000";
	check_wait(poll(&w), 5 * HOUR, "no feed");
	w.now = w.state.next_due;
	reply(&w, 304);			/* that was not the document's own */
	check_wait(poll(&w), HOUR, "304 after it");
	w.now = w.state.next_due;
	fail_with(&w, POLL_BROKEN);	/* cut short: nothing of it counts */
	w.answer.status = 200;
	w.answer.cache_control = "max-age=18000";
	check_wait(poll(&w), HOUR, "cut short: the ttl");
}

static void
row_07_lifetimes_and_retry_after_have_their_own_caps(void **state)
{
	struct world w;

	(void)state;
	setup(&w);
	w.answer.cache_control = "max-age=500000000";
	check_wait(poll(&w), DAY, "max-age of 16 years");
	assert_int_equal(w.decision.tell, POLL_TELL_INFO);
	assert_non_null(strstr(w.decision.sentence, "5787 d"));
	poll(&w);
	assert_int_equal(w.decision.tell, POLL_TELL_NOTHING);	/* said once */
	setup(&w);
	w.feed.ttl = w.feed.update_period = 365 * DAY;
	check_wait(poll(&w), DAY, "ttl of a year");
	assert_int_equal(w.decision.tell, POLL_TELL_INFO);
	assert_non_null(strstr(w.decision.sentence, "its ttl is 365 d"));
	assert_non_null(strstr(w.decision.sentence, "its update period is "));
	poll(&w);
	assert_int_equal(w.decision.tell, POLL_TELL_NOTHING);
	setup(&w);
	reply(&w, 503);
	w.answer.retry_after = "172800";
	check_wait(poll(&w), 2 * DAY, "retry-after of two days");
	assert_null(strstr(w.decision.sentence, "a week counts"));
	w.answer.retry_after = "9999999999";
	check_wait(poll(&w), 7 * DAY, "retry-after of 300 years");
	assert_non_null(strstr(w.decision.sentence, "a week counts"));
}

static void
row_08_the_interval_is_a_floor_and_jitter_only_adds(void **state)
{
	int64_t least = INT64_MAX, most = 0;
	struct world w;

	(void)state;
	setup(&w);
	for (int i = 0; i < 1000; i++) {
		int64_t wait;

		w.fresh = 1;
		reply(&w, i % 3 ? 304 : 200);
		wait = poll(&w);
		least = wait < least ? wait : least;
		most = wait > most ? wait : most;
		/* A restart in between changes nothing: the time is stored. */
		assert_int_equal(poll_state_due(&w.state, w.interval, w.now),
		    w.now + wait);
		w.now = w.state.next_due;
	}
	assert_true(least >= 15 * MINUTE && least < 16 * MINUTE);
	assert_true(most <= 15 * MINUTE + 90 && most > 16 * MINUTE);
	/* No feed is asked more than once a minute, whatever is configured. */
	w.interval = 1;
	assert_true(poll(&w) >= MINUTE);
	/* The same poll of two feeds is spread. */
	assert_true(poll_jitter("a", NOW, HOUR) != poll_jitter("b", NOW, HOUR));
}

static void
row_08_a_clock_set_back_does_not_stop_a_feed(void **state)
{
	struct world w;

	(void)state;
	setup(&w);
	poll(&w);
	assert_int_equal(poll_state_due(&w.state, w.interval,
	    w.now - 365 * DAY),
	    w.now - 365 * DAY);
	/* It was a day ahead: no day is waited for it after a restart. */
	assert_int_equal(poll_state_due(&w.state, w.interval, w.now - DAY),
	    w.state.next_due - DAY);
	w.state.gone = true;
	assert_int_equal(poll_state_due(&w.state, w.interval, w.now), POLL_NEVER);
	/* The longest wait there is, twice moved by skipDays, is no mistake. */
	setup(&w);
	w.feed.skip_days = 0x7f & ~1u;
	w.feed.skip_hours = 0xfffffe;
	w.answer.retry_after = "604800";
	assert_true(poll(&w) > 11 * DAY);
	assert_int_equal(poll_state_due(&w.state, w.interval, w.now),
	    w.state.next_due);
	/* Nor is a long interval. */
	setup(&w);
	w.interval = 30 * DAY;
	check_wait(poll(&w), 30 * DAY, "a month");
	assert_int_equal(poll_state_due(&w.state, w.interval, w.now), w.state.next_due);
}

static void
row_08_a_shorter_interval_counts_at_once(void **state)
{
	static const struct { const char *what, *cache_control, *retry;
	    int64_t ttl, wait; } cases[] = {
		{ "nothing", "", "", 0, 15 * MINUTE },
		{ "max-age", "max-age=3600", "", 0, HOUR },
		{ "a long one", "max-age=500000000", "", 0, DAY },
		{ "ttl", "", "", 2 * HOUR, 2 * HOUR },
		{ "retry", "", "172800", 0, 2 * DAY },
	};
	struct world w;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		setup(&w);
		w.interval = 30 * DAY;
		w.answer.cache_control = cases[i].cache_control;
		w.answer.retry_after = cases[i].retry;
		w.feed.ttl = cases[i].ttl;
		check_wait(poll(&w), 30 * DAY, cases[i].what);
		check_wait(poll_state_due(&w.state, 15 * MINUTE, w.now) -
		    w.now, cases[i].wait, cases[i].what);
		/* A longer one counts from the next poll. */
		assert_int_equal(poll_state_due(&w.state, 60 * DAY, w.now),
		    w.state.next_due);
	}
	/* It says nothing about errors. */
	fail_with(&w, POLL_TLS);
	poll(&w);
	assert_int_equal(poll_state_due(&w.state, MINUTE, w.now),
	    w.state.next_due);
}

static void
row_09_quiet_feeds_decay_to_a_day(void **state)
{
	static const struct { int64_t quiet, wait; } points[] = {
		{ 0, 15 * MINUTE }, { DAY, 15 * MINUTE },
		{ 3 * DAY, 15 * MINUTE }, { 5 * DAY, 3 * HOUR },
		{ 7 * DAY, 6 * HOUR }, { 14 * DAY, 12 * HOUR },
		{ 22 * DAY, 18 * HOUR }, { 30 * DAY, DAY },
		{ 3000 * DAY, DAY },
	};
	int64_t polls = 0, last = 0;
	struct world w;

	(void)state;
	for (size_t i = 0; i < sizeof(points) / sizeof(points[0]); i++)
		assert_int_equal(poll_adaptive(15 * MINUTE, points[i].quiet),
		    points[i].wait);
	for (int64_t quiet = 0; quiet < 40 * DAY; quiet += HOUR) {
		assert_true(poll_adaptive(MINUTE, quiet) >= last);
		last = poll_adaptive(MINUTE, quiet);
	}
	assert_int_equal(poll_adaptive(2 * DAY, 40 * DAY), 2 * DAY);
	/* A feed that never says anything, for a year. */
	setup(&w);
	for (; w.now < NOW + 365 * DAY; polls++) {
		reply(&w, 304);
		poll(&w);
		w.now = w.state.next_due;
	}
	assert_true(polls < 750);
	/* One new article and it is fast again. */
	reply(&w, 200);
	w.fresh = 1;
	check_wait(poll(&w), 15 * MINUTE, "awake");
}

static void
row_10_skipped_hours_and_days(void **state)
{
	static const struct { uint32_t hours, days; int64_t from, to; } t[] = {
		/* NOW is 22:13:20 on a Tuesday (day 2). */
		{ 0, 0, NOW, NOW },
		{ 1u << 22, 0, NOW, NOW - 13 * 60 - 20 + HOUR },
		{ 3u << 22, 0, NOW, NOW - 13 * 60 - 20 + 2 * HOUR },
		{ 0xffffffu & ~(1u << 21), 0, NOW,
		    NOW - 13 * 60 - 20 + 23 * HOUR },
		{ 0, 1u << 2, NOW, NOW - 13 * 60 - 20 + 2 * HOUR },
		{ 1, 1u << 2, NOW, NOW - 13 * 60 - 20 + 3 * HOUR },
		{ 0, 0x7fu & ~(1u << 1), NOW,
		    NOW - 13 * 60 - 20 + 2 * HOUR + 5 * DAY },
		{ 0xffffff, 0, NOW, NOW },	/* all: means nothing */
		{ 0, 0x7f, NOW, NOW },
		{ 0xff000000u, 0x80u, NOW, NOW },	/* no such hours, days */
	};
	struct world w;

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++)
		if (poll_skip(t[i].hours, t[i].days, t[i].from) != t[i].to)
			fail_msg("case %zu", i);
	/* That is told when it is first seen. */
	setup(&w);
	w.feed.skip_hours = 0xffffff;
	w.feed.skip_days = 0x7f;
	check_wait(poll(&w), 15 * MINUTE, "all hours and days");
	assert_int_equal(w.decision.tell, POLL_TELL_WARNING);
	assert_non_null(strstr(w.decision.sentence, "every hour"));
	assert_non_null(strstr(w.decision.sentence, "every day"));
	poll(&w);
	assert_int_equal(w.decision.tell, POLL_TELL_NOTHING);
	/* Through a month of polls none falls into a skipped hour. */
	setup(&w);
	w.feed.skip_hours = 0xf0000f;	/* 20 to 3 */
	w.feed.skip_days = 1u << 0 | 1u << 6;
	for (int i = 0; i < 500; i++) {
		poll(&w);
		w.now = w.state.next_due;
		assert_true(w.now / HOUR % 24 >= 4 && w.now / HOUR % 24 < 20);
		assert_true((w.now / DAY + 4) % 7 >= 1 &&
		    (w.now / DAY + 4) % 7 <= 5);
	}
}

static void
row_16_errors_back_off_and_never_give_up(void **state)
{
	static const struct { enum poll_outcome outcome; uint32_t status;
	    int64_t first; } cases[] = {
		{ POLL_DNS, 0, 15 * MINUTE }, { POLL_CONNECT, 0, 15 * MINUTE },
		{ POLL_TIMEOUT, 0, 15 * MINUTE }, { POLL_TLS, 0, HOUR },
		{ POLL_BROKEN, 0, 30 * MINUTE }, { POLL_NOT_FEED, 200, HOUR },
		{ POLL_TOO_LARGE, 200, 6 * HOUR },
		{ POLL_PARSER_DIED, 200, HOUR }, { POLL_BAD_URL, 0, DAY },
		{ POLL_BLOCKED, 0, HOUR }, { POLL_REDIRECT, 301, HOUR },
		{ POLL_HTTP_ERROR, 401, 6 * HOUR },
		{ POLL_HTTP_ERROR, 403, HOUR }, { POLL_HTTP_ERROR, 404, HOUR },
		{ POLL_HTTP_ERROR, 500, 15 * MINUTE },
		{ POLL_HTTP_ERROR, 503, 15 * MINUTE },
	};
	struct world w;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t last = 0, days = 0, wait;

		setup(&w);
		fail_with(&w, cases[i].outcome);
		w.answer.status = cases[i].status;
		for (int n = 1; n <= 50; n++) {
			assert_true(poll(&w) >= 15 * MINUTE);
			wait = poll_backoff(&w.answer, n);
			if (n == 1)
				assert_int_equal(wait, cases[i].first);
			assert_true(wait >= last && wait <= 7 * DAY);
			assert_true(wait <= 2 * last || n == 1);
			days += wait == DAY;
			last = wait;
			w.now = w.state.next_due;
		}
		assert_int_equal(days, 7);
		assert_int_equal(last, 7 * DAY);
		assert_int_equal(w.state.errors, 50);
		reply(&w, 304);
		poll(&w);
		assert_int_equal(w.state.errors, 0);
		assert_string_equal(w.state.error, "");
		assert_int_equal(w.decision.tell, POLL_TELL_INFO);
	}
}

static void
row_16_a_network_that_is_down_is_no_feeds_fault(void **state)
{
	struct world w;

	(void)state;
	setup(&w);
	w.offline = true;
	fail_with(&w, POLL_DNS);
	for (int i = 0; i < 100; i++) {
		check_wait(poll(&w), 15 * MINUTE, "offline");
		w.now = w.state.next_due;
	}
	assert_int_equal(w.state.errors, 1);
	assert_non_null(strstr(w.decision.sentence, "network down"));
	/* A server that answers is another matter, and so is a later error. */
	reply(&w, 404);
	poll(&w);
	assert_int_equal(w.state.errors, 2);
	w.offline = false;
	fail_with(&w, POLL_DNS);
	poll(&w);
	assert_int_equal(w.state.errors, 3);
}

static void
errors_are_told_when_they_begin_or_change(void **state)
{
	struct world w;

	(void)state;
	setup(&w);
	fail_with(&w, POLL_DNS);
	poll(&w);
	assert_int_equal(w.decision.tell, POLL_TELL_WARNING);
	assert_non_null(strstr(w.decision.sentence, "next try in 15 min"));
	poll(&w);
	assert_int_equal(w.decision.tell, POLL_TELL_NOTHING);
	fail_with(&w, POLL_TLS);
	poll(&w);
	assert_int_equal(w.decision.tell, POLL_TELL_WARNING);
}

static void
row_17_410_stops_and_tells(void **state)
{
	struct world w;

	(void)state;
	setup(&w);
	poll(&w);
	reply(&w, 410);
	assert_int_equal(poll(&w), -1);
	assert_true(w.decision.gone && w.state.gone);
	assert_int_equal(w.decision.tell, POLL_TELL_WARNING);
	assert_non_null(strstr(w.decision.sentence, "remove the feed"));
	/* Asked by hand, and it is back. */
	reply(&w, 200);
	assert_true(poll(&w) > 0);
	assert_false(w.state.gone);
}

static void
row_18_a_lasting_redirect_rewrites_the_url(void **state)
{
	struct poll_answer moved;
	struct world w;
	int64_t at;
	int days = 0;

	(void)state;
	setup(&w);
	poll_answer_init(&moved);
	moved.status = 301;
	moved.location = "https://new.example/feed";
	for (; days < 30 && !w.decision.rewritten; days++) {
		poll_chain_init(&w.chain, w.state.url);
		assert_int_equal(poll_chain_follow(&w.chain, &moved, 0,
		    NOW, &at, NULL), 0);
		if (days == 3)
			fail_with(&w, POLL_TIMEOUT);	/* does not count */
		else
			reply(&w, 304);
		poll(&w);
		w.now += DAY;
	}
	assert_int_equal(days, 8);
	assert_string_equal(w.state.url, "https://new.example/feed");
	assert_int_equal(w.decision.tell, POLL_TELL_WARNING);
}

static void
row_28_a_bot_wall_is_left_alone_and_explained(void **state)
{
	struct world w;

	(void)state;
	setup(&w);
	reply(&w, 403);
	w.answer.mitigated = "challenge";
	check_wait(poll(&w), 6 * HOUR, "cf-mitigated");
	assert_non_null(strstr(w.decision.sentence, "User-Agent"));
	reply(&w, 503);
	w.answer.mitigated = "challenge";
	assert_true(poll_is_bot_wall(&w.answer));
	reply(&w, 403);
	w.answer.content_type = "text/html; charset=utf-8";
	assert_true(poll_is_bot_wall(&w.answer));
	w.answer.content_type = "application/json";
	assert_false(poll_is_bot_wall(&w.answer));
	reply(&w, 503);
	w.answer.content_type = "text/html";	/* any server's own error page */
	assert_false(poll_is_bot_wall(&w.answer));
}

static void
row_32_a_226_is_a_part(void **state)
{
	struct world w;

	(void)state;
	setup(&w);
	poll(&w);
	reply(&w, 226);
	w.feed.items = w.fresh = 2;
	w.now += DAY;
	poll(&w);
	assert_false(w.decision.gap);		/* only what is new, as asked */
	assert_int_equal(w.state.items, 10);
	assert_int_equal(w.state.last_full, NOW);
}

static void
row_33_a_gap_is_told(void **state)
{
	static const struct { bool known; int64_t had; uint32_t items, fresh;
	    bool gap; } cases[] = {
		{ true, 10, 10, 10, true },
		{ true, 10, 10, 9, false },
		{ true, 10, 1, 1, true },
		{ true, 10, 0, 0, false },
		{ true, 0, 10, 10, false },	/* it was empty before */
		{ false, 0, 10, 10, false },	/* the backlog */
	};
	struct world w;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		setup(&w);
		w.state.known = cases[i].known;
		w.state.items = cases[i].had;
		w.feed.items = cases[i].items;
		w.fresh = cases[i].fresh;
		poll(&w);
		if (w.decision.gap != cases[i].gap)
			fail_msg("case %zu", i);
		assert_int_equal(w.decision.tell == POLL_TELL_WARNING,
		    cases[i].gap);
		assert_true(w.state.known);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(row_02_validators_change_as_one_set),
		cmocka_unit_test(row_02_a_document_that_is_cut_short_has_none),
		cmocka_unit_test(row_03_validators_belong_to_their_url),
		cmocka_unit_test(row_04_validators_survive_errors_and_storage),
		cmocka_unit_test(a_document_is_known_by_its_hash),
		cmocka_unit_test(row_05_a_stuck_304_is_asked_anew_once_a_month),
		cmocka_unit_test(row_05_what_asks_for_it_all_fails_once_a_day),
		cmocka_unit_test(row_06_the_latest_of_all_wishes_counts),
		cmocka_unit_test(row_06_lifetimes_hold_on_304_and_errors),
		cmocka_unit_test(
		    row_07_lifetimes_and_retry_after_have_their_own_caps),
		cmocka_unit_test(
		    row_08_the_interval_is_a_floor_and_jitter_only_adds),
		cmocka_unit_test(row_08_a_clock_set_back_does_not_stop_a_feed),
		cmocka_unit_test(row_08_a_shorter_interval_counts_at_once),
		cmocka_unit_test(row_09_quiet_feeds_decay_to_a_day),
		cmocka_unit_test(row_10_skipped_hours_and_days),
		cmocka_unit_test(row_16_errors_back_off_and_never_give_up),
		cmocka_unit_test(
		    row_16_a_network_that_is_down_is_no_feeds_fault),
		cmocka_unit_test(errors_are_told_when_they_begin_or_change),
		cmocka_unit_test(row_17_410_stops_and_tells),
		cmocka_unit_test(row_18_a_lasting_redirect_rewrites_the_url),
		cmocka_unit_test(row_28_a_bot_wall_is_left_alone_and_explained),
		cmocka_unit_test(row_32_a_226_is_a_part),
		cmocka_unit_test(row_33_a_gap_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
