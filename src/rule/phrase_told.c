/*
 * phrase_told - events that a light verb tells of: "announces layoffs", "posts
 * a fall in profit", "reports 20% lower profit".
 */
#include "rule/phrase.h"

/* "reports 20% lower profit": the move stands in front of the measure. */
static bool
move_before(struct reader *r)
{
	struct event_pattern *p = r->p;
	uint32_t end = 0, s = phrase_longest(r, r->at, 1u << SENSE_PRED, &end);
	uint32_t measure = NO_ENTRY;
	struct arg owner;

	for (; s != 0; s = r->v->senses[s].next)
		if (r->v->senses[s].kind == SENSE_PRED &&
		    r->v->senses[s].use == USE_PARTICLE &&
		    r->v->entries[r->v->senses[s].ref].frame == FRAME_CHANGE)
			break;
	if (s == 0 || p->measure != NO_ENTRY)
		return false;
	r->at = end;
	if (!phrase_argument(r, &owner, &measure) || measure == NO_ENTRY ||
	    owner.nrefs > 0)
		return false;
	p->frame = FRAME_CHANGE;
	p->predicate = r->v->senses[s].ref;
	p->direction = r->v->entries[p->predicate].direction;
	p->measure = measure;
	return true;
}

/* "announces layoffs", "suffers outage", "imposes tariffs": a noun is told. */
bool
phrase_told(struct reader *r)
{
	struct reader tried = *r;
	struct event_pattern p = *r->p;
	struct quantity q;
	uint32_t end = r->at;

	if (phrase_longest(r, r->at, 1u << SENSE_CUE, &end) == 0)
		return false;
	tried.at = end;
	tried.p = &p;
	phrase_skip(&tried);
	if (phrase_amount(&tried, &q)) {
		p.amount = q;
		p.has_amount = true;
		phrase_skip(&tried);
	}
	if (!move_before(&tried) && !phrase_predicate(&tried, true))
		return false;
	*r->p = p;
	r->at = tried.at;
	r->score = 3;
	return true;
}
