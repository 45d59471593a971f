/* decide_act - who does it: the agent of an act, the owner of a state. */
#include <string.h>

#include "rule/pattern.h"

/*
 * "2,300 workers will lose their jobs": the subject is what is counted; but
 * "federal workers" says whose they are.
 */
static bool
heads_object(const struct analysis *a, const struct record *r)
{
	const struct mention *m = &r->theme.owners[0];
	uint32_t tag = r->theme.end == 0 ? NONE : token_free(a,
	    r->theme.end - 1, SENSE_OBJECT, r->predicate);

	return tag != NONE && (r->theme.nowners == 0 || m->sense == 0 ||
	    m->end != a->tags[tag].end || m->first >= a->tags[tag].first);
}

/*
 * "Strike shuts ports as dockers walk out": the noun alone may be of missiles;
 * who strikes, or whose workers, must be in the sentence.
 */
static bool
strikes(const struct analysis *a, const struct record *r)
{
	const struct entry *e = entry_of(a, r->predicate);
	const struct mention *m = &r->theme.owners[0];
	uint32_t i, end = token_sentence_end(a, r->first);
	const struct tag *t;

	if (r->theme.nowners > 0 && (mention_is(a, m, e->agent) ||
	    (m->sense != 0 && np_has_results(a, m))))
		return true;
	for (i = token_sentence_first(a, r->first); i < end; i++) {
		t = tag_at(a, LAYER_NOUN, i);
		if (t != NULL && tag_is(a, t, e->agent))
			return true;
	}
	return false;
}

/*
 * "workers strike", but earthquakes, too: an act that is done to nothing is
 * known by who does it.
 */
static bool
does(const struct analysis *a, const struct record *r)
{
	const struct entry *e = entry_of(a, r->predicate);

	/* "halts exports": a country's ban, and no saboteurs' */
	if (r->frame == FRAME_ACT && lexis_bool(e, KEY_AS_WHOLE) &&
	    e->agent != NO_ENTRY && lexis_slot(e, KEY_OBJECTS)->n > 0 &&
	    entry_of(a, e->agent)->open != OPEN_NAMES)
		return r->theme.nowners > 0 && !r->theme.other &&
		    mention_is(a, &r->theme.owners[0], e->agent);
	if (r->frame == FRAME_ACT && r->use == USE_NOUN &&
	    lexis_bool(e, KEY_AS_WHOLE) && e->agent != NO_ENTRY &&
	    e->nof == 0 && lexis_slot(e, KEY_OBJECTS)->n == 0)
		return strikes(a, r);
	if (r->use != USE_VERB || e->agent == NO_ENTRY || e->nof > 0 ||
	    lexis_slot(e, KEY_OBJECTS)->n > 0 ||
	    entry_of(a, e->agent)->open == OPEN_NAMES)
		return true;
	return r->theme.nowners > 0 && !r->theme.other &&
	    mention_is(a, &r->theme.owners[0], e->agent);
}

/* "The PM's chief aide quits": not the PM, where nothing else tells who. */
static bool
owns_the_doer(const struct analysis *a, const struct record *r,
    uint32_t owner)
{
	const struct entry *e = entry_of(a, r->predicate);
	const struct mention *m = &r->theme.owners[owner];

	return r->frame == FRAME_ACT && r->use != USE_NOUN &&
	    e->agent == NO_ENTRY && e->nof == 0 &&
	    lexis_slot(e, KEY_OBJECTS)->n == 0 && m->end < a->ntokens &&
	    m->end + 1 < r->first &&
	    (tok(a, m->end)->flags & TEXT_POSSESSIVE) != 0;
}

/* What the rule asks for could do it, or is what could. */
static bool
related(const struct event_pattern *p, uint32_t agent)
{
	uint8_t i;

	for (i = 0; i < p->subject.nrefs; i++)
		if (lexis_is(p->v, p->subject.refs[i], agent) ||
		    lexis_is(p->v, agent, p->subject.refs[i]))
			return true;
	return p->subject.any;
}

/* A word that leads to what something is of, or where: "of", "at", "in". */
static bool
leads(const struct analysis *a, uint32_t i)
{
	return i < a->text->ntokens &&
	    (gram(a, i) & (GRAM_OF | GRAM_IN | GRAM_PREP)) != 0;
}

/*
 * "outage at AWS", "shortage of memory chips", "Azure hit by outage": what a
 * state is of may stand behind its noun, or have been hit by it.
 */
static bool
befalls(const struct event_pattern *p, const struct analysis *a,
    const struct record *r, struct verdict *d)
{
	const struct mention *m;
	uint32_t i, ref, by = r->first;
	uint8_t k;

	for (i = 0; i < 4 && by != NO_TOKEN && (gram(a, by) & GRAM_BY) == 0;
	    i++)
		by = token_prev(a, by);
	if (by != NO_TOKEN && (gram(a, by) & GRAM_BY) == 0)
		by = NO_TOKEN;
	for (k = 0; r->nominal && k < r->object.nowners; k++) {
		m = &r->object.owners[k];
		if (m->inherited || !decide_in(a, &p->subject, m, &ref))
			continue;
		/* "due to chip shortage": right before, whatever ends there */
		if (m->end == r->first ||
		    (leads(a, r->end) && m->first > r->end &&
		    m->first <= r->end + 3) || (by != NO_TOKEN &&
		    m->end <= by && by - m->end <= 3)) {
			d->place = k;
			d->place_ref = ref;
			return true;
		}
	}
	return false;
}

/* "Batsman fined": a name nobody knows, by nobody, may be anybody. */
static bool
stranger(const struct analysis *a, const struct record *r)
{
	const struct entry *e = entry_of(a, r->predicate);
	uint32_t i;

	for (i = 0; i < e->nof; i++)
		if (entry_of(a, e->of[i])->open == OPEN_NAMES)
			return r->object.nowners > 0 &&
			    decide_unknown(a, &r->object.owners[0]);
	return false;
}

/* Nobody does it in so many words, where nobody has to: the rule's subject. */
static bool
done_by_whom(const struct event_pattern *p, const struct analysis *a,
    const struct record *r, struct verdict *d)
{
	const struct entry *e = entry_of(a, r->predicate);
	uint32_t where;

	if ((!r->turned && !r->nominal) || r->theme.nowners > 0 ||
	    !lexis_bool(e, KEY_AGENT_OPTIONAL))
		return false;
	/* "the drug is approved": who else but a regulator does it */
	if (p->subject.nrefs == 1 &&
	    p->subject.refs[0] == e->agent && !stranger(a, r))
		return true;
	/* "Starbucks locations to close": whose they are does it */
	if (r->turned && r->object_tag != NONE &&
	    decide_owner(a, &p->subject, &r->object, &d->owner_ref) != NONE)
		return true;
	/* "Google hit with fine for breaking EU rules": who else but the EU */
	return e->agent != NO_ENTRY &&
	    entry_of(a, e->agent)->open != OPEN_NAMES &&
	    related(p, e->agent) && !p->subject.any &&
	    decide_somewhere(p, &p->subject, a, r, &where);
}

void
decide_agent(const struct event_pattern *p, const struct analysis *a,
    const struct record *r, struct verdict *d)
{
	const struct entry *e = entry_of(a, r->predicate);
	uint32_t where;
	uint8_t i;

	/* "a website is down": no share is, in this sense */
	if (r->frame == FRAME_STATE && e->agent != NO_ENTRY &&
	    (r->theme.nowners == 0 || r->theme.measure != NO_ENTRY ||
	    r->theme.other || !mention_is(a, &r->theme.owners[0],
	    e->agent)))
		d->failed |= 1u << TEST_OWNER;
	/* "revenue beats estimates", not "profit" */
	if (p->measure_said && r->theme.measure != NO_ENTRY &&
	    r->theme.measure != p->measure)
		d->failed |= 1u << TEST_MEASURE;
	d->owner = decide_owner(a, &p->subject, &r->theme, &d->owner_ref);
	if (d->owner != NONE) {
		if (!does(a, r) || owns_the_doer(a, r, d->owner))
			d->failed |= 1u << TEST_OWNER;
		return;
	}
	if (r->frame == FRAME_STATE && befalls(p, a, r, d))
		return;
	if (lexis_bool(e, KEY_AGENT_OPTIONAL) && decide_open(p, &p->subject) &&
	    (r->theme.nowners == 0 || r->theme.guessed || heads_object(a, r)))
		return;
	if (p->subject.any) {
		if (!does(a, r))
			d->failed |= 1u << TEST_OWNER;
		return;
	}
	if (done_by_whom(p, a, r, d))
		return;
	/* "plant halts production", "port strike": where others do it */
	if (r->frame == FRAME_ACT && e->agent != NO_ENTRY &&
	    (lexis_bool(e, KEY_AGENT_OPTIONAL) || (r->theme.nowners > 0 &&
	    mention_is(a, &r->theme.owners[0], e->agent))) &&
	    !related(p, e->agent) && !decide_open(p, &p->subject) &&
	    lexis_is(p->v, r->predicate, p->predicate) &&
	    decide_somewhere(p, &p->subject, a, r, &where))
		return;
	/* "Japan raises rates": the country for its central bank */
	for (i = 0; i < p->subject.nrefs && e->for_agent != NO_ENTRY; i++)
		if (lexis_is(p->v, e->agent, p->subject.refs[i]) &&
		    r->theme.nowners > 0 &&
		    !r->theme.other && mention_is(a, &r->theme.owners[0],
		    e->for_agent)) {
			d->owner = 0;
			d->owner_ref = e->agent;
			return;
		}
	d->failed |= 1u << TEST_OWNER;
}
