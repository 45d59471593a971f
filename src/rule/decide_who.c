/*
 * decide_who - whether what stands in a role is one of those that the rule names
 * there.
 */
#include <string.h>

#include "rule/pattern.h"

bool
decide_word(const struct analysis *a, const struct arg *arg, uint8_t i,
    uint32_t first, uint32_t end)
{
	char word[LEXICON_WORD_MAX], asked[LEXICON_WORD_MAX];

	if (arg->words[i] == 0)
		return true;
	act_singular_of(lexicon_word(a->v->lexicon, arg->words[i]), asked,
	    sizeof(asked));
	for (; first < end; first++) {
		act_singular(a->text, first, word, sizeof(word));
		if (strcmp(word, asked) == 0)
			return true;
	}
	return false;
}

/* The mention says so itself, or the article says it of the name. */
static bool
is_called(const struct analysis *a, const struct arg *arg, uint8_t i,
    const struct mention *m)
{
	const struct thing *t;
	const struct tag *tag;
	uint8_t k;

	if (decide_word(a, arg, i, m->first, m->end))
		return true;
	if (m->thing == NONE)
		return false;
	t = &a->things[m->thing];
	for (k = 0; k < t->nconcepts; k++) {
		tag = tag_at(a, LAYER_NOUN, t->facts[k]);
		if (lexis_is(a->v, t->concepts[k], arg->refs[i]) &&
		    tag != NULL && decide_word(a, arg, i, tag->first, tag->end))
			return true;
	}
	return false;
}

/* "Former justice minister", "ex-mayor": who held the post, holds it no more. */
static bool
held_once(const struct analysis *a, uint32_t ref, const struct mention *m)
{
	static const char *const words[] = { "former", "ex", "onetime",
		"ousted", "sacked", "late" };
	uint32_t i = m->first, first = token_sentence_first(a, i);
	int n;

	if (!lexis_bool(entry_of(a, ref), KEY_POST))
		return false;
	for (n = 0; n < 3 && i > first; n++) {
		i--;
		if (token_is_any(a, i, words, sizeof(words) /
		    sizeof(words[0])))
			return true;
		if (tok(a, i)->punct != '-' && a->at[LAYER_NOUN][i] == 0)
			return false;
	}
	return false;
}

bool
decide_in(const struct analysis *a, const struct arg *arg,
    const struct mention *m, uint32_t *ref)
{
	uint8_t i;

	for (i = 0; i < arg->nexcept; i++)
		if (mention_is(a, m, arg->except[i]))
			return false;
	if (arg->any) {
		*ref = NO_ENTRY;
		return true;
	}
	for (i = 0; i < arg->nrefs; i++)
		if (mention_is(a, m, arg->refs[i]) &&
		    !held_once(a, arg->refs[i], m) && (arg->words[i] == 0 || is_called(a, arg, i, m))) {
			*ref = arg->refs[i];
			return true;
		}
	return false;
}

/* Owners, nearest first; the index of the first in the argument, or NONE. */
uint32_t
decide_owner(const struct analysis *a, const struct arg *arg,
    const struct np *np, uint32_t *ref)
{
	uint32_t i;

	for (i = 0; i < np->nowners; i++)
		if (decide_in(a, arg, &np->owners[i], ref))
			return i;
	return NONE;
}

bool
decide_open(const struct event_pattern *p, const struct arg *arg)
{
	uint8_t i;

	if (arg->any)
		return true;
	for (i = 0; i < arg->nrefs; i++)
		if (p->v->entries[arg->refs[i]].open == OPEN_NAMES)
			return true;
	return false;
}
