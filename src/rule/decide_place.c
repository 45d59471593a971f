/*
 * decide_place - where it is: the list that is topped or who is overtaken, what
 * there is a shortage of, the currency that another rises against.
 */
#include <string.h>

#include "rule/pattern.h"

#define NEAR_ENOUGH 256		/* tokens: no sentence is so long that is one */

/* They share a kind: "company overtakes company", not "app tops app store". */
static bool
of_a_kind(const struct event_pattern *p)
{
	const struct entry *e;
	uint8_t i, k;
	uint32_t n;

	for (i = 0; i < p->place.nrefs; i++) {
		e = &p->v->entries[p->place.refs[i]];
		for (n = 0; n < e->nup; n++)
			for (k = 0; k < p->subject.nrefs; k++)
				if (lexis_is(p->v, p->subject.refs[k],
				    e->up[n]))
					return true;
	}
	return false;
}

bool
decide_unknown(const struct analysis *a, const struct mention *m)
{
	return m->sense == 0 && (m->thing == NONE ||
	    a->things[m->thing].nconcepts == 0);
}

/* Who is overtaken stands where the object does, and is not who overtakes. */
static void
test_rival(const struct event_pattern *p, const struct analysis *a,
    const struct record *r, struct verdict *d)
{
	const struct mention *m;
	uint32_t i;

	for (i = 0; i < r->object.nowners && d->place == NONE; i++) {
		m = &r->object.owners[i];
		if (m->rival && decide_in(a, &p->place, m, &d->place_ref))
			d->place = i;
	}
	if (d->place == NONE)
		d->failed |= 1u << TEST_PLACE;
	/* "Red Sox beat Yankees": a name nobody knows may do much else */
	if (r->predicate != p->predicate || r->theme.other ||
	    r->theme.nowners == 0 || (d->owner != NONE &&
	    decide_unknown(a, &r->theme.owners[d->owner])))
		d->failed |= 1u << TEST_OWNER;
}

/* Of the concepts that this state is a matter of. */
static bool
concerned(const struct analysis *a, const struct entry *e,
    const struct mention *m)
{
	uint32_t i;

	for (i = 0; i < e->nof; i++)
		if (e->of[i] != NO_ENTRY && mention_is(a, m, e->of[i]))
			return true;
	return false;
}

/* The rule asks for what this state is a matter of, not where it is. */
static bool
matter(const struct event_pattern *p, const struct entry *e)
{
	uint32_t i;
	uint8_t k;

	for (i = 0; i < e->nof; i++)
		for (k = 0; k < p->place.nrefs; k++)
			if (e->of[i] != NO_ENTRY &&
			    (lexis_is(p->v, p->place.refs[k], e->of[i]) ||
			    lexis_is(p->v, e->of[i], p->place.refs[k])))
				return true;
	return false;
}

/*
 * "Oil slips; flu vaccine shortage": goods right before the noun, or behind its
 * "of", say what there is none of; others of the sentence are not meant.
 */
static bool
of_something_else(const struct event_pattern *p, const struct analysis *a,
    const struct record *r, const struct mention *found)
{
	const struct mention *m;
	uint32_t ref;
	uint8_t i;

	if (!r->nominal || !matter(p, entry_of(a, r->predicate)))
		return false;	/* "measles outbreak in Texas" is in Texas */
	for (i = 0; i < r->object.nowners; i++) {
		m = &r->object.owners[i];
		if (m != found && (m->end == r->first || (m->first ==
		    r->end + 1 && (gram(a, r->end) & GRAM_OF) != 0)) &&
		    concerned(a, entry_of(a, r->predicate), m) &&
		    !decide_in(a, &p->place, m, &ref))
			return true;
	}
	return false;
}

/* Words between one currency and the other. */
static bool
against(const struct analysis *a, uint32_t i)
{
	static const char *const words[] = { "against", "versus", "vs", "on",
		"to", "per" };

	return token_is_any(a, i, words, sizeof(words) / sizeof(words[0]));
}

bool
decide_pair(const struct event_pattern *p)
{
	return p->measure != NO_ENTRY &&
	    lexis_bool(&p->v->entries[p->measure], KEY_MUTUAL);
}

/* In the sentence; what something stands against, behind such a word. */
bool
decide_somewhere(const struct event_pattern *p, const struct arg *arg,
    const struct analysis *a, const struct record *r, uint32_t *ref)
{
	const struct text_sentence *s = &a->text->sentences[r->sentence];
	bool pair = decide_pair(p), behind = !pair;
	uint32_t i = r->first > s->first + NEAR_ENOUGH ?
	    r->first - NEAR_ENOUGH : s->first;
	uint32_t end = s->end > r->end + NEAR_ENOUGH ?
	    r->end + NEAR_ENOUGH : s->end;
	const struct tag *t;
	struct mention m;

	for (; i < end; i++) {
		if (pair && a->clause_of[i] != r->clause)
			continue;
		if (pair && (against(a, i) || (behind && token_verbal(a, i) &&
		    a->at[LAYER_NOUN][i] == 0)))
			behind = against(a, i);
		t = tag_at(a, LAYER_NOUN, i);
		if (t == NULL || !behind)
			continue;
		m = (struct mention){ .first = i, .end = t->end,
		    .sense = t->sense, .thing = NONE };
		if (decide_in(a, arg, &m, ref))
			return true;
	}
	return false;
}

void
decide_place(const struct event_pattern *p, const struct analysis *a,
    const struct record *r, struct verdict *d)
{
	if (p->place.any)
		return;
	if (r->frame == FRAME_RANK && of_a_kind(p)) {
		test_rival(p, a, r, d);
		return;
	}
	d->place = decide_owner(a, &p->place, &r->object, &d->place_ref);
	if (d->place != NONE && (r->frame != FRAME_STATE ||
	    !of_something_else(p, a, r, &r->object.owners[d->place])))
		return;
	d->place = NONE;
	if (r->frame == FRAME_RANK || r->frame == FRAME_STATE ||
	    !decide_somewhere(p, &p->place, a, r, &d->place_ref))
		d->failed |= 1u << TEST_PLACE;
}
