/* explain - evidence of a match, and the test that failed (5.11). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rule/pattern.h"

struct collecting {
	const struct analysis	*a;
	struct arena		*mem;
	struct evidence		*e;
};

static void
part(struct collecting *c, const char *role, uint32_t first, uint32_t end,
    const char *value)
{
	const struct text_token *f = tok(c->a, first), *l;
	const struct text_field *field = &c->a->text->fields[f->field];
	struct evidence_part *p;
	size_t i;

	if (end <= first || c->e->nparts == EVIDENCE_PARTS_MAX)
		return;
	l = tok(c->a, end - 1);
	if (l->field != f->field)
		return;
	for (i = 0; i < c->e->nparts; i++)
		if (c->e->parts[i].start == f->start &&
		    c->e->parts[i].end == l->end &&
		    strcmp(c->e->parts[i].role, role) == 0)
			return;
	p = &c->e->parts[c->e->nparts++];
	p->role = role;
	p->text = arena_strndup(c->mem, field->bytes + f->start,
	    l->end - f->start);
	p->field = f->field == TEXT_TITLE ? "title" : "body";
	p->start = f->start;
	p->end = l->end;
	p->value = value;
}

static int
by_place(const void *x, const void *y)
{
	const struct evidence_part *a = x, *b = y;
	int field = strcmp(b->field, a->field);	/* title before body */

	if (field != 0)
		return field;
	return a->start < b->start ? -1 : a->start > b->start;
}

static const char *
id_of(const struct analysis *a, uint32_t ref)
{
	return ref == NO_ENTRY ? "" : entry_of(a, ref)->id;
}

/* "> 5%" */
static const char *
condition(struct arena *mem, const struct quantity *q)
{
	bool low = q->lo > -1e300, high = q->hi < 1e300;
	const char *unit = q->kind == QUANTITY_PERCENT ||
	    q->kind == QUANTITY_RATIO ? "%" : "", *text;

	/* "$48 is not > 100 USD": that it is money needs no saying */
	if (q->kind == QUANTITY_MONEY) {
		text = quantity_condition(mem, q);
		return strncmp(text, "money ", 6) == 0 ? text + 6 : text;
	}
	if (q->kind == QUANTITY_REACH || (low && high && q->lo != q->hi))
		return quantity_condition(mem, q);
	if (low && high)
		return arena_printf(mem, "= %.10g%s", q->lo, unit);
	if (low)
		return arena_printf(mem, "%s %.10g%s", q->lo_strict ? ">" :
		    ">=", q->lo, unit);
	return arena_printf(mem, "%s %.10g%s", q->hi_strict ? "<" : "<=",
	    q->hi, unit);
}

static const char *
direction(const struct event_pattern *p, const struct analysis *a,
    const struct record *r)
{
	if (r->frame == FRAME_CHANGE || p->frame == FRAME_LEVEL)
		return r->direction < 0 ? "down" : r->direction > 0 ? "up" :
		    "";
	return id_of(a, r->predicate);
}

static void
theme_parts(struct collecting *c, const struct event_pattern *p,
    const struct record *r, const struct verdict *d)
{
	const struct mention *m;
	const struct tag *t;
	bool act = r->frame == FRAME_ACT;

	if (d->owner != NONE) {
		m = &r->theme.owners[d->owner];
		part(c, act ? "agent" : "owner", m->first, m->end,
		    id_of(c->a, d->owner_ref != NO_ENTRY ? d->owner_ref :
		    NO_ENTRY));
	}
	if (r->theme.measure_tag != NONE && !act) {
		t = &c->a->tags[r->theme.measure_tag];
		part(c, "measure", t->first, t->end,
		    id_of(c->a, r->theme.measure));
	}
	part(c, "predicate", r->first, r->end, direction(p, c->a, r));
}

static const char *
spelled(const struct analysis *a, uint32_t first, uint32_t end,
    struct arena *mem)
{
	const struct text_field *f = &a->text->fields[tok(a, first)->field];

	return arena_strndup(mem, f->bytes + tok(a, first)->start,
	    tok(a, end - 1)->end - tok(a, first)->start);
}

/* "X is not C here: ...", when the article itself says so of the mention. */
static const char *
denial(const struct analysis *a, const struct mention *m,
    const struct arg *arg, struct arena *mem)
{
	const struct text_sentence *s;
	const struct text_field *f;
	uint32_t token;
	uint8_t i;

	for (i = 0; i < arg->nrefs; i++) {
		token = mention_denied(a, m, arg->refs[i]);
		if (token == NO_TOKEN)
			continue;
		s = &a->text->sentences[tok(a, token)->sentence];
		f = &a->text->fields[s->field];
		return arena_printf(mem, "%s is not %s here: \"%.*s\"",
		    spelled(a, m->first, m->end, mem),
		    id_of(a, arg->refs[i]), (int)(s->stop - s->start),
		    f->bytes + s->start);
	}
	return NULL;
}

static const char *
facts(struct collecting *c, const struct event_pattern *p,
    const struct record *r, const struct verdict *d)
{
	const struct mention *m;
	const struct thing *t;
	const struct text_sentence *s;
	const struct text_field *f;
	uint8_t i;

	(void)p;
	if (d->owner == NONE || d->owner_ref == NO_ENTRY)
		return "";
	m = &r->theme.owners[d->owner];
	if (m->thing == NONE)
		return "";
	t = &c->a->things[m->thing];
	if (t->ref != NO_ENTRY && lexis_is(c->a->v, t->ref, d->owner_ref))
		return "";
	for (i = 0; i < t->nconcepts; i++) {
		if (!lexis_is(c->a->v, t->concepts[i], d->owner_ref))
			continue;
		s = &c->a->text->sentences[tok(c->a, t->facts[i])->sentence];
		f = &c->a->text->fields[s->field];
		return arena_printf(c->mem, "%.*s is %s: \"%.*s\"",
		    (int)(tok(c->a, m->end - 1)->end -
		    tok(c->a, m->first)->start),
		    f->bytes == NULL ? "" : c->a->text->fields[tok(c->a,
		    m->first)->field].bytes + tok(c->a, m->first)->start,
		    id_of(c->a, d->owner_ref), (int)(s->stop - s->start),
		    f->bytes + s->start);
	}
	return "";
}

void
explain_evidence(const struct event_pattern *p, const struct analysis *a,
    const struct record *r, const struct verdict *d, struct arena *mem,
    struct evidence *e)
{
	const struct text_sentence *s = &a->text->sentences[r->sentence];
	const struct text_field *f = &a->text->fields[s->field];
	struct collecting c = { a, mem, e };
	const struct mention *m;
	const struct quantity *q;
	const struct tag *t;

	memset(e, 0, sizeof(*e));
	e->parts = arena_zalloc(mem, EVIDENCE_PARTS_MAX, sizeof(*e->parts));
	e->sentence = arena_strndup(mem, f->bytes + s->start,
	    s->stop - s->start);
	e->field = s->field == TEXT_TITLE ? "title" : "body";
	e->start = s->start;
	e->end = s->stop;
	theme_parts(&c, p, r, d);
	if (d->object != NONE) {
		m = &r->object.owners[d->object];
		part(&c, "object", m->first, m->end, id_of(a, d->object_ref));
	} else if (d->object_tag != NONE) {
		t = &a->tags[d->object_tag];
		part(&c, "object", t->first, t->end, id_of(a, d->object_ref));
	} else if (r->object_tag != NONE &&
	    a->tags[r->object_tag].layer != LAYER_PRED) {
		t = &a->tags[r->object_tag];
		part(&c, "object", t->first, t->end, "");
	}
	if (d->place != NONE) {
		m = &r->object.owners[d->place];
		part(&c, "place", m->first, m->end, id_of(a, d->place_ref));
	}
	if (d->quality != NONE) {
		t = &a->tags[d->quality];
		part(&c, "quality", t->first, t->end,
		    p->nqualities > 0 ? id_of(a, p->qualities[0]) : "");
	}
	if (d->amount != NONE) {
		q = &a->quantities.list[d->amount];
		/* "settled above" and "above $50" share a word */
		part(&c, "amount", q->first < r->end && q->end > r->end ?
		    r->end : q->first, q->end, p->has_amount ?
		    condition(mem, &p->amount) : p->has_level ?
		    condition(mem, &p->level) : quantity_text(mem, q));
	}
	qsort(e->parts, e->nparts, sizeof(*e->parts), by_place);
	e->facts = facts(&c, p, r, d);
}

static const char *
wanted(const struct event_pattern *p, const struct arg *arg,
    struct arena *mem)
{
	const char *text;
	uint8_t i;

	if (arg->nrefs == 0)
		return "anything";
	text = p->v->entries[arg->refs[0]].id;
	for (i = 1; i < arg->nrefs; i++)
		text = arena_printf(mem, "%s or %s", text,
		    p->v->entries[arg->refs[i]].id);
	return text;
}

/* "> 5%" as one says it: "more than 5%"; "4.9 %" as one writes it. */
static const char *
in_words(struct arena *mem, const char *text)
{
	static const char *const signs[][2] = {
		{ ">= ", "at least " }, { "> ", "more than " },
		{ "<= ", "at most " }, { "< ", "less than " }, { "= ", "" },
	};
	size_t i, n = 0, len = strlen(text);

	for (i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (strncmp(text, signs[i][0], strlen(signs[i][0])) == 0) {
			text = arena_printf(mem, "%s%s", signs[i][1],
			    text + strlen(signs[i][0]));
			len = strlen(text);
			break;
		}
	if (strncmp(text, "of ", 3) == 0)	/* a high of so many years */
		return arena_printf(mem, "%s back", text + 3);
	n = len > 2 && strcmp(text + len - 2, " %") == 0 ? len - 2 : len;
	return n == len ? text : arena_printf(mem, "%.*s%%", (int)n, text);
}

static const char *
amount_failure(const struct event_pattern *p, const struct analysis *a,
    const struct verdict *d, struct arena *mem)
{
	const struct quantity *rule = p->has_level ? &p->level : &p->amount;

	if (!p->has_level && !p->has_amount)
		return "no amount of money";
	if (d->amount == NONE)
		return arena_printf(mem, "no amount that is %s",
		    in_words(mem, condition(mem, rule)));
	return arena_printf(mem, "%s is not %s", in_words(mem, quantity_text(
	    mem, &a->quantities.list[d->amount])), in_words(mem,
	    condition(mem, rule)));
}

static const char *
theme_failure(const struct event_pattern *p, const struct analysis *a,
    const struct record *r, struct arena *mem)
{
	const struct mention *m;
	const char *measure, *article;

	if (r->theme.other)
		return arena_printf(mem, "about \"%s\", which is more than "
		    "its words", spelled(a, r->theme.first, r->theme.end, mem));
	if (r->theme.measure != NO_ENTRY)
		return arena_printf(mem, "%s, not %s",
		    id_of(a, r->theme.measure), id_of(a, p->measure));
	measure = id_of(a, p->measure);
	article = strchr("aeio", measure[0]) == NULL ? "a" : "an";
	if (r->theme.nowners == 0)
		return arena_printf(mem, "nothing that has %s %s", article,
		    measure);
	m = &r->theme.owners[0];
	return arena_printf(mem, "nothing said of the %s of %s", measure,
	    spelled(a, m->first, m->end, mem));
}

static const char *
object_failure(const struct event_pattern *p, const struct analysis *a,
    const struct record *r, struct arena *mem)
{
	const struct mention *m = &r->object.owners[0];

	if (r->object.nowners == 0 || p->object.nrefs == 0)
		return "the object is another";
	return arena_printf(mem, "the object, %s, is not %s", spelled(a,
	    m->first, m->end, mem), wanted(p, &p->object, mem));
}

static const char *
mood_failure(const struct analysis *a, const struct record *r,
    struct arena *mem)
{
	static const char *const names[] = { "denied", "a forecast",
		"a plan", "past", "a question" };
	int mood;

	for (mood = 0; mood < MOOD_ASKED; mood++)
		if ((r->moods & 1u << mood) != 0)
			break;
	if (r->cue == NO_TOKEN)
		return names[mood];
	return arena_printf(mem, "%s: %s", spelled(a, r->cue, r->cue + 1,
	    mem), names[mood]);
}

/* What must stand beside the event. */
static const char *
beside_failure(const struct event_pattern *p, const struct analysis *a,
    enum test test, struct arena *mem)
{
	if (test == TEST_PLACE)
		return arena_printf(mem, "no %s in it",
		    wanted(p, &p->place, mem));
	return test == TEST_REASON ? arena_printf(mem, "nothing of %s",
	    id_of(a, p->reason)) : arena_printf(mem,
	    "nothing says it is %s", id_of(a, p->qualities[0]));
}

const char *
explain_failure(const struct event_pattern *p, const struct analysis *a,
    const struct record *r, const struct verdict *d, struct arena *mem)
{
	const struct mention *m;
	const char *text;
	int test;

	for (test = 0; test < NTESTS; test++)
		if ((d->failed & 1u << test) != 0)
			break;
	/* "chip sales up": that shares fall says nothing of sales, up or down */
	if (test == TEST_PREDICATE && r->frame == FRAME_CHANGE &&
	    p->frame == FRAME_CHANGE && (d->failed & (1u << TEST_MEASURE |
	    1u << TEST_OWNER)) != 0)
		test = (d->failed & 1u << TEST_MEASURE) != 0 ? TEST_MEASURE :
		    TEST_OWNER;
	/* "Gold hits record high" is about no index because it is about gold */
	if (test == TEST_MEASURE && !r->theme.other && r->theme.measure ==
	    NO_ENTRY && r->theme.nowners > 0 &&
	    (d->failed & 1u << TEST_OWNER) != 0)
		test = TEST_OWNER;
	switch (test) {
	case TEST_PREDICATE:
		if (r->frame == FRAME_CHANGE && p->frame == FRAME_CHANGE)
			return r->direction < 0 ? "down, not up" :
			    "up, not down";
		return arena_printf(mem, "\"%s\" is not the event",
		    spelled(a, r->first, r->end, mem));
	case TEST_MEASURE:
		return theme_failure(p, a, r, mem);
	case TEST_OWNER:
		if (r->theme.nowners == 0)
			return arena_printf(mem, "no %s near",
			    wanted(p, &p->subject, mem));
		m = &r->theme.owners[0];
		text = denial(a, m, &p->subject, mem);
		if (text != NULL)
			return text;
		return arena_printf(mem, "%s is not %s", spelled(a, m->first,
		    decide_name_end(a, r, m), mem), wanted(p, &p->subject, mem));
	case TEST_OBJECT:
		return object_failure(p, a, r, mem);
	case TEST_PLACE: case TEST_REASON: case TEST_QUALITY:
		return beside_failure(p, a, (enum test)test, mem);
	case TEST_AMOUNT:
		return amount_failure(p, a, d, mem);
	case TEST_BLOCKED:
		return arena_printf(mem, "\"%s\" makes it something else",
		    spelled(a, r->blocked, r->blocked + 1, mem));
	case TEST_MOOD:
		return mood_failure(a, r, mem);
	default:
		return "not where the rule looks";
	}
}
