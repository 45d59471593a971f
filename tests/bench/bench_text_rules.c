/*
 * Text rules by the number of rules, beside Vectorscan looking for the same
 * literals. Both must find the same matches, or there is no figure.
 *
 * usage: bench_text_rules DATA        (made by corpus.py)
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/problems.h"
#include "rule/ruleset.h"
#include "rule/vocabulary.h"
#include "tests/bench/bench.h"
#include "tests/bench/input.h"

#define RULES_MAX	100000
#define WORDS_MAX	3
#define SECONDS		1.0

struct rule_words {
	char	*word[WORDS_MAX];
	size_t	 n;
};

struct known {
	struct input		 articles;
	struct rule_words	*rules;
	size_t			 nrules;
};

static void
read_rules(struct known *in, const char *folder)
{
	char **lines = input_lines(folder, "rules.txt", &in->nrules), *save;

	if (in->nrules > RULES_MAX)
		in->nrules = RULES_MAX;
	in->rules = mem_zalloc(in->nrules, sizeof(*in->rules));
	for (size_t i = 0; i < in->nrules; i++) {
		struct rule_words *r = &in->rules[i];

		for (char *w = strtok_r(lines[i], " ", &save); w != NULL &&
		    r->n < WORDS_MAX; w = strtok_r(NULL, " ", &save))
			r->word[r->n++] = w;
	}
}

static uint64_t
mark(size_t article, size_t rule)
{
	uint64_t x = article * 1000003u + rule + 1;

	x ^= x >> 31;
	x *= 0x9e3779b97f4a7c15u;
	return x ^ x >> 29;
}

/* ---- ours ---- */

struct ours {
	struct vocabulary	*vocabulary;
	struct ruleset		*rules;
	struct matcher		*matcher;
	double			 load;
};

static void
open_ours(struct ours *o, const struct known *in, size_t n)
{
	struct rule_source *src = mem_zalloc(n, sizeof(*src));
	struct problems p;
	double start;

	problems_init(&p);
	for (size_t i = 0; i < n; i++) {
		const struct rule_words *r = &in->rules[i];

		src[i].name = "r";
		src[i].when = mem_printf("'%s'%s%s%s%s%s%s", r->word[0],
		    r->n > 1 ? " AND '" : "", r->n > 1 ? r->word[1] : "",
		    r->n > 1 ? "'" : "", r->n > 2 ? " AND '" : "",
		    r->n > 2 ? r->word[2] : "", r->n > 2 ? "'" : "");
	}
	start = bench_now();
	o->vocabulary = vocabulary_new();
	vocabulary_finish(o->vocabulary, &p);
	o->rules = ruleset_new(o->vocabulary, src, n, &p);
	o->load = bench_now() - start;
	if (o->rules == NULL) {
		fprintf(stderr, "%s\n", p.list[0].text);
		exit(1);
	}
	o->matcher = matcher_new(o->rules);
	for (size_t i = 0; i < n; i++)
		free((char *)(uintptr_t)src[i].when);
	free(src);
	problems_clear(&p);
}

static void
close_ours(struct ours *o)
{
	matcher_free(o->matcher);
	ruleset_free(o->rules);
	vocabulary_free(o->vocabulary);
}

static uint64_t
run_ours(struct ours *o, const struct known *in, size_t *matches)
{
	static const struct match_context context = { .feed = "" };
	uint64_t hash = 0;
	struct arena mem;

	arena_init(&mem);
	*matches = 0;
	for (size_t a = 0; a < in->articles.narticles; a++) {
		struct match *found;
		size_t n = matcher_run(o->matcher, &in->articles.articles[a], &context,
		    &mem, &found);

		for (size_t i = 0; i < n; i++)
			hash += mark(a, found[i].rule);
		*matches += n;
		arena_reset(&mem);
	}
	arena_free(&mem);
	return hash;
}

/* Articles a second: the best of the rounds that fit the time. */
static double
time_ours(struct ours *o, const struct known *in, uint64_t *hash,
    size_t *matches)
{
	double best = 0, all = 0;

	while (all < SECONDS) {
		double start = bench_now(), took;

		*hash = run_ours(o, in, matches);
		took = bench_now() - start;
		all += took;
		if ((double)in->articles.narticles / took > best)
			best = (double)in->articles.narticles / took;
	}
	return best;
}

/* ---- Vectorscan ---- */

#ifdef HAVE_HS
struct theirs {
	hs_database_t	*db;
	hs_scratch_t	*scratch;
	char		**literals;
	unsigned	 nliterals;
	uint32_t	*start, *rules;		/* literal -> rules */
	const struct known *in;
	/* while scanning */
	const char	*text;
	size_t		 len, article, count;
	uint32_t	*seen, *have, *have_in;
	uint64_t	 hash;
	size_t		 matches;
};

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static unsigned
literal_of(const struct theirs *t, const char *word)
{
	char **found = bsearch(&word, t->literals, t->nliterals,
	    sizeof(*t->literals), by_text);

	return (unsigned)(found - t->literals);
}

static void
collect_literals(struct theirs *t, size_t n)
{
	char **all = mem_zalloc(n * WORDS_MAX, sizeof(*all));
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t w = 0; w < t->in->rules[i].n; w++)
			all[k++] = t->in->rules[i].word[w];
	qsort(all, k, sizeof(*all), by_text);
	for (size_t i = 0; i < k; i++)
		if (t->nliterals == 0 || strcmp(all[t->nliterals - 1],
		    all[i]) != 0)
			all[t->nliterals++] = all[i];
	t->literals = all;
}

static void
post_literals(struct theirs *t, size_t n)
{
	uint32_t *at;

	t->start = mem_zalloc(t->nliterals + 2, sizeof(*t->start));
	for (size_t i = 0; i < n; i++)
		for (size_t w = 0; w < t->in->rules[i].n; w++)
			t->start[literal_of(t, t->in->rules[i].word[w]) + 1]++;
	for (unsigned i = 0; i < t->nliterals; i++)
		t->start[i + 1] += t->start[i];
	t->rules = mem_zalloc(t->start[t->nliterals] + 1, sizeof(*t->rules));
	at = mem_zalloc(t->nliterals + 1, sizeof(*at));
	for (size_t i = 0; i < n; i++)
		for (size_t w = 0; w < t->in->rules[i].n; w++) {
			unsigned l = literal_of(t, t->in->rules[i].word[w]);

			t->rules[t->start[l] + at[l]++] = (uint32_t)i;
		}
	free(at);
	t->seen = mem_zalloc(t->nliterals + 1, sizeof(*t->seen));
	t->have = mem_zalloc(n + 1, sizeof(*t->have));
	t->have_in = mem_zalloc(t->in->nrules + 1, sizeof(*t->have_in));
}

static void
open_theirs(struct theirs *t, const struct known *in, size_t n)
{
	memset(t, 0, sizeof(*t));
	t->in = in;
	collect_literals(t, n);
	post_literals(t, n);
	t->db = input_database(t->literals, t->nliterals);
	if (hs_alloc_scratch(t->db, &t->scratch) != HS_SUCCESS)
		exit(1);
}

static void
close_theirs(struct theirs *t)
{
	hs_free_scratch(t->scratch);
	hs_free_database(t->db);
	free(t->literals);
	free(t->start);
	free(t->rules);
	free(t->seen);
	free(t->have);
	free(t->have_in);
}

static int
on_count(unsigned id, unsigned long long from, unsigned long long to,
    unsigned flags, void *arg)
{
	struct theirs *t = arg;

	(void)id;
	(void)from;
	(void)to;
	(void)flags;
	t->count++;
	return 0;
}

static bool
alnum(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' &&
	    (c | 0x20) <= 'z');
}

/* The whole work: whole words only, and rules whose words are all there. */
static int
on_word(unsigned id, unsigned long long from, unsigned long long to,
    unsigned flags, void *arg)
{
	struct theirs *t = arg;
	size_t start = to - strlen(t->literals[id]);
	uint32_t now = (uint32_t)t->article + 1;

	(void)from;
	(void)flags;
	if ((start > 0 && alnum(t->text[start - 1])) ||
	    (to < t->len && alnum(t->text[to])) || t->seen[id] == now)
		return 0;
	t->seen[id] = now;
	for (uint32_t k = t->start[id]; k < t->start[id + 1]; k++) {
		uint32_t r = t->rules[k];

		if (t->have_in[r] != now) {
			t->have_in[r] = now;
			t->have[r] = 0;
		}
		if (++t->have[r] == t->in->rules[r].n) {
			t->hash += mark(t->article, r);
			t->matches++;
		}
	}
	return 0;
}

/* Title and body as one block, as one line each of a file would be. */
static double
run_theirs(struct theirs *t, char *const *texts, match_event_handler each)
{
	double start = bench_now();

	t->hash = 0;
	t->matches = 0;
	memset(t->seen, 0, t->nliterals * sizeof(*t->seen));
	for (t->article = 0; t->article < t->in->articles.narticles; t->article++) {
		t->text = texts[t->article];
		t->len = strlen(t->text);
		hs_scan(t->db, t->text, (unsigned)t->len, 0, t->scratch, each,
		    t);
	}
	return (double)t->in->articles.narticles / (bench_now() - start);
}

/* Articles a second when it scans and counts for each rule, as it must to tell
 * which rules match; to stderr also what scanning alone would take. */
static double
time_theirs(struct theirs *t, uint64_t *hash)
{
	char **texts = input_texts(&t->in->articles);
	double best = 0, scan, now;

	run_theirs(t, texts, on_count);
	scan = run_theirs(t, texts, on_count);
	for (double start = bench_now(); bench_now() - start < SECONDS;) {
		memset(t->have_in, 0, t->in->nrules * sizeof(*t->have_in));
		now = run_theirs(t, texts, on_word);
		best = now > best ? now : best;
	}
	*hash = t->hash;
	fprintf(stderr, "    vectorscan, %u literals: %.0f articles/s, %.0f"
	    " for scanning alone\n", t->nliterals, best, scan);
	return best;
}
#endif

static double
beside(const struct known *in, size_t n, uint64_t hash)
{
#ifdef HAVE_HS
	struct theirs t;
	uint64_t other;
	double speed;

	open_theirs(&t, in, n);
	speed = time_theirs(&t, &other);
	if (other != hash) {
		fprintf(stderr, "%zu rules: Vectorscan finds %zu matches, and"
		    " not the same\n", n, t.matches);
		exit(1);
	}
	close_theirs(&t);
	return speed;
#else
	(void)in;
	(void)n;
	(void)hash;
	return 0;
#endif
}

int
main(int argc, char **argv)
{
	static const struct { size_t n; const char *name; double target; }
	    SIZES[] = {
		{ 100, NULL, 0 }, { 1000, NULL, 0 },
		{ 10000, "text_rules_10k", 3 },
		{ 100000, "text_rules_100k", 5 },
	};
	struct known in;
	double first = 0, last = 0;

	if (argc < 2)
		return 2;
	input_read(&in.articles, argv[1]);
	read_rules(&in, argv[1]);
	for (size_t i = 0; i < sizeof(SIZES) / sizeof(*SIZES); i++) {
		struct ours o;
		uint64_t hash;
		size_t matches;

		if (SIZES[i].n > in.nrules)
			break;
		open_ours(&o, &in, SIZES[i].n);
		last = time_ours(&o, &in, &hash, &matches);
		if (i == 0)
			first = last;
		fprintf(stderr, "%zu rules: loaded in %.3f s, %.0f articles/s,"
		    " %zu matches\n", SIZES[i].n, o.load, last, matches);
		close_ours(&o);
		if (SIZES[i].name != NULL) {
			double y = beside(&in, SIZES[i].n, hash);

			bench_row(SIZES[i].name, last, "articles/s",
			    "vectorscan: scan, and count for each rule", y,
			    y > 0 ? last / y : 0, SIZES[i].target, 1);
		}
	}
	bench_row("text_growth_100k", 1e6 / last, "us/article",
	    "the same at 100 rules", 1e6 / first, first / last, 4, 0);
	return 0;
}
