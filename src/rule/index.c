#include "rule/index.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rule/event.h"
#include "rule/rarity.h"
#include "rule/vocabulary.h"

/* A rule waits for key; guard, if any, must be there too. */
struct need {
	uint32_t	key, guard;
};

/* One of these must be there; n == 0: nothing need be. */
struct needs {
	struct need	*v;
	uint32_t	 n;
	double		 cost;
};

struct posting {
	uint32_t	rule, guard;
};

struct index {
	uint32_t	*start;		/* by term: its first posting; one more */
	struct posting	*postings;
	uint32_t	 nterms;
	uint32_t	*always;
	uint32_t	 nalways;
	size_t		 nrules;
};

struct builder {
	const struct query_pool	*pool;
	const struct query_node	*nodes;		/* of the rule at hand */
	const double		*rarity;	/* by term */
	struct arena		 mem;		/* for one rule */
};

static struct needs needs_of(struct builder *, uint32_t);

static struct needs
nothing(void)
{
	return (struct needs){ NULL, 0, DBL_MAX };
}

static struct needs
one(struct builder *b, uint32_t term)
{
	struct needs x;

	if (term == TERM_NONE)
		return nothing();
	x.v = arena_alloc(&b->mem, sizeof(*x.v));
	x.v[0] = (struct need){ term, TERM_NONE };
	x.n = 1;
	x.cost = b->rarity[term];
	return x;
}

/* Both are needed: wait for the rarer, guarded by the other if it is one. */
static struct needs
both(struct needs a, struct needs b)
{
	struct needs t;

	if (b.cost < a.cost)
		t = a, a = b, b = t;
	if (a.n > 0 && b.n == 1)
		for (uint32_t i = 0; i < a.n; i++)
			if (a.v[i].guard == TERM_NONE &&
			    a.v[i].key != b.v[0].key)
				a.v[i].guard = b.v[0].key;
	return a;
}

static struct needs
either(struct builder *b, struct needs a, struct needs c)
{
	struct needs x;

	if (a.n == 0 || c.n == 0)
		return nothing();
	x.n = a.n + c.n;
	x.v = arena_alloc(&b->mem, x.n * sizeof(*x.v));
	memcpy(x.v, a.v, a.n * sizeof(*x.v));
	memcpy(x.v + a.n, c.v, c.n * sizeof(*x.v));
	x.cost = a.cost + c.cost;
	return x;
}

static struct needs
event_needs(struct builder *b, uint32_t event)
{
	uint32_t keys[QUERY_KEYS_MAX];
	size_t n = event_keys(b->pool->events[event], keys, QUERY_KEYS_MAX);
	struct needs x = nothing();

	for (size_t i = 0; i < n; i++)
		x = both(x, one(b, terms_of_key(b->pool->terms, keys[i])));
	return x;
}

static struct needs
list_needs(struct builder *b, uint32_t i, bool all)
{
	uint32_t k = i + 1, end = b->nodes[i].end;
	struct needs x = needs_of(b, k);

	for (k = b->nodes[k].end; k < end; k = b->nodes[k].end) {
		struct needs y = needs_of(b, k);

		x = all ? both(x, y) : either(b, x, y);
	}
	return x;
}

/* title =~ /…/ needs what its expression needs: that text is searched, too. */
static struct needs
compare_needs(struct builder *b, uint32_t compare)
{
	const struct query_compare *q = &b->pool->compares[compare];

	if (q->regex == TERM_NONE || q->relop == REL_NE ||
	    q->relop == REL_NOMATCH || q->field > FIELD_CATEGORY)
		return nothing();
	return one(b, b->pool->regexes[q->regex].gram);
}

static struct needs
needs_of(struct builder *b, uint32_t i)
{
	const struct query_node *n = &b->nodes[i];

	switch ((enum query_kind)n->kind) {
	case QUERY_AND: case QUERY_NEAR: case QUERY_PHRASE:
		return list_needs(b, i, true);
	case QUERY_OR:
		return list_needs(b, i, false);
	case QUERY_FIELD: case QUERY_FIRST: case QUERY_ATLEAST:
	case QUERY_CASE:
		return needs_of(b, i + 1);
	case QUERY_WORD:
		return one(b, n->arg);
	case QUERY_REGEX:
		return one(b, b->pool->regexes[n->arg].gram);
	case QUERY_EVENT:
		return event_needs(b, n->arg);
	case QUERY_COMPARE:
		return compare_needs(b, n->arg);
	case QUERY_NOT:
		break;
	}
	return nothing();
}

static int
by_key(const void *pa, const void *pb)
{
	const struct need *a = pa, *b = pb;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return a->guard < b->guard ? -1 : a->guard > b->guard;
}

/* All rules' needs one after another, to be counted and laid out. */
struct wanted {
	struct need	*v;
	uint32_t	*rule;
	size_t		 n, cap, rule_cap;
};

static void
want(struct wanted *w, struct need need, uint32_t rule)
{
	w->v = mem_grow(w->v, w->n, &w->cap, sizeof(*w->v));
	w->rule = mem_grow(w->rule, w->n, &w->rule_cap, sizeof(*w->rule));
	w->v[w->n] = need;
	w->rule[w->n++] = rule;
}

static void
lay_out(struct index *x, const struct wanted *w)
{
	uint32_t *at = mem_zalloc((size_t)x->nterms + 1, sizeof(*at));

	x->start = mem_zalloc((size_t)x->nterms + 1, sizeof(*x->start));
	x->postings = mem_zalloc(w->n + 1, sizeof(*x->postings));
	for (size_t i = 0; i < w->n; i++)
		x->start[w->v[i].key + 1]++;
	for (uint32_t t = 0; t < x->nterms; t++)
		x->start[t + 1] += x->start[t];
	memcpy(at, x->start, ((size_t)x->nterms + 1) * sizeof(*at));
	for (size_t i = 0; i < w->n; i++)
		x->postings[at[w->v[i].key]++] = (struct posting){
		    w->rule[i], w->v[i].guard };
	free(at);
}

struct index *
index_new(const struct query_pool *pool, const uint32_t *first, size_t nrules)
{
	struct builder b = { .pool = pool };
	struct index *x = mem_zalloc(1, sizeof(*x));
	struct wanted w = { 0 };
	double *rarity;

	x->nterms = terms_count(pool->terms);
	x->nrules = nrules;
	x->always = mem_zalloc(nrules + 1, sizeof(*x->always));
	rarity = mem_zalloc((size_t)x->nterms + 1, sizeof(*rarity));
	for (uint32_t t = 0; t < x->nterms; t++)
		rarity[t] = rarity_of(vocabulary_lexicon(pool->vocabulary),
		    terms_get(pool->terms, t));
	b.rarity = rarity;
	arena_init(&b.mem);
	for (size_t i = 0; i < nrules; i++) {
		struct needs n;

		if (first[i] == INDEX_NO_RULE)
			continue;
		b.nodes = pool->nodes + first[i];
		n = needs_of(&b, 0);
		if (n.n == 0)
			x->always[x->nalways++] = (uint32_t)i;
		else
			qsort(n.v, n.n, sizeof(*n.v), by_key);
		for (uint32_t k = 0; k < n.n; k++)
			if (k == 0 || by_key(&n.v[k - 1], &n.v[k]) != 0)
				want(&w, n.v[k], (uint32_t)i);
		arena_reset(&b.mem);
	}
	lay_out(x, &w);
	arena_free(&b.mem);
	free(rarity);
	free(w.v);
	free(w.rule);
	return x;
}

void
index_free(struct index *x)
{
	if (x == NULL)
		return;
	free(x->start);
	free(x->postings);
	free(x->always);
	free(x);
}

size_t
index_always(const struct index *x)
{
	return x->nalways;
}

void
index_work_init(struct index_work *w, const struct index *x)
{
	memset(w, 0, sizeof(*w));
	w->rules = mem_zalloc(x->nrules + 1, sizeof(*w->rules));
	w->seen = mem_zalloc(x->nrules + 1, sizeof(*w->seen));
}

void
index_work_clear(struct index_work *w)
{
	free(w->rules);
	free(w->seen);
	memset(w, 0, sizeof(*w));
}

static int
ascending(const void *pa, const void *pb)
{
	const uint32_t *a = pa, *b = pb;

	return *a < *b ? -1 : *a > *b;
}

#define FEW 32

static void
sort(uint32_t *v, size_t n)
{
	if (n > FEW) {
		qsort(v, n, sizeof(*v), ascending);
		return;
	}
	for (size_t i = 1; i < n; i++) {
		uint32_t x = v[i];
		size_t k = i;

		for (; k > 0 && v[k - 1] > x; k--)
			v[k] = v[k - 1];
		v[k] = x;
	}
}

/* Ask for what look() will read of each term, so that it comes together. */
static void
prefetch(const struct index *x, const struct doc *d)
{
	for (size_t i = 0; i < d->npresent; i++)
		__builtin_prefetch(&x->start[d->present[i]]);
	for (size_t i = 0; i < d->npresent; i++)
		__builtin_prefetch(&x->postings[x->start[d->present[i]]]);
}

static void
look(const struct index *x, const struct doc *d, struct index_work *w)
{
	for (size_t i = 0; i < d->npresent; i++) {
		uint32_t t = d->present[i];

		for (uint32_t k = x->start[t]; k < x->start[t + 1]; k++) {
			struct posting p = x->postings[k];

			if (p.guard != TERM_NONE && !doc_has(d, p.guard))
				continue;
			if (w->seen[p.rule] == w->epoch)
				continue;
			w->seen[p.rule] = w->epoch;
			w->rules[w->n++] = p.rule;
		}
	}
}

void
index_look(const struct index *x, const struct doc *d, struct index_work *w)
{
	if (++w->epoch == 0) {
		memset(w->seen, 0, x->nrules * sizeof(*w->seen));
		w->epoch = 1;
	}
	memcpy(w->rules, x->always, x->nalways * sizeof(*w->rules));
	w->n = x->nalways;
	prefetch(x, d);
	look(x, d, w);
	sort(w->rules, w->n);
}
