/*
 * fuzz - what every fuzz target needs: libFuzzer's entry, and what must be
 * true of any text that leaves feed/.
 */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "feed/charset.h"
#include "feed/feed.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static inline void
must(bool what)
{
	if (!what)
		abort();
}

/* Valid UTF-8 without control characters; '\n' only where lines are. */
static inline void
must_be_text(const char *s, bool lines, size_t max)
{
	size_t i, n = strlen(s);
	bool wide;

	must(n <= max);
	must(charset_is_utf8(s, n, &wide));
	for (i = 0; i < n; i++)
		must(((unsigned char)s[i] >= ' ' && s[i] != 0x7f) ||
		    (lines && s[i] == '\n'));
}

static inline void
must_be_feed(const struct feed *f)
{
	const struct article *a;
	size_t i, j;

	must(f->nitems <= FEED_ITEMS_MAX);
	must_be_text(f->title, false, FEED_LINE_MAX);
	must_be_text(f->description, true, FEED_LINE_MAX);
	must_be_text(f->lang, false, FEED_LINE_MAX);
	must_be_text(f->link, false, FEED_URL_MAX);
	must_be_text(f->self, false, FEED_URL_MAX);
	must_be_text(f->damaged, false, 512);
	for (i = 0; i < f->nitems; i++) {
		a = &f->items[i];
		must_be_text(a->id, false, FEED_LINE_MAX);
		must_be_text(a->title, false, FEED_LINE_MAX);
		must_be_text(a->author, false, FEED_LINE_MAX);
		must_be_text(a->lang, false, FEED_LINE_MAX);
		must_be_text(a->link, false, FEED_URL_MAX);
		must_be_text(a->summary, true, FEED_TEXT_MAX);
		must_be_text(a->content, true, FEED_TEXT_MAX);
		must(a->ncategories <= ARTICLE_LIST_MAX);
		must(a->nenclosures <= ARTICLE_LIST_MAX);
		for (j = 0; j < a->ncategories; j++)
			must_be_text(a->categories[j], false, FEED_NAME_MAX);
		for (j = 0; j < a->nenclosures; j++)
			must_be_text(a->enclosures[j], false, FEED_URL_MAX);
	}
}

#endif
