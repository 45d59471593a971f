#include "rule/index.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rule/event.h"
#include "rule/rarity.h"
#include "rule/vocabulary.h"

#define GUARDS 2

/* A rule waits for key; the guards must be there too (TERM_NONE: none). */
struct need {
	uint32_t	key, guard[GUARDS];
};

/* One of these must be there; n == 0: nothing need be. */
struct needs {
	struct need	*v;
	uint32_t	 n;
	double		 cost;
	bool		 enough;	/* with one of them the query holds */
};

struct posting {
	struct index_candidate	rule;		/* alone: it has no other one */
	uint32_t		guard[GUARDS];	/* doc_always: none */
};

struct index {
	const struct query_node *nodes;	/* of all rules */
	uint32_t	*start;		/* by term: its first posting; one more */
	struct posting	*postings;
	uint32_t	 nterms;
	uint32_t	 longest;	/* postings of one term */
	struct index_candidate *always;
	size_t		 nalways;
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
	return (struct needs){ NULL, 0, DBL_MAX, false };
}

/* enough: to ask for the term is all there is to the query. */
static struct needs
one(struct builder *b, uint32_t term, bool enough)
{
	struct needs x;

	if (term == TERM_NONE)
		return nothing();
	x.v = arena_alloc(&b->mem, sizeof(*x.v));
	x.v[0] = (struct need){ term, { TERM_NONE, TERM_NONE } };
	x.n = 1;
	x.cost = b->rarity[term];
	x.enough = enough;
	return x;
}

/* False: there is no room for it. */
static bool
guard(struct need *n, uint32_t term)
{
	if (term == TERM_NONE || term == n->key)
		return true;
	for (int i = 0; i < GUARDS; i++) {
		if (n->guard[i] == TERM_NONE)
			n->guard[i] = term;
		if (n->guard[i] == term)
			return true;
	}
	return false;
}

/* Both are needed: wait for the rarer, guarded by the other if it is one. */
static struct needs
both(struct needs a, struct needs b)
{
	struct needs t;

	if (b.cost < a.cost)
		t = a, a = b, b = t;
	a.enough = a.enough && b.enough && b.n == 1;
	for (uint32_t i = 0; i < a.n && b.n == 1; i++) {
		bool all = guard(&a.v[i], b.v[0].key);

		for (int g = 0; g < GUARDS; g++)
			all = guard(&a.v[i], b.v[0].guard[g]) && all;
		a.enough = a.enough && all;
	}
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
	x.enough = a.enough && c.enough;
	return x;
}

static struct needs
event_needs(struct builder *b, uint32_t event)
{
	uint32_t keys[QUERY_KEYS_MAX];
	size_t n = event_keys(b->pool->events[event], keys, QUERY_KEYS_MAX);
	struct needs x = nothing();

	for (size_t i = 0; i < n; i++)
		x = both(x, one(b, terms_of_key(b->pool->terms, keys[i]),
		    false));
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
	return one(b, b->pool->regexes[q->regex].gram, false);
}

/* What is inside must be there, but that is not all that is asked. */
static struct needs
not_enough(struct needs x)
{
	x.enough = false;
	return x;
}

static struct needs
needs_of(struct builder *b, uint32_t i)
{
	const struct query_node *n = &b->nodes[i];

	switch ((enum query_kind)n->kind) {
	case QUERY_AND:
		return list_needs(b, i, true);
	case QUERY_PHRASE: case QUERY_NEAR:
		return not_enough(list_needs(b, i, true));
	case QUERY_OR:
		return list_needs(b, i, false);
	case QUERY_FIELD: case QUERY_FIRST: case QUERY_ATLEAST:
	case QUERY_CASE:
		return not_enough(needs_of(b, i + 1));
	case QUERY_WORD:
		return one(b, n->arg, true);
	case QUERY_KEY:		/* perhaps of what turns out to be no tag */
		return one(b, n->arg, false);
	case QUERY_REGEX:
		return one(b, b->pool->regexes[n->arg].gram, false);
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
	return memcmp(a->guard, b->guard, sizeof(a->guard));
}

/* All rules' postings one after another, to be counted and laid out. */
struct wanted {
	struct posting	*v;
	uint32_t	*key;
	size_t		 n, cap, key_cap;
};

static void
want(struct wanted *w, const struct index *x, struct index_candidate rule,
    struct needs *n)
{
	size_t before = w->n;

	qsort(n->v, n->n, sizeof(*n->v), by_key);
	for (uint32_t k = 0; k < n->n; k++) {
		struct posting p = { .rule = rule };

		if (k > 0 && by_key(&n->v[k - 1], &n->v[k]) == 0)
			continue;
		p.rule.holds = n->enough;
		for (int g = 0; g < GUARDS; g++)
			p.guard[g] = n->v[k].guard[g] == TERM_NONE ?
			    x->nterms : n->v[k].guard[g];
		w->v = mem_grow(w->v, w->n, &w->cap, sizeof(*w->v));
		w->key = mem_grow(w->key, w->n, &w->key_cap, sizeof(*w->key));
		w->v[w->n] = p;
		w->key[w->n++] = n->v[k].key;
	}
	if (w->n == before + 1)
		w->v[before].rule.alone = 1;
}

static void
lay_out(struct index *x, const struct wanted *w)
{
	uint32_t *at = mem_zalloc((size_t)x->nterms + 1, sizeof(*at));

	x->start = mem_zalloc((size_t)x->nterms + 1, sizeof(*x->start));
	x->postings = mem_zalloc(w->n + 1, sizeof(*x->postings));
	for (size_t i = 0; i < w->n; i++)
		x->start[w->key[i] + 1]++;
	for (uint32_t t = 0; t < x->nterms; t++) {
		if (x->start[t + 1] > x->longest)
			x->longest = x->start[t + 1];
		x->start[t + 1] += x->start[t];
	}
	memcpy(at, x->start, ((size_t)x->nterms + 1) * sizeof(*at));
	for (size_t i = 0; i < w->n; i++)
		x->postings[at[w->key[i]]++] = w->v[i];
	free(at);
}

struct index *
index_new(const struct query_pool *pool, const struct index_rule *rules,
    size_t nrules)
{
	struct builder b = { .pool = pool };
	struct index *x = mem_zalloc(1, sizeof(*x));
	struct wanted w = { 0 };
	double *rarity;

	x->nterms = terms_count(pool->terms);
	x->nodes = pool->nodes;
	x->nrules = nrules;
	x->always = mem_zalloc(nrules + 1, sizeof(*x->always));
	rarity = rarity_of_all(pool->vocabulary, pool->terms);
	b.rarity = rarity;
	arena_init(&b.mem);
	for (size_t i = 0; i < nrules; i++) {
		struct index_candidate rule = { .rule = i & 0x1fffffff,
		    .plain = rules[i].plain, .first = rules[i].first };
		struct needs n;

		if (rules[i].first == INDEX_NO_RULE)
			continue;
		b.nodes = pool->nodes + rules[i].first;
		n = needs_of(&b, 0);
		if (n.n == 0)
			x->always[x->nalways++] = rule;
		else
			want(&w, x, rule, &n);
		arena_reset(&b.mem);
	}
	lay_out(x, &w);
	arena_free(&b.mem);
	free(rarity);
	free(w.v);
	free(w.key);
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

static bool
is_key(const struct terms *terms, uint32_t term)
{
	return term < terms_count(terms) &&
	    terms_get(terms, term)->kind == TERM_KEY;
}

void
index_keys(const struct index *x, const struct terms *terms, uint64_t *bits)
{
	for (uint32_t t = 0; t < x->nterms; t++) {
		bool key = is_key(terms, t);

		for (uint32_t i = x->start[t]; i < x->start[t + 1]; i++)
			for (int g = -1; g < (key ? 0 : GUARDS); g++) {
				uint32_t n = g < 0 ? t :
				    x->postings[i].guard[g];

				if (is_key(terms, n))
					bits[n / 64] |= UINT64_C(1) << n % 64;
			}
	}
}

void
index_work_init(struct index_work *w, const struct index *x)
{
	memset(w, 0, sizeof(*w));
	w->found = mem_zalloc(x->nrules + 1, sizeof(*w->found));
	w->seen = mem_zalloc(x->nrules + 1, sizeof(*w->seen));
	w->passed = mem_zalloc(x->longest + 1, sizeof(*w->passed));
}

void
index_work_clear(struct index_work *w)
{
	free(w->found);
	free(w->seen);
	free(w->passed);
	memset(w, 0, sizeof(*w));
}

static int
ascending(const void *pa, const void *pb)
{
	const struct index_candidate *a = pa, *b = pb;

	return a->rule < b->rule ? -1 : a->rule > b->rule;
}

#define FEW 32

static void
sort(struct index_candidate *v, size_t n)
{
	if (n > FEW) {
		qsort(v, n, sizeof(*v), ascending);
		return;
	}
	for (size_t i = 1; i < n; i++) {
		struct index_candidate x = v[i];
		size_t k = i;

		for (; k > 0 && v[k - 1].rule > x.rule; k--)
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

/* What passed its guards becomes a candidate. */
static void
add(const struct index *x, const struct doc *d, uint32_t key,
    const struct posting *p, struct index_work *w)
{
	struct index_candidate c = p->rule;

	if (!c.alone) {
		if (w->seen[c.rule] == w->epoch)
			return;
		w->seen[c.rule] = w->epoch;
	}
	c.holds = c.holds && doc_has_main(d, key) &&
	    doc_has_main(d, p->guard[0]) && doc_has_main(d, p->guard[1]);
	__builtin_prefetch(&x->nodes[c.first]);
	w->found[w->n++] = c;
}

static void
look(const struct index *x, const struct doc *d, struct index_work *w)
{
	for (size_t i = 0; i < d->npresent; i++) {
		uint32_t k = x->start[d->present[i]], n = 0;
		uint32_t end = x->start[d->present[i] + 1];

		/* Few pass: do not let the processor guess which. */
		for (; k < end; k++) {
			w->passed[n] = k;
			n += (unsigned)doc_has(d, x->postings[k].guard[0]) &
			    (unsigned)doc_has(d, x->postings[k].guard[1]);
		}
		for (k = 0; k < n; k++)
			add(x, d, d->present[i], &x->postings[w->passed[k]], w);
	}
}

void
index_look(const struct index *x, const struct doc *d, struct index_work *w)
{
	if (++w->epoch == 0) {
		memset(w->seen, 0, x->nrules * sizeof(*w->seen));
		w->epoch = 1;
	}
	if (x->nalways > 0)
		memcpy(w->found, x->always, x->nalways * sizeof(*w->found));
	w->n = x->nalways;
	prefetch(x, d);
	look(x, d, w);
	sort(w->found, w->n);
}
