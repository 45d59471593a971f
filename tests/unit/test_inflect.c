/* Forms of English verbs and nouns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "rule/inflect.h"
#include "rule/lexis.h"

struct row {
	const char	*base, *form;
	unsigned	 forms;
};

static const struct row verbs[] = {
	{ "fall", "falls", FORM_S }, { "fall", "fell", FORM_PAST },
	{ "fall", "fallen", FORM_PART }, { "fall", "falling", FORM_ING },
	{ "drop", "dropped", FORM_PAST | FORM_PART },
	{ "drop", "dropping", FORM_ING }, { "plunge", "plunged", FORM_PAST },
	{ "plunge", "plunging", FORM_ING }, { "rally", "rallies", FORM_S },
	{ "rally", "rallied", FORM_PAST }, { "cut", "cut", FORM_BASE |
	    FORM_PAST | FORM_PART }, { "cut", "cutting", FORM_ING },
	{ "crash", "crashes", FORM_S }, { "slip", "slipped", FORM_PAST },
	{ "tank", "tanked", FORM_PAST }, { "halve", "halved", FORM_PAST },
	{ "be", "is", FORM_S }, { "be", "were", FORM_PAST },
	{ "plummet", "plummeted", FORM_PAST }, { "ease", "easing", FORM_ING },
	{ "buy", "bought", FORM_PAST | FORM_PART }, { "buy", "buys", FORM_S },
	{ "tumble", "tumbles", FORM_S }, { "soar", "soared", FORM_PAST },
	{ "lower", "lowered", FORM_PAST }, { "agree", "agreeing", FORM_ING },
	{ "shed", "shedding", FORM_ING }, { "file", "filing", FORM_ING },
	/* stressed at the end, or in Britain */
	{ "rebut", "rebutted", FORM_PAST }, { "commit", "committed",
	    FORM_PART }, { "control", "controlling", FORM_ING },
	{ "defer", "deferred", FORM_PAST }, { "limit", "limited", FORM_PAST },
	{ "differ", "differed", FORM_PAST }, { "cancel", "cancelling",
	    FORM_ING }, { "cancel", "canceled", FORM_PAST },
	{ "fuel", "fuelled", FORM_PAST }, { "dial", "dialing", FORM_ING },
	{ "unveil", "unveiled", FORM_PAST }, { "up", "upped", FORM_PAST },
	/* irregular behind a prefix */
	{ "withstand", "withstood", FORM_PAST | FORM_PART },
	{ "withhold", "withheld", FORM_PAST }, { "foresee", "foresaw",
	    FORM_PAST }, { "forgo", "forgone", FORM_PART },
	{ "oversee", "overseen", FORM_PART }, { "unwind", "unwound",
	    FORM_PAST }, { "overshoot", "overshot", FORM_PAST },
	{ "rebuild", "rebuilt", FORM_PAST }, { "relay", "relayed", FORM_PAST },
	{ "become", "became", FORM_PAST }, { "forecast", "forecast",
	    FORM_PAST }, { "release", "released", FORM_PAST },
	{ "forbid", "forbidden", FORM_PART }, { "swear", "swore", FORM_PAST },
	{ "freeze", "froze", FORM_PAST }, { "teach", "taught", FORM_PAST },
	{ "die", "dying", FORM_ING }, { "tie", "tied", FORM_PAST },
	{ "panic", "panicking", FORM_ING }, { "begin", "beginning", FORM_ING },
	{ "forbid", "forbidding", FORM_ING },
};

static const struct row nouns[] = {
	{ "share", "shares", FORM_PLURAL }, { "company", "companies",
	    FORM_PLURAL }, { "loss", "losses", FORM_PLURAL },
	{ "index", "indices", FORM_PLURAL }, { "bank", "banks", FORM_PLURAL },
	{ "person", "people", FORM_PLURAL }, { "share", "share",
	    FORM_SINGULAR }, { "foundry", "foundries", FORM_PLURAL },
	{ "aircraft", "aircraft", FORM_SINGULAR | FORM_PLURAL },
};

static void
check(const struct row *rows, size_t n,
    size_t (*inflect)(const char *, struct inflected [INFLECT_FORMS]))
{
	struct inflected list[INFLECT_FORMS];
	size_t i, k, m;

	for (i = 0; i < n; i++) {
		m = inflect(rows[i].base, list);
		for (k = 0; k < m; k++)
			if (strcmp(list[k].word, rows[i].form) == 0)
				break;
		if (k == m)
			fail_msg("%s lacks %s", rows[i].base, rows[i].form);
		if ((list[k].forms & rows[i].forms) != rows[i].forms)
			fail_msg("%s of %s: %#x", rows[i].form, rows[i].base,
			    list[k].forms);
	}
}

static void
verbs_have_their_forms(void **state)
{
	(void)state;
	check(verbs, sizeof(verbs) / sizeof(verbs[0]), inflect_verb);
}

static void
nouns_have_their_plurals(void **state)
{
	(void)state;
	check(nouns, sizeof(nouns) / sizeof(nouns[0]), inflect_noun);
}

static void
long_words_have_none(void **state)
{
	struct inflected list[INFLECT_FORMS];
	char word[200];

	(void)state;
	memset(word, 'a', sizeof(word) - 1);
	word[sizeof(word) - 1] = '\0';
	assert_int_equal(inflect_verb(word, list), 0);
	assert_int_equal(inflect_noun(word, list), 0);
	assert_int_equal(inflect_verb("", list), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(verbs_have_their_forms),
		cmocka_unit_test(nouns_have_their_plurals),
		cmocka_unit_test(long_words_have_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
