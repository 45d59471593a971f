/* Read a document written in the test; for the tests of feed/. */
#ifndef TESTS_FEED_CASE_H
#define TESTS_FEED_CASE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "feed/feed.h"

struct feed_case {
	struct arena	mem;
	struct feed	feed;
	struct error	err;
};

static inline int
setup(void **state)
{
	static struct feed_case c;

	arena_init(&c.mem);
	*state = &c;
	return 0;
}

static inline int
teardown(void **state)
{
	arena_free(&((struct feed_case *)*state)->mem);
	return 0;
}

/* The document must be a feed. */
static inline struct feed *
read_from(void **state, const char *doc, size_t n, const char *type,
    const char *base)
{
	struct feed_case *c = *state;

	c->err.text[0] = '\0';
	if (feed_read(doc, n, type, base, &c->mem, &c->feed, &c->err) != 0)
		fail_msg("%s", c->err.text);
	return &c->feed;
}

static inline struct feed *
read_doc(void **state, const char *doc)
{
	return read_from(state, doc, strlen(doc), NULL, NULL);
}

#define FEED_TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

#endif
