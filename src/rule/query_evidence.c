/* Where a rule was found: the best sentence and the parts that answer it. */
#include <stdlib.h>
#include <string.h>

#include "rule/event.h"
#include "rule/query.h"
#include "rule/query_found.h"

static const char *const FIELD_NAME[DOC_NFIELDS] = {
	"title", "body", "author", "category",
};
static const char TEXT[] = "text";	/* the role of what is no event's */

struct found *
found_new(struct arena *mem)
{
	struct found *f = arena_alloc(mem, sizeof(*f));

	f->nplaces = f->nevents = 0;
	return f;
}

void
query_collect(const struct query_run *r, uint32_t i, struct query_scope s,
    struct found *f)
{
	const struct query_node *n = &r->nodes[i];
	struct spans spans;

	switch ((enum query_kind)n->kind) {
	case QUERY_AND: case QUERY_OR:
		for (uint32_t k = i + 1; k < n->end; k = r->nodes[k].end)
			query_collect(r, k, s, f);
		return;
	case QUERY_FIELD: case QUERY_FIRST:
		query_collect(r, i + 1, query_narrow(r, i, s), f);
		return;
	case QUERY_EVENT:
		if (f->nevents < FOUND_MAX && r->doc->analysis != NULL)
			f->events[f->nevents++] = n->arg;
		return;
	case QUERY_NOT: case QUERY_COMPARE:
		return;
	default:
		break;
	}
	spans = query_spans(r, i, s);
	if (spans.n > 0 && f->nplaces < FOUND_MAX) {
		f->places[f->nplaces].node = i;
		f->places[f->nplaces++].spans = spans;
	}
}

/* The sentence where most of what was found stands; the first of equals. */
static uint32_t
best_sentence(const struct query_run *r, const struct found *f)
{
	const struct text *x = r->doc->text;
	struct score { uint32_t found, last; } *score;
	uint32_t best = 0;

	score = arena_zalloc(r->mem, x->nsentences + 1, sizeof(*score));
	for (uint32_t p = 0; p < f->nplaces; p++)
		for (uint32_t i = 0; i < f->places[p].spans.n; i++) {
			const struct text_token *t = doc_token(r->doc,
			    f->places[p].spans.v[i].start);
			struct score *s = &score[t->sentence];

			if (t->field <= DOC_BODY && s->last != p + 1) {
				s->found++;
				s->last = p + 1;
			}
		}
	for (uint32_t i = 1; i < x->nsentences; i++)
		if (score[i].found > score[best].found)
			best = i;
	return best;
}

/* Show sentence i, or when it is empty the first that is not. */
static void
set_sentence(const struct query_run *r, uint32_t i, struct arena *mem,
    struct evidence *ev)
{
	const struct text *x = r->doc->text;
	const struct text_sentence *s;

	ev->sentence = ev->facts = "";
	ev->field = "title";
	if (i < x->nsentences && x->sentences[i].start == x->sentences[i].stop &&
	    i + 1 < x->nsentences && x->sentences[i + 1].field <= DOC_BODY)
		i++;
	if (i >= x->nsentences)
		return;
	s = &x->sentences[i];
	ev->sentence = arena_strndup(mem, x->fields[s->field].bytes + s->start,
	    s->stop - s->start);
	ev->field = FIELD_NAME[s->field];
	ev->start = s->start;
	ev->end = s->stop;
}

struct parts {
	struct evidence_part	*v;
	size_t			 n;
	struct arena		*mem;
};

static void
add_part(const struct query_run *r, struct span s, struct parts *to)
{
	const struct text_token *a = doc_token(r->doc, s.start);
	const struct text_token *b = doc_token(r->doc, s.end);
	const char *bytes = r->doc->text->fields[a->field].bytes;
	uint32_t line = 0;

	if (to->n == EVIDENCE_PARTS_MAX || a->field != b->field)
		return;
	if (a->field == DOC_CATEGORY)	/* offsets are into its own category */
		for (line = a->start; line > 0 && bytes[line - 1] != '\n';)
			line--;
	to->v[to->n++] = (struct evidence_part){
		.role = TEXT, .value = "", .field = FIELD_NAME[a->field],
		.text = arena_strndup(to->mem, bytes + a->start,
		    b->end - a->start),
		.start = a->start - line, .end = b->end - line,
	};
}

/* The atoms of a node that stand within a span. */
static void
add_atoms(const struct query_run *r, uint32_t i, struct span within,
    struct parts *to)
{
	const struct query_node *n = &r->nodes[i];
	struct query_scope s = { within.start, within.end + 1 };
	struct spans spans;

	switch ((enum query_kind)n->kind) {
	case QUERY_AND: case QUERY_OR: case QUERY_NEAR: case QUERY_ATLEAST:
	case QUERY_FIELD: case QUERY_FIRST:
		for (uint32_t k = i + 1; k < n->end; k = r->nodes[k].end)
			add_atoms(r, k, within, to);
		return;
	default:
		break;
	}
	spans = query_spans(r, i, s);
	for (uint32_t k = 0; k < spans.n; k++)
		add_part(r, spans.v[k], to);
}

static int
field_order(const char *name)
{
	for (int f = 0; f < DOC_NFIELDS; f++)
		if (name == FIELD_NAME[f] || strcmp(name, FIELD_NAME[f]) == 0)
			return f;
	return DOC_NFIELDS;
}

static int
in_order(const struct evidence_part *a, const struct evidence_part *b)
{
	int fa = field_order(a->field), fb = field_order(b->field);

	if (fa != fb)
		return fa - fb;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	if (a->end != b->end)
		return a->end > b->end ? -1 : 1;
	return strcmp(a->role, b->role);
}

static void
sort(struct parts *p)
{
	for (size_t i = 1; i < p->n; i++) {
		struct evidence_part x = p->v[i];
		size_t k = i;

		for (; k > 0 && in_order(&p->v[k - 1], &x) > 0; k--)
			p->v[k] = p->v[k - 1];
		p->v[k] = x;
	}
}

/* In the order of the text, and a text part within another one dropped. */
static void
tidy(struct parts *p)
{
	size_t n = 0;

	sort(p);
	for (size_t i = 0; i < p->n; i++) {
		const struct evidence_part *last = n > 0 ? &p->v[n - 1] : NULL;

		if (last != NULL && p->v[i].role == TEXT &&
		    p->v[i].end <= last->end &&
		    field_order(last->field) == field_order(p->v[i].field))
			continue;
		p->v[n++] = p->v[i];
	}
	p->n = n;
}

/* The place in the sentence shown, else the first one. */
static struct span
pick(const struct query_run *r, const struct spans *spans,
    const struct evidence *ev)
{
	int field = field_order(ev->field);

	for (uint32_t i = 0; i < spans->n; i++) {
		const struct text_token *t = doc_token(r->doc,
		    spans->v[i].start);

		if (t->field == field && t->start >= ev->start &&
		    t->end <= ev->end)
			return spans->v[i];
	}
	return spans->v[0];
}

void
query_show(const struct query_run *r, const struct found *f,
    struct arena *mem, struct evidence *ev)
{
	struct parts parts = { arena_alloc(r->mem, EVIDENCE_PARTS_MAX *
	    sizeof(struct evidence_part)), 0, mem };
	struct evidence event;
	bool any = false;

	memset(ev, 0, sizeof(*ev));
	for (uint32_t i = 0; i < f->nevents; i++) {
		if (!event_match(r->pool->events[f->events[i]],
		    r->doc->analysis, mem, &event))
			continue;
		if (!any)
			*ev = event;
		any = true;
		for (size_t k = 0; k < event.nparts &&
		    parts.n < EVIDENCE_PARTS_MAX; k++)
			parts.v[parts.n++] = event.parts[k];
	}
	if (!any)
		set_sentence(r, best_sentence(r, f), mem, ev);
	for (uint32_t i = 0; i < f->nplaces; i++) {
		uint32_t node = f->places[i].node;
		struct span s = pick(r, &f->places[i].spans, ev);

		if (r->nodes[node].kind == QUERY_PHRASE ||
		    r->nodes[node].kind == QUERY_WORD)
			add_part(r, s, &parts);
		else
			add_atoms(r, node, s, &parts);
	}
	tidy(&parts);
	ev->parts = arena_alloc(mem, parts.n * sizeof(*ev->parts));
	memcpy(ev->parts, parts.v, parts.n * sizeof(*ev->parts));
	ev->nparts = parts.n;
}

void
query_evidence(const struct query_run *r, struct query_scope s,
    struct arena *mem, struct evidence *ev)
{
	struct found *f = found_new(r->mem);

	query_collect(r, 0, s, f);
	query_show(r, f, mem, ev);
}
