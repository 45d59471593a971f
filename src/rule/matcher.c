#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/mem.h"
#include "rule/rules.h"

struct matcher {
	const struct ruleset	*rules;
	struct doc		 doc;
	struct regex_work	*regex;
	struct index_work	 work;
	struct arena		 mem;		/* for one rule */
	struct match_context	 context;
	struct match		*found;
	size_t			 nfound, found_cap;
};

struct matcher *
matcher_new(const struct ruleset *rs)
{
	struct matcher *m = mem_zalloc(1, sizeof(*m));

	m->rules = rs;
	doc_init(&m->doc, rs->pool.terms);
	index_work_init(&m->work, rs->index);
	m->regex = regex_work_new();
	arena_init(&m->mem);
	return m;
}

void
matcher_free(struct matcher *m)
{
	if (m == NULL)
		return;
	doc_clear(&m->doc);
	index_work_clear(&m->work);
	regex_work_free(m->regex);
	arena_free(&m->mem);
	free(m->found);
	free(m);
}

static void
look(struct matcher *m, const struct article *a,
    const struct match_context *context, unsigned what)
{
	m->context = *context;
	if (m->context.feed == NULL)
		m->context.feed = "";
	doc_look(&m->doc, a, m->rules->vocabulary, what);
}

void
matcher_look(struct matcher *m, const struct article *a,
    const struct match_context *context)
{
	look(m, a, context, m->rules->what);
}

/* Which rules could match: analysed is what has a word for one of them. */
static void
find_candidates(struct matcher *m, const struct article *a,
    const struct match_context *context)
{
	const struct ruleset *rs = m->rules;

	look(m, a, context, rs->what & ~DOC_ANALYSE);
	m->doc.asked = rs->asked;
	if (rs->gate != NULL) {
		text_case(m->doc.text);
		if (gate_opens(rs->gate, m->doc.text))
			doc_analyse(&m->doc);
	}
	index_look(rs->index, &m->doc, &m->work);
	/* A candidate by other terms may ask for more than what it waits for. */
	if (rs->gate != NULL && m->work.n > 0)
		doc_analyse(&m->doc);
}

static struct query_run
run_of(struct matcher *m, uint32_t first)
{
	arena_reset(&m->mem);
	return (struct query_run){ &m->rules->pool,
	    m->rules->pool.nodes + first, &m->doc, &m->context, m->regex,
	    &m->mem };
}

static bool
young_enough(const struct query_run *run, const struct rule *r)
{
	return r->options.within == 0 || query_age(run) <= r->options.within;
}

static bool
of_feed(const struct rule *r, const char *feed)
{
	for (size_t i = 0; i < r->nfeeds; i++)
		if (fnmatch(r->feeds[i], feed, 0) == 0)
			return true;
	return r->nfeeds == 0;
}

bool
matcher_try(struct matcher *m, size_t rule, struct arena *mem,
    struct evidence *ev)
{
	const struct rule *r = &m->rules->rules[rule];
	struct query_run run = run_of(m, m->rules->heads[rule].first);
	struct query_scope scope;

	doc_place(&m->doc);
	scope = query_scope_of(&m->doc, &r->options);
	if (!young_enough(&run, r) || !query_holds(&run, 0, scope))
		return false;
	query_evidence(&run, scope, mem, ev);
	return true;
}

/* The same for a rule without limits, with no more work than it needs. */
static bool
try_plain(struct matcher *m, struct index_candidate c, struct arena *mem,
    struct evidence *ev)
{
	static const struct rule_options none = { 0 };
	struct query_run run = run_of(m, c.first);
	enum query_answer answer = c.holds ? QUERY_YES :
	    query_of_terms(&run, 0);
	struct query_scope scope;

	if (answer == QUERY_NO)
		return false;
	doc_place(&m->doc);
	scope = query_scope_of(&m->doc, &none);
	if (answer == QUERY_MAYBE && !query_holds(&run, 0, scope))
		return false;
	query_evidence(&run, scope, mem, ev);
	return true;
}

static bool
try(struct matcher *m, struct index_candidate c, struct arena *mem,
    struct evidence *ev)
{
	if (c.plain)
		return try_plain(m, c, mem, ev);
	return of_feed(&m->rules->rules[c.rule], m->context.feed) &&
	    matcher_try(m, c.rule, mem, ev);
}

size_t
matcher_run(struct matcher *m, const struct article *a,
    const struct match_context *context, struct arena *mem,
    struct match **out)
{
	find_candidates(m, a, context);
	m->nfound = 0;
	for (size_t i = 0; i < m->work.n; i++) {
		struct evidence ev;

		if (!try(m, m->work.found[i], mem, &ev))
			continue;
		m->found = mem_grow(m->found, m->nfound, &m->found_cap,
		    sizeof(*m->found));
		m->found[m->nfound++] = (struct match){
		    m->work.found[i].rule, ev };
	}
	*out = arena_alloc(mem, (m->nfound + 1) * sizeof(**out));
	if (m->nfound > 0)
		memcpy(*out, m->found, m->nfound * sizeof(**out));
	return m->nfound;
}

bool
matcher_explain(struct matcher *m, size_t rule, struct arena *mem,
    struct near_miss *miss)
{
	const struct rule *r;
	struct query_run run;
	struct query_scope scope;
	char age[64];

	if (rule >= m->rules->n)
		return false;
	r = &m->rules->rules[rule];
	/* What comes near may be an act that no rule asks for. */
	if (m->doc.analysis != NULL && m->doc.asked != NULL) {
		m->doc.analysis = NULL;
		m->doc.asked = NULL;
		doc_analyse(&m->doc);
	}
	run = run_of(m, m->rules->heads[rule].first);
	doc_place(&m->doc);
	scope = query_scope_of(&m->doc, &r->options);
	memset(miss, 0, sizeof(*miss));
	miss->rule = rule;
	if (!query_holds(&run, 0, scope))
		return query_near_miss(&run, r->text, scope, mem,
		    &miss->evidence, &miss->reason);
	query_evidence(&run, scope, mem, &miss->evidence);
	if (!of_feed(r, m->context.feed))
		miss->reason = arena_printf(mem, "the feed '%s' is not one of"
		    " the rule's", m->context.feed);
	else if (!young_enough(&run, r))
		miss->reason = arena_printf(mem, "the article is %s old",
		    duration_text(query_age(&run) * 1000, age, sizeof(age)));
	return miss->reason != NULL;
}
