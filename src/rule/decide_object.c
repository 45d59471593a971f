/* decide_object - to what it is done: the object of an act. */
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

	if (m->group)		/* "buys up technology shares" */
		return true;
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

/* Of rates, which one sort of agent alone sets. */
static bool
sets_rates(const struct analysis *a, const struct entry *e)
{
	uint32_t i;

	for (i = 0; i < e->nof; i++)
		if (e->of[i] != NO_ENTRY && entry_of(a, e->of[i])->section ==
		    VOCABULARY_MEASURES && lexis_bool(entry_of(a, e->of[i]),
		    KEY_IN_PERCENT))
			return true;
	return false;
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
	    !sets_rates(a, e) ||
	    r->theme.other || r->theme.from_prep || r->theme.nowners != 1 ||
	    r->theme.end != r->first ||
	    r->theme.owners[0].first > first ||
	    !mention_is(a, &r->theme.owners[0], e->agent))
		return false;
	if (i != NO_TOKEN && (tok(a, i)->punct == '"' ||
	    tok(a, i)->punct == '\''))
		return false;	/* announces "massive mobilisation" */
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
		if (d->object_tag != NONE && !decide_word(a, &p->object, i,
		    a->tags[d->object_tag].first,
		    a->tags[d->object_tag].end))
			d->object_tag = NONE;
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

/* "suit" for "lawsuit" */
static bool
ends_alike(const char *word, const char *end)
{
	size_t n = strlen(word), k = strlen(end);

	return n >= k && strcmp(word + n - k, end) == 0;
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
	return !ends_alike(word, p->object_word) &&
	    !ends_alike(p->object_word, word);
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

static bool
class_of_product(const struct analysis *a, const struct mention *m)
{
	const struct entry *e;
	uint32_t at, i;

	for (at = m->sense; at != 0; at = sense_of(a, at)->next) {
		e = entry_of(a, sense_of(a, at)->ref);
		for (i = 0; sense_of(a, at)->kind == SENSE_CLASS &&
		    i < e->nup; i++)
			if (entry_of(a, e->up[i])->open == OPEN_NOUNS)
				return true;
	}
	return false;
}

/* "iPhone update", "phone kit"; but an "iPhone lineup" is iPhones. */
static bool
part_of_another(const struct analysis *a, uint32_t i)
{
	static const char *const kinds[] = { "line", "lineup", "series",
		"range", "family", "version", "edition", "model", "models",
		"today", "globally", "worldwide" };
	char word[LEXICON_WORD_MAX];
	uint32_t next;
	size_t k;

	if (i >= a->ntokens || tok(a, i)->kind != TEXT_WORD ||
	    token_next(a, i - 1) != i || a->quantity_at[i] != 0 ||
	    (gram(a, i) & GRAM_TIME) != 0)
		return false;
	/* "update with", which could be a verb elsewhere */
	next = token_next(a, i);
	if ((!token_is_nominal(a, i) || !lexis_common(a->v,
	    tok(a, i)->word)) && ((token_forms(a, i) & FORM_BASE) == 0 ||
	    (next != NO_TOKEN && tok(a, next)->kind != TEXT_PUNCT &&
	    (gram(a, next) & GRAM_PREP) == 0)))
		return false;
	text_folded(a->text, i, word, sizeof(word));
	for (k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++)
		if (strcmp(word, kinds[k]) == 0)
			return false;
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

	if (!is_product(a, m) && !class_of_product(a, m))
		return false;
	if (t == NULL || t->first <= m->first)
		t = tag_at(a, LAYER_NOUN, m->end);
	if (t == NULL)
		return part_of_another(a, m->end);
	if (t->first > m->end || token_sense(a, t, SENSE_NAME) != 0 ||
	    token_sense(a, t, SENSE_CLASS) == 0)
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
	if (d->object != NONE && ((r->object.owners[d->object].first >=
	    r->end && modifies_another(p, a,
	    &r->object.owners[d->object])) || (narrower(p, a, r) &&
	    decide_open(p, &p->object) &&
	    decide_unknown(a, &r->object.owners[d->object])))) {
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
