/* Why a rule does not hold: the first part that failed, in words. */
#include <stdio.h>
#include <string.h>

#include "base/duration.h"
#include "rule/event.h"
#include "rule/query.h"
#include "rule/query_found.h"

/* How near a part came, and the first test it failed. */
struct miss {
	uint32_t	 good;		/* atoms that are there */
	uint32_t	 bad;		/* parts that are not */
	const char	*reason;
	struct evidence	*event;		/* the record the reason is about, or NULL */
};

struct look {
	const struct query_run	*run;
	const char		*text;	/* of the rule */
	struct arena		*mem;	/* of what is handed out */
};

static struct miss miss_of(const struct look *, uint32_t, struct query_scope);

static const char *
written(const struct look *l, const struct query_node *n)
{
	return arena_printf(l->mem, "%.*s", (int)n->len, l->text + n->at);
}

static uint32_t
found_under(const struct look *l, uint32_t i, struct query_scope s)
{
	struct found *f = found_new(l->run->mem);

	query_collect(l->run, i, s, f);
	return f->nplaces;
}

static const char *
compare_reason(const struct look *l, const struct query_node *n)
{
	const struct query_compare *q = &l->run->pool->compares[n->arg];
	char age[64];

	if (q->field == FIELD_WORDS)
		return arena_printf(l->mem, "the article has %lld words:"
		    " not %s", (long long)query_words(l->run), written(l, n));
	if (q->field == FIELD_AGE)
		return arena_printf(l->mem, "the article is %s old: not %s",
		    duration_text(query_age(l->run) * 1000, age, sizeof(age)),
		    written(l, n));
	if (q->field == FIELD_FEED)
		return arena_printf(l->mem, "the feed is '%s': not %s",
		    l->run->context->feed, written(l, n));
	return arena_printf(l->mem, "%s does not hold", written(l, n));
}

static struct miss
event_miss(const struct look *l, const struct query_node *n)
{
	struct miss m = { 0, 1, NULL, NULL };
	struct evidence *ev = arena_zalloc(l->mem, 1, sizeof(*ev));

	if (l->run->doc->analysis != NULL && event_near_miss(
	    l->run->pool->events[n->arg], l->run->doc->analysis, l->mem, ev,
	    &m.reason)) {
		m.event = ev;
		m.good = 1;
		return m;
	}
	m.reason = arena_printf(l->mem, "no event like '%s' was found",
	    written(l, n));
	return m;
}

/* AND: the first part that fails; OR: the alternative that comes nearest. */
static struct miss
list_miss(const struct look *l, uint32_t i, struct query_scope s)
{
	const struct query_node *n = &l->run->nodes[i];
	bool all = n->kind == QUERY_AND;
	struct miss m = { 0, 0, NULL, NULL };

	for (uint32_t k = i + 1; k < n->end; k = l->run->nodes[k].end) {
		struct miss c = miss_of(l, k, s);

		if (!all) {
			if (m.reason == NULL || c.bad < m.bad ||
			    (c.bad == m.bad && c.good > m.good))
				m = c;
			continue;
		}
		m.good += c.good;
		m.bad += c.bad;
		if (m.reason == NULL) {
			m.reason = c.reason;
			m.event = c.event;
		}
	}
	return m;
}

/* The parts are there, and still it does not hold. */
static const char *
placed_reason(const struct look *l, const struct query_node *n)
{
	const char *what = written(l, n);

	if (n->kind == QUERY_ATLEAST)
		return arena_printf(l->mem, "%s was found fewer than %u times",
		    what, n->n);
	if (n->kind == QUERY_FIRST)
		return arena_printf(l->mem, "%s: not within the first %u"
		    " words", what, n->n);
	if (n->reach == REACH_SENTENCE)
		return arena_printf(l->mem, "%s: both are there, but not in one"
		    " sentence%s", what, n->ordered ? " in this order" : "");
	if (n->reach == REACH_PARAGRAPH)
		return arena_printf(l->mem, "%s: both are there, but not in one"
		    " paragraph%s", what, n->ordered ? " in this order" : "");
	return arena_printf(l->mem, "%s: both are there, but not at most %u"
	    " words apart%s", what, n->n, n->ordered ? " in this order" : "");
}

static struct miss
placed_miss(const struct look *l, uint32_t i, struct query_scope s)
{
	const struct query_node *n = &l->run->nodes[i];
	struct miss m = { found_under(l, i + 1, s), 1, NULL, NULL };
	uint32_t other = l->run->nodes[i + 1].end;

	if (n->kind == QUERY_NEAR) {
		uint32_t b = found_under(l, other, s);

		if (m.good == 0 || b == 0) {
			struct miss c = miss_of(l, m.good == 0 ? i + 1 : other,
			    s);

			c.good += m.good + b;
			return c;
		}
		m.good += b;
	} else if (m.good == 0)
		return miss_of(l, i + 1, s);
	m.reason = placed_reason(l, n);
	return m;
}

static struct miss
miss_of(const struct look *l, uint32_t i, struct query_scope s)
{
	const struct query_node *n = &l->run->nodes[i];
	struct miss m = { 0, 0, NULL, NULL };

	if (query_holds(l->run, i, s)) {
		m.good = n->kind != QUERY_NOT && n->kind != QUERY_COMPARE;
		return m;
	}
	m.bad = 1;
	switch ((enum query_kind)n->kind) {
	case QUERY_AND: case QUERY_OR:
		return list_miss(l, i, s);
	case QUERY_FIELD:
		m = miss_of(l, i + 1, query_narrow(l->run, i, s));
		m.reason = arena_printf(l->mem, "%s%s", n->arg == DOC_TITLE ?
		    "in the title: " : n->arg == DOC_BODY ? "in the body: " :
		    n->arg == DOC_AUTHOR ? "as author: " : "as category: ",
		    m.reason);
		return m;
	case QUERY_NEAR: case QUERY_ATLEAST: case QUERY_FIRST:
		return placed_miss(l, i, s);
	case QUERY_EVENT:
		return event_miss(l, n);
	case QUERY_COMPARE:
		m.reason = compare_reason(l, n);
		return m;
	case QUERY_NOT:
		m.reason = arena_printf(l->mem, "%s is there and must not be",
		    written(l, n + 1));
		return m;
	default:
		m.reason = arena_printf(l->mem, "%s was not found",
		    written(l, n));
		return m;
	}
}

bool
query_near_miss(const struct query_run *r, const char *text,
    struct query_scope s, struct arena *mem, struct evidence *ev,
    const char **reason)
{
	struct look l = { r, text, mem };
	struct found *f = found_new(r->mem);
	struct miss m = miss_of(&l, 0, s);

	if (m.event != NULL)
		*ev = *m.event;
	else {
		query_collect(r, 0, s, f);
		query_show(r, f, mem, ev);
	}
	*reason = m.reason != NULL ? m.reason : "";
	return m.reason != NULL && (m.good > 0 || m.bad == 1);
}
