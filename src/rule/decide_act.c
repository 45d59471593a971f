/* decide_act - who does it to what: agent and object of an act. */
#include <string.h>

#include "rule/pattern.h"

/* Products are sold with their makers: "to buy Oculus Rift". */
static bool
is_product(const struct analysis *a, const struct mention *m)
{
	const struct entry *e;
	uint32_t i;

	if (m->thing == NONE || a->things[m->thing].ref == NO_ENTRY)
		return false;
	e = entry_of(a, a->things[m->thing].ref);
	for (i = 0; i < e->nup; i++)
		if (entry_of(a, e->up[i])->open == OPEN_NOUNS)
			return true;
	return false;
}

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
		if ((leads(a, r->end) && m->first > r->end &&
		    m->first <= r->end + 3) || (by != NO_TOKEN &&
		    m->end <= by && by - m->end <= 3)) {
			d->place = k;
			d->place_ref = ref;
			return true;
		}
	}
	return false;
}

/* A name that is in no list, and of which nothing is told. */
static bool
unknown(const struct analysis *a, const struct mention *m)
{
	return m->sense == 0 && (m->thing == NONE ||
	    a->things[m->thing].nconcepts == 0);
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
			    unknown(a, &r->object.owners[0]);
	return false;
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
	/* "the drug is approved": who else but a regulator does it */
	if ((r->turned || r->nominal) && r->theme.nowners == 0 &&
	    lexis_bool(e, KEY_AGENT_OPTIONAL) && p->subject.nrefs == 1 &&
	    p->subject.refs[0] == e->agent && !stranger(a, r))
		return;
	/* "plant halts production", "port strike": where others do it */
	if (r->frame == FRAME_ACT && e->agent != NO_ENTRY &&
	    lexis_bool(e, KEY_AGENT_OPTIONAL) &&
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

/* No "$1.2 billion of Occidental shares"; but "all the shares of Orbitz". */
static bool
direct_object(const struct record *r)
{
	return !r->object.from_prep || (r->object.measure != NO_ENTRY &&
	    !r->object.measure_late);
}

/* "buys Chevron stock": no Chevron; but "buys all Orbitz shares". */
static bool
only_its_measure(const struct analysis *a, const struct record *r,
    const struct mention *m)
{
	const struct np *np = &r->object;
	char word[LEXICON_WORD_MAX];
	uint32_t i, at;

	if (np->measure == NO_ENTRY || np->measure_late || m->first == 0 ||
	    !lexis_bool(entry_of(a, np->measure), KEY_ALONE))
		return false;
	at = a->tags[np->measure_tag].first;
	if (at < m->end || at > m->end + 2)
		return false;
	for (i = m->end; i < at; i++)
		if ((gram(a, i) & GRAM_AND) != 0)
			return false;
	text_folded(a->text, m->first - 1, word, sizeof(word));
	return strcmp(word, "all") != 0;
}

/*
 * "ECB hikes for 10th time", "BoE holds, as expected": of whom one thing alone
 * is told, nobody says what.
 */
static bool
bare(const struct analysis *a, const struct record *r)
{
	const struct entry *e = entry_of(a, r->predicate);
	uint32_t i = token_next(a, r->end - 1), first = r->theme.first;
	char word[LEXICON_WORD_MAX];

	text_folded(a->text, first, word, sizeof(word));
	if (strcmp(word, "the") == 0)
		first++;
	if (r->use != USE_VERB || e->for_agent == NO_ENTRY || r->turned ||
	    r->theme.other || r->theme.from_prep || r->theme.nowners != 1 ||
	    r->theme.end != r->first ||
	    r->theme.owners[0].first > first ||
	    !mention_is(a, &r->theme.owners[0], e->agent))
		return false;
	if (i == NO_TOKEN || a->quantity_at[i] != 0 ||
	    tok(a, i)->kind == TEXT_PUNCT ||
	    (gram(a, i) & (GRAM_AND | GRAM_BUT | GRAM_SUB)) != 0)
		return true;
	text_folded(a->text, i, word, sizeof(word));
	return strcmp(word, "again") == 0 || strcmp(word, "for") == 0 ||
	    strcmp(word, "by") == 0;
}

/* What the predicate itself demands of its object. */
static bool
object_stands(const struct analysis *a, const struct record *r,
    struct verdict *d)
{
	const struct entry *e = entry_of(a, r->predicate);
	uint32_t i, k;

	if (r->object_tag != NONE)
		return true;
	for (i = 0; i < e->nof; i++) {
		if (e->of[i] == NO_ENTRY)
			continue;
		if (entry_of(a, e->of[i])->section == VOCABULARY_MEASURES) {
			if (r->object.measure == e->of[i] &&
			    !r->object.measure_late)
				return true;
			continue;
		}
		if (entry_of(a, e->of[i])->open == OPEN_NOUNS)
			return true;
		for (k = 0; k < r->object.nowners; k++)
			if (!r->object.other && direct_object(r) &&
			    !only_its_measure(a, r, &r->object.owners[k]) &&
			    (mention_is(a,
			    &r->object.owners[k], e->of[i]) ||
			    (entry_of(a, e->of[i])->open == OPEN_NAMES &&
			    is_product(a, &r->object.owners[k])))) {
				d->object = k;
				return true;
			}
	}
	return (e->nof == 0 && lexis_slot(e, KEY_OBJECTS)->n == 0) ||
	    bare(a, r);
}

/* An object that may stand further off. */
static bool
far_object(const struct event_pattern *p, const struct analysis *a,
    const struct record *r, struct verdict *d)
{
	const struct entry *e = entry_of(a, r->predicate);
	uint8_t i;

	if (!lexis_bool(e, KEY_ANYWHERE) && !lexis_bool(e, KEY_POST))
		return false;
	for (i = 0; i < p->object.nrefs && d->object_tag == NONE; i++) {
		d->object_tag = act_anywhere(a, r, p->object.refs[i]);
		d->object_ref = p->object.refs[i];
	}
	return d->object_tag != NONE;
}

/* "cuts growth forecast" where a rule asks for a dividend. */
static bool
another_measure(const struct event_pattern *p, const struct record *r)
{
	return p->object_measure != NO_ENTRY &&
	    r->object.measure != NO_ENTRY &&
	    r->object.measure != p->object_measure;
}

/* "rejects appeal" where a rule asks for a law. */
static bool
another_word(const struct event_pattern *p, const struct analysis *a,
    const struct record *r)
{
	char word[LEXICON_WORD_MAX];

	if (p->object_word == NULL)
		return false;
	if (r->object_tag == NONE)
		return true;
	act_singular(a->text, a->tags[r->object_tag].end - 1, word,
	    sizeof(word));
	return strcmp(word, p->object_word) != 0;
}

/*
 * A startup is no name that nobody knows and no unit, where companies of any
 * kind are bought.
 */
static bool
narrower(const struct event_pattern *p, const struct analysis *a,
    const struct record *r)
{
	const struct entry *e = entry_of(a, r->predicate);
	uint32_t i;
	uint8_t k;

	for (k = 0; k < p->object.nrefs; k++)
		for (i = 0; i < e->nof; i++)
			if (p->object.refs[k] == e->of[i])
				return false;
	return e->nof > 0;
}

/* "sanctions Iran's largest bank": what is done to anybody's, is to them. */
static bool
owns_the_object(const struct event_pattern *p, const struct analysis *a,
    const struct record *r, struct verdict *d)
{
	const struct entry *e = entry_of(a, r->predicate);
	const struct tag *t = tag_at(a, LAYER_NOUN, r->end);
	struct mention m;

	if (r->use != USE_VERB || r->turned || e->nof > 0 || t == NULL ||
	    lexis_slot(e, KEY_OBJECTS)->n > 0 || t->end >= a->ntokens ||
	    (tok(a, t->end)->flags & TEXT_POSSESSIVE) == 0)
		return false;
	m = (struct mention){ .first = t->first, .end = t->end,
	    .sense = t->sense, .thing = NONE };
	if (!decide_in(a, &p->object, &m, &d->object_ref))
		return false;
	d->object_tag = a->at[LAYER_NOUN][r->end] - 1;
	return true;
}

/*
 * "launches a Gemini app": a class behind a product's name is what is meant,
 * and none of what the rule asks for.
 */
static bool
modifies_another(const struct event_pattern *p, const struct analysis *a,
    const struct mention *m)
{
	const struct tag *t = tag_at(a, LAYER_NOUN, m->end - 1);
	uint8_t i;

	if (!is_product(a, m))
		return false;
	if (t == NULL || t->first <= m->first)
		t = tag_at(a, LAYER_NOUN, m->end);
	if (t == NULL || t->first > m->end || token_sense(a, t, SENSE_NAME) !=
	    0 || token_sense(a, t, SENSE_CLASS) == 0)
		return false;
	for (i = 0; i < p->object.nrefs; i++)
		if (tag_is(a, t, p->object.refs[i]))
			return false;
	return true;
}

void
decide_object(const struct event_pattern *p, const struct analysis *a,
    const struct record *r, struct verdict *d)
{
	/* phrases and nouns say the object themselves */
	bool own = r->use == USE_PHRASE || r->use == USE_NOUN ||
	    r->use == USE_PARTICLE ||
	    (r->use == USE_INVERSE &&
	    !lexis_bool(entry_of(a, r->predicate), KEY_MONEY));
	uint8_t i;

	if (far_object(p, a, r, d))
		return;
	if (p->object.nrefs > 0 && lexis_bool(entry_of(a, r->predicate),
	    KEY_POST)) {
		d->failed |= 1u << TEST_OBJECT;
		return;
	}
	if ((!own && (!object_stands(a, r, d) || another_measure(p, r))) ||
	    another_word(p, a, r))
		d->failed |= 1u << TEST_OBJECT;
	if (p->object.any)
		return;
	for (i = 0; i < p->object.nrefs; i++)
		if (entry_of(a, p->object.refs[i])->open == OPEN_NOUNS)
			return;
	if (direct_object(r))
		d->object = decide_owner(a, &p->object, &r->object,
		    &d->object_ref);
	if (d->object == NONE && owns_the_object(p, a, r, d))
		return;
	if (d->object != NONE && (modifies_another(p, a,
	    &r->object.owners[d->object]) || (narrower(p, a, r) &&
	    decide_open(p, &p->object) &&
	    unknown(a, &r->object.owners[d->object])))) {
		d->object = NONE;
		d->failed |= 1u << TEST_OBJECT;
		return;
	}
	if (d->object == NONE && decide_open(p, &p->object) &&
	    narrower(p, a, r)) {
		d->failed |= 1u << TEST_OBJECT;
		return;
	}
	if (d->object == NONE && decide_open(p, &p->object) &&
	    r->object.nowners > 0 && !r->object.from_prep &&
	    !r->object.other && is_product(a, &r->object.owners[0]))
		d->object = 0;
	if (d->object == NONE && p->turned && r->nominal &&
	    decide_owner(a, &p->object, &r->theme, &d->owner_ref) != NONE) {
		d->owner = decide_owner(a, &p->object, &r->theme, &d->owner_ref);
		return;
	}
	if (d->object == NONE && (r->object_tag == NONE || p->turned ||
	    !decide_open(p, &p->object)))
		d->failed |= 1u << TEST_OBJECT;
}
