/*
 * event_case - event phrases over small texts with the shipped vocabulary,
 * for the tests of rule/'s event half. Included once by each of them.
 */
#ifndef TESTS_UNIT_EVENT_CASE_H
#define TESTS_UNIT_EVENT_CASE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "article/article.h"
#include "article/evidence.h"
#include "config/vocabulary_read.h"
#include "rule/event.h"
#include "rule/vocabulary.h"
#include "text/text.h"

#define SHIPPED "etc/newsalertd/vocabulary.d"

struct event_case {
	const char	*rule;
	bool		 expected;
	const char	*title, *body;
};

static struct vocabulary *shipped;
static struct arena case_mem;

static int
load_shipped(void **state)
{
	struct problems problems;
	size_t i;

	(void)state;
	problems_init(&problems);
	shipped = vocabulary_read(SHIPPED, &problems);
	for (i = 0; i < problems.n; i++)
		printf("# %s: %s\n", problems.list[i].where,
		    problems.list[i].text);
	problems_clear(&problems);
	arena_init(&case_mem);
	return shipped == NULL ? -1 : 0;
}

static int
free_shipped(void **state)
{
	(void)state;
	vocabulary_free(shipped);
	arena_free(&case_mem);
	return 0;
}

/* Whether the rule matches; the evidence or the reason in *why. */
static bool
case_matches(const char *rule, const struct event_options *options,
    const char *title, const char *body, struct evidence *e,
    const char **why)
{
	struct error error;
	struct event_pattern *p;
	struct analysis *a;

	arena_reset(&case_mem);
	p = event_compile(shipped, rule, strlen(rule), options, &case_mem,
	    &error, NULL, NULL);
	if (p == NULL)
		fail_msg("%s: %s", rule, error.text);
	a = analysis_run(shipped, text_article(&case_mem,
	    vocabulary_lexicon(shipped), title, body), ARTICLE_NO_TIME,
	    &case_mem);
	*why = "";
	if (event_match(p, a, &case_mem, e))
		return true;
	if (!event_near_miss(p, a, &case_mem, e, why))
		*why = "nothing near";
	return false;
}

/* All rows; prints each that is wrong and fails at the end. */
__attribute__((unused)) static void
check_cases(const struct event_case *rows, size_t n)
{
	struct evidence e;
	const char *why;
	size_t i, wrong = 0;

	for (i = 0; i < n; i++) {
		if (case_matches(rows[i].rule, NULL, rows[i].title,
		    rows[i].body, &e, &why) == rows[i].expected)
			continue;
		wrong++;
		printf("# %s: %s | %s | %s (%s)\n", rows[i].expected ? "missed"
		    : "false", rows[i].rule, rows[i].title, rows[i].body, why);
	}
	assert_int_equal(wrong, 0);
}

#endif
