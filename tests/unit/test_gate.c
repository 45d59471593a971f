/*
 * rule/gate: what it keeps from being analysed matches no rule. Each rule alone,
 * and all together, against one that asks every rule of an analysed article.
 */
#include "event_case.h"

#include "rule/rules.h"

static const char *const rules[] = {
	"semiconductor stock down more than 5%",
	"ON Semiconductor stock down",
	"Arm stock up more than 2%",
	"Gap revenue up",
	"bank cuts jobs",
	"open-source model tops app store",
	"company files for bankruptcy",
	"airline cancels flights",
	"oil price up more than 2%",
	"unemployment rate above 5%",
	"concept:semiconductor AND 'on'",
	"'shares' AND NOT concept:semiconductor",
	"'shares' AND NOT (semiconductor stock down)",
	"concept:bank NEAR/4 'jobs'",
	"'on'",
};
#define NRULES (sizeof(rules) / sizeof(rules[0]))

static const char *const articles[][2] = {
	{ "NVIDIA shares dropped 12% in pre-market trading", "" },
	{ "ON Semiconductor shares fall 6% on weak demand", "" },
	{ "ON SEMICONDUCTOR SHARES FALL 6%", "It was a bad day on the market." },
	{ "Shares of on-line shops fall 6%", "They will be on sale." },
	{ "The first will be on Monday", "Talks go on." },
	{ "Foobar, a chipmaker, falls", "Its shares lost 9% on Tuesday." },
	{ "Arm rises 4%", "" },
	{ "An arm rises", "He lifts his arm by 4%." },
	{ "Gap revenue grows 3%", "" },
	{ "A gap in revenue grows", "" },
	{ "Wells Fargo cuts 900 jobs", "Jobs at the bank are lost on Friday." },
	{ "JPMorgan Chase & Co. cuts 300 jobs", "" },
	{ "DeepSeek V3 tops the App Store",
	  "The open-source model is on top of the AppStore." },
	{ "Qwen released under the MIT license tops app store charts", "" },
	{ "Retailer files a $3 billion petition for bankruptcy", "" },
	{ "Spirit Airlines files for Chapter 11 bankruptcy", "" },
	{ "Lufthansa cancels 400 flights on Monday", "" },
	{ "Brent crude rises 3%", "Oil prices were up 3% on Monday." },
	{ "The unemployment rate climbed to 5.4%", "" },
	{ "#1 on the list: shares of a baker", "" },
	{ "", "" },
};
#define NARTICLES (sizeof(articles) / sizeof(articles[0]))

static struct ruleset *
load(size_t first, size_t n)
{
	struct rule_source sources[NRULES];
	struct problems p;
	struct ruleset *rs;

	problems_init(&p);
	for (size_t i = 0; i < n; i++)
		sources[i] = (struct rule_source){ .name = "r",
		    .origin = "test", .when = rules[first + i] };
	rs = ruleset_new(shipped, sources, n, &p);
	if (rs == NULL)
		fail_msg("%s: %s", rules[first], p.list[0].text);
	problems_clear(&p);
	return rs;
}

static void
make_article(size_t i, struct article *a)
{
	article_init(a);
	a->title = articles[i][0];
	a->content = articles[i][1];
}

/* By article and rule. */
static void
ask_all(bool holds[NARTICLES][NRULES])
{
	static const struct match_context context = { .feed = "" };
	struct ruleset *rs = load(0, NRULES);
	struct matcher *m = matcher_new(rs);

	for (size_t i = 0; i < NARTICLES; i++) {
		struct article a;

		make_article(i, &a);
		matcher_look(m, &a, &context);
		for (size_t r = 0; r < NRULES; r++) {
			struct evidence ev;

			holds[i][r] = matcher_try(m, r, &case_mem, &ev);
		}
	}
	matcher_free(m);
	ruleset_free(rs);
}

static void
check(size_t first, size_t n, bool holds[NARTICLES][NRULES])
{
	static const struct match_context context = { .feed = "" };
	struct ruleset *rs = load(first, n);
	struct matcher *m = matcher_new(rs);

	for (size_t i = 0; i < NARTICLES; i++) {
		struct match *found;
		struct article a;
		size_t k = 0, nfound;

		make_article(i, &a);
		nfound = matcher_run(m, &a, &context, &case_mem, &found);
		for (size_t r = 0; r < n; r++) {
			bool is = k < nfound && found[k].rule == r;

			k += is;
			if (is != holds[i][first + r])
				fail_msg("'%s' over '%s': %d, with %zu rules",
				    rules[first + r], a.title, is, n);
		}
		assert_int_equal(k, nfound);
	}
	matcher_free(m);
	ruleset_free(rs);
}

static void
no_match_is_lost(void **state)
{
	static bool holds[NARTICLES][NRULES];
	size_t n = 0;

	(void)state;
	ask_all(holds);
	for (size_t i = 0; i < NARTICLES; i++)
		for (size_t r = 0; r < NRULES; r++)
			n += holds[i][r];
	assert_true(n > NARTICLES);
	check(0, NRULES, holds);
	for (size_t r = 0; r < NRULES; r++)
		check(r, 1, holds);
	for (size_t r = 0; r + 2 < NRULES; r++)
		check(r, 3, holds);
}

static bool
opens(size_t rule, size_t article)
{
	struct ruleset *rs = load(rule, 1);
	struct article a;
	struct doc d;
	bool is;

	make_article(article, &a);
	doc_init(&d, rs->pool.terms);
	doc_look(&d, &a, shipped, 0);
	text_case(d.text);
	is = gate_opens(rs->gate, d.text);
	doc_clear(&d);
	ruleset_free(rs);
	return is;
}

/* Most words of names are words of any text: as such they open nothing. */
static void
what_speaks_of_nothing_else_is_kept_out(void **state)
{
	(void)state;
	assert_true(opens(0, 0));
	assert_true(opens(0, 1));
	assert_true(opens(0, 2));
	assert_false(opens(0, 3));
	assert_false(opens(0, 4));
	assert_true(opens(0, 5));
	assert_false(opens(0, 10));
	assert_true(opens(4, 11));
	assert_false(opens(0, 20));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_match_is_lost),
		cmocka_unit_test(what_speaks_of_nothing_else_is_kept_out),
	};

	return cmocka_run_group_tests_name("gate", tests, load_shipped,
	    free_shipped);
}
