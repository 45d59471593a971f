/* How far back a high or low is one. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "text/lexicon.h"
#include "text/reach.h"

#define MONTH (1 / 12.0)
#define WEEK (1 / 52.0)

/* The token of a word, "high" or "highest" in these texts. */
static uint32_t
find(const struct text *x, const char *word)
{
	char buf[32];
	uint32_t i;

	for (i = 0; i < x->ntokens; i++)
		if (strcmp(text_folded(x, i, buf, sizeof(buf)), word) == 0)
			return i;
	return x->ntokens;
}

static void
reaches_in_front(void **state)
{
	static const struct {
		const char *text;
		double	 years;		/* 0 = none */
	} rows[] = {
		{ "a record high", INFINITY }, { "an all-time high", INFINITY },
		{ "its all time high", INFINITY },
		{ "a lifetime high", INFINITY }, { "a 52-week high", 1 },
		{ "a five-year high", 5 }, { "a 5 year high", 5 },
		{ "over five-year high", 5 }, { "more than 6-mth high", 0.5 },
		{ "a twenty-five-year high", 25 }, { "a 6 1/2-year high", 6.5 },
		{ "a three-month high", 3 * MONTH },
		{ "a one-week high", WEEK }, { "a multi-year high", 2 },
		{ "a multi-decade high", 20 }, { "a 10-day high", 10 / 365.25 },
		{ "a fresh high", 0 }, { "a session high", 0 },
		{ "the year high", 0 }, { "junior high", 0 }, { "high", 0 },
	};
	struct lexicon *lex = lexicon_new();
	struct quantity q;
	struct arena mem;
	struct text *x;
	uint32_t at;
	size_t i;

	(void)state;
	arena_init(&mem);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		x = text_article(&mem, lex, "", rows[i].text);
		at = find(x, "high");
		if (reach_before(x, at, &q) == at) {
			if (rows[i].years != 0)
				fail_msg("%s: nothing", rows[i].text);
			continue;
		}
		if (!(q.lo == rows[i].years ||
		    fabs(q.lo - rows[i].years) < 1e-9))
			fail_msg("%s: %g years", rows[i].text, q.lo);
		assert_int_equal(q.kind, QUANTITY_REACH);
		assert_true(isinf(q.hi));
	}
	arena_free(&mem);
	lexicon_free(lex);
}

static void
reaches_behind(void **state)
{
	static const struct {
		const char *text, *said;	/* said in the middle of 2026 */
		double	 years;
	} rows[] = {
		{ "highest in five years", "of 5 years", 5 },
		{ "highest in more than a decade", "of 10 years", 10 },
		{ "highest in nearly 3 years", "of 3 years", 3 },
		{ "highest for 27 months", "of 2.25 years", 2.25 },
		{ "highest in years", "of 2 years", 2 },
		{ "highest in two weeks", "of 2 weeks", 2 * WEEK },
		{ "highest since 2010", "since 2010", 16.5 },
		{ "highest since at least 2010", "since 2010", 16.5 },
		{ "highest since March 2020", "since 2020", 6.5 },
		{ "highest since early 2024", "since 2024", 2.5 },
		{ "highest since the financial crisis in 2008", "since 2008",
		    18.5 },
		{ "highest since March", "of 1 months", MONTH },
		{ "highest ever", "a record", INFINITY },
		{ "highest on record", "a record", INFINITY },
		{ "highest in history", "a record", INFINITY },
		{ "highest of all time", "a record", INFINITY },
		{ "highest in the world", NULL, 0 },
		{ "highest in the session", NULL, 0 },
		{ "highest in Europe", NULL, 0 }, { "highest bidder", NULL, 0 },
		{ "highest since then", NULL, 0 }, { "highest", NULL, 0 },
	};
	struct lexicon *lex = lexicon_new();
	struct quantity q;
	struct arena mem;
	struct text *x;
	uint32_t at;
	size_t i;

	(void)state;
	arena_init(&mem);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		x = text_article(&mem, lex, "", rows[i].text);
		at = find(x, "highest") + 1;
		if (reach_after(x, at, &q) == at) {
			if (rows[i].said != NULL)
				fail_msg("%s: nothing", rows[i].text);
			continue;
		}
		if (rows[i].said == NULL ||
		    strcmp(quantity_text(&mem, &q), rows[i].said) != 0)
			fail_msg("%s: %s", rows[i].text,
			    quantity_text(&mem, &q));
		q = reach_years(&q, 2026.5);
		if (!(q.lo == rows[i].years ||
		    fabs(q.lo - rows[i].years) < 1e-9))
			fail_msg("%s: %g years", rows[i].text, q.lo);
	}
	arena_free(&mem);
	lexicon_free(lex);
}

/* Nobody knows when it was said: the year stays one. */
static void
a_year_without_a_date_stays_a_year(void **state)
{
	struct lexicon *lex = lexicon_new();
	struct quantity q;
	struct arena mem;

	(void)state;
	arena_init(&mem);
	assert_int_equal(reach_after(text_article(&mem, lex, "",
	    "highest since 2010"), 1, &q), 3);
	q = reach_years(&q, 0);
	assert_int_equal(q.role, QUANTITY_FROM);
	assert_true(q.value == 2010);
	arena_free(&mem);
	lexicon_free(lex);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reaches_in_front),
		cmocka_unit_test(reaches_behind),
		cmocka_unit_test(a_year_without_a_date_stays_a_year),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
