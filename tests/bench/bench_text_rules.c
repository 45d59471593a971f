/*
 * Text rules by the number of rules, beside Vectorscan looking for the same
 * literals. Both must find the same matches, or there is no figure.
 *
 * usage: bench_text_rules DATA [RULES]        (made by corpus.py)
 * With RULES: one pass with so many rules, for who counts its instructions.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tests/bench/matching.h"

#define RULES_MAX	100000
#define WORDS_MAX	3

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

static struct rule_source *
sources(const struct known *in)
{
	struct rule_source *src = mem_zalloc(in->nrules, sizeof(*src));

	for (size_t i = 0; i < in->nrules; i++) {
		const struct rule_words *r = &in->rules[i];

		src[i].name = "r";
		src[i].when = mem_printf("'%s'%s%s%s%s%s%s", r->word[0],
		    r->n > 1 ? " AND '" : "", r->n > 1 ? r->word[1] : "",
		    r->n > 1 ? "'" : "", r->n > 2 ? " AND '" : "",
		    r->n > 2 ? r->word[2] : "", r->n > 2 ? "'" : "");
	}
	return src;
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
			t->hash += matching_mark(t->article, r);
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

/* Seconds an article when it scans and counts for each rule, as it must to tell
 * which rules match. */
static void
pass_theirs(struct theirs *t, char *const *texts, double *best)
{
	double took;

	memset(t->have_in, 0, t->in->nrules * sizeof(*t->have_in));
	took = 1 / run_theirs(t, texts, on_word);
	if (*best == 0 || took < *best)
		*best = took;
}
#endif

static const struct { size_t n; const char *name; double target; } SIZES[] = {
	{ 100, NULL, 0 }, { 1000, NULL, 0 },
	{ 10000, "text_rules_10k", 3 }, { 100000, "text_rules_100k", 5 },
};
#define NSIZES (sizeof(SIZES) / sizeof(*SIZES))

/* All sizes in turns, and Vectorscan where there is a target. */
static void
run(struct matching *m, const struct known *in, double *beside)
{
	for (int round = 0; round < MATCHING_ROUNDS / 2; round++)
		matching_round(m, NSIZES, &in->articles);
#ifdef HAVE_HS
	char **texts = input_texts(&in->articles);

	for (size_t i = 0; i < NSIZES; i++) {
		struct theirs t;

		if (SIZES[i].name == NULL)
			continue;
		open_theirs(&t, in, SIZES[i].n);
		run_theirs(&t, texts, on_count);
		for (int round = 0; round < MATCHING_ROUNDS; round++) {
			pass_theirs(&t, texts, &beside[i]);
			matching_round(&m[0], 1, &in->articles);
			matching_round(&m[i], 1, &in->articles);
		}
		if (t.hash != m[i].hash) {
			fprintf(stderr, "%zu rules: Vectorscan finds %zu"
			    " matches, and not the same\n", SIZES[i].n,
			    t.matches);
			exit(1);
		}
		fprintf(stderr, "vectorscan, %u literals: %.2f us an article,"
		    " of which scanning alone %.2f\n", t.nliterals,
		    beside[i] * 1e6, 1e6 / run_theirs(&t, texts, on_count));
		close_theirs(&t);
	}
#else
	(void)beside;
#endif
}

static int
count_one(const struct known *in, const struct rule_source *src, size_t n)
{
	struct matching m;

	matching_open(&m, NULL, src, n < in->nrules ? n : in->nrules);
	matching_pass(&m, &in->articles, MATCHING_COUNTED);
	matching_close(&m);
	return 0;
}

int
main(int argc, char **argv)
{
	struct matching m[NSIZES];
	double beside[NSIZES] = { 0 };
	struct rule_source *src;
	struct known in;

	if (argc < 2)
		return 2;
	input_read(&in.articles, argv[1], "articles.tsv");
	read_rules(&in, argv[1]);
	src = sources(&in);
	if (argc > 2)
		return count_one(&in, src, strtoul(argv[2], NULL, 10));
	for (size_t i = 0; i < NSIZES; i++)
		matching_open(&m[i], NULL, src, SIZES[i].n);
	run(m, &in, beside);
	for (size_t i = 0; i < NSIZES; i++)
		matching_print(&m[i], m, beside[i]);
	for (size_t i = 0; i < NSIZES; i++)
		if (SIZES[i].name != NULL)
			bench_row(SIZES[i].name, 1 / m[i].best, "articles/s",
			    "vectorscan: scan, and count for each rule",
			    beside[i] > 0 ? 1 / beside[i] : 0,
			    beside[i] / m[i].best, SIZES[i].target, 1);
	bench_row("text_growth_100k", m[NSIZES - 1].best * 1e6, "us/article",
	    "the same at 100 rules", m[0].best * 1e6,
	    m[NSIZES - 1].best / m[0].best, 4, 0);
	for (size_t i = 0; i < NSIZES; i++)
		matching_close(&m[i]);
	return 0;
}
