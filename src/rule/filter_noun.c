/*
 * filter_noun - the mood of what is only named, "the takeover of X", "a rate
 * cut": what is said of the noun behind it and around it.
 */
#include <string.h>

#include "rule/analysis.h"

/* The cue at i goes on with "to": "is expected to slow". */
static bool
to_verb(const struct analysis *a, uint32_t i)
{
	uint32_t end = tag_at(a, LAYER_CUE, i)->end;

	return (gram(a, end - 1) & GRAM_TO) != 0 || (end < a->ntokens &&
	    (gram(a, end) & GRAM_TO) != 0);
}

/* "rate hikes expected to continue": what is said of a noun behind it. */
static void
behind(const struct analysis *a, struct record *r)
{
	const struct entry *e;
	uint32_t i = r->end - 1;
	int n;

	for (n = 0; n < 4; n++) {
		i = token_next(a, i);
		if (i == NO_TOKEN)
			return;
		e = filter_cue(a, i, USE_BEFORE, r, true);
		/* "layoffs are expected to begin on Monday": they are settled */
		if (e != NULL && r->frame == FRAME_ACT &&
		    e->mood == MOOD_EXPECTED && to_verb(a, i) &&
		    lexis_bool(entry_of(a, r->predicate), KEY_PLAN_COUNTS))
			return;
		if (e != NULL && (e->mood == MOOD_EXPECTED ||
		    e->mood == MOOD_DENIED))
			record_mood(r, e->mood, i);
		if ((gram(a, i) & GRAM_PREP) != 0 || token_predicate(a, i) ||
		    tok(a, i)->kind == TEXT_PUNCT)
			return;
	}
}

static bool
possible(const struct analysis *a, uint32_t i)
{
	char word[LEXICON_WORD_MAX];

	if ((gram(a, i) & GRAM_MODAL) == 0)
		return false;
	text_folded(a->text, i, word, sizeof(word));
	return strcmp(word, "could") == 0 || strcmp(word, "may") == 0 ||
	    strcmp(word, "might") == 0;
}

/* "a deal to buy X could be announced"; "the deal would create" is agreed. */
static void
may_come(const struct analysis *a, struct record *r)
{
	uint32_t i;

	for (i = token_next(a, r->end - 1); i != NO_TOKEN;
	    i = token_next(a, i)) {
		if (possible(a, i))
			record_mood(r, MOOD_EXPECTED, i);
		if ((gram(a, i) & GRAM_AUX) != 0 || (token_finite(a, i) &&
		    a->at[LAYER_NOUN][i] == 0 && a->quantity_at[i] == 0 &&
		    (gram(a, i - 1) & GRAM_TO) == 0))
			return;
	}
}

/* A cue of denial of this use at i, as a participle if it is a verb. */
static bool
denies_behind(const struct analysis *a, uint32_t i)
{
	const struct tag *tag = tag_at(a, LAYER_CUE, i);
	const struct sense *s;
	uint32_t at;

	if (tag == NULL || tag->first != i)
		return false;
	for (at = tag->sense; at != 0; at = s->next) {
		s = sense_of(a, at);
		if (s->kind == SENSE_CUE && entry_of(a, s->ref)->mood ==
		    MOOD_DENIED && (s->use == USE_AFTER ||
		    (s->forms & FORM_PART) != 0))
			return true;
	}
	return false;
}

/*
 * "The takeover of Asos by Frasers collapses", "was blocked by the court": what
 * the first verb says of an act that is only named.
 */
static void
undone_by_verb(const struct analysis *a, struct record *r)
{
	uint32_t i = r->end - 1;

	while ((i = token_next(a, i)) != NO_TOKEN) {
		if (denies_behind(a, i)) {
			record_mood(r, MOOD_DENIED, i);
			return;
		}
		if (token_verbal(a, i) && (gram(a, i) & GRAM_AUX) == 0)
			return;
	}
}

/*
 * "A 7% rise in home prices is expected": the first verb says so; but what "is
 * expected to slow" is there.
 */
static void
expected_by_verb(const struct analysis *a, struct record *r)
{
	const struct entry *e;
	uint32_t i = r->end - 1;

	while ((i = token_next(a, i)) != NO_TOKEN) {
		e = filter_cue(a, i, USE_BEFORE, r, true);
		if (e != NULL && e->mood == MOOD_EXPECTED) {
			if (!to_verb(a, i))
				record_mood(r, MOOD_EXPECTED, i);
			return;
		}
		if (token_verbal(a, i) && a->at[LAYER_NOUN][i] == 0 &&
		    (gram(a, i) & GRAM_AUX) == 0)
			return;
	}
}

void
filter_noun(const struct analysis *a, struct record *r)
{
	bool act = r->frame == FRAME_ACT;

	if (act)
		undone_by_verb(a, r);
	expected_by_verb(a, r);
	if (r->frame != FRAME_STATE)
		behind(a, r);
	if (act)
		may_come(a, r);
	if (act || (r->frame == FRAME_STATE &&
	    lexis_bool(entry_of(a, r->predicate), KEY_TOLD)))
		filter_named(a, r);
}
