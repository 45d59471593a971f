/*
 * Highs and lows in event phrases: "at record high", "hits its lowest since
 * 2020", "record profit at bank".
 */
#include "rule/phrase.h"
#include "text/reach.h"

#define LEAD_MAX 6	/* "rises to its", "is at a fresh" */

/* The high or low at a token: its sense, and *end behind it; 0 = none. */
static uint32_t
extreme_at(const struct reader *r, uint32_t at, uint32_t *end)
{
	uint32_t s = phrase_longest(r, at, 1u << SENSE_PRED, end);

	while (s != 0 && (r->v->senses[s].kind != SENSE_PRED ||
	    r->v->entries[r->v->senses[s].ref].frame != FRAME_EXTREME))
		s = r->v->senses[s].next;
	return s;
}

/* A reach that begins at a token: "record", "52-week"; the token behind it. */
static uint32_t
reach_at(const struct reader *r, uint32_t at, struct quantity *q)
{
	uint64_t bit = at < 64 ? 1ULL << at : 0;
	uint32_t end, best = at;
	struct quantity found;

	if ((r->barren->reach & bit) != 0)
		return at;
	for (end = at + 1; end <= at + 4 && end <= r->text->ntokens; end++)
		if (reach_before(r->text, end, &found) == at) {
			best = end;
			*q = found;
		}
	if (best == at)
		r->barren->reach |= bit;
	return best;
}

/* "record high", "lowest since 2020", "five-year peak" at a token. */
static bool
whole(struct reader *r, uint32_t at)
{
	struct event_pattern *p = r->p;
	struct quantity q, behind;
	uint32_t start = reach_at(r, at, &q), end = at, after, s;
	bool some = start > at;

	s = extreme_at(r, start, &end);
	if (s == 0 && some)	/* "record" alone */
		s = extreme_at(r, at, &end);
	if (s == 0)
		return false;
	if (!some && reach_at(r, at, &q) > at)
		some = true;
	after = reach_after(r->text, end, &behind);
	if (after > end && (!some || behind.lo > q.lo)) {
		q = behind;
		some = true;
	}
	r->at = after;
	if (!some) {
		phrase_fail(r, at, "a high or low since when? Write \"at record "
		    "high\", \"at 52-week low\" or \"at highest since 2020\"");
		return true;
	}
	p->frame = FRAME_EXTREME;
	p->predicate = r->v->senses[s].ref;
	p->direction = r->v->entries[p->predicate].direction;
	p->amount = q;
	p->has_amount = true;
	r->score = 7;	/* "posts record profit" is no "posts profit" */
	return true;
}

/* Words that lead to it: "hits", "is at a", "closes at its". */
static bool
leads(const struct reader *r, uint32_t at, uint32_t *end)
{
	uint32_t g = phrase_grammar(r, at), s;

	*end = at + 1;
	if ((g & (GRAM_AUX | GRAM_TO | GRAM_DET | GRAM_IN)) != 0 ||
	    phrase_word_is(r, at, "new") || phrase_word_is(r, at, "fresh"))
		return (g & (GRAM_MODAL | GRAM_OF)) == 0;
	if (phrase_longest(r, at, 1u << SENSE_CUE, end) != 0)
		return true;
	s = phrase_longest(r, at, 1u << SENSE_PRED, end);
	while (s != 0 && (r->v->senses[s].kind != SENSE_PRED ||
	    r->v->entries[r->v->senses[s].ref].frame > FRAME_LEVEL))
		s = r->v->senses[s].next;
	return s != 0;
}

/* "posts record (quarterly) profit": the measure stands behind it. */
static void
measure_behind(struct reader *r)
{
	uint32_t end = r->at, s;

	if (r->failed || r->p->measure != NO_ENTRY)
		return;
	s = phrase_longest(r, r->at, 1u << SENSE_MEASURE, &end);
	for (; s != 0; s = r->v->senses[s].next)
		if (r->v->senses[s].kind == SENSE_MEASURE) {
			r->p->measure = r->v->senses[s].ref;
			r->at = end;
			return;
		}
}

bool
phrase_extreme(struct reader *r)
{
	uint32_t at = r->at, start = at, end, n;

	for (n = 0; n < LEAD_MAX && at < r->text->ntokens; n++, at = end) {
		if (whole(r, at)) {
			measure_behind(r);
			return true;
		}
		if (!leads(r, at, &end))
			break;
	}
	r->at = start;
	return false;
}

bool
phrase_record(struct reader *r)
{
	struct event_pattern *p = r->p;
	struct quantity q;
	uint32_t start = r->at, end = reach_at(r, start, &q), ignored;

	if (end == start && extreme_at(r, start, &ignored) == 0)
		return false;
	if (!whole(r, start))
		return false;
	if (r->failed || r->at >= r->text->ntokens)
		return true;
	/* "record high in gold", "record bank profit", "record profit at bank" */
	if ((phrase_grammar(r, r->at) & (GRAM_IN | GRAM_OF)) != 0)
		r->at++;
	if (!phrase_argument(r, &p->subject, &p->measure)) {
		r->at = start;
		return false;
	}
	if (p->subject.any && (phrase_grammar(r, r->at) & (GRAM_IN | GRAM_OF))
	    != 0) {
		r->at++;
		if (!phrase_argument(r, &p->subject, &p->measure))
			phrase_unknown(r, r->at, "a name or class");
	}
	return true;
}
