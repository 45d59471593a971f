/* store/known: rows by name, whatever comes and goes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "store/known.h"

#define NAMES 300

static void
make(int i, int version, char *name, char *text, struct store_feed *f)
{
	snprintf(name, 32, "feed %d", i);
	snprintf(text, 32, "text %d of %d", version, i);
	*f = (struct store_feed){ .id = i, .name = name, .config_url = "u",
		.url = i % 2 ? "u" : "v", .etag = text, .title = text,
		.polls = version, .extra = text, .extra_len = strlen(text) };
}

static void
check(const struct known *k, int i, int version)
{
	char name[32], text[32];
	struct store_feed f, g;
	const struct known_feed *found;
	struct arena mem;

	make(i, version, name, text, &f);
	found = known_find(k, name);
	if (version == 0) {
		assert_null(found);
		return;
	}
	assert_non_null(found);
	assert_int_equal(found->history_len, (size_t)version % 7);
	assert_memory_equal(found->history, "history", found->history_len);
	arena_init(&mem);
	known_copy(found, &mem, &g);
	assert_int_equal(g.id, i);
	assert_int_equal(g.polls, version);
	assert_string_equal(g.name, name);
	assert_string_equal(g.config_url, "u");
	assert_string_equal(g.url, f.url);
	assert_string_equal(g.etag, text);
	assert_string_equal(g.title, text);
	assert_string_equal(g.last_modified, "");
	assert_string_equal(g.format, "");
	assert_int_equal(g.extra_len, f.extra_len);
	assert_memory_equal(g.extra, text, g.extra_len);
	arena_free(&mem);
}

static void
what_was_put_last_is_found(void **state)
{
	struct known k = { 0 };
	int version[NAMES] = { 0 };
	unsigned seed = 11;
	size_t n = 0;

	(void)state;
	check(&k, 1, 0);
	known_drop(&k, "feed 1");
	for (int round = 1; round < 6000; round++) {
		char name[32], text[32];
		struct store_feed f;
		int i = (int)((seed = seed * 1103515245 + 12345) >> 16) % NAMES;
		bool drop = (seed >> 8) % 3 == 0;

		make(i, round, name, text, &f);
		if (drop)
			known_drop(&k, name);
		else
			known_put(&k, &f, "history", (size_t)round % 7);
		version[i] = drop ? 0 : round;
		check(&k, i, version[i]);
		if (round % 100 == 0)
			for (int j = 0; j < NAMES; j++)
				check(&k, j, version[j]);
	}
	for (int j = 0; j < NAMES; j++)
		n += version[j] != 0;
	assert_int_equal(k.n, n);
	known_clear(&k);
	check(&k, 1, 0);
}

static void
numbers_and_the_history_are_renewed(void **state)
{
	struct known k = { 0 };
	struct known_feed *found;
	char name[32], text[32], again[32], longer[200] = "";
	struct store_feed f;

	(void)state;
	make(1, 3, name, text, &f);
	found = known_put(&k, &f, "history", 3);
	/* Its strings may be others of the same words, or gone. */
	strcpy(again, text);
	f.etag = f.title = f.extra = again;
	for (f.polls = 4; f.polls < 7; f.polls++) {
		assert_true(known_renew(found, &f, "history",
		    (size_t)f.polls));
		memset(again, 'x', sizeof(again) - 1);
		assert_int_equal(found->row.polls, f.polls);
		assert_string_equal(found->row.etag, text);
		assert_memory_equal(found->row.extra, text, strlen(text));
		assert_int_equal(found->history_len, (size_t)f.polls);
		assert_memory_equal(found->history, "history",
		    found->history_len);
	}
	f.polls = 9;
	assert_false(known_renew(found, &f, longer, sizeof(longer)));
	assert_int_equal(found->row.polls, 6);
	assert_memory_equal(found->history, "history", 6);
	known_clear(&k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_put_last_is_found),
		cmocka_unit_test(numbers_and_the_history_are_renewed),
	};

	return cmocka_run_group_tests_name("known rows", tests, NULL, NULL);
}
