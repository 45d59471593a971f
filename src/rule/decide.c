/*
 * decide - does a record satisfy a pattern (rule-semantics 5.10)? Every role
 * has its test; the first that fails is the reason told.
 */
#include <math.h>
#include <string.h>

#include "article/article.h"
#include "rule/pattern.h"
#include "text/reach.h"

#define YEAR_SECONDS 31556952.0

static bool
open_subject(const struct event_pattern *p)
{
	return decide_open(p, &p->subject);
}

/* About what a company's name alone may mean: its stock. */
static bool
shares(const struct event_pattern *p, const struct np *np)
{
	return p->measure != NO_ENTRY && lexis_bool(&p->v->entries[p->measure],
	    KEY_ALONE) && np->nowners > 0;
}

/*
 * "Hyundai Glovis" is no Hyundai and no carmaker for that, but a company;
 * "Novartis India" is no Novartis, but a drugmaker.
 */
static bool
another(const struct event_pattern *p, const struct analysis *a,
    const struct record *r, const struct verdict *d)
{
	const struct mention *m = &r->theme.owners[d->owner];
	const struct entry *e = &p->v->entries[d->owner_ref];

	if (decide_name_end(a, r, m) == m->end)
		return false;
	return e->section == VOCABULARY_ENTITIES ||
	    (a->at[LAYER_NOUN][m->end] == 0 && e->open != OPEN_NAMES);
}

static void
test_theme(const struct event_pattern *p, const struct analysis *a,
    const struct record *r, struct verdict *d)
{
	const struct np *np = &r->theme;

	d->owner = decide_owner(a, &p->subject, np, &d->owner_ref);
	if (d->owner != NONE && !p->subject.any && shares(p, np) &&
	    another(p, a, r, d)) {
		d->owner = NONE;
		d->failed |= 1u << TEST_OWNER;
	}
	if (np->other || !decide_measure(p, a, r, d))
		d->failed |= 1u << TEST_MEASURE;
	if (d->owner != NONE)
		return;
	/* profits are some company's, inflation is its own */
	if (np->nowners == 0 && np->measure != NO_ENTRY &&
	    lexis_is(a->v, np->measure, p->measure) && open_subject(p))
		return;
	if (np->nowners == 0 && np->measure != NO_ENTRY && p->subject.any)
		return;
	d->failed |= 1u << TEST_OWNER;
}

static bool
amount_counts(const struct quantity *q)
{
	/* "triple digits" are points */
	if (q->kind == QUANTITY_DIGITS && q->lo >= 100)
		return false;
	return q->derived || (q->role != QUANTITY_FROM &&
	    q->role != QUANTITY_LEVEL && q->role != QUANTITY_TO);
}

/* "rose 17 cents to 18.84" for a percentage. */
static bool
level_change(const struct analysis *a, const struct record *r,
    const struct quantity *rule, uint32_t *amount)
{
	const struct quantity *x, *y;
	struct quantity q;
	uint8_t i, j;
	double percent;

	for (i = 0; i < r->namounts; i++)
		for (j = 0; j < r->namounts; j++) {
			x = &a->quantities.list[r->amounts[i]];
			y = &a->quantities.list[r->amounts[j]];
			if (i == j || (y->pair != r->amounts[i] &&
			    (y->first < x->end || y->first > x->end + 1)) ||
			    !amount_counts(x) ||
			    (y->role != QUANTITY_LEVEL &&
			    y->role != QUANTITY_TO) || x->kind ==
			    QUANTITY_PERCENT || y->kind == QUANTITY_PERCENT)
				continue;
			percent = quantity_level_change(x, y, r->direction);
			if (percent <= 0)
				continue;
			q = *rule;
			q.lo = q.hi = q.value = percent;
			q.lo_strict = q.hi_strict = false;
			q.kind = QUANTITY_PERCENT;
			if (quantity_meets(&q, rule)) {
				*amount = r->amounts[i];
				return true;
			}
		}
	return false;
}

bool
decide_value_meets(double value, const struct quantity *rule)
{
	struct quantity q = *rule;

	q.lo = q.hi = q.value = value;
	q.lo_strict = q.hi_strict = false;
	return value > 0 && quantity_meets(&q, rule);
}

/* "its highest since 2010" for "at five-year high": when is it said? */
static bool
meets(const struct analysis *a, const struct quantity *q,
    const struct quantity *rule)
{
	double year = a->published == ARTICLE_NO_TIME ? 0 :
	    1970 + (double)a->published / YEAR_SECONDS;
	struct quantity x, y;

	if (q->kind != QUANTITY_REACH || rule->kind != QUANTITY_REACH)
		return quantity_meets(q, rule);
	x = reach_years(q, year);
	y = reach_years(rule, year);
	if (x.role == QUANTITY_FROM && y.role == QUANTITY_FROM)
		return x.value <= y.value;
	return x.role == y.role || isinf(x.value) ? quantity_meets(&x, &y) :
	    false;
}

/* "fall 6%, 7% and 4% respectively": any owner asked for with its amount. */
static void
test_paired(const struct event_pattern *p, const struct analysis *a,
    const struct record *r, struct verdict *d)
{
	const struct np *np = &r->theme;
	bool leftwards = np->owners[0].first >
	    np->owners[np->nowners - 1].first;
	uint32_t i, ref;

	for (i = 0; i < np->nowners && i < r->namounts; i++) {
		if (!decide_in(a, &p->subject, &np->owners[i], &ref))
			continue;
		d->owner = i;
		d->owner_ref = ref;
		d->amount = r->amounts[leftwards ? r->namounts - 1 - i : i];
		if (quantity_meets(&a->quantities.list[d->amount], &p->amount))
			return;
	}
	d->failed |= 1u << TEST_AMOUNT;
}

static void
test_amount(const struct event_pattern *p, const struct analysis *a,
    const struct record *r, struct verdict *d)
{
	const struct quantity *q;
	uint8_t i;

	if (r->frame == FRAME_ACT && r->namounts == 0 &&
	    lexis_bool(entry_of(a, r->predicate), KEY_PRICED))
		d->failed |= 1u << TEST_AMOUNT;
	if (!p->has_amount)
		return;
	if (r->unassigned && d->owner != NONE) {
		test_paired(p, a, r, d);
		return;
	}
	for (i = 0; i < r->namounts; i++) {
		q = &a->quantities.list[r->amounts[i]];
		if (r->frame == FRAME_CHANGE && !amount_counts(q))
			continue;
		if (quantity_comparable(q->kind, p->amount.kind) &&
		    d->amount == NONE)
			d->amount = r->amounts[i];
		if (meets(a, q, &p->amount)) {
			d->amount = r->amounts[i];
			return;
		}
	}
	if (r->percent > 0 && quantity_comparable(QUANTITY_RATIO,
	    p->amount.kind) && decide_value_meets(r->percent, &p->amount))
		return;
	if (r->computed > 0 && p->amount.kind == QUANTITY_COUNT &&
	    decide_value_meets(r->computed, &p->amount)) {
		d->amount = r->amounts[0];
		return;
	}
	if (r->frame == FRAME_CHANGE && p->amount.kind == QUANTITY_PERCENT &&
	    level_change(a, r, &p->amount, &d->amount))
		return;
	d->failed |= 1u << TEST_AMOUNT;
}

/*
 * "tops $100" is above 100, wherever it ends; "falls below $60" under 60; but
 * "rises to $100" is at 100.
 */
static struct quantity
level_of(const struct analysis *a, const struct record *r,
    const struct quantity *q)
{
	struct quantity level = *q;

	if (r->frame != FRAME_LEVEL || (r->predicate != NO_ENTRY &&
	    lexis_bool(entry_of(a, r->predicate), KEY_EXACT)))
		return level;
	if (r->direction > 0) {
		level.lo_strict = true;
		level.hi = INFINITY;
	} else if (r->direction < 0) {
		level.hi_strict = true;
		level.lo = -INFINITY;
	}
	return level;
}

/* "consumer prices rose 3.2%": the rise of prices is the inflation. */
static bool
rate_of_change(const struct analysis *a, const struct record *r,
    const struct quantity *q)
{
	uint32_t at;

	if (r->direction <= 0 || q->kind != QUANTITY_PERCENT ||
	    r->theme.measure_tag == NONE)
		return false;
	for (at = a->tags[r->theme.measure_tag].sense; at != 0;
	    at = sense_of(a, at)->next)
		if (sense_of(a, at)->kind == SENSE_MEASURE &&
		    sense_of(a, at)->ref == r->theme.measure &&
		    sense_of(a, at)->use == USE_RATIO)
			return true;
	return false;
}

static void
test_level(const struct event_pattern *p, const struct analysis *a,
    const struct record *r, struct verdict *d)
{
	const struct quantity *q;
	struct quantity level;
	uint8_t i;

	for (i = 0; i < r->namounts; i++) {
		q = &a->quantities.list[r->amounts[i]];
		/* "at triple the rate" is no rate */
		if (q->derived || q->role == QUANTITY_FROM ||
		    q->kind == QUANTITY_REACH || q->kind == QUANTITY_RATIO)
			continue;
		if (r->frame == FRAME_CHANGE && q->role != QUANTITY_LEVEL &&
		    q->role != QUANTITY_TO && !rate_of_change(a, r, q))
			continue;
		if (!decide_level_of(p, a, r, d, q))
			continue;
		if (d->amount == NONE)
			d->amount = r->amounts[i];
		level = level_of(a, r, q);
		decide_unit(p, a, r, &level);
		if (quantity_meets(&level, &p->level)) {
			d->amount = r->amounts[i];
			return;
		}
	}
	d->failed |= 1u << TEST_AMOUNT;
}

static void
test_mood(const struct event_pattern *p, const struct record *r,
    struct verdict *d)
{
	unsigned moods = r->moods;

	if (p->options.forecasts)
		moods &= ~(1u << MOOD_EXPECTED | 1u << MOOD_ASKED);
	if (p->options.past)
		moods &= ~(1u << MOOD_PAST);
	if (p->options.denied)
		moods &= ~(1u << MOOD_DENIED);
	if (moods != 0)
		d->failed |= 1u << TEST_MOOD;
}

static void
test_field(const struct event_pattern *p, const struct analysis *a,
    const struct record *r, struct verdict *d)
{
	d->relevance = r->title ? 100 : r->lead ? 90 : r->sentence ==
	    a->text->fields[TEXT_BODY].sentence + 1 ? 80 : 60;
	d->relevance -= 20 * r->inherited;
	if (d->place != NONE && r->frame != FRAME_ACT &&
	    r->object.owners[d->place].inherited)
		d->relevance -= 20;
	if (d->owner != NONE && r->theme.owners[d->owner].inherited)
		d->relevance -= 20;
	if (d->amount != NONE && a->quantities.list[d->amount].approx)
		d->relevance -= 5;
	if (d->relevance < 0)
		d->relevance = 0;
	if ((p->options.only_title && !r->title) ||
	    (p->options.only_lead && !r->title && !r->lead) ||
	    d->relevance < p->options.relevance)
		d->failed |= 1u << TEST_FIELD;
}

static bool
predicate_fits(const struct event_pattern *p, const struct record *r)
{
	/* what stands at a record high is up, by whatever it is */
	if (p->frame == FRAME_CHANGE)
		return (r->frame == FRAME_CHANGE || (r->frame ==
		    FRAME_EXTREME && !p->has_amount && !r->nominal)) &&
		    r->direction == p->direction;
	if (p->frame == FRAME_LEVEL)
		return r->frame == FRAME_LEVEL || r->frame == FRAME_CHANGE ||
		    r->frame == FRAME_EXTREME;
	return r->frame == p->frame && lexis_is(p->v, r->predicate,
	    p->predicate);
}

/* All of them, or until one fails. */
static void
test(const struct event_pattern *p, const struct analysis *a,
    const struct record *r, bool all, struct verdict *d)
{
	memset(d, 0, sizeof(*d));
	d->owner = d->object = d->place = d->quality = d->amount = NONE;
	d->object_tag = NONE;
	d->owner_ref = d->object_ref = d->place_ref = NO_ENTRY;
	if (!predicate_fits(p, r)) {
		d->failed = 1u << TEST_PREDICATE;
		if (r->frame != p->frame)
			d->failed |= 1u << TEST_FIELD | 1u << TEST_OWNER;
	}
	if (d->failed != 0 && !all)
		return;
	if (r->frame == FRAME_CHANGE || r->frame == FRAME_LEVEL ||
	    r->frame == FRAME_EXTREME)
		test_theme(p, a, r, d);
	else
		decide_agent(p, a, r, d);
	if (d->failed != 0 && !all)
		return;
	if (r->frame == FRAME_ACT)
		decide_object(p, a, r, d);
	decide_place(p, a, r, d);
	if (p->reason != NO_ENTRY && !decide_reason(p, a, r))
		d->failed |= 1u << TEST_REASON;
	decide_qualities(p, a, r, d);
	if (p->has_level)
		test_level(p, a, r, d);
	else if (p->toll != TOLL_NONE)
		d->failed |= (unsigned)!decide_toll(p, a, r, d) <<
		    TEST_AMOUNT;
	else
		test_amount(p, a, r, d);
	if (r->blocked != NO_TOKEN)
		d->failed |= 1u << TEST_BLOCKED;
	if (r->filtered)
		test_mood(p, r, d);
	test_field(p, a, r, d);
}

/* "Yen rises against the dollar": what the one gains the other loses. */
static void
decide_either_way(const struct event_pattern *p, const struct analysis *a,
    const struct record *r, bool all, struct verdict *d)
{
	struct event_pattern turned;
	struct verdict other;

	test(p, a, r, all, d);
	if (d->failed == 0 || p->place.nrefs == 0 || !decide_pair(p) ||
	    p->frame != FRAME_CHANGE || p->has_level ||
	    r->frame != FRAME_CHANGE || r->direction != -p->direction)
		return;
	turned = *p;
	turned.direction = r->direction;
	turned.subject = p->place;
	turned.place = p->subject;
	test(&turned, a, r, all, &other);
	if (other.failed == 0)
		*d = other;
}

bool
decide_holds(const struct event_pattern *p, const struct analysis *a,
    struct record *r, struct verdict *d)
{
	decide_either_way(p, a, r, false, d);
	/* Its moods are asked for last: they are dear, and few come so far. */
	if (d->failed == 0 && !r->filtered) {
		filter_run(a, r);
		decide_either_way(p, a, r, false, d);
	}
	return d->failed == 0;
}

void
decide(const struct event_pattern *p, const struct analysis *a,
    struct record *r, struct verdict *d)
{
	filter_run(a, r);
	decide_either_way(p, a, r, true, d);
}
