/* store/history: the last polls of a feed, in one column. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/history.h"

#define T0 ((int64_t)1700000000)
#define MANY 100

/* All kinds of polls, some alike in a row; the clock is set back once. */
static void
make_poll(int i, struct store_poll *p)
{
	static const char *const outcomes[] = { "ok", "not-modified",
	    "not-modified", "http-error", "http-error", "parser-died", "ok" };
	static const char *const errors[] = { "", "", "",
	    "the server answered 503 (service unavailable)",
	    "the server answered 503 (service unavailable)", "it died", "" };

	*p = (struct store_poll){ .at = T0 + i * 900 - (i > 50 ? 86400 : 0),
		.outcome = outcomes[i % 7], .error = errors[i % 7],
		.status = i % 7 < 3 ? 200 : i % 7 == 5 ? 0 : 503,
		.items = i, .fresh = i % 3, .changed = i % 5,
		.bytes = (int64_t)i << (i % 40), .elapsed_ms = i * 3 };
}

static void
assert_poll(const struct store_poll *p, int i)
{
	struct store_poll q;

	make_poll(i, &q);
	assert_int_equal(p->at, q.at);
	assert_string_equal(p->outcome, q.outcome);
	assert_string_equal(p->error, q.error);
	assert_int_equal(p->status, q.status);
	assert_int_equal(p->items, q.items);
	assert_int_equal(p->fresh, q.fresh);
	assert_int_equal(p->changed, q.changed);
	assert_int_equal(p->bytes, q.bytes);
	assert_int_equal(p->elapsed_ms, q.elapsed_ms);
}

/* The history after the polls up to this one. */
static void
make_history(int until, struct buf *b)
{
	for (int i = 0; i <= until; i++) {
		struct store_poll p;
		struct buf next;
		size_t n;

		make_poll(i, &p);
		buf_init(&next, 1 << 20);
		n = history_add(b->data, b->len, &p, &next);
		assert_int_equal(n, i < STORE_POLLS ? i + 1 : STORE_POLLS + 1);
		buf_clear(b);
		*b = next;
	}
}

static void
the_last_polls_are_there_newest_first(void **state)
{
	struct store_poll list[MANY];
	struct arena mem;
	struct buf b;

	(void)state;
	arena_init(&mem);
	for (int until = 0; until < MANY; until++) {
		size_t n;

		buf_init(&b, 1 << 20);
		make_history(until, &b);
		n = history_list(b.data, b.len, &mem, list, MANY);
		assert_int_equal(n, until < STORE_POLLS ? until + 1 :
		    STORE_POLLS);
		for (size_t i = 0; i < n; i++)
			assert_poll(&list[i], until - (int)i);
		assert_int_equal(history_list(b.data, b.len, &mem, list, 5),
		    n < 5 ? n : 5);
		/* It has to be small: 10,000 of them are kept in memory. */
		assert_in_range(b.len, 1, (size_t)STORE_POLLS * 36);
		buf_clear(&b);
		arena_reset(&mem);
	}
	assert_int_equal(history_list("", 0, &mem, list, MANY), 0);
	arena_free(&mem);
}

/* What is damaged ends it, reads nothing else, and can be added to. */
static void
damaged_bytes_end_it(void **state)
{
	struct store_poll list[MANY], p;
	struct arena mem;
	struct buf b, c;
	unsigned seed = 7;

	(void)state;
	arena_init(&mem);
	buf_init(&b, 1 << 20);
	make_history(60, &b);
	make_poll(61, &p);
	for (size_t i = 0; i < b.len * 4; i++) {
		size_t len = i < b.len ? i : b.len, n;
		char *copy = malloc(len + 1);

		memcpy(copy, b.data, len);
		if (i >= b.len)
			copy[i % b.len] = (char)(seed = seed * 69069 + 1, seed >> 24);
		copy = realloc(copy, len > 0 ? len : 1);
		n = history_list(copy, len, &mem, list, MANY);
		assert_in_range(n, 0, STORE_POLLS);
		for (size_t k = 0; k < n; k++)
			assert_true(strlen(list[k].outcome) < 100);
		buf_init(&c, 1 << 20);
		assert_in_range(history_add(copy, len, &p, &c), 1,
		    STORE_POLLS + 1);
		assert_true(history_list(c.data, c.len, &mem, list, MANY) >= 1);
		assert_poll(&list[0], 61);
		buf_clear(&c);
		free(copy);
		arena_reset(&mem);
	}
	buf_clear(&b);
	arena_free(&mem);
}

static void
words_of_any_length_are_kept_or_cut(void **state)
{
	char *error = malloc(20001);
	struct store_poll p = { .at = INT64_MAX, .bytes = INT64_MIN,
	    .outcome = "ok", .error = error }, list[3];
	struct arena mem;
	struct buf b, c;

	(void)state;
	memset(error, 'e', 20000);
	error[20000] = '\0';
	arena_init(&mem);
	buf_init(&b, 1 << 20);
	buf_init(&c, 1 << 20);
	assert_int_equal(history_add(NULL, 0, &p, &b), 1);
	p.at = INT64_MIN;
	p.error = p.outcome = NULL;
	assert_int_equal(history_add(b.data, b.len, &p, &c), 2);
	assert_int_equal(history_list(c.data, c.len, &mem, list, 3), 2);
	assert_int_equal(list[0].at, INT64_MIN);
	assert_string_equal(list[0].outcome, "");
	assert_int_equal(list[1].at, INT64_MAX);
	assert_int_equal(list[1].bytes, INT64_MIN);
	assert_in_range(strlen(list[1].error), 1000, 20000);
	assert_int_equal(strspn(list[1].error, "e"), strlen(list[1].error));
	buf_clear(&b);
	buf_clear(&c);
	arena_free(&mem);
	free(error);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_last_polls_are_there_newest_first),
		cmocka_unit_test(damaged_bytes_end_it),
		cmocka_unit_test(words_of_any_length_are_kept_or_cut),
	};

	return cmocka_run_group_tests_name("history of polls", tests, NULL,
	    NULL);
}
