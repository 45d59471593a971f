/*
 * decide_toll - why it is done, how and what it costs: the state that an act is
 * told with, its qualities, whom an incident killed, how strong it was.
 */
#include <string.h>

#include "rule/pattern.h"

#define NEAR 5	/* tokens between a number and the word for what it counts */

/* A predicate of this kind is told of in the record's sentence. */
bool
decide_reason(const struct event_pattern *p, const struct analysis *a,
    const struct record *r)
{
	uint32_t i, at, end = token_sentence_end(a, r->first);
	const struct sense *s;
	const struct tag *t;

	for (i = token_sentence_first(a, r->first); i < end; i++) {
		t = tag_at(a, LAYER_PRED, i);
		if (t == NULL || t->first != i)
			continue;
		for (at = t->sense; at != 0; at = s->next) {
			s = sense_of(a, at);
			if (s->kind == SENSE_PRED &&
			    lexis_is(a->v, s->ref, p->reason))
				return true;
		}
	}
	return false;
}

static bool
says(const struct analysis *a, uint32_t i, uint8_t toll)
{
	static const char *const killed[] = { "kill", "kills", "killed",
		"killing", "dead", "death", "deaths", "die", "died", "dies",
		"dying", "fatalities", "lives", "bodies", "deadly" };
	static const char *const hurt[] = { "injure", "injures", "injured",
		"injuring", "wounded", "wounds", "wounding", "hurt", "hurts",
		"hospitalised", "hospitalized", "injuries" };

	return toll == TOLL_KILLED ? token_is_any(a, i, killed,
	    sizeof(killed) / sizeof(killed[0])) :
	    token_is_any(a, i, hurt, sizeof(hurt) / sizeof(hurt[0]));
}

/*
 * The word nearest to the number says what it counts: of "kills 9, injures 77"
 * 9 are dead.
 */
static bool
counts(const struct analysis *a, const struct quantity *q, uint32_t first,
    uint32_t end, uint8_t toll)
{
	uint8_t other = toll == TOLL_KILLED ? TOLL_HURT : TOLL_KILLED;
	uint32_t n, back, on;

	if (toll == TOLL_AFFECTED)
		return q->unit < q->unit_end;
	for (n = 1; n <= NEAR; n++) {
		back = q->first >= first + n ? q->first - n : NO_TOKEN;
		on = q->end + n - 1 < end ? q->end + n - 1 : NO_TOKEN;
		if (back != NO_TOKEN && says(a, back, toll))
			return true;
		if (back != NO_TOKEN && says(a, back, other))
			return false;
		if (on != NO_TOKEN && says(a, on, toll))
			return true;
		if (on != NO_TOKEN && says(a, on, other))
			return false;
	}
	return false;
}

/* "Hurricane Melissa dies over the sea" */
static bool
ends(const struct analysis *a, const struct record *r, uint32_t i)
{
	static const char *const words[] = { "die", "dies", "died", "dying" };

	return i >= r->end && i <= r->end + 1 && token_is_any(a, i, words,
	    sizeof(words) / sizeof(words[0]));
}

static bool
is_magnitude(const struct analysis *a, const struct record *r, uint32_t i)
{
	static const char *const word[] = { "magnitude", "mag" };
	uint32_t n;

	if (tok(a, i)->kind != TEXT_NUMBER || tok(a, i)->value <= 0 ||
	    tok(a, i)->value >= 10)
		return false;
	for (n = 1; n <= 2; n++)
		if ((i >= n && token_is_any(a, i - n, word, 2)) ||
		    (i + n < a->ntokens && token_is_any(a, i + n, word, 2)))
			return true;
	return i + 1 == r->first;	/* "5.2 earthquake" */
}

static bool
strong(const struct event_pattern *p, const struct analysis *a,
    const struct record *r)
{
	uint32_t i, end = token_sentence_end(a, r->first);

	for (i = token_sentence_first(a, r->first); i < end; i++)
		if (is_magnitude(a, r, i) &&
		    decide_value_meets(tok(a, i)->value, &p->amount))
			return true;
	return false;
}

bool
decide_toll(const struct event_pattern *p, const struct analysis *a,
    const struct record *r, struct verdict *d)
{
	uint32_t i, k, last = 0, first = token_sentence_first(a, r->first);
	uint32_t end = token_sentence_end(a, r->first);
	const struct quantity *q;

	if (p->toll == TOLL_MAGNITUDE)
		return strong(p, a, r);
	for (i = first; i < end; i++) {
		if (!p->has_amount && says(a, i, p->toll) && !ends(a, r, i))
			return true;
		k = a->quantity_at[i];
		if (!p->has_amount || k == 0 || k == last)
			continue;
		last = k;
		q = &a->quantities.list[k - 1];
		if (q->kind != QUANTITY_COUNT || !counts(a, q, first, end,
		    p->toll) || !quantity_meets(q, &p->amount))
			continue;
		d->amount = k - 1;
		return true;
	}
	return false;
}

/* A tag in the sentence that says so, or NONE. */
static uint32_t
quality_said(const struct analysis *a, const struct record *r,
    uint32_t quality)
{
	uint32_t i, k, at, end = token_sentence_end(a, r->first);

	for (k = 0; k < r->nquality; k++)
		for (at = a->tags[r->quality[k]].sense; at != 0;
		    at = sense_of(a, at)->next)
			if (sense_of(a, at)->kind == SENSE_QUALITY &&
			    sense_of(a, at)->ref == quality)
				return r->quality[k];
	if (r->frame != FRAME_ACT)	/* a state knows its own */
		return NONE;
	for (i = token_sentence_first(a, r->first); i < end; i++) {
		k = token_free(a, i, SENSE_QUALITY, quality);
		if (k != NONE)
			return k;
	}
	return NONE;
}

void
decide_qualities(const struct event_pattern *p, const struct analysis *a,
    const struct record *r, struct verdict *d)
{
	uint32_t tag;
	uint8_t i;

	for (i = 0; i < p->nqualities; i++) {
		tag = quality_said(a, r, p->qualities[i]);
		if (tag == NONE)
			d->failed |= 1u << TEST_QUALITY;
		else
			d->quality = tag;
	}
}
