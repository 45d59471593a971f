/* Building a vocabulary: adding, replacing, mistakes; what it tags. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "article/article.h"
#include "base/problems.h"
#include "rule/event.h"
#include "rule/vocabulary.h"
#include "text/text.h"

static struct problems problems;

static int
setup(void **state)
{
	(void)state;
	problems_init(&problems);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	problems_clear(&problems);
	return 0;
}

static void
begin(struct vocabulary *v, enum vocabulary_section s, const char *id)
{
	vocabulary_begin(v, s, id, false, "test.conf:1", &problems);
}

static void
say(struct vocabulary *v, const char *key, const char *value)
{
	vocabulary_string(v, key, value, "test.conf:2", &problems);
}

static void
small(struct vocabulary *v)
{
	begin(v, VOCABULARY_CONCEPTS, "company");
	say(v, "open", "names");
	begin(v, VOCABULARY_CONCEPTS, "semiconductor");
	say(v, "is", "company");
	say(v, "classes", "chip maker");
	say(v, "not", "blue chip maker");
	begin(v, VOCABULARY_ENTITIES, "apple");
	say(v, "kind", "company");
	say(v, "names", "=Apple");
	say(v, "need", "iPhone");
	say(v, "tickers", "AAPL");
	begin(v, VOCABULARY_ENTITIES, "nvidia");
	say(v, "kind", "company");
	say(v, "names", "Nvidia");
	say(v, "is", "semiconductor");
	begin(v, VOCABULARY_MEASURES, "stock");
	say(v, "of", "company");
	say(v, "words", "share");
	vocabulary_bool(v, "alone", true, "test.conf:2", &problems);
	begin(v, VOCABULARY_PREDICATES, "down");
	say(v, "frame", "change");
	say(v, "direction", "down");
	say(v, "verbs", "fall");
	say(v, "pseudo", "fall short");
}

static void
expect_problem(const char *part)
{
	size_t i;

	for (i = 0; i < problems.n; i++)
		if (strstr(problems.list[i].text, part) != NULL)
			return;
	fail_msg("no problem says \"%s\" (%zu problems, first: %s)", part,
	    problems.n, problems.n > 0 ? problems.list[0].text : "");
}

static bool
tags(const struct vocabulary *v, const char *id, const char *title,
    const char *body)
{
	struct arena mem;
	struct analysis *a;
	int32_t key;
	bool has;

	key = vocabulary_key(v, VOCABULARY_CONCEPTS, id, strlen(id));
	if (key < 0)
		key = vocabulary_key(v, VOCABULARY_ENTITIES, id, strlen(id));
	assert_true(key >= 0);
	arena_init(&mem);
	a = analysis_run(v, text_article(&mem, vocabulary_lexicon(v), title,
	    body), ARTICLE_NO_TIME, &mem);
	has = analysis_has(a, (uint32_t)key);
	arena_free(&mem);
	return has;
}

static void
names_and_classes_are_tagged(void **state)
{
	struct vocabulary *v = vocabulary_new();

	(void)state;
	small(v);
	assert_int_equal(vocabulary_finish(v, &problems), 0);
	assert_int_equal(problems.errors, 0);
	assert_true(tags(v, "nvidia", "", "nvidia fell"));
	assert_true(tags(v, "semiconductor", "", "Nvidia fell"));
	assert_true(tags(v, "company", "", "Nvidia fell"));
	assert_true(tags(v, "semiconductor", "", "The chip-makers fell."));
	assert_false(tags(v, "semiconductor", "", "A blue chip maker fell."));
	vocabulary_free(v);
}

static void
capitals_decide_where_they_can(void **state)
{
	struct vocabulary *v = vocabulary_new();

	(void)state;
	small(v);
	assert_int_equal(vocabulary_finish(v, &problems), 0);
	assert_false(tags(v, "apple", "", "An apple fell from the tree."));
	assert_true(tags(v, "apple", "", "Shares of Apple fell."));
	/* Title Case is no evidence: a second sign is asked for */
	assert_false(tags(v, "apple", "How An Apple A Day Fell", ""));
	assert_true(tags(v, "apple", "Why Apple Fell Today",
	    "The iPhone sold badly."));
	assert_true(tags(v, "apple", "", "Buy $AAPL now."));
	assert_true(tags(v, "apple", "", "Shares (NASDAQ:AAPL) fell."));
	vocabulary_free(v);
}

static void
later_entries_add_or_replace(void **state)
{
	struct vocabulary *v = vocabulary_new();

	(void)state;
	small(v);
	begin(v, VOCABULARY_ENTITIES, "nvidia");
	say(v, "names", "Team Green");
	vocabulary_begin(v, VOCABULARY_CONCEPTS, "semiconductor", true,
	    "mine.conf:1", &problems);
	say(v, "classes", "wafer house");
	say(v, "is", "company");
	assert_int_equal(vocabulary_finish(v, &problems), 0);
	assert_true(tags(v, "nvidia", "", "Team Green fell."));
	assert_true(tags(v, "nvidia", "", "Nvidia fell."));
	assert_true(tags(v, "semiconductor", "", "A wafer house fell."));
	assert_false(tags(v, "semiconductor", "", "A chip maker fell."));
	vocabulary_free(v);
}

static void
mistakes_are_told(void **state)
{
	struct vocabulary *v = vocabulary_new();

	(void)state;
	small(v);
	begin(v, VOCABULARY_ENTITIES, "Bad Id");
	expect_problem("may hold only");
	begin(v, VOCABULARY_ENTITIES, "walmart");
	say(v, "name", "Walmart");
	expect_problem("did you mean \"names\"");
	vocabulary_bool(v, "names", true, "t:1", &problems);
	expect_problem("not true or false");
	begin(v, VOCABULARY_MEASURES, "profit");
	say(v, "alone", "yes");
	expect_problem("takes true or false");
	vocabulary_free(v);
}

static void
references_are_checked(void **state)
{
	struct vocabulary *v = vocabulary_new();

	(void)state;
	small(v);
	begin(v, VOCABULARY_ENTITIES, "amd");
	say(v, "is", "semiconducter");
	begin(v, VOCABULARY_PREDICATES, "up");
	say(v, "frame", "chance");
	begin(v, VOCABULARY_CUES, "no-mood");
	assert_int_equal(vocabulary_finish(v, &problems), -1);
	expect_problem("did you mean \"semiconductor\"");
	expect_problem("did you mean \"change\"");
	expect_problem("\"mood\" is missing");
	vocabulary_free(v);
}

static void
ids_are_suggested(void **state)
{
	struct vocabulary *v = vocabulary_new();

	(void)state;
	small(v);
	assert_int_equal(vocabulary_finish(v, &problems), 0);
	assert_true(vocabulary_key(v, VOCABULARY_ENTITIES, "nvida", 5) < 0);
	assert_string_equal(vocabulary_suggest(v, VOCABULARY_ENTITIES,
	    "nvida", 5), "nvidia");
	assert_true(vocabulary_phrases(v) > 10);
	vocabulary_free(v);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(names_and_classes_are_tagged,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(capitals_decide_where_they_can,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(later_entries_add_or_replace,
		    setup, teardown),
		cmocka_unit_test_setup_teardown(mistakes_are_told, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(references_are_checked, setup,
		    teardown),
		cmocka_unit_test_setup_teardown(ids_are_suggested, setup,
		    teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
