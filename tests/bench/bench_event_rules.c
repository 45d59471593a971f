/*
 * Event phrases by the number of rules, beside Vectorscan looking for the
 * literals of the vocabulary in the same articles. The first rules must find
 * the same, however many others there are.
 *
 * usage: bench_event_rules DATA VOCABULARY [RULES]
 * With RULES: one pass with so many rules, for who counts its instructions.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "config/vocabulary_read.h"
#include "rule/event.h"
#include "tests/bench/matching.h"

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

static const size_t SIZES[] = { 12, 100, 1000, 10000 };
#define NSIZES	(sizeof(SIZES) / sizeof(*SIZES))
#define RULES	10000
#define TARGET	2		/* index of the size that has one */

/* The name is a rule's way to say the company; those that are not are left. */
static size_t
make_rules(const struct vocabulary *v, char **names, size_t n,
    struct rule_source *rules)
{
	size_t made = 0;
	struct arena mem;
	struct error err;

	arena_init(&mem);
	for (size_t i = 0; made < RULES && i < 20 * RULES; i++) {
		struct rule_source one = { .name = "r", .origin = "bench",
		    .when = phrase(names[i / 6 % n], i) };

		if (event_compile(v, one.when, strlen(one.when), NULL, &mem,
		    &err, NULL, NULL) != NULL)
			rules[made++] = one;
		arena_reset(&mem);
	}
	arena_free(&mem);
	return made;
}

static double
run(struct matching *m, const struct input *in, char *const *literals, size_t n)
{
	struct input_scan scan;

	input_scan_open(&scan, in, literals, n);
	for (int round = 0; round < MATCHING_ROUNDS; round++) {
		for (size_t i = 0; i < NSIZES; i++)
			matching_pass(&m[i], in, in->narticles);
		input_scan_pass(&scan);
	}
	for (size_t i = 1; i < NSIZES; i++)
		if (m[i].hash_first != m[i - 1].hash) {
			fprintf(stderr, "%zu rules: the first %zu of them find"
			    " something else\n", m[i].n, m[i].first);
			exit(1);
		}
	input_scan_close(&scan);
	return scan.best;
}

static int
count_one(const struct vocabulary *v, const struct input *in,
    const struct rule_source *rules, size_t n)
{
	struct matching m;

	matching_open(&m, v, rules, n);
	matching_pass(&m, in, MATCHING_COUNTED);
	matching_close(&m);
	return 0;
}

int
main(int argc, char **argv)
{
	static struct rule_source rules[RULES];
	struct matching m[NSIZES];
	struct vocabulary *v;
	struct problems p;
	struct input in;
	size_t n, made;
	double beside;
	char **lines;

	if (argc < 3)
		return 2;
	problems_init(&p);
	input_read(&in, argv[1], "news.tsv");
	v = vocabulary_read(argv[2], &p);
	if (v == NULL) {
		fprintf(stderr, "%s: %s\n", p.list[0].where, p.list[0].text);
		return 1;
	}
	lines = input_lines(argv[1], "companies.txt", &n);
	made = make_rules(v, lines, n, rules);
	if (argc > 3) {
		n = strtoul(argv[3], NULL, 10);
		return count_one(v, &in, rules, n < made ? n : made);
	}
	for (size_t i = 0; i < NSIZES; i++) {
		matching_open(&m[i], v, rules, SIZES[i] < made ? SIZES[i] :
		    made);
		m[i].first = i > 0 ? m[i - 1].n : 0;
	}
	lines = input_lines(argv[1], "literals.txt", &n);
	beside = run(m, &in, lines, n);
	for (size_t i = 0; i < NSIZES; i++)
		matching_print(&m[i], m, beside);
	bench_row("event_rules_1k", m[TARGET].best * 1e6, "us/article",
	    "vectorscan, the vocabulary's literals", beside * 1e6,
	    beside > 0 ? m[TARGET].best / beside : 0, 4, 0);
	for (size_t i = 0; i < NSIZES; i++)
		matching_close(&m[i]);
	vocabulary_free(v);
	return 0;
}
