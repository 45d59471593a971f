/*
 * decide_measure - is a record about the measure the rule asks for? Named, or
 * meant by its owner alone; and what a level's size says of it: the shares of a
 * company at $150 are a price, at $3 trillion its market value.
 */
#include <math.h>
#include <string.h>

#include "rule/pattern.h"

#define UNITLESS_MAX 1e6	/* what is told in millions is no price */

/*
 * "Dow" is an index before it is a company: a name of a kind that anything may
 * be stands alone for what is only its own.
 */
static bool
better(const struct analysis *a, const struct mention *m, uint32_t asked)
{
	const struct entry *e = entry_of(a, asked);
	uint32_t i;
	size_t k;

	for (i = 0; i < e->nof; i++)
		if (entry_of(a, e->of[i])->open == OPEN_NAMES)
			break;
	if (i == e->nof)
		return false;
	for (k = 0; k < a->v->nalone; k++)
		if (a->v->alone[k] != asked && entry_of(a, a->v->alone[k])->
		    moves_with == NO_ENTRY && e->moves_with != a->v->alone[k]
		    && np_has_measure(a, m, a->v->alone[k]))
			return true;
	return false;
}

static bool
together(const struct vocabulary *v, uint32_t said, uint32_t asked)
{
	return v->entries[said].moves_with == asked ||
	    v->entries[asked].moves_with == said;
}

/*
 * A name nobody knows may fall 5%, but "House passes $1.15 trillion bill" is
 * no level of a company.
 */
static bool
known(const struct analysis *a, const struct mention *m)
{
	return m->sense != 0 || (m->thing != NONE &&
	    a->things[m->thing].nconcepts > 0);
}

/* "Novartis India jumps": a place, and no market's or measure's name. */
static bool
place_behind(const struct analysis *a, const struct record *r, uint32_t i)
{
	const struct tag *tag = tag_at(a, LAYER_NOUN, i);
	uint32_t s = token_sense(a, tag, SENSE_NAME), k;
	const struct entry *e;

	if (s == 0 || tag->first != i || tag->end != r->first)
		return false;
	e = entry_of(a, sense_of(a, s)->ref);
	for (k = 0; k < e->nup; k++)
		if (entry_of(a, e->up[k])->open != 0)
			return false;
	return lexis_alone(a->v, e->same, 0) == NO_ENTRY;
}

/* The last words of any company's name: "Corp", "Ltd". */
static bool
ends_any(const struct analysis *a, uint32_t i)
{
	uint32_t t, at;

	for (t = a->free_at[i]; t != 0; t = a->free_next[t - 1])
		for (at = a->tags[t - 1].sense; at != 0; at = sense_of(a,
		    at)->next)
			if (sense_of(a, at)->kind == SENSE_SUFFIX && entry_of(a,
			    sense_of(a, at)->ref)->open == OPEN_NAMES)
				return true;
	return false;
}

/* A known name of what unknown ones may be. */
static bool
is_company(const struct analysis *a, const struct mention *m)
{
	const struct entry *e;
	uint32_t k;

	if (m->sense == 0 || m->kind != SENSE_NAME || m->thing == NONE ||
	    a->things[m->thing].ref == NO_ENTRY)
		return false;
	e = entry_of(a, a->things[m->thing].ref);
	for (k = 0; k < e->nup; k++)
		if (entry_of(a, e->up[k])->open == OPEN_NAMES)
			return true;
	return false;
}

static bool
by_ticker(const struct analysis *a, const struct mention *m)
{
	uint32_t at;

	for (at = m->sense; at != 0; at = sense_of(a, at)->next)
		if (sense_of(a, at)->kind == SENSE_NAME)
			return sense_of(a, at)->ticker;
	return false;
}

uint32_t
decide_name_end(const struct analysis *a, const struct record *r,
    const struct mention *m)
{
	uint32_t i = m->end;

	if (!is_company(a, m) || m->end != m->first + 1 ||
	    r->first <= i || !token_capital(a, i) || tok(a, i)->kind != TEXT_WORD)
		return m->end;
	if (place_behind(a, r, i))
		return i + 1;
	if (a->text->fields[tok(a, i)->field].title_case ||
	    a->at[LAYER_NOUN][i] != 0 || a->at[LAYER_PRED][i] != 0 ||
	    a->at[LAYER_CUE][i] != 0 || !np_name_word(a, i))
		return m->end;
	/* "Intel Corp" is Intel; "REI Agro" is not who REI is on an exchange */
	return ends_any(a, i) && !by_ticker(a, m) ? m->end : i + 1;
}

static const struct mention *
owner_of(const struct record *r, const struct verdict *d)
{
	return &r->theme.owners[d->owner == NONE ? 0 : d->owner];
}

bool
decide_measure(const struct event_pattern *p, const struct analysis *a,
    const struct record *r, const struct verdict *d)
{
	uint32_t said = r->theme.measure, asked = p->measure;
	const struct mention *m = owner_of(r, d);
	const struct entry *e;

	if (asked == NO_ENTRY)
		return true;
	if (said != NO_ENTRY)
		return lexis_is(a->v, said, asked) ||
		    together(a->v, said, asked);
	if (r->theme.nowners == 0 || !np_has_measure(a, m, asked))
		return false;
	e = entry_of(a, asked);
	/* "Smith doubles in the ninth": of a name nobody knows no share does */
	if (better(a, m, asked) || (r->percent > 0 && !known(a, m)))
		return false;
	if (p->frame == FRAME_CHANGE && r->frame != FRAME_EXTREME)
		return lexis_bool(e, KEY_ALONE) || (e->moves_with != NO_ENTRY &&
		    lexis_bool(entry_of(a, e->moves_with), KEY_ALONE));
	return (lexis_bool(e, KEY_ALONE) || e->alone_from < INFINITY) &&
	    (known(a, m) || m->group);
}

/* The measure an amount of this size is of, where size tells. */
static uint32_t
measure_at(const struct analysis *a, const struct record *r,
    const struct mention *m, double value)
{
	uint32_t said = r->theme.measure, x;
	size_t i;

	for (i = 0; i < a->v->nalone; i++) {
		x = a->v->alone[i];
		if (entry_of(a, x)->alone_from <= value && (said == NO_ENTRY ?
		    r->theme.nowners > 0 && np_has_measure(a, m, x) :
		    entry_of(a, x)->moves_with == said))
			return x;
	}
	return said;
}

bool
decide_level_of(const struct event_pattern *p, const struct analysis *a,
    const struct record *r, const struct verdict *d,
    const struct quantity *q)
{
	uint32_t x;

	if (p->measure == NO_ENTRY || q->kind != QUANTITY_MONEY)
		return true;
	x = measure_at(a, r, owner_of(r, d), q->value);
	if (x == NO_ENTRY)
		return lexis_bool(entry_of(a, p->measure), KEY_ALONE);
	return lexis_is(a->v, x, p->measure);
}

static bool
unitless(const struct quantity *q)
{
	return q->kind == QUANTITY_COUNT && q->unit == q->unit_end &&
	    !q->joined && q->value < UNITLESS_MAX;
}

/* "Intel hits 40" may be 40 of anything; "Intel shares hit 40" are not. */
static bool
only_priced(const struct event_pattern *p, const struct analysis *a,
    const struct record *r)
{
	const struct entry *e = entry_of(a, p->measure);
	uint32_t i;

	for (i = 0; r->theme.measure == NO_ENTRY && i < e->nof; i++)
		if (entry_of(a, e->of[i])->open == OPEN_NAMES)
			return false;
	return lexis_bool(e, KEY_ALONE);
}

/*
 * "oil rises to 101", "USD/JPY at 150", "9,000 points": what is said of a price,
 * a rate or an index alone goes without its unit.
 */
void
decide_unit(const struct event_pattern *p, const struct analysis *a,
    const struct record *r, struct quantity *q)
{
	const struct quantity *rule = &p->level;

	if (p->measure == NO_ENTRY || !only_priced(p, a, r) ||
	    !(unitless(q) || unitless(rule)))
		return;
	if ((q->kind == QUANTITY_COUNT || q->kind == QUANTITY_MONEY ||
	    q->kind == QUANTITY_POINTS) && (rule->kind == QUANTITY_COUNT ||
	    rule->kind == QUANTITY_MONEY || rule->kind == QUANTITY_POINTS)) {
		q->kind = rule->kind;
		memcpy(q->currency, rule->currency, sizeof(q->currency));
	}
}
