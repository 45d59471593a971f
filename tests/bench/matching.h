/*
 * matching - a rule set of some size run over the articles; shared by the
 * benchmarks of rules.
 *
 * Sizes and yardsticks take turns, pass by pass, so that whatever else the
 * machine does meets all of them; the best pass of each counts.
 */
#ifndef TESTS_BENCH_MATCHING_H
#define TESTS_BENCH_MATCHING_H

#include <malloc.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/problems.h"
#include "rule/ruleset.h"
#include "rule/vocabulary.h"
#include "tests/bench/bench.h"
#include "tests/bench/input.h"

#define MATCHING_ROUNDS		12
#define MATCHING_PASSES		3	/* of one size in a round */
#define MATCHING_COUNTED	5000	/* articles, when instructions are counted */

struct matching {
	size_t		 n;		/* rules */
	struct vocabulary *own;		/* vocabulary, or NULL */
	struct ruleset	*rules;
	struct matcher	*matcher;
	double		 load;		/* seconds */
	double		 mb;
	double		 best;		/* seconds an article */
	uint64_t	 hash;		/* of all matches */
	uint64_t	 hash_first;	/* of those of the first `first` rules */
	size_t		 first, matches;
};

static inline uint64_t
matching_mark(size_t article, size_t rule)
{
	uint64_t x = article * 1000003u + rule + 1;

	x ^= x >> 31;
	x *= 0x9e3779b97f4a7c15u;
	return x ^ x >> 29;
}

static inline double
matching_memory(void)
{
	struct mallinfo2 m = mallinfo2();

	return (double)(m.uordblks + m.hblkhd) / 1e6;
}

/* Without a vocabulary, an empty one is made. */
static inline void
matching_open(struct matching *m, const struct vocabulary *v,
    const struct rule_source *rules, size_t n)
{
	double start = bench_now(), before = matching_memory();
	struct problems p;

	memset(m, 0, sizeof(*m));
	problems_init(&p);
	m->n = n;
	if (v == NULL) {
		v = m->own = vocabulary_new();
		vocabulary_finish(m->own, &p);
	}
	m->rules = ruleset_new(v, rules, n, &p);
	if (m->rules == NULL) {
		fprintf(stderr, "%s\n", p.list[0].text);
		exit(1);
	}
	m->load = bench_now() - start;
	m->matcher = matcher_new(m->rules);
	m->mb = matching_memory() - before;
	problems_clear(&p);
}

static inline void
matching_close(struct matching *m)
{
	matcher_free(m->matcher);
	ruleset_free(m->rules);
	vocabulary_free(m->own);
}

/* One pass over the first articles. */
static inline void
matching_pass(struct matching *m, const struct input *in, size_t articles)
{
	static const struct match_context context = { .feed = "" };
	double start = bench_now(), took;
	struct arena mem;

	arena_init(&mem);
	m->hash = m->hash_first = m->matches = 0;
	for (size_t a = 0; a < articles; a++) {
		struct match *found;
		size_t n = matcher_run(m->matcher, &in->articles[a], &context,
		    &mem, &found);

		for (size_t i = 0; i < n; i++) {
			uint64_t x = matching_mark(a, found[i].rule);

			m->hash += x;
			if (found[i].rule < m->first)
				m->hash_first += x;
		}
		m->matches += n;
		arena_reset(&mem);
	}
	arena_free(&mem);
	took = (bench_now() - start) / (double)articles;
	if (m->best == 0 || took < m->best)
		m->best = took;
}

static inline void
matching_round(struct matching *m, size_t n, const struct input *in)
{
	for (size_t i = 0; i < n; i++)
		for (int k = 0; k < MATCHING_PASSES; k++)
			matching_pass(&m[i], in, in->narticles);
}

/* One line of the table; beside: seconds an article of the yardstick, or 0. */
static inline void
matching_print(const struct matching *m, const struct matching *smallest,
    double beside)
{
	if (m == smallest)
		fprintf(stderr, "%9s %9s %8s %12s %11s %7s %11s %7s %8s\n",
		    "rules", "load s", "MB", "articles/s", "us/article",
		    "growth", "vectorscan", "ratio", "matches");
	fprintf(stderr, "%9zu %9.3f %8.1f %12.0f %11.2f %7.2f", m->n, m->load,
	    m->mb, 1 / m->best, m->best * 1e6, m->best / smallest->best);
	if (beside > 0)
		fprintf(stderr, " %11.2f %7.2f", beside * 1e6,
		    beside / m->best);
	else
		fprintf(stderr, " %11s %7s", "-", "-");
	fprintf(stderr, " %8zu\n", m->matches);
}

#endif
