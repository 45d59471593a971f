/* Does a rule hold for an article, and where do its parts stand? */
#include <string.h>

#include "rule/event.h"
#include "rule/query.h"

#define REGEX_SPANS_MAX	64	/* matches of one expression that count */

struct query_scope
query_scope_of(const struct doc *d, const struct rule_options *o)
{
	struct query_scope s = { d->range[DOC_TITLE].start,
	    d->range[DOC_BODY].end };

	if (o->only_lead)
		s.hi = d->lead_end;
	if (o->only_title)
		s.hi = d->range[DOC_TITLE].end;
	return s;
}

struct query_scope
query_narrow(const struct query_run *r, uint32_t i, struct query_scope s)
{
	const struct query_node *n = &r->nodes[i];
	struct query_scope f;

	if (n->kind == QUERY_FIRST) {
		if (s.hi - s.lo > n->n)
			s.hi = s.lo + n->n;
		return s;
	}
	f.lo = r->doc->range[n->arg].start;
	f.hi = r->doc->range[n->arg].end;
	if (n->arg > DOC_BODY)
		return f;	/* not narrowed by "only in title" */
	if (f.lo < s.lo)
		f.lo = s.lo;
	if (f.hi > s.hi)
		f.hi = s.hi;
	if (f.hi < f.lo)
		f.hi = f.lo;
	return f;
}

struct nearness {
	const struct doc	*doc;
	uint32_t		 n;
};

static bool
near_words(const void *arg, struct span a, struct span b)
{
	const struct nearness *w = arg;

	return b.start - a.end <= w->n && doc_field_of(w->doc, a.end) ==
	    doc_field_of(w->doc, b.start);
}

static bool
near_sentence(const void *arg, struct span a, struct span b)
{
	const struct nearness *w = arg;

	return doc_token(w->doc, a.start)->sentence ==
	    doc_token(w->doc, b.end)->sentence;
}

static bool
near_paragraph(const void *arg, struct span a, struct span b)
{
	const struct nearness *w = arg;

	return doc_same_paragraph(w->doc, a.start, b.end);
}

static struct spans
near_spans(const struct query_run *r, uint32_t i, struct query_scope s)
{
	bool (*const NEAR[])(const void *, struct span, struct span) = {
		[REACH_WORDS] = near_words, [REACH_SENTENCE] = near_sentence,
		[REACH_PARAGRAPH] = near_paragraph,
	};
	const struct query_node *n = &r->nodes[i];
	struct nearness arg = { r->doc, n->n };
	struct spans a, b, ab;

	a = query_spans(r, i + 1, s);
	if (a.n == 0)
		return a;
	b = query_spans(r, r->nodes[i + 1].end, s);
	if (b.n == 0)
		return b;
	ab = spans_before(r->mem, a, b, NEAR[n->reach], &arg);
	if (n->ordered)
		return ab;
	return spans_or(r->mem, ab, spans_before(r->mem, b, a, NEAR[n->reach],
	    &arg));
}

/* Keep of a what is directly followed by one of b. */
static struct spans
followed(const struct query_run *r, struct spans a, struct spans b)
{
	struct spans out = { a.v, 0 };	/* in place: it only shrinks */
	uint32_t j = 0;

	for (uint32_t i = 0; i < a.n; i++) {
		while (j < b.n && b.v[j].start <= a.v[i].end)
			j++;
		if (j < b.n && b.v[j].start == a.v[i].end + 1 &&
		    doc_same_paragraph(r->doc, a.v[i].end, b.v[j].start))
			out.v[out.n++] = (struct span){ a.v[i].start,
			    b.v[j].end };
	}
	return out;
}

static struct spans
phrase_spans(const struct query_run *r, uint32_t i, struct query_scope s)
{
	uint32_t end = r->nodes[i].end;
	struct spans a;

	for (uint32_t k = i + 1; k < end; k++)
		if (!doc_has(r->doc, r->nodes[k].arg))
			return (struct spans){ NULL, 0 };
	a = doc_spans(r->doc, r->mem, r->nodes[i + 1].arg, s.lo, s.hi);
	for (uint32_t k = i + 2; k < end && a.n > 0; k++)
		a = followed(r, a, doc_spans(r->doc, r->mem, r->nodes[k].arg,
		    s.lo, s.hi));
	return a;
}

/* Does the text of the span read exactly so, words apart by any space? */
static bool
reads(const struct doc *d, struct span s, const char *want)
{
	const struct text *x = d->text;
	const struct text_token *t = doc_token(d, s.start);
	const char *bytes = x->fields[t->field].bytes;
	const char *p = bytes + t->start, *end = bytes +
	    doc_token(d, s.end)->end;

	while (*want != '\0' && p < end) {
		if (*want == ' ' && (*p == ' ' || *p == '\n' || *p == '\t')) {
			while (*want == ' ')
				want++;
			while (p < end && (*p == ' ' || *p == '\n' ||
			    *p == '\t'))
				p++;
		} else if (*want++ != *p++)
			return false;
	}
	return p == end && (*want == '\0' || strcmp(want, "'s") == 0);
}

static struct spans
case_spans(const struct query_run *r, uint32_t i, struct query_scope s)
{
	struct spans all = query_spans(r, i + 1, s), out = { all.v, 0 };

	for (uint32_t k = 0; k < all.n; k++)
		if (reads(r->doc, all.v[k],
		    r->pool->strings[r->nodes[i].arg]))
			out.v[out.n++] = all.v[k];
	return out;
}

/* The first position in [lo, hi) whose token ends after byte `at`. */
static uint32_t
position_after(const struct doc *d, uint32_t lo, uint32_t hi, size_t at)
{
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (doc_token(d, mid)->end <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* Matches in one field as spans of the words they touch. */
static void
regex_in_field(const struct query_run *r, const struct regex *re,
    enum doc_field f, struct query_scope s, struct spans *out)
{
	const struct doc *d = r->doc;
	const struct text_field *tf = &d->text->fields[f];
	uint32_t lo = d->range[f].start, hi = d->range[f].end, max;
	size_t from = 0, start, end;

	max = out->n + REGEX_SPANS_MAX;
	while (lo < hi && out->n < max && regex_find(re, r->regex, tf->bytes,
	    tf->len, from, &start, &end) == 1) {
		struct span w = { position_after(d, lo, hi, start), 0 };

		from = end > start ? end : end + 1;
		if (w.start == hi)
			w.start--;
		w.end = w.start;
		while (w.end + 1 < hi && doc_token(d, w.end + 1)->start < end)
			w.end++;
		if (w.start >= s.lo && w.end < s.hi && (out->n == 0 ||
		    (w.start > out->v[out->n - 1].start &&
		    w.end > out->v[out->n - 1].end)))
			out->v[out->n++] = w;
	}
}

static struct spans
regex_spans(const struct query_run *r, uint32_t i, struct query_scope s)
{
	const struct query_regex *q = &r->pool->regexes[r->nodes[i].arg];
	struct spans out;

	if (q->gram != TERM_NONE && !doc_has(r->doc, q->gram))
		return (struct spans){ NULL, 0 };
	out = spans_new(r->mem, DOC_NFIELDS * REGEX_SPANS_MAX);
	for (uint32_t f = 0; f < r->doc->text->nfields; f++)
		if (r->doc->range[f].start < s.hi &&
		    r->doc->range[f].end > s.lo)
			regex_in_field(r, q->re, (enum doc_field)f, s, &out);
	return out;
}

static struct spans
list_spans(const struct query_run *r, uint32_t i, struct query_scope s)
{
	bool all = r->nodes[i].kind == QUERY_AND;
	uint32_t k = i + 1, end = r->nodes[i].end;
	struct spans out = query_spans(r, k, s);

	for (k = r->nodes[k].end; k < end; k = r->nodes[k].end) {
		if (all && out.n == 0)
			return out;
		out = (all ? spans_and : spans_or)(r->mem, out,
		    query_spans(r, k, s));
	}
	return out;
}

struct spans
query_spans(const struct query_run *r, uint32_t i, struct query_scope s)
{
	const struct query_node *n = &r->nodes[i];

	switch ((enum query_kind)n->kind) {
	case QUERY_PHRASE:
		return phrase_spans(r, i, s);
	case QUERY_WORD: case QUERY_KEY:
		return doc_spans(r->doc, r->mem, n->arg, s.lo, s.hi);
	case QUERY_CASE:
		return case_spans(r, i, s);
	case QUERY_REGEX:
		return regex_spans(r, i, s);
	case QUERY_NEAR:
		return near_spans(r, i, s);
	case QUERY_ATLEAST:
		return spans_atleast(r->mem, query_spans(r, i + 1, s), n->n);
	case QUERY_AND: case QUERY_OR:
		return list_spans(r, i, s);
	case QUERY_FIELD: case QUERY_FIRST:
		return query_spans(r, i + 1, query_narrow(r, i, s));
	case QUERY_NOT: case QUERY_EVENT: case QUERY_COMPARE:
		break;
	}
	return (struct spans){ NULL, 0 };	/* these have no place */
}

static bool
event_holds(const struct query_run *r, const struct query_node *n)
{
	struct evidence ev;

	return r->doc->analysis != NULL && event_match(
	    r->pool->events[n->arg], r->doc->analysis, r->mem, &ev);
}

/* Anywhere in all there is: no need to ask where. */
static bool
is_all(const struct query_run *r, struct query_scope s)
{
	return s.lo == 0 && s.hi == r->doc->npositions;
}

bool
query_holds(const struct query_run *r, uint32_t i, struct query_scope s)
{
	const struct query_node *n = &r->nodes[i];
	uint32_t k;

	switch ((enum query_kind)n->kind) {
	case QUERY_AND:
		for (k = i + 1; k < n->end; k = r->nodes[k].end)
			if (!query_holds(r, k, s))
				return false;
		return true;
	case QUERY_OR:
		for (k = i + 1; k < n->end; k = r->nodes[k].end)
			if (query_holds(r, k, s))
				return true;
		return false;
	case QUERY_NOT:
		return !query_holds(r, i + 1, s);
	case QUERY_FIELD: case QUERY_FIRST:
		return query_holds(r, i + 1, query_narrow(r, i, s));
	case QUERY_EVENT:
		return event_holds(r, n);
	case QUERY_COMPARE:
		return query_compare_holds(r, &r->pool->compares[n->arg]);
	case QUERY_WORD:
		if (is_all(r, s))
			return doc_has(r->doc, n->arg);
		return query_spans(r, i, s).n > 0;
	default:
		return query_spans(r, i, s).n > 0;
	}
}
