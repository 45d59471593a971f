/*
 * What holds of event phrases whatever the article: they match the same again,
 * in any order of rules and articles, alone and among a thousand; their evidence
 * is in the text; and no text costs the square of its length.
 *
 * Rules and articles are the rows of the other tests' data.
 */
#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "base/mem.h"
#include "event_case.h"
#include "evidence_case.h"
#include "rule/analysis.h"
#include "rule/ruleset.h"

#define NRULES 1400
#define TEXTS_MAX 4096
#define EVERY 40	/* of the rules one in EVERY is tried alone */

struct story {
	const char	*title, *body;
	uint64_t	*found;		/* by rule: hash of its match, or 0 */
};

static struct rule_source rules[NRULES];
static size_t nrules, nevents;	/* event phrases come first */
static struct story stories[TEXTS_MAX];
static size_t nstories;
static struct arena mem;

/* ---- rules and articles -------------------------------------------------- */

static void
add_rule(const char *when)
{
	size_t i;

	for (i = 0; i < nrules; i++)
		if (strcmp(rules[i].when, when) == 0)
			return;
	assert_true(nrules < NRULES);
	rules[nrules++] = (struct rule_source){ .when = when,
	    .origin = "test", .name = arena_printf(&mem, "r%zu", i) };
}

/* Of each row the column with the rule and the one or two with the text. */
static void
read_rows(const char *path, int rule, int text, bool titled)
{
	FILE *f = fopen(path, "r");
	char line[4096], *rest, *column[8];
	struct story *s;
	int n;

	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '#' || line[0] == '\0')
			continue;
		rest = arena_strdup(&mem, line);
		for (n = 0; n < 8 && rest != NULL; n++)
			column[n] = strsep(&rest, "\t");
		assert_true(n > text && nstories < TEXTS_MAX);
		add_rule(column[rule]);
		s = &stories[nstories++];
		s->title = titled ? column[text] : "";
		s->body = titled ? (n > text + 1 ? column[text + 1] : "") :
		    column[text];
	}
	fclose(f);
}

static int
setup(void **state)
{
	size_t i;

	if (load_shipped(state) != 0)
		return -1;
	arena_init(&mem);
	read_rows("tests/data/cues.tsv", 4, 5, false);
	read_rows("tests/data/constructions.tsv", 2, 3, false);
	read_rows("tests/data/own-events.tsv", 0, 2, true);
	read_rows("tests/data/written-events.tsv", 0, 2, true);
	read_rows("tests/data/acts.tsv", 0, 2, true);
	nevents = nrules;
	while (nrules < NRULES)
		add_rule(arena_printf(&mem, "'word%zu' OR title:'profit'",
		    nrules));
	for (i = 0; i < nstories; i++)
		stories[i].found = arena_zalloc(&mem, NRULES,
		    sizeof(uint64_t));
	return 0;
}

static int
teardown(void **state)
{
	arena_free(&mem);
	return free_shipped(state);
}

/* ---- what is found ------------------------------------------------------- */

static size_t
run(struct matcher *m, const struct story *s, struct arena *scratch,
    struct match **found)
{
	static const struct match_context context = { .feed = "test" };
	struct article a;

	article_init(&a);
	a.title = s->title;
	a.content = s->body;
	return matcher_run(m, &a, &context, scratch, found);
}

static struct ruleset *
set_of(const struct rule_source *list, size_t n)
{
	struct problems p;
	struct ruleset *set;

	problems_init(&p);
	set = ruleset_new(shipped, list, n, &p);
	if (set == NULL)
		fail_msg("%s", p.n > 0 ? p.list[0].text : "no rules");
	problems_clear(&p);
	return set;
}

static void
evidence_lies_in_the_text(void **state)
{
	struct ruleset *set = set_of(rules, NRULES);
	struct matcher *m = matcher_new(set);
	struct match *found;
	struct arena scratch;
	size_t i, k, n, all = 0;

	(void)state;
	arena_init(&scratch);
	for (i = 0; i < nstories; i++) {
		arena_reset(&scratch);
		n = run(m, &stories[i], &scratch, &found);
		for (k = 0; k < n; k++) {
			evidence_check(&found[k].evidence,
			    stories[i].title, stories[i].body);
			stories[i].found[found[k].rule] =
			    evidence_hash(&found[k].evidence);
		}
		all += n;
	}
	assert_true(all > 1000);
	arena_free(&scratch);
	matcher_free(m);
	ruleset_free(set);
}

/* Rules and articles from the last to the first, by a matcher of its own. */
static void
order_does_not_matter(void **state)
{
	struct rule_source turned[NRULES];
	struct ruleset *set;
	struct matcher *m;
	struct match *found;
	struct arena scratch;
	uint64_t seen[NRULES];
	size_t i, k, n;

	(void)state;
	for (i = 0; i < NRULES; i++)
		turned[i] = rules[NRULES - 1 - i];
	set = set_of(turned, NRULES);
	m = matcher_new(set);
	arena_init(&scratch);
	for (i = nstories; i-- > 0;) {
		arena_reset(&scratch);
		memset(seen, 0, sizeof(seen));
		n = run(m, &stories[i], &scratch, &found);
		for (k = 0; k < n; k++)
			seen[NRULES - 1 - found[k].rule] =
			    evidence_hash(&found[k].evidence);
		assert_memory_equal(seen, stories[i].found, sizeof(seen));
	}
	arena_free(&scratch);
	matcher_free(m);
	ruleset_free(set);
}

static void
a_rule_matches_alone_as_among_a_thousand(void **state)
{
	struct ruleset *set;
	struct matcher *m;
	struct match *found;
	struct arena scratch;
	size_t i, r, n;

	(void)state;
	arena_init(&scratch);
	for (r = 0; r < NRULES; r += EVERY) {
		set = set_of(&rules[r], 1);
		m = matcher_new(set);
		for (i = r % 8; i < nstories; i += 8) {
			arena_reset(&scratch);
			n = run(m, &stories[i], &scratch, &found);
			assert_true((n == 0 ? 0 : evidence_hash(&found[0].evidence))
			    == stories[i].found[r]);
		}
		matcher_free(m);
		ruleset_free(set);
	}
	arena_free(&scratch);
}

/* Without the index that asks only rules whose words are there. */
static void
no_rule_is_passed_over(void **state)
{
	struct evidence e;
	const char *why;
	size_t i, r;

	(void)state;
	for (r = 0; r < nevents; r += 7)
		for (i = r % 9; i < nstories; i += 9)
			assert_int_equal(case_matches(rules[r].when, NULL,
			    stories[i].title, stories[i].body, &e, &why),
			    stories[i].found[r] != 0);
}

/* ---- what it costs ------------------------------------------------------- */

#define BYTES (1u << 20)
#define PROSE_TIMES 6
/* Of four times the text: four times the cost, or sixteen if it is squared. */
#define GROWTH_MAX 8

/* A text of so many bytes of pieces, one after another. */
static char *
long_text(const char *const *pieces, size_t n, size_t bytes)
{
	char *s = mem_alloc(bytes + 1);
	size_t len = 0, i, size;

	for (i = 0; (size = strlen(pieces[i % n])) + len <= bytes; i++) {
		memcpy(s + len, pieces[i % n], size);
		len += size;
	}
	s[len] = '\0';
	return s;
}

/* Processor time to analyse the text for one rule. */
static double
cost(const char *body)
{
	static const char rule[] = "semiconductor stock down more than 5%";
	struct event_pattern *p;
	struct analysis *a;
	struct evidence e;
	struct error error;
	clock_t begin;

	arena_reset(&case_mem);
	p = event_compile(shipped, rule, strlen(rule), NULL, &case_mem,
	    &error, NULL, NULL);
	begin = clock();
	a = analysis_run(shipped, text_article(&case_mem,
	    vocabulary_lexicon(shipped), "", body), ARTICLE_NO_TIME, &case_mem);
	event_match(p, a, &case_mem, &e);
	return (double)(clock() - begin) / CLOCKS_PER_SEC;
}

/* Whether four times as much of the piece costs far more than four times. */
static bool
grows_faster_than_text(const char *piece)
{
	double quarter, whole, least = INFINITY;
	char *s;
	int i;

	for (i = 0; i < 3; i++) {	/* again, on a busy machine */
		s = long_text(&piece, 1, BYTES / 4);
		quarter = cost(s);
		free(s);
		s = long_text(&piece, 1, BYTES);
		whole = cost(s);
		free(s);
		if (whole / quarter < least)
			least = whole / quarter;
		if (least <= GROWTH_MAX)
			return false;
	}
	printf("# \"%s\": %.1f times for four times the text\n", piece, least);
	return true;
}

/*
 * One sentence of a megabyte, of whatever pass could be made to look at all of
 * it for each of its words. What costs little more than as much prose is fine;
 * what costs more, since it says more, must not grow faster than the text.
 */
static void
no_text_costs_the_square_of_its_length(void **state)
{
	static const char *const shapes[] = {
		"Nvidia shares fell 8% and ", ", which fell 8%",
		"(Nvidia fell ", "- down 8% ", "if oil fell, ",
		"expected to cut 3,000 jobs ", "of Nvidia ", "$5 million ",
		"no longer ", "shares of ", "cut ", "$NVDA -5% ",
		"\"fell\" ", "Nvidia, AMD and ", "who bought it ",
		"to buy Splunk for $3 billion ", "from 5% to ", "that fell ",
		"acquisition of ", "rate hike ", "critical flaw in Chrome ",
		"DeepSeek tops the App Store ", "Zonk Devices, a chipmaker, ",
		"it is a chipmaker ", "falls, ", "up ", "as ", "Bank of ",
		"1 in 5 cars ", "not only ", "its ", "record high since ",
	};
	const char *prose[256];
	double limit, t;
	size_t i, n = 0;
	char *s;

	(void)state;
	for (i = 0; n < 256; i += 2) {
		prose[n++] = stories[i % nstories].body;
		prose[n++] = " ";
	}
	s = long_text(prose, n, BYTES);
	limit = PROSE_TIMES * cost(s);
	free(s);
	n = 0;
	for (i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		s = long_text(&shapes[i], 1, BYTES);
		t = cost(s);
		free(s);
		n += t > limit && grows_faster_than_text(shapes[i]);
	}
	assert_int_equal(n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(evidence_lies_in_the_text),
		cmocka_unit_test(order_does_not_matter),
		cmocka_unit_test(a_rule_matches_alone_as_among_a_thousand),
		cmocka_unit_test(no_rule_is_passed_over),
		cmocka_unit_test(no_text_costs_the_square_of_its_length),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
