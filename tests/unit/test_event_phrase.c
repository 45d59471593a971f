/* How event phrases are read, and what is said of those that cannot be. */
#include "event_case.h"

#include "base/buf.h"

static void
describe(const char *phrase, struct buf *out)
{
	struct error error;
	struct event_pattern *p;

	arena_reset(&case_mem);
	p = event_compile(shipped, phrase, strlen(phrase), NULL, &case_mem,
	    &error, NULL, NULL);
	if (p == NULL)
		fail_msg("%s: %s", phrase, error.text);
	buf_init(out, 1 << 16);
	event_describe(p, out);
}

/* phrase, then lines the reading must contain */
static const char *const readings[][5] = {
	{ "semiconductor stock down more than 5%", "change, direction down",
	    "measure  stock", "any semiconductor", "percent > 5" },
	{ "open-source model tops app store", "rank, top",
	    "any open-source-model", "app-store", NULL },
	{ "oil price up more than 2%", "direction up", "measure  price",
	    "owner    oil", "percent > 2" },
	{ "company cuts more than 1000 jobs", "act, cut-jobs", "any company",
	    "count > 1000", "plan counts" },
	{ "central bank raises interest rate", "act, raise-rate",
	    "any central-bank", NULL, NULL },
	{ "company acquires company for more than $1 billion", "act, acquire",
	    "object   any company", "money > 1 billion", NULL },
	{ "stock index down more than 2%", "measure  index",
	    "any stock-index", NULL, NULL },
	{ "critical vulnerability in web browser", "state, vulnerability",
	    "quality  critical", "browser", NULL },
	{ "company recalls more than 10000 products", "act, recall",
	    "count > 10", NULL, NULL },
	{ "(Nvidia or AMD) stock down at least a tenth", "nvidia or amd",
	    ">= 10", NULL, NULL },
	{ "technology stock except Apple up more than 10%",
	    "any technology", "except apple", "percent > 10", NULL },
	{ "Nvidia's revenue up", "measure  revenue", "owner    nvidia", NULL,
	    NULL },
	{ "revenue of Nvidia up", "measure  revenue", "owner    nvidia", NULL,
	    NULL },
	{ "12% drop in chip stock", "direction down", "semiconductor",
	    "measure  stock", NULL },
	{ "oil price above $100", "event    level", "owner    oil",
	    "money > 100", NULL },
	{ "bitcoin below $50,000", "event    level", "owner    bitcoin",
	    "money < 50,000", NULL },
	{ "oil price tops $100", "level", "money >= 100", NULL, NULL },
	{ "oil falls to $50", "level", "money <= 50", NULL, NULL },
	{ "gold breaks $2,000", "event    level", "money >= 2000", NULL, NULL },
	/* a measure does no act, and nobody does one by so many points */
	{ "shares of a bank drop by over 4%", "event    change",
	    "measure  stock", "owner    any bank", "percent > 4" },
	{ "airline earnings drop", "event    change", "measure  profit", NULL,
	    NULL },
	{ "airline loss narrows", "event    change", "measure  loss", NULL,
	    NULL },
	{ "Dow drops 500 points", "event    change", "owner    dow",
	    "points >= 500", NULL },
	{ "Dow drops 5%", "event    change", "measure  index", NULL, NULL },
	{ "Intel's market share falls below 20%", "event    level",
	    "measure  market-share", "percent < 20", NULL },
	/* by how much, and where */
	{ "oil jumps over 3 percent", "event    change", "percent > 3", NULL,
	    NULL },
	{ "inflation jumps over 3 percent", "event    level", "percent >= 3",
	    NULL, NULL },
	/* whose it is, behind the measure or the verb */
	{ "profit at airline falls", "owner    any airline", NULL, NULL, NULL },
	{ "unemployment up in Spain or Italy", "owner    spain or italy", NULL,
	    NULL, NULL },
	{ "inflation in Turkey above 50%", "owner    turkey", NULL, NULL, NULL },
	{ "yield on the 10-year note above 4.5%", "owner    treasury-10-year",
	    NULL, NULL, NULL },
	{ "bank posts fall in profit", "measure  profit", "direction down",
	    NULL, NULL },
	{ "airline reports 20% lower profit", "measure  profit",
	    "direction down", "percent >= 20", NULL },
	{ "number of Netflix subscribers falls", "measure  subscribers",
	    "owner    netflix", NULL, NULL },
	{ "wheat stocks down", "measure  inventories", NULL, NULL, NULL },
	{ "bank stocks down", "measure  stock", NULL, NULL, NULL },
	{ "oil price -5%", "change, direction down", "percent >= 5", NULL,
	    NULL },
	{ "rate raised by central bank", "act, raise-rate",
	    "agent    any central-bank", NULL, NULL },
	{ "EUR/USD down", "owner    euro", NULL, NULL, NULL },
	{ "USD/JPY above 150", "owner    us-dollar", "count > 150", NULL, NULL },
	{ "dollar/yen above 150", "owner    us-dollar", NULL, NULL, NULL },
	{ "inflation above 3%", "event    level", "measure  inflation",
	    "percent > 3", NULL },
	{ "company profit doubles", "direction up", "measure  profit",
	    "percent >= 100", NULL },
	{ "airline cuts jobs", "act, cut-jobs", "any airline", NULL, NULL },
	{ "carmaker recalls", "act, recall", "any carmaker", NULL, NULL },
	{ "company fined more than $100 million", "act, fine",
	    "object   any company", "money > 100 million", NULL },
	/* highs and lows, and since when */
	{ "stock index at record high", "extreme, high", "a record",
	    "measure  index", NULL },
	{ "rupee hits its record low", "extreme, low", "owner    rupee",
	    "a record", NULL },
	{ "oil price at lowest since 2020", "extreme, low", "since 2020",
	    "measure  price", NULL },
	{ "company stock at 52-week low", "extreme, low", "of 1 year",
	    "measure  stock", NULL },
	{ "Nikkei at highest in 30 years", "extreme, high", "of 30 years",
	    "owner    nikkei", NULL },
	{ "company posts record profit", "extreme, high", "measure  profit",
	    "a record", NULL },
	{ "record profit at bank", "extreme, high", "measure  profit",
	    "any bank", NULL },
	{ "record high in gold", "extreme, high", "owner    gold", NULL, NULL },
	/* where it stands */
	{ "oil above $100 a barrel", "event    level", "money > 100", NULL,
	    NULL },
	{ "oil trades at more than $100", "event    level", "money > 100", NULL,
	    NULL },
	{ "bitcoin past the $100,000 mark", "event    level",
	    "money > 100,000", NULL, NULL },
	{ "mortgage rate back above 7%", "event    level",
	    "measure  mortgage-rate", "percent > 7", NULL },
	{ "startup valued at more than $500 million", "event    level",
	    "measure  market-value", "money > 500 million", NULL },
	{ "Nvidia above $5 trillion", "event    level",
	    "measure  market-value", NULL, NULL },
	{ "Nvidia above $200", "event    level", "measure  stock", NULL, NULL },
	{ "yen weaker than 150 per dollar", "direction down", "count > 150",
	    "us-dollar", NULL },
	/* the amount in front, bare, and in the predicate */
	{ "gold more than 2% up", "direction up", "percent > 2", "owner    gold",
	    NULL },
	{ "chip stock between 5% and 10% down", "direction down",
	    "from 5 to 10", NULL, NULL },
	{ "S&P 500 falls 1%", "direction down", "percent >= 1", NULL, NULL },
	{ "S&P 500 falls exactly 1%", "direction down", "percent = 1", NULL,
	    NULL },
	{ "Nasdaq enters bear market", "direction down", "percent >= 20", NULL,
	    NULL },
	{ "drop of more than 5% in Apple stock", "direction down",
	    "owner    apple", "measure  stock", "percent > 5" },
	{ "any stock down more than 20%", "measure  stock", "percent > 20",
	    NULL, NULL },
	/* the amount behind the object, without "for" */
	{ "regulator fines company more than $100 million", "act, fine",
	    "agent    any regulator", "object   any company",
	    "money > 100 million" },
	{ "EU fines company more than $1 billion", "act, fine",
	    "object   any company", "money > 1 billion", NULL },
	{ "company acquires company more than $1 billion", "act, acquire",
	    "object   any company", "money > 1 billion", NULL },
	{ "company cuts jobs by more than 1000", "act, cut-jobs",
	    "count > 1000", NULL, NULL },
	/* no measure "orders" of an airline, when more follows */
	{ "airline orders more than 50 planes", "act, order-goods",
	    "agent    any airline", "count > 50", NULL },
	{ "airline orders up more than 50%", "change, direction up",
	    "measure  orders", "percent > 50", NULL },
	/* the passive, with and without who does it */
	{ "bank is fined", "act, fine", "object   any bank", NULL, NULL },
	{ "bank fined by regulator", "act, fine", "agent    any regulator",
	    "object   any bank", NULL },
	{ "startup acquired by Google", "act, acquire", "agent    google",
	    "object   any startup", NULL },
	{ "company is bought for more than $500 million", "act, acquire",
	    "object   any company", "money > 500 million", NULL },
	{ "drug is approved", "act, approve-drug", "object   any medicine",
	    NULL, NULL },
	{ "dividend cut", "act, cut-dividend", NULL, NULL, NULL },
	{ "production halted", "act, halt-production", NULL, NULL, NULL },
	{ "rate cut", "act, cut-rate", NULL, NULL, NULL },
	/* auxiliaries, articles, "its", "new" */
	{ "company to cut 10% of its workforce", "act, cut-jobs",
	    "agent    any company", "percent >= 10", NULL },
	{ "OpenAI releases a new model", "act, launch", "agent    openai",
	    "object   any ai-model", NULL },
	/* a noun behind a verb that only tells it */
	{ "company announces layoffs", "act, cut-jobs",
	    "agent    any company", NULL, NULL },
	{ "acquisition of software company", "act, acquire",
	    "object   any software", NULL, NULL },
	{ "lawsuit against Google", "act, sue", "object   google", NULL,
	    NULL },
	/* whose */
	{ "Boeing CEO resigns", "act, resign", "agent    any chief-executive",
	    "place    boeing", NULL },
	{ "chief executive of bank steps down", "act, resign",
	    "place    any bank", NULL, NULL },
	{ "workers at carmaker go on strike", "act, strike",
	    "agent    any union", "place    any carmaker", NULL },
	/* where the amount may stand */
	{ "Boeing wins contract worth more than $1 billion",
	    "act, win-contract", "money > 1 billion", NULL, NULL },
	{ "company acquires company in a deal valued at more than $1 billion",
	    "act, acquire", "money > 1 billion", NULL, NULL },
	{ "company takes a stake of more than 5% in company",
	    "act, take-stake", "object   any company", "percent > 5", NULL },
	/* a word that is a group elsewhere */
	{ "bank names chief executive", "act, appoint", "agent    any bank",
	    NULL, NULL },
	{ "company raises more than $1 billion in IPO", "act, go-public",
	    "agent    any company", "money > 1 billion", NULL },
	{ "company pays more than $100 million to settle lawsuit",
	    "act, settle", "agent    any company", "money > 100 million",
	    NULL },
	/* nouns, with who does it or to whom it is done */
	{ "bankruptcy of airline", "act, file-bankruptcy",
	    "agent    any airline", NULL, NULL },
	{ "sanctions on Iran", "act, sanction", "object   iran", NULL, NULL },
	{ "contract awarded to Lockheed Martin", "act, win-contract",
	    "agent    lockheed", NULL, NULL },
	/* of what a word can be, what fits */
	{ "Amazon fires employees", "act, cut-jobs", "agent    amazon", NULL,
	    NULL },
	{ "pilots strike", "act, strike", "any pilots", NULL, NULL },
	{ "cloud service goes down", "state, outage", "cloud-service",
	    NULL, NULL },
	{ "company raises outlook", "act, raise-forecast",
	    "agent    any company", NULL, NULL },
	{ "company suspends production", "act, halt-production",
	    "agent    any company", NULL, NULL },
	/* an event with a name of its own, and what it befalls */
	{ "power outage", "state, power-outage", NULL, NULL, NULL },
	{ "plane crash", "state, plane-crash", NULL, NULL, NULL },
	{ "memory chip shortage", "state, shortage",
	    "owner    any memory-chip", NULL, NULL },
	{ "Ebola outbreak", "state, outbreak", "owner    ebola", NULL, NULL },
	{ "outbreak of measles in United States", "state, outbreak",
	    "owner    measles", "place    united-states", NULL },
	{ "mass shooting", "state, mass-shooting", NULL, NULL, NULL },
	{ "massive outage", "state, outage", "quality  major", NULL, NULL },
	{ "hurricane hits Florida", "state, hurricane", "place    florida",
	    NULL, NULL },
	{ "ferry sinks", "state, shipwreck", "owner    any ship", NULL, NULL },
	{ "airport closed", "act, close-facility", "object   any airport",
	    NULL, NULL },
	/* objects that are things apart */
	{ "judge blocks laws", "act, reject", "agent    any court",
	    "object   law", NULL },
	{ "company delays IPO", "act, delay-deal", "object   ipo", NULL, NULL },
	/* whose object it is */
	{ "drugmaker wins FDA approval", "act, win-approval",
	    "agent    any drugmaker", "place    fda", NULL },
	/* done to what is an act itself, to anybody, to several words */
	{ "merger is approved", "act, approve-deal", NULL, NULL, NULL },
	{ "Iran sanctioned", "act, sanction", "object   iran", NULL, NULL },
	{ "customer data stolen", "act, steal-data", NULL, NULL, NULL },
	/* what says the act once more */
	{ "startup raises over $50 million in funding", "act, raise-funding",
	    "agent    any startup", "money > 50 million", NULL },
	{ "China bans exports of rare earths", "act, ban-exports",
	    "agent    china", "place    rare-earths", NULL },
	{ "tariffs on Chinese goods", "act, impose-tariff",
	    "object   china", NULL, NULL },
};

static void
phrases_are_read(void **state)
{
	struct buf out;
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof(readings) / sizeof(readings[0]); i++) {
		describe(readings[i][0], &out);
		for (k = 1; k < 5 && readings[i][k] != NULL; k++)
			if (strstr(out.data, readings[i][k]) == NULL)
				fail_msg("%s: no \"%s\" in\n%s",
				    readings[i][0], readings[i][k], out.data);
		buf_clear(&out);
	}
}

/* phrase, the word the error is about, what it says */
static const char *const mistakes[][3] = {
	{ "drug trial fails", "drug trial",
	    "known only as what acts are done to" },
	{ "semiconductr stock down", "semiconductr",
	    "did you mean \"semiconductor\"" },
	{ "semiconductor stock dwon more than 5%", "dwon", "vocabulary" },
	{ "semiconductor stock down more than 5% blah", "blah", "no word of the" },
	{ "semiconductor stock", "stock", "the phrase ends" },
	{ "ATLEAST3 inflation", "ATLEAST3", "ATLEAST/3('word')" },
	{ "bank NEAR5 merger", "NEAR5", "'one' NEAR/5 'other'" },
	{ "bank adj2 merger", "adj2", "ONEAR/2" },
	{ "technology stock except up", "up", "after \"except\"" },
	{ "(Nvidia or AMD stock down", "stock", "\")\"" },
	{ "company acquires company more than $1 billion blah", "blah",
	    "no word of the" },
	{ "company acquires compny more than $1 billion", "compny",
	    "did you mean \"company\"" },
	{ "bank stock up and insurer stock up", "and", "write AND" },
	{ "open-source model tops app store more than 5%", "more",
	    "the end of the phrase" },
	{ "airline orders more than 50 plnes", "plnes", "no word of the" },
	{ "gold hits high", "high", "since when" },
	{ "oil price at lowest since", "lowest", "since when" },
	{ "bitcoin falls 10% in a week", "week", "a period" },
	{ "record fall in oil price", "record fall in oil price",
	    "not of a change" },
};

static void
mistakes_point_at_the_word(void **state)
{
	struct error error;
	size_t i, at, len;

	(void)state;
	for (i = 0; i < sizeof(mistakes) / sizeof(mistakes[0]); i++) {
		arena_reset(&case_mem);
		if (event_compile(shipped, mistakes[i][0],
		    strlen(mistakes[i][0]), NULL, &case_mem, &error, &at,
		    &len) != NULL)
			fail_msg("%s was read", mistakes[i][0]);
		if (len != strlen(mistakes[i][1]) ||
		    memcmp(mistakes[i][0] + at, mistakes[i][1], len) != 0)
			fail_msg("%s: points at \"%.*s\": %s", mistakes[i][0],
			    (int)len, mistakes[i][0] + at, error.text);
		if (strstr(error.text, mistakes[i][2]) == NULL)
			fail_msg("%s: %s", mistakes[i][0], error.text);
	}
}

/* With and without "for" a rule matches the same. */
static void
amounts_behind_the_object(void **state)
{
	static const struct event_case rows[] = {
		{ "regulator fines company more than $100 million", true,
		    "FTC fines Facebook $5 billion", "" },
		{ "regulator fines company more than $100 million", false,
		    "FTC fines Facebook $5 million", "" },
		{ "company acquires company more than $1 billion", true,
		    "Microsoft acquires Nuance for $19.7 billion", "" },
		{ "company acquires company more than $1 billion", false,
		    "Microsoft acquires Nuance for $700 million", "" },
		{ "airline orders more than 50 planes", true,
		    "Ryanair orders 300 planes from Boeing", "" },
		{ "airline orders more than 50 planes", false,
		    "Ryanair orders 30 planes from Boeing", "" },
	};

	(void)state;
	check_cases(rows, sizeof(rows) / sizeof(rows[0]));
}

static void
nothing_breaks_the_reader(void **state)
{
	static const char *const odd[] = { "", " ", "down", "%", "((((", ")",
		"stock", "or or or", "except", "more than", "5%", "in in in",
		"critical", "vulnerability in", "any any any", "of of",
		"down down down down", "\xff\xfe", "Nvidia's", "'s 's",
		"12% drop in", "acquires acquires", "(Nvidia", "a the a the" };
	struct error error;
	size_t i, at, len;

	(void)state;
	for (i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
		arena_reset(&case_mem);
		at = len = 0;
		event_compile(shipped, odd[i], strlen(odd[i]), NULL,
		    &case_mem, &error, &at, &len);
		assert_true(at + len <= strlen(odd[i]));
	}
}

static void
keys_are_what_it_cannot_do_without(void **state)
{
	static const char phrase[] = "airline files for bankruptcy";
	static const char article[] = "Spirit Airlines files for bankruptcy";
	struct error error;
	struct event_pattern *p;
	struct analysis *a;
	uint32_t keys[8];
	size_t i, n;

	(void)state;
	arena_reset(&case_mem);
	p = event_compile(shipped, phrase, strlen(phrase), NULL, &case_mem,
	    &error, NULL, NULL);
	assert_non_null(p);
	n = event_keys(p, keys, 8);
	assert_true(n >= 2);
	a = analysis_run(shipped, text_article(&case_mem,
	    vocabulary_lexicon(shipped), article, ""), ARTICLE_NO_TIME,
	    &case_mem);
	for (i = 0; i < n; i++) {
		assert_true(keys[i] < vocabulary_nkeys(shipped));
		assert_true(analysis_has(a, keys[i]));
	}
	a = analysis_run(shipped, text_article(&case_mem,
	    vocabulary_lexicon(shipped), "The weather is fine", ""),
	    ARTICLE_NO_TIME, &case_mem);
	assert_false(analysis_has(a, keys[0]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(phrases_are_read),
		cmocka_unit_test(mistakes_point_at_the_word),
		cmocka_unit_test(amounts_behind_the_object),
		cmocka_unit_test(nothing_breaks_the_reader),
		cmocka_unit_test(keys_are_what_it_cannot_do_without),
	};

	return cmocka_run_group_tests(tests, load_shipped, free_shipped);
}
