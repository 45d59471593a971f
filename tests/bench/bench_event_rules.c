/*
 * 1,000 event rules, beside Vectorscan looking for the literals of the
 * vocabulary in the same articles.
 *
 * usage: bench_event_rules DATA VOCABULARY
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/problems.h"
#include "config/vocabulary_read.h"
#include "rule/ruleset.h"
#include "rule/vocabulary.h"
#include "tests/bench/bench.h"
#include "tests/bench/input.h"

#define RULES	1000
#define SECONDS	2.0

/* What one company may be said to do, the i-th way. */
static char *
phrase(const char *who, size_t i)
{
	int n = (int)(i % 20) + 1;

	switch (i % 6) {
	case 0: return mem_printf("%s stock down more than %d%%", who, n);
	case 1: return mem_printf("%s stock up more than %d%%", who, n);
	case 2: return mem_printf("%s profit up more than %d%%", who, n);
	case 3: return mem_printf("%s revenue down more than %d%%", who, n);
	case 4: return mem_printf("%s cuts more than %d jobs", who, n * 100);
	default: return mem_printf("%s acquires company", who);
	}
}

/* The name is a rule's way to say the company; those that are not are left. */
static size_t
make_rules(const struct vocabulary *v, char **names, size_t n,
    struct rule_source *rules)
{
	size_t made = 0;

	for (size_t i = 0; made < RULES && i < 20 * RULES; i++) {
		struct rule_source one = { .name = "r", .origin = "bench",
		    .when = phrase(names[i / 6 % n], i) };
		struct ruleset *rs;
		struct problems p;

		problems_init(&p);
		rs = ruleset_new(v, &one, 1, &p);
		if (rs != NULL)
			rules[made++] = one;
		ruleset_free(rs);
		problems_clear(&p);
	}
	return made;
}

static double
time_rules(struct matcher *m, const struct input *in, size_t *matches)
{
	static const struct match_context context = { .feed = "" };
	double best = 0;
	struct arena mem;

	arena_init(&mem);
	for (double begin = bench_now(); bench_now() - begin < SECONDS;) {
		double start = bench_now(), took;

		*matches = 0;
		for (size_t a = 0; a < in->narticles; a++) {
			struct match *found;

			*matches += matcher_run(m, &in->articles[a], &context,
			    &mem, &found);
			arena_reset(&mem);
		}
		took = bench_now() - start;
		if (best == 0 || took < best)
			best = took;
	}
	arena_free(&mem);
	return best / (double)in->narticles;
}

int
main(int argc, char **argv)
{
	struct rule_source rules[RULES];
	struct vocabulary *v;
	struct matcher *m;
	struct ruleset *rs;
	struct problems p;
	struct input in;
	size_t n, matches = 0;
	double ours, theirs;
	char **lines;

	if (argc != 3)
		return 2;
	problems_init(&p);
	input_read(&in, argv[1]);
	v = vocabulary_read(argv[2], &p);
	if (v == NULL) {
		fprintf(stderr, "%s: %s\n", p.list[0].where, p.list[0].text);
		return 1;
	}
	lines = input_lines(argv[1], "companies.txt", &n);
	n = make_rules(v, lines, n, rules);
	rs = ruleset_new(v, rules, n, &p);
	m = matcher_new(rs);
	ours = time_rules(m, &in, &matches);
	lines = input_lines(argv[1], "literals.txt", &n);
	theirs = input_scan(&in, lines, n);
	fprintf(stderr, "%zu event rules: %.2f us an article, %zu matches;"
	    " vectorscan, %zu literals: %.2f us\n", ruleset_count(rs),
	    ours * 1e6, matches, n, theirs * 1e6);
	bench_row("event_rules_1k", ours * 1e6, "us/article",
	    "vectorscan, the vocabulary's literals", theirs * 1e6,
	    theirs > 0 ? ours / theirs : 0, 4, 0);
	matcher_free(m);
	ruleset_free(rs);
	vocabulary_free(v);
	return 0;
}
