/* Things: what the names of an article stand for, and what it says they are. */
#include <string.h>

#include "base/hash.h"
#include "rule/analysis.h"

#define THINGS_MAX 2048

static uint32_t
thing_new(struct analysis *a, uint32_t ref, uint64_t hash, uint32_t first,
    uint32_t end)
{
	struct thing *t;

	if (a->nthings == THINGS_MAX)
		return THINGS_MAX - 1;
	a->things = analysis_grow(a->mem, a->things, a->nthings,
	    &a->things_cap, sizeof(*a->things));
	t = &a->things[a->nthings];
	memset(t, 0, sizeof(*t));
	t->ref = ref;
	t->hash = hash;
	t->first = first;
	t->end = end;
	t->open = ref == NO_ENTRY;
	return a->nthings++;
}

uint32_t
thing_known(struct analysis *a, uint32_t ref, uint32_t first, uint32_t end)
{
	uint32_t i, same = entry_of(a, ref)->same;

	for (i = 0; i < a->nthings; i++)
		if (a->things[i].ref == same)
			return i;
	return thing_new(a, same, 0, first, end);
}

/* Names of companies end in what they make: "Kirloskar Oil Engines". */
static bool
is_goods(const struct analysis *a, uint32_t concept)
{
	const struct entry *e = entry_of(a, concept);
	uint32_t i;

	for (i = 0; i < e->nup; i++)
		if (entry_of(a, e->up[i])->open == OPEN_NOUNS)
			return true;
	return false;
}

/* What suffixes ("Airlines"), prefixes and classes in the name say it is. */
static void
learn_from_name(struct analysis *a, uint32_t thing, uint32_t first,
    uint32_t end)
{
	uint32_t i, t, at;
	const struct tag *tag;
	const struct sense *s;

	for (i = first; i < end; i++) {
		for (t = a->free_at[i]; t != 0; t = a->free_next[t - 1]) {
			tag = &a->tags[t - 1];
			for (at = tag->sense; at != 0; at = s->next) {
				s = sense_of(a, at);
				if ((s->kind == SENSE_SUFFIX &&
				    tag->end >= end && i > first) ||
				    (s->kind == SENSE_PREFIX && i == first &&
				    tag->end < end)) {
					thing_learn(a, thing, s->ref, i);
					a->things[thing].guessed |=
					    s->kind == SENSE_PREFIX;
				}
			}
		}
		tag = tag_at(a, LAYER_NOUN, i);
		if (tag == NULL || tag->first != i)
			continue;
		at = token_sense(a, tag, SENSE_CLASS);
		if (at != 0 && tag->end >= end && i > first &&
		    !is_goods(a, sense_of(a, at)->ref))
			thing_learn(a, thing, sense_of(a, at)->ref, i);
	}
}

uint32_t
thing_unknown(struct analysis *a, uint32_t first, uint32_t end)
{
	char word[LEXICON_WORD_MAX];
	uint64_t hash = 1469598103934665603ULL;
	uint32_t i, thing;

	for (i = first; i < end; i++) {
		text_folded(a->text, i, word, sizeof(word));
		hash = (hash ^ hash_str(word)) * 1099511628211ULL;
	}
	for (i = 0; i < a->nthings; i++)
		if (a->things[i].open && a->things[i].hash == hash)
			return i;
	thing = thing_new(a, NO_ENTRY, hash, first, end);
	learn_from_name(a, thing, first, end);
	return thing;
}

void
thing_learn(struct analysis *a, uint32_t thing, uint32_t concept,
    uint32_t token)
{
	struct thing *t = &a->things[thing];
	uint8_t i;

	for (i = 0; i < t->nconcepts; i++)
		if (t->concepts[i] == concept)
			return;
	if (t->nconcepts == 4)
		return;
	t->concepts[t->nconcepts] = concept;
	t->facts[t->nconcepts++] = token;
}

void
thing_deny(struct analysis *a, uint32_t thing, uint32_t concept,
    uint32_t token)
{
	struct thing *t = &a->things[thing];
	uint8_t i;

	for (i = 0; i < t->ndenied; i++)
		if (t->denied[i] == concept)
			return;
	if (t->ndenied == 4)
		return;
	t->denied[t->ndenied] = concept;
	t->denials[t->ndenied++] = token;
}

uint32_t
mention_denied(const struct analysis *a, const struct mention *m,
    uint32_t concept)
{
	const struct thing *t;
	uint8_t i;

	if (m->thing == NONE)
		return NO_TOKEN;
	t = &a->things[m->thing];
	for (i = 0; i < t->ndenied; i++)
		if (lexis_is(a->v, concept, t->denied[i]))
			return t->denials[i];
	return NO_TOKEN;
}

bool
mention_is(const struct analysis *a, const struct mention *m,
    uint32_t concept)
{
	const struct thing *t;
	const struct sense *s;
	uint32_t at;
	uint8_t i;

	if (mention_denied(a, m, concept) != NO_TOKEN)
		return false;
	for (at = m->sense; at != 0; at = s->next) {
		s = sense_of(a, at);
		if ((s->kind == SENSE_NAME || s->kind == SENSE_CLASS ||
		    s->kind == SENSE_GROUP || s->kind == SENSE_PLACE_GROUP) &&
		    (lexis_is(a->v, s->ref, concept) ||
		    s->ref == entry_of(a, concept)->general))
			return true;
	}
	if (m->thing == NONE)
		return false;
	t = &a->things[m->thing];
	if (t->ref != NO_ENTRY && (lexis_is(a->v, t->ref, concept) ||
	    t->ref == entry_of(a, concept)->general))
		return true;
	for (i = 0; i < t->nconcepts; i++)
		if (lexis_is(a->v, t->concepts[i], concept))
			return true;
	/* "West German Government" says itself that it is no company */
	return t->open && t->nconcepts == 0 &&
	    entry_of(a, concept)->open == OPEN_NAMES;
}

/* The measure is one of companies, and whose name begins as a person's has it. */
static bool
is_measured(const struct analysis *a, const struct np *np)
{
	const struct entry *e;
	const struct thing *t;
	bool open = false;
	uint32_t i;

	if (np->measure == NO_ENTRY || np->nowners == 0 || np->other ||
	    np->owners[0].thing == NONE)
		return false;
	t = &a->things[np->owners[0].thing];
	if (!t->open || !t->guessed)
		return false;
	e = entry_of(a, np->measure);
	for (i = 0; i < e->nof; i++) {
		open |= entry_of(a, e->of[i])->open == OPEN_NAMES;
		if (mention_is(a, &np->owners[0], e->of[i]))
			return false;
	}
	return open;
}

/*
 * "Atul Auto's net profit": nobody has one. What has a measure of companies is
 * no person after all, whatever its first word is. Records that are only made
 * where a rule asks for them teach this of themselves alone.
 */
void
thing_measured(struct analysis *a, struct np *np, bool alone)
{
	struct thing copy;
	uint32_t thing;

	if (!is_measured(a, np))
		return;
	thing = np->owners[0].thing;
	if (alone) {
		copy = a->things[thing];
		thing = thing_new(a, copy.ref, copy.hash, copy.first, copy.end);
		a->things[thing] = copy;
		np->owners[0].thing = thing;
	}
	a->things[thing].nconcepts = 0;
}
