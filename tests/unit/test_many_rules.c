/*
 * A text query finds the same among a hundred thousand others as alone: the same
 * articles, with the same evidence; and the evidence is in the text, where it
 * says that it is.
 *
 * The queries are made of the words of the articles, which are rows of the other
 * tests' data: so words are as common as in any text, and many queries share
 * what they are indexed by.
 */
#include <ctype.h>

#include "event_case.h"
#include "evidence_case.h"
#include "rule/ruleset.h"
#include "slow.h"

#define NRULES		100000
#define NRULES_SLOW	4000	/* where each instruction costs many */
#define NALONE		400	/* of the rules, tried alone */
#define STORIES_MAX	1200
#define WORDS_MAX	40000
#define WORD_MAX	40

struct story {
	struct article	 article;
	uint32_t	 first, end;	/* its words */
};

struct world {
	struct arena		 mem;
	struct story		 stories[STORIES_MAX];
	uint32_t		 nstories;
	const char		*words[WORDS_MAX];
	uint32_t		 nwords;
	struct rule_source	*rules;
	uint32_t		 nrules;
	uint64_t		*found;	/* by story and tried rule: a hash, or 0 */
};

static uint32_t seed = 20251128;

static uint32_t
rnd(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (uint32_t)(((uint64_t)(seed >> 4) * n) >> 28);
}

/* ---- articles and their words ------------------------------------------- */

static void
add_words(struct world *w, const char *s)
{
	size_t n;

	for (; *s != '\0'; s += n) {
		for (n = 0; isalnum((unsigned char)s[n]); n++)
			;
		if (n > 0 && n < WORD_MAX && w->nwords < WORDS_MAX)
			w->words[w->nwords++] = arena_strndup(&w->mem, s, n);
		n += n == 0;
	}
}

static void
read_stories(struct world *w, const char *path, int column)
{
	FILE *f = fopen(path, "r");
	char line[4096], *rest, *part[8];
	struct story *s;
	int n;

	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL &&
	    w->nstories < STORIES_MAX) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '#' || line[0] == '\0')
			continue;
		rest = arena_strdup(&w->mem, line);
		for (n = 0; n < 8 && rest != NULL; n++)
			part[n] = strsep(&rest, "\t");
		assert_true(n > column);
		s = &w->stories[w->nstories++];
		article_init(&s->article);
		s->article.title = part[column];
		s->article.content = n > column + 1 ? part[column + 1] : "";
		s->first = w->nwords;
		add_words(w, s->article.title);
		add_words(w, s->article.content);
		s->end = w->nwords;
	}
	fclose(f);
}

/* ---- queries -------------------------------------------------------------- */

/* Common words come often, as they stand in the articles. */
static const char *
word(const struct world *w)
{
	return w->words[rnd(w->nwords)];
}

/* Two that stand beside each other somewhere. */
static const char *
phrase(struct world *w)
{
	uint32_t i = rnd(w->nwords - 1);

	return arena_printf(&w->mem, "'%s %s'", w->words[i], w->words[i + 1]);
}

static const char *
start(struct world *w)
{
	const char *s = word(w);
	size_t n = strlen(s);

	return n < 5 ? arena_printf(&w->mem, "'%s'", s) :
	    arena_printf(&w->mem, "%.*s*", (int)n - 2, s);
}

/* Two words of one article, so that some hold. */
static const char *
two(struct world *w, const char *form)
{
	const struct story *s = &w->stories[rnd(w->nstories)];
	uint32_t n = s->end - s->first;
	char query[256];

	if (n < 2)
		return phrase(w);
	snprintf(query, sizeof(query), "%s", "");
	for (const char *p = form; *p != '\0'; p++) {
		size_t len = strlen(query);

		if (*p == '@')
			snprintf(query + len, sizeof(query) - len, "%s",
			    w->words[s->first + rnd(n)]);
		else
			snprintf(query + len, sizeof(query) - len, "%c", *p);
	}
	return arena_strdup(&w->mem, query);
}

static const char *
query(struct world *w)
{
	static const char *const forms[] = { "'@' AND '@'", "'@' NEAR/6 '@'",
		"'@' SAME '@'", "title:'@' AND '@'", "'@' AND NOT '@'",
		"('@' OR '@') AND '@'", "'@' AND ('@' OR title:'@')",
		"ATLEAST/2('@') OR '@ @'", "='@' AND '@'",
		"'@' NEAR/3 ('@' OR '@') AND NOT title:'@'" };
	uint32_t k = rnd(14);

	switch (k) {
	case 10: return phrase(w);
	case 11: return start(w);
	case 12: return arena_printf(&w->mem, "%s AND %s", phrase(w),
	    start(w));
	case 13: return arena_printf(&w->mem, "'%s'", word(w));
	default: return two(w, forms[k]);
	}
}

/* ---- what is found -------------------------------------------------------- */

static struct ruleset *
set_of(const struct rule_source *rules, size_t n)
{
	struct problems p;
	struct ruleset *set;

	problems_init(&p);
	set = ruleset_new(shipped, rules, n, &p);
	if (set == NULL)
		fail_msg("%s: %s", p.list[0].where, p.list[0].text);
	problems_clear(&p);
	return set;
}

static size_t
run(struct matcher *m, const struct story *s, struct arena *mem,
    struct match **found)
{
	static const struct match_context context = { .feed = "test" };

	return matcher_run(m, &s->article, &context, mem, found);
}

/* Rule r is tried alone if it is a multiple of this. */
static uint32_t
step(const struct world *w)
{
	return w->nrules / NALONE;
}

static void
among_all(void **state)
{
	struct world *w = *state;
	struct ruleset *set = set_of(w->rules, w->nrules);
	struct matcher *m = matcher_new(set);
	struct match *found;
	struct arena mem;
	size_t all = 0;

	arena_init(&mem);
	for (uint32_t i = 0; i < w->nstories; i++) {
		size_t n;

		arena_reset(&mem);
		n = run(m, &w->stories[i], &mem, &found);
		for (size_t k = 0; k < n; k++) {
			evidence_check(&found[k].evidence,
			    w->stories[i].article.title,
			    w->stories[i].article.content);
			if (found[k].rule % step(w) == 0)
				w->found[i * NALONE + found[k].rule / step(w)] =
				    evidence_hash(&found[k].evidence);
		}
		all += n;
	}
	/* Neither nothing nor all. */
	assert_true(all > w->nstories);
	assert_true(all < (size_t)w->nstories * w->nrules / 4);
	arena_free(&mem);
	matcher_free(m);
	ruleset_free(set);
}

static void
alone(void **state)
{
	struct world *w = *state;
	struct match *found;
	struct arena mem;
	size_t all = 0;

	arena_init(&mem);
	for (uint32_t k = 0; k < NALONE; k++) {
		const struct rule_source *rule = &w->rules[k * step(w)];
		struct ruleset *set = set_of(rule, 1);
		struct matcher *m = matcher_new(set);

		for (uint32_t i = 0; i < w->nstories; i++) {
			size_t n;
			uint64_t hash;

			arena_reset(&mem);
			n = run(m, &w->stories[i], &mem, &found);
			hash = n == 0 ? 0 : evidence_hash(&found[0].evidence);
			if (hash != w->found[i * NALONE + k])
				fail_msg("%s: %s alone, %s among all: %s | %s",
				    rule->when, n == 0 ? "not" : "found",
				    w->found[i * NALONE + k] == 0 ? "not" :
				    "found", w->stories[i].article.title,
				    w->stories[i].article.content);
			all += n;
		}
		matcher_free(m);
		ruleset_free(set);
	}
	assert_true(all > NALONE);
	arena_free(&mem);
}

static int
setup(void **state)
{
	static struct world w;

	if (load_shipped(state) != 0)
		return -1;
	arena_init(&w.mem);
	read_stories(&w, "tests/data/own-events.tsv", 2);
	read_stories(&w, "tests/data/written-events.tsv", 2);
	w.nrules = under_valgrind() || under_sanitizers() ? NRULES_SLOW :
	    NRULES;
	w.rules = arena_zalloc(&w.mem, w.nrules, sizeof(*w.rules));
	for (uint32_t i = 0; i < w.nrules; i++)
		w.rules[i] = (struct rule_source){ .when = query(&w),
		    .origin = "test", .name = "r" };
	w.found = arena_zalloc(&w.mem, (size_t)w.nstories * NALONE,
	    sizeof(*w.found));
	*state = &w;
	return 0;
}

static int
teardown(void **state)
{
	struct world *w = *state;

	arena_free(&w->mem);
	return free_shipped(state);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(among_all),
		cmocka_unit_test(alone),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
