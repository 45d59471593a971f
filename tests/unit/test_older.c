/* older: the pages before a document, read after a gap. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "poll/older.h"

#define NOW	1700000000
#define HOUR	3600
#define DAY	86400
#define URL	"https://example.org/feed"
#define PAGE	"https://example.org/feed?page="

struct world {
	struct poll_state state;
	struct poll_answer answer;
	struct poll_feed feed;
	struct poll_chain chain;
	struct poll_decision decision;
	int64_t		 now, hold;
	char		 pages[16][64];
};

static void
reply(struct world *w, uint32_t status)
{
	poll_answer_init(&w->answer);
	w->answer.url = URL;
	w->answer.status = status;
	w->answer.outcome = status == 200 ? POLL_OK : POLL_HTTP_ERROR;
	w->answer.error = status == 200 ? "" : "the server said no";
}

/* The feed itself, with so many new entries of its ten. */
static void
poll(struct world *w, uint32_t fresh)
{
	struct poll_result r = { .name = "wire", .interval = 900,
		.answer = &w->answer, .feed = &w->feed, .chain = &w->chain,
		.fresh = fresh };

	poll_done(&w->state, &r, w->now, &w->state, &w->decision);
}

static void
page(struct world *w, uint32_t fresh, bool reached)
{
	struct poll_older r = { &w->answer, &w->feed, fresh, reached, w->hold };

	poll_older_done(&w->state, &r, w->now, &w->state, &w->decision);
	assert_true(w->decision.sentence[0] != '\0');
}

/* A feed that was known an hour ago and in which nothing is known now. */
static void
setup(struct world *w)
{
	memset(w, 0, sizeof(*w));
	w->now = NOW - HOUR;
	poll_state_init(&w->state, URL, w->now);
	poll_chain_init(&w->chain, URL);
	poll_feed_init(&w->feed);
	w->feed.items = 10;
	w->feed.older = PAGE "1";
	reply(w, 200);
	poll(w, 10);
	assert_string_equal(poll_state_next_url(&w->state), URL);
	w->now = NOW;
	poll(w, 10);
	assert_true(w->decision.gap);
}

/* What the next page names. */
static void
name(struct world *w, int n)
{
	snprintf(w->pages[n], sizeof(w->pages[n]), PAGE "%d", n);
	w->feed.older = w->pages[n];
}

static void
row_31_older_pages_are_read_only_after_a_gap(void **state)
{
	struct world w;

	(void)state;
	setup(&w);
	assert_string_equal(poll_state_next_url(&w.state), PAGE "1");
	assert_true(poll_state_due(&w.state, 900, NOW) <= NOW);
	/* Without a gap, without an older page, in a part: nothing. */
	for (int i = 0; i < 3; i++) {
		setup(&w);
		w.state.older = "";
		reply(&w, i == 2 ? 226 : 200);
		w.answer.outcome = POLL_OK;
		w.feed.older = i == 1 ? "" : PAGE "1";
		poll(&w, i == 0 ? 9 : 10);
		assert_string_equal(poll_state_next_url(&w.state), URL);
		assert_true(poll_state_due(&w.state, 900, NOW) > NOW);
	}
}

static void
row_31_reading_ends_at_what_is_known(void **state)
{
	int64_t due;
	struct world w;

	(void)state;
	setup(&w);
	due = w.state.next_due;
	name(&w, 2);
	page(&w, 10, false);
	assert_string_equal(poll_state_next_url(&w.state), PAGE "2");
	assert_int_equal(w.decision.tell, POLL_TELL_NOTHING);
	name(&w, 3);
	page(&w, 4, true);
	assert_int_equal(w.decision.tell, POLL_TELL_INFO);
	assert_non_null(strstr(w.decision.sentence, "14 articles"));
	assert_string_equal(poll_state_next_url(&w.state), URL);
	/* The feed's own poll stays when it was, its state what it was. */
	assert_int_equal(poll_state_due(&w.state, 900, NOW), due);
	assert_int_equal(w.state.last_poll, NOW);
	assert_int_equal(w.state.items, 10);
}

static void
row_31_ten_pages_and_no_circle(void **state)
{
	struct world w;
	int n = 0;

	(void)state;
	setup(&w);
	while (strcmp(poll_state_next_url(&w.state), URL) != 0) {
		name(&w, ++n + 1);
		page(&w, 10, false);
		assert_true(n <= POLL_OLDER_PAGES);
	}
	assert_int_equal(n, POLL_OLDER_PAGES);
	assert_int_equal(w.decision.tell, POLL_TELL_WARNING);
	/* One that names itself. (A longer circle comes to what is known.) */
	setup(&w);
	page(&w, 10, false);
	assert_string_equal(poll_state_next_url(&w.state), URL);
	/* The last one names none. */
	setup(&w);
	w.feed.older = "";
	page(&w, 10, false);
	assert_string_equal(poll_state_next_url(&w.state), URL);
	assert_int_equal(w.decision.tell, POLL_TELL_WARNING);
	/* A document that names itself has none. */
	setup(&w);
	w.state.older = "";
	w.feed.older = URL;
	poll(&w, 10);
	assert_string_equal(poll_state_next_url(&w.state), URL);
}

static void
row_31_a_page_that_fails(void **state)
{
	struct world w;
	int64_t due;
	int n = 0;

	(void)state;
	/* For good: told, and that is all. */
	setup(&w);
	reply(&w, 404);
	page(&w, 0, false);
	assert_string_equal(poll_state_next_url(&w.state), URL);
	assert_int_equal(w.decision.tell, POLL_TELL_WARNING);
	assert_int_equal(w.state.errors, 0);
	/* For the time being: tried again, and the feed has its turn. */
	setup(&w);
	reply(&w, 503);
	page(&w, 0, false);
	due = poll_state_due(&w.state, 900, NOW);
	assert_in_range(due, NOW + 900, w.state.next_due);
	while (w.state.older[0] != '\0') {
		w.now = poll_state_due(&w.state, 900, w.now);
		if (strcmp(poll_state_next_url(&w.state), URL) == 0) {
			reply(&w, 200);
			poll(&w, 0);
			continue;
		}
		reply(&w, 503);
		page(&w, 0, false);
		assert_true(++n < POLL_OLDER_PAGES);
	}
	assert_int_equal(n, POLL_OLDER_PAGES - 1);
	assert_true(w.now > NOW + DAY);
}

/* What the server of a page wants counts for the page and for the feed. */
static void
row_31_a_page_that_is_to_be_waited_for(void **state)
{
	static const struct { uint32_t status; const char *retry; int64_t hold,
	    wait; } cases[] = {
		{ 503, "7200", 0, 2 * HOUR }, { 429, "", 3 * HOUR, 3 * HOUR },
		{ 403, "7200", 0, 2 * HOUR }, { 503, "7200", HOUR, 2 * HOUR },
		{ 503, "9999999999", 0, 7 * DAY },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct world w;

		setup(&w);
		reply(&w, cases[i].status);
		w.answer.retry_after = cases[i].retry;
		w.hold = cases[i].hold > 0 ? w.now + cases[i].hold : 0;
		page(&w, 0, false);
		assert_int_equal(w.state.hold_until, w.now + cases[i].wait);
		assert_int_equal(poll_state_due(&w.state, 900, w.now),
		    w.now + cases[i].wait);
		assert_string_equal(poll_state_next_url(&w.state), PAGE "1");
		assert_true(w.state.next_due >= w.now + cases[i].wait);
	}
}

static void
row_31_a_restart_goes_on_where_it_was(void **state)
{
	struct poll_state back;
	struct arena mem;
	struct world w;
	struct buf b;

	(void)state;
	setup(&w);
	name(&w, 2);
	page(&w, 10, false);
	arena_init(&mem);
	buf_init(&b, 4096);
	poll_state_put_extra(&w.state, &b);
	back = w.state;
	back.older = "";
	back.older_pages = back.older_since = back.older_found = 0;
	poll_state_get_extra(&back, b.data, b.len, &mem);
	assert_string_equal(poll_state_next_url(&back), PAGE "2");
	assert_int_equal(back.older_pages, 1);
	assert_int_equal(back.older_found, 10);
	assert_int_equal(back.older_since, NOW - HOUR - DAY);
	buf_clear(&b);
	arena_free(&mem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(row_31_older_pages_are_read_only_after_a_gap),
		cmocka_unit_test(row_31_reading_ends_at_what_is_known),
		cmocka_unit_test(row_31_ten_pages_and_no_circle),
		cmocka_unit_test(row_31_a_page_that_fails),
		cmocka_unit_test(row_31_a_page_that_is_to_be_waited_for),
		cmocka_unit_test(row_31_a_restart_goes_on_where_it_was),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
