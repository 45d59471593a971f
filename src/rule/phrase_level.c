/*
 * phrase_level - predicates that amounts make in event phrases: "above $100",
 * "past the $100 mark", "doubles", "more than 5% down".
 */
#include <math.h>

#include "rule/phrase.h"

/* "back", "still", "trades", "stands": they only lead to where it stands. */
static bool
stands(struct reader *r)
{
	uint32_t end = r->at + 1, s;

	if ((phrase_grammar(r, r->at) & (GRAM_BE | GRAM_ADV)) != 0) {
		r->at++;
		return true;
	}
	s = phrase_longest(r, r->at, 1u << SENSE_CUE, &end);
	for (; s != 0; s = r->v->senses[s].next)
		if (r->v->senses[s].kind == SENSE_CUE && r->v->entries[
		    r->v->senses[s].ref].mood == MOOD_LINK) {
			r->at = end;
			return true;
		}
	return false;
}

/* "past the $100,000 mark": the article between bound and number. */
static bool
beyond_the(struct reader *r, struct quantity *q)
{
	static const char *const up[] = { "past", "above", "over", "beyond",
		"through" };
	uint32_t at = r->at;
	size_t i;
	bool above = false;

	for (i = 0; i < sizeof(up) / sizeof(up[0]); i++)
		above |= phrase_word_is(r, at, up[i]);
	if ((!above && !phrase_word_is(r, at, "below") &&
	    !phrase_word_is(r, at, "under")) || !phrase_word_is(r, at + 1, "the"))
		return false;
	r->at = at + 2;
	if (!phrase_amount(r, q)) {
		r->at = at;
		return false;
	}
	q->lo_strict = above;
	q->hi_strict = !above;
	if (above)
		q->hi = INFINITY;
	else
		q->lo = -INFINITY;
	return true;
}

/*
 * "above $100", "trades at more than $100", "past the $100 mark": a level; but
 * "more than 5% down" is a change.
 */
static bool
level(struct reader *r)
{
	struct event_pattern *p = r->p;
	uint32_t at = r->at, n, end = 0;
	struct quantity q;

	for (n = 0; n < 3 && !phrase_amount(r, &q) && !beyond_the(r, &q); n++)
		if ((!stands(r) && !phrase_word_is(r, r->at, "at")) ||
		    phrase_word_is(r, r->at, "for")) {	/* "settles for" */
			r->at = at;
			return false;
		} else if (phrase_word_is(r, r->at, "at"))
			r->at++;
	if (n == 3 || phrase_longest(r, r->at, 1u << SENSE_PRED, &end) != 0) {
		r->at = at;
		return false;
	}
	p->predicate = NO_ENTRY;
	if (q.sign != 0 && q.kind != QUANTITY_MONEY) {	/* "oil -5%" */
		p->frame = FRAME_CHANGE;
		p->direction = q.sign;
		p->has_amount = true;
		p->amount = q;
		return true;
	}
	p->frame = FRAME_LEVEL;
	p->has_level = true;
	p->level = q;
	return true;
}

/* "doubles", "halves": predicate and amount in one word, at least that much. */
static bool
ratio(struct reader *r)
{
	struct event_pattern *p = r->p;
	uint32_t end = 0, s = phrase_longest(r, r->at, 1u << SENSE_PRED, &end);
	struct quantity q;

	while (s != 0 && (r->v->senses[s].kind != SENSE_PRED ||
	    r->v->senses[s].use != USE_RATIO))
		s = r->v->senses[s].next;
	if (s == 0)
		return false;
	/* "enters bear market": as much as the vocabulary says */
	if (quantity_parse(r->text, r->at, &q) != end) {
		quantity_of_percent(&q, r->v->senses[s].percent);
		q.first = r->at;
		q.end = end;
	}
	r->at = end;
	p->predicate = r->v->senses[s].ref;
	p->frame = r->v->entries[p->predicate].frame;
	p->direction = r->v->entries[p->predicate].direction;
	p->amount = q;
	p->amount.hi = INFINITY;
	p->has_amount = true;
	return true;
}

/* "more than 5% down", "at least 2% higher": the amount in front. */
static bool
ahead(struct reader *r)
{
	struct event_pattern before = *r->p, *p = r->p;
	uint32_t at = r->at;
	struct quantity q;

	if (!p->has_amount && phrase_amount(r, &q) &&
	    phrase_predicate(r, false) && p->frame == FRAME_CHANGE &&
	    !p->has_amount) {
		p->amount = q;
		p->has_amount = true;
		return true;
	}
	*p = before;
	r->at = at;
	return false;
}

bool
phrase_level(struct reader *r)
{
	return ratio(r) || level(r) || ahead(r);
}
