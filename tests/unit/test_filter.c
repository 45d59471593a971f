/* Cues and what only looks like one, inference, and the written articles. */
#include <stdlib.h>

#include "event_case.h"

#define CHIP "semiconductor stock down more than 5%"
#define UP "semiconductor stock up more than 5%"
#define JOBS "company cuts more than 1000 jobs"
#define BROKE "airline files for bankruptcy"
#define STORE "open-source model tops app store"
#define ROWS(a) a, sizeof(a) / sizeof((a)[0])

static void
denied_and_not(void **state)
{
	static const struct event_case rows[] = {
		{ CHIP, false, "", "Nvidia stock did not fall 8% on Monday." },
		{ CHIP, false, "", "Nvidia denied that its shares fell 8%." },
		{ CHIP, true, "", "Nvidia stock not only fell 8% but closed at "
		    "a low." },
		{ CHIP, true, "", "Nvidia fell 8%, no doubt because of the "
		    "report." },
		{ BROKE, false, "", "Delta Air Lines avoids filing for "
		    "bankruptcy." },
		{ BROKE, false, "Delta Air Lines will not file for bankruptcy",
		    "" },
		{ JOBS, false, "", "Ford denied plans to cut 3,000 jobs." },
	};

	(void)state;
	check_cases(ROWS(rows));
}

static void
expected_and_not(void **state)
{
	static const struct event_case rows[] = {
		{ CHIP, false, "", "Nvidia stock could fall 20% this year." },
		{ CHIP, false, "", "Analysts expect Nvidia shares to fall 8%."
		    },
		{ CHIP, false, "Nvidia stock set to fall 8%", "" },
		{ CHIP, false, "", "If Nvidia shares fall 8%, buy." },
		{ UP, false, "Apple and Nvidia stock to climb 38%: the bull "
		    "case", "" },
		{ UP, false, "How Nvidia stock can still climb 22%", "" },
		{ CHIP, true, "", "Nvidia stock fell 8%, more than expected." },
		{ CHIP, true, "", "Nvidia stock fell 8% after a weak "
		    "forecast." },
		{ CHIP, true, "", "Nvidia stock fell 8% but could recover." },
		{ JOBS, true, "", "Ford said it would cut 3,000 jobs." },
		{ JOBS, false, "", "Ford may cut 3,000 jobs." },
		{ STORE, false, "DeepSeek may soon top the App Store, analysts "
		    "say", "" },
	};

	(void)state;
	check_cases(ROWS(rows));
}

static void
past_and_asked(void **state)
{
	static const struct event_case rows[] = {
		{ CHIP, false, "", "Nvidia stock had fallen 50% in 2022." },
		{ CHIP, false, "", "Nvidia rebounds 8% after losing 17%." },
		{ CHIP, true, "NVDA looks expensive after falling 50%", "" },
		{ CHIP, true, "", "Nvidia profit rose from a year ago but its "
		    "shares fell 6%." },
		{ CHIP, false, "Will Nvidia stock fall 20%?", "" },
		{ CHIP, false, "Is Nvidia stock down 20% today?", "" },
		{ CHIP, true, "Why Nvidia stock fell 12% on Monday", "" },
		{ CHIP, true, "Nvidia stock is down 17%! Time to buy?", "" },
	};

	(void)state;
	check_cases(ROWS(rows));
}

static void
options_ask_for_moods(void **state)
{
	struct event_options o;
	struct evidence e;
	const char *why;

	(void)state;
	memset(&o, 0, sizeof(o));
	o.forecasts = true;
	assert_true(case_matches(CHIP, &o, "", "Nvidia stock could fall 20%.",
	    &e, &why));
	assert_false(case_matches(CHIP, &o, "",
	    "Nvidia stock did not fall 20%.", &e, &why));
	memset(&o, 0, sizeof(o));
	o.denied = true;
	assert_true(case_matches(CHIP, &o, "",
	    "Nvidia stock did not fall 20%.", &e, &why));
	memset(&o, 0, sizeof(o));
	o.past = true;
	assert_true(case_matches(CHIP, &o, "",
	    "Nvidia stock had fallen 50% in 2022.", &e, &why));
	memset(&o, 0, sizeof(o));
	o.only_title = true;
	assert_false(case_matches(CHIP, &o, "News", "Nvidia stock fell 20%.",
	    &e, &why));
	assert_true(case_matches(CHIP, &o, "Nvidia stock falls 20%", "",
	    &e, &why));
}

static void
articles_teach(void **state)
{
	static const struct event_case rows[] = {
		{ CHIP, true, "", "Foobar Devices, a chipmaker, said on Monday "
		    "it was surprised. Foobar Devices fell 9%." },
		{ CHIP, true, "", "Shares of the chipmaker Zonkotron fell 9%."
		    },
		{ CHIP, false, "", "Shares of the retailer Zonkotron fell 9%."
		    },
		{ STORE, true, "", "The Zonk V3 model, introduced last year, "
		    "has already surpassed ChatGPT in the American App Store, "
		    "while the new Q1 model, released last week, became "
		    "popular. Both developments are open-source models." },
		{ STORE, false, "", "The Zonk V3 model has surpassed ChatGPT in "
		    "the American App Store." },
	};

	(void)state;
	check_cases(ROWS(rows));
}

/* What the article says a thing is not outweighs the vocabulary. */
static void
articles_deny(void **state)
{
	static const struct event_case rows[] = {
		{ STORE, false, "DeepSeek tops the App Store", "DeepSeek, which "
		    "is not open source, was released last week." },
		{ STORE, false, "DeepSeek tops the App Store", "Its rivals are "
		    "free. DeepSeek is not an open-source model." },
		{ STORE, false, "DeepSeek tops the App Store", "DeepSeek isn't "
		    "open source, its makers said." },
		{ STORE, false, "DeepSeek tops the App Store", "Unlike "
		    "DeepSeek, a closed model, Llama is free to all." },
		{ STORE, false, "DeepSeek tops the App Store", "DeepSeek is a "
		    "proprietary model." },
		{ STORE, false, "DeepSeek tops the App Store", "DeepSeek was "
		    "never open-sourced." },
		{ STORE, false, "", "Zonk V3, an open-source model, has topped "
		    "the App Store. Zonk V3 is not an open-source model, "
		    "critics said." },
		{ CHIP, false, "Nvidia stock falls 8%", "Nvidia is not a "
		    "chipmaker." },
		{ STORE, false, "DeepSeek tops the App Store", "DeepSeek, which "
		    "is not an open-source model, cost little." },
		{ STORE, false, "DeepSeek tops the App Store", "DeepSeek, which "
		    "is closed source, cost little." },
		{ STORE, false, "DeepSeek, which is not open source, tops the "
		    "App Store", "" },
		/* of another, or not quite that */
		{ STORE, true, "DeepSeek tops the App Store", "ChatGPT is not "
		    "an open-source model." },
		{ STORE, true, "DeepSeek tops the App Store", "ChatGPT, unlike "
		    "DeepSeek, is not open source." },
		{ STORE, true, "DeepSeek tops the App Store", "Unlike ChatGPT, "
		    "a closed model, DeepSeek is free." },
		{ STORE, true, "DeepSeek tops the App Store", "DeepSeek is not "
		    "the only open-source model." },
		{ STORE, true, "DeepSeek tops the App Store", "DeepSeek is not "
		    "just an open-source model." },
		{ STORE, true, "DeepSeek tops the App Store", "If DeepSeek is "
		    "not open source, what is?" },
		{ STORE, true, "DeepSeek tops the App Store", "DeepSeek is not "
		    "a closed model." },
		{ CHIP, true, "Nvidia stock falls 8%", "Nvidia is not a "
		    "chipmaker that gives up." },
		{ CHIP, true, "Nvidia stock falls 8%", "Nvidia is not the "
		    "chipmaker it was." },
		{ CHIP, true, "Nvidia stock falls 8%", "Nvidia is not a "
		    "retailer." },
	};
	struct evidence e;
	const char *why;

	(void)state;
	check_cases(ROWS(rows));
	assert_false(case_matches(STORE, NULL, "DeepSeek tops the App Store",
	    "DeepSeek is not an open-source model.", &e, &why));
	assert_string_equal(why, "DeepSeek is not open-source-model here: "
	    "\"DeepSeek is not an open-source model.\"");
}

static bool
matches_at(const char *title, const char *body, int64_t published)
{
	struct error error;
	struct evidence e;
	struct event_pattern *p;
	struct analysis *a;

	arena_reset(&case_mem);
	p = event_compile(shipped, CHIP, strlen(CHIP), NULL, &case_mem,
	    &error, NULL, NULL);
	assert_non_null(p);
	a = analysis_run(shipped, text_article(&case_mem,
	    vocabulary_lexicon(shipped), title, body), published, &case_mem);
	return event_match(p, a, &case_mem, &e);
}

/* Past is judged by the article's date, never by the clock. */
static void
years_are_told_by_the_date(void **state)
{
	static const char told[] = "Nvidia stock fell 50% in 2022.";
	const int64_t in_2022 = 1655000000, in_2025 = 1750000000;

	(void)state;
	assert_true(matches_at("News", told, in_2022));
	assert_false(matches_at("News", told, in_2025));
	assert_true(matches_at("News", told, ARTICLE_NO_TIME));
	assert_true(matches_at("Nvidia stock fell 50% in 2022", "", in_2025));
	assert_true(matches_at("News", "Nvidia stock fell 50% on Monday.",
	    in_2025));
}

/* The evidence of the mission's first rule, byte by byte. */
static void
evidence_has_its_parts(void **state)
{
	static const char body[] = "NVIDIA shares dropped 12% in pre-market "
	    "trading as the world was captivated by AI models.";
	static const char *const expected[][3] = {
		{ "owner", "NVIDIA", "semiconductor" },
		{ "measure", "shares", "stock" },
		{ "predicate", "dropped", "down" },
		{ "amount", "12%", "> 5%" },
	};
	struct evidence e;
	const char *why;
	size_t i;

	(void)state;
	assert_true(case_matches(CHIP, NULL, "", body, &e, &why));
	assert_string_equal(e.field, "body");
	assert_string_equal(e.sentence, body);
	assert_int_equal(e.nparts, 4);
	for (i = 0; i < 4; i++) {
		assert_string_equal(e.parts[i].role, expected[i][0]);
		assert_string_equal(e.parts[i].text, expected[i][1]);
		assert_string_equal(e.parts[i].value, expected[i][2]);
		assert_memory_equal(body + e.parts[i].start,
		    e.parts[i].text, strlen(e.parts[i].text));
		assert_int_equal(e.parts[i].end - e.parts[i].start,
		    strlen(e.parts[i].text));
	}
}

static void
misses_say_why(void **state)
{
	static const char *const rows[][2] = {
		{ "Nvidia shares fell 4.9%", "4.9% is not more than 5%" },
		{ "Nvidia revenue fell 9%", "revenue, not stock" },
		{ "Nvidia shares could fall 9%", "could: a forecast" },
		{ "SoftBank shares fell 9%", "SoftBank is not semiconductor" },
	};
	struct evidence e;
	const char *why;
	size_t i;

	(void)state;
	for (i = 0; i < 4; i++) {
		assert_false(case_matches(CHIP, NULL, rows[i][0], "", &e,
		    &why));
		assert_string_equal(why, rows[i][1]);
	}
}

/* Rows "rule TAB 0|1 TAB title TAB text"; at least so many of them. */
static void
check_file(const char *path, int least)
{
	char line[4096], *rule, *label, *title, *body, *rest;
	FILE *f = fopen(path, "r");
	struct evidence e;
	const char *why;
	int wrong = 0, rows = 0;

	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL) {
		if (line[0] == '#')
			continue;
		rest = line;
		line[strcspn(line, "\n")] = '\0';
		rule = strsep(&rest, "\t");
		label = strsep(&rest, "\t");
		title = strsep(&rest, "\t");
		body = strsep(&rest, "\t");
		rows++;
		if (case_matches(rule, NULL, title, body, &e, &why) ==
		    (label[0] == '1'))
			continue;
		wrong++;
		printf("# wrong: %s | %s | %s (%s)\n", rule, title, body, why);
	}
	fclose(f);
	assert_true(rows >= least);
	assert_int_equal(wrong, 0);
}

static void
written_articles(void **state)
{
	(void)state;
	check_file("tests/data/written-events.tsv", 28);
}

static void
own_sentences(void **state)
{
	(void)state;
	check_file("tests/data/own-events.tsv", 180);
	check_file("tests/data/twelve-events.tsv", 20);
	check_file("tests/data/acts.tsv", 20);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(denied_and_not),
		cmocka_unit_test(expected_and_not),
		cmocka_unit_test(past_and_asked),
		cmocka_unit_test(years_are_told_by_the_date),
		cmocka_unit_test(options_ask_for_moods),
		cmocka_unit_test(articles_teach),
		cmocka_unit_test(articles_deny),
		cmocka_unit_test(evidence_has_its_parts),
		cmocka_unit_test(misses_say_why),
		cmocka_unit_test(written_articles),
		cmocka_unit_test(own_sentences),
	};

	return cmocka_run_group_tests(tests, load_shipped, free_shipped);
}
