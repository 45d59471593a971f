/* What text queries mean, operator by operator, and what they show. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "article/article.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/problems.h"
#include "rule/ruleset.h"
#include "rule/vocabulary.h"

#define NOW 1700000000

/* A vocabulary without entries, one rule, one article. */
struct bench {
	struct arena		 mem;
	struct problems		 problems;
	struct vocabulary	*vocabulary;
	struct ruleset		*rules;
	struct matcher		*matcher;
};

static void
open_bench(struct bench *b, const char *when)
{
	struct rule_source source = { .name = "r", .when = when,
	    .origin = "test:1" };

	arena_init(&b->mem);
	problems_init(&b->problems);
	b->vocabulary = vocabulary_new();
	assert_int_equal(vocabulary_finish(b->vocabulary, &b->problems), 0);
	b->rules = ruleset_new(b->vocabulary, &source, 1, &b->problems);
	if (b->rules == NULL)
		fail_msg("%s: %s", when, b->problems.list[0].text);
	b->matcher = matcher_new(b->rules);
}

static void
close_bench(struct bench *b)
{
	matcher_free(b->matcher);
	ruleset_free(b->rules);
	vocabulary_free(b->vocabulary);
	problems_clear(&b->problems);
	arena_free(&b->mem);
}

static void
fill(struct article *a)
{
	static const char *categories[] = { "Energy", "Oil & Gas" };

	article_init(a);
	a->title = "Oil Embargo Lifted: Apple's New York store opens";
	a->content = "OPEC lifts the export control on crude oil. Prices fell"
	    " 12% to $80 at once, said Jos\u00e9 \u00c5strand.\n\n"
	    "Sanctions on open-source chips stay; it's a new sanction regime."
	    " The price of oil may rise. A Cafe opens.";
	a->author = "Jane Doe";
	a->lang = "en-GB";
	a->link = "https://news.example.org:443/energy/oil.html";
	a->categories = categories;
	a->ncategories = 2;
	a->published = NOW - 90000;
}

static bool
holds(const char *when)
{
	const char *tags[] = { "markets", "Big Tech" };
	struct match_context context = { "trade-wire", tags, 2, NOW };
	struct match *found;
	struct article a;
	struct bench b;
	size_t n;

	open_bench(&b, when);
	fill(&a);
	n = matcher_run(b.matcher, &a, &context, &b.mem, &found);
	if (n > 0) {
		assert_int_equal(found[0].rule, 0);
		assert_non_null(found[0].evidence.sentence);
	}
	close_bench(&b);
	return n == 1;
}

static void
operators(void **state)
{
	static const struct { const char *when; bool yes; } T[] = {
		/* words and phrases */
		{ "'oil'", true }, { "'OIL'", true }, { "'oils'", false },
		{ "'crude oil'", true }, { "'oil crude'", false },
		{ "'export controls'", false }, { "'export control*'", true },
		{ "\"exp* control\"", true }, { "'oil prices'", true },
		{ "'12%'", true }, { "'13%'", false }, { "'$80'", true },
		{ "'jos\u00c9'", true }, { "'\u00e5strand'", true },
		{ "'apple store'", false }, { "'apple new york'", true },
		{ "'lifted apple'", true }, { "'opens opec'", false },
		{ "'\u00e5strand sanctions'", false },
		{ "'open source'", true }, { "'open-source'", true },
		{ "'opensource'", true }, { "'sourceopen'", false },
		{ "sanction*", true }, { "sanctions*", true },
		{ "sanctionsx*", false }, { "opens*", true },
		/* case */
		{ "=Apple", true }, { "=apple", false }, { "=OPEC", true },
		{ "='New York'", true }, { "='new York'", false },
		/* boolean */
		{ "'oil' AND 'opec'", true }, { "'oil' AND 'gas'", false },
		{ "'oil' 'opec'", true }, { "'gas' OR 'opec'", true },
		{ "'oil' AND NOT 'opec'", false }, { "'oil' -'gas'", true },
		{ "'oil' AND NOT ('gas' OR 'coal')", true },
		{ "'gas' OR 'coal' AND 'oil'", false },
		{ "('gas' OR 'opec') AND 'oil'", true },
		/* fields */
		{ "title:opens", true }, { "title:opec", false },
		{ "body:opec", true }, { "body:embargo", false },
		{ "title:('oil' AND NOT 'gas')", true },
		{ "title:(oil OR gas) AND body:cafe", true },
		{ "author:doe", true }, { "author:'jane doe'", true },
		{ "'doe'", false }, { "category:energy", true },
		{ "category:gas", true }, { "category:'energy oil'", false },
		{ "'energy'", false },
		{ "category = 'oil & gas'", true }, { "category = oil", false },
		{ "title = 'oil'", false }, { "author = 'JANE DOE'", true },
		{ "'oil' AND author != 'Jane Doe'", false },
		{ "feed:trade-wire", true }, { "feed:trade", false },
		{ "feed:trade-*", true }, { "feed = Trade-Wire", true },
		{ "tag:markets", true }, { "tag:'big tech'", true },
		{ "tag:chips", false }, { "'oil' AND tag != chips", true },
		{ "'oil' AND tag != markets", false },
		{ "lang:en", true }, { "lang = en", false },
		{ "lang:e", false }, { "lang:en-GB", true },
		{ "site:example.org", true }, { "site:news.example.org", true },
		{ "site:ample.org", false }, { "site:(a.com OR example.org)",
		  true }, { "link:energy", true }, { "link:gas", false },
		{ "link =~ /oil\\.html$/", true },
		{ "link =~ '^https:'", true }, { "title =~ /^Oil/", true },
		{ "title =~ 'embargo'", false }, { "title =~ /embargo/i", true },
		{ "body =~ /OPEC lifts/", true }, { "author =~ /Jane D/", true },
		{ "category =~ /Energ/", true }, { "category =~ /Enerx/", false },
		{ "title !~ /OPEC/ AND 'oil'", true },
		{ "'oil' AND link !~ /energy/", false },
		{ "'oil' age < 2d", true }, { "'oil' age < 1", false },
		{ "'oil' age > 24h", true }, { "'oil' words > 10", true },
		{ "'oil' words > 1000", false }, { "'oil' words <= 1000", true },
		/* proximity */
		{ "'opec' NEAR/3 'export'", true },
		{ "'opec' NEAR/2 'export'", false },
		{ "'export' NEAR/3 'opec'", true },
		{ "'opec' ONEAR/3 'export'", true },
		{ "'export' ONEAR/3 'opec'", false },
		{ "'export control' NEAR/2 'crude oil'", true },
		{ "'export control' NEAR/1 'crude oil'", false },
		{ "'opens' NEAR/1 'opec'", false },
		{ "'opec' W/4 'control'", true }, { "'opec' W/3 'control'", false },
		{ "'opec' NEAR/3 'export' NEAR/4 'oil'", true },
		{ "'opec' NEAR/3 'export' NEAR/3 'oil'", false },
		{ "('gas' OR 'opec') NEAR/3 ('exp*' OR 'imp*')", true },
		{ "'oil' NEAR/5 'oil'", false },
		{ "'opec' W/S 'crude'", true }, { "'opec' W/S 'prices'", false },
		{ "'crude' W/S 'opec'", true }, { "'crude' +S 'opec'", false },
		{ "'opec' +S 'crude'", true }, { "'opec' W/P 'prices'", true },
		{ "'prices' SAME 'opec'", true }, { "'prices' +P 'opec'", false },
		{ "'opec' SAME 'chips'", false }, { "'embargo' W/P 'opec'", false },
		{ "title:('oil' NEAR/1 'embargo')", true },
		{ "title:'oil' NEAR/1 'embargo'", true },
		{ "body:'oil' NEAR/1 'embargo'", false },
		{ "ATLEAST/3('oil')", true }, { "ATLEAST/4('oil')", false },
		{ "ATLEAST/5('oil' OR 'opec' OR 'cafe')", true },
		{ "title:ATLEAST/2('oil')", false },
		{ "FIRST/1('oil')", true }, { "FIRST/2('lifted')", false },
		{ "FIRST/3('lifted')", true },
		{ "body:FIRST/1('opec')", true },
		{ "FIRST/5('oil' AND NOT 'opec')", true },
		{ "'oil', only in title", true },
		{ "'opec', only in title", false },
		{ "'opec', only in lead", true },
		{ "'prices', only in lead", false },
		{ "'oil', within 2 days", true },
		{ "'oil', within 24 hours", false },
		/* regular expressions */
		{ "/export c[a-z]+ol/", true }, { "/Export/", false },
		{ "/EXPORT/i", true }, { "title:/^Oil/", true },
		{ "body:/^Oil/", false }, { "title:/opens$/", true },
		{ "/control/ NEAR/3 'oil'", true },
		{ "/opec/i NEAR/3 /ol on/", false },
		{ "author:/^Jane/", true }, { "/Doe/", false },
		{ "/\\bni[l]|xyz/", false }, { "/(gas|oil)\\./", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(T) / sizeof(*T); i++)
		if (holds(T[i].when) != T[i].yes)
			fail_msg("%s should be %d", T[i].when, T[i].yes);
}

static void
shows(void **state)
{
	static const struct { const char *when, *line; } T[] = {
		{ "'embargo'", "Oil [] Embargo" },
		{ "'export control'", "OPEC lifts the [export control]" },
		{ "'opec' NEAR/3 'export'",
		  "[OPEC] lifts the [export] control" },
		{ "'prices' AND '12%'", "[Prices] fell [12%]" },
		{ "'lifts' AND 'crude' AND 'cafe'",
		  "OPEC [lifts] the export control on [crude]" },
		{ "open-source", "" },
		{ "sanction* AND 'regime'", "[Sanctions] on open-source" },
		{ "/pri[c]e of/", "The [price of] oil" },
	};
	struct match_context context = { .feed = "", .now = NOW };

	(void)state;
	for (size_t i = 0; i < sizeof(T) / sizeof(*T); i++) {
		const char *body;
		struct match *found;
		struct evidence *ev;
		struct article a;
		struct bench b;
		struct buf line;
		size_t at;

		if (strchr(T[i].when, '\'') == NULL && T[i].when[0] == 'o')
			continue;
		open_bench(&b, T[i].when);
		fill(&a);
		body = article_body(&a);
		assert_int_equal(matcher_run(b.matcher, &a, &context, &b.mem,
		    &found), 1);
		ev = &found[0].evidence;
		assert_true(ev->nparts > 0);
		buf_init(&line, 4096);
		at = ev->start;
		for (size_t p = 0; p < ev->nparts; p++) {
			struct evidence_part *x = &ev->parts[p];
			const char *s = strcmp(x->field, "title") == 0 ?
			    a.title : body;

			assert_string_equal(x->role, "text");
			assert_true(x->end <= strlen(s) && x->start < x->end);
			assert_int_equal(strlen(x->text), x->end - x->start);
			assert_memory_equal(x->text, s + x->start,
			    x->end - x->start);
			if (strcmp(x->field, ev->field) != 0 ||
			    x->start < ev->start || x->end > ev->end)
				continue;
			buf_printf(&line, "%.*s[%s]", (int)(x->start - at),
			    s + at, x->text);
			at = x->end;
		}
		buf_adds(&line, ev->sentence + (at - ev->start));
		if (strncmp(T[i].line, "Oil []", 6) == 0)
			assert_string_equal(ev->field, "title");
		else if (strncmp(line.data, T[i].line,
		    strlen(T[i].line)) != 0)
			fail_msg("%s: %s", T[i].when, line.data);
		buf_clear(&line);
		close_bench(&b);
	}
}

static void
misses(void **state)
{
	static const struct { const char *when, *reason; } T[] = {
		{ "'oil' AND title:'oil price'",
		  "in the title: 'oil price' was not found" },
		{ "'oil' AND NOT 'opec'", "'opec' is there and must not be" },
		{ "'opec' NEAR/2 'export'", "not at most 2 words apart" },
		{ "'export' ONEAR/9 'opec'", "in this order" },
		{ "'opec' W/S 'prices'", "not in one sentence" },
		{ "ATLEAST/9('oil')", "fewer than 9 times" },
		{ "'oil' AND words > 900", "the article has" },
		{ "'oil' AND feed:x", "the feed is" },
		{ "'coal' OR 'oil' AND 'gas'", "was not found" },
	};
	struct match_context context = { .feed = "wire", .now = NOW };

	(void)state;
	for (size_t i = 0; i < sizeof(T) / sizeof(*T); i++) {
		struct near_miss miss;
		struct match *found;
		struct article a;
		struct bench b;

		open_bench(&b, T[i].when);
		fill(&a);
		assert_int_equal(matcher_run(b.matcher, &a, &context, &b.mem,
		    &found), 0);
		assert_true(matcher_explain(b.matcher, 0, &b.mem, &miss));
		if (strstr(miss.reason, T[i].reason) == NULL)
			fail_msg("%s: %s", T[i].when, miss.reason);
		close_bench(&b);
	}
}

/* A pattern that explodes is given up; the article goes on. */
static void
regex_limits(void **state)
{
	static const char *const BAD[] = {
		"/(a+)+$/", "/(a|aa)+$/", "/(a|a?)+$/", "/(.*a){20}b/",
		"/((a*)*)*b/", "/^(([a-z])+.)+[A-Z]([a-z])+$/",
	};
	struct match_context context = { .feed = "", .now = NOW };
	static char text[20001];

	(void)state;
	memset(text, 'a', sizeof(text) - 1);
	text[sizeof(text) - 2] = '!';
	for (size_t i = 0; i < sizeof(BAD) / sizeof(*BAD); i++) {
		clock_t start = clock();
		struct match *found;
		struct article a;
		struct bench b;

		open_bench(&b, BAD[i]);
		article_init(&a);
		a.title = text;
		a.content = text;
		matcher_run(b.matcher, &a, &context, &b.mem, &found);
		close_bench(&b);
		assert_true(clock() - start < 2 * CLOCKS_PER_SEC);
	}
}

static void
refuses(void **state)
{
	static const struct { const char *when, *says; } T[] = {
		{ "/a(b/", "column 1: the regular expression is wrong" },
		{ "'x' AND age < soon", "column 9" },
		{ "'x' AND age = /a/", "number" },
		{ "'x' AND words > many", "column 9: words" },
		{ "title < 'x'", "no size" },
		{ "concept:nothing", "column 1: the vocabulary has no concept" },
		{ "entity:nobody", "no entity 'nobody'" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(T) / sizeof(*T); i++) {
		struct rule_source s = { .name = "r", .when = T[i].when,
		    .origin = "rules.d/x.conf:7" };
		struct vocabulary *v = vocabulary_new();
		struct problems p;

		problems_init(&p);
		assert_int_equal(vocabulary_finish(v, &p), 0);
		assert_null(ruleset_new(v, &s, 1, &p));
		assert_int_equal(p.errors, 1);
		assert_string_equal(p.list[0].where, "rules.d/x.conf:7");
		if (strstr(p.list[0].text, T[i].says) == NULL)
			fail_msg("%s: %s", T[i].when, p.list[0].text);
		problems_clear(&p);
		vocabulary_free(v);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(operators),
		cmocka_unit_test(shows),
		cmocka_unit_test(misses),
		cmocka_unit_test(regex_limits),
		cmocka_unit_test(refuses),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
