/*
 * np_edge - where a noun group ends: what may stand between a subject and its
 * predicate, and what is no part of a subject any more.
 */
#include <string.h>

#include "rule/analysis.h"

bool
np_past_like(const struct analysis *a, uint32_t i)
{
	const struct text_token *t = tok(a, i);

	return t->kind == TEXT_WORD && (t->word == 0 ||
	    lexis_common(a->v, t->word)) && t->shape ==
	    TEXT_LOWER && (t->flags & TEXT_JOINED) == 0 &&
	    token_ends(a, i, "ed");
}

/* "has no doubt fallen", "is once again higher": an aside behind an auxiliary. */
static bool
aside(const struct analysis *a, uint32_t i)
{
	uint32_t prev;

	if (!a->pseudo_cue[i])
		return false;
	for (prev = token_prev(a, i); prev != NO_TOKEN && a->pseudo_cue[prev];
	    prev = token_prev(a, prev))
		;
	return prev != NO_TOKEN && (gram(a, prev) & GRAM_AUX) != 0;
}

bool
np_acts_as_verb(const struct analysis *a, uint32_t i)
{
	uint32_t next = token_next(a, i);
	int mood = token_mood(a, i);

	if (mood < 0 || (mood > MOOD_ASKED && mood != MOOD_REPORT) ||
	    (token_forms(a, i) & (FORM_S | FORM_PAST)) == 0)
		return false;
	return next != NO_TOKEN && (a->quantity_at[next] != 0 ||
	    (gram(a, next) & GRAM_DET) != 0);
}

/* "are forecast to climb": no noun, but a part of the cue. */
static bool
longer_cue(const struct analysis *a, uint32_t i)
{
	const struct tag *noun = tag_at(a, LAYER_NOUN, i);
	const struct tag *cue = tag_at(a, LAYER_CUE, i);

	return noun != NULL && cue != NULL &&
	    cue->end - cue->first > noun->end - noun->first;
}

bool
np_leads_in(const struct analysis *a, uint32_t i, bool dependent)
{
	const struct tag *cue = tag_at(a, LAYER_CUE, i);
	int mood = token_mood(a, i);

	return cue != NULL && cue->end - cue->first > 1 &&
	    (mood == MOOD_DENIED || (mood == MOOD_EXPECTED && dependent)) &&
	    (gram(a, cue->end - 1) & (GRAM_PREP | GRAM_OF)) != 0;
}

bool
np_transparent(const struct analysis *a, uint32_t i)
{
	const struct text_token *t = tok(a, i);
	int mood;

	if (a->quantity_at[i] != 0)
		return true;
	if (t->kind == TEXT_PUNCT)
		return true;
	if (a->at[LAYER_NOUN][i] != 0 && !token_light(a, i) &&
	    !longer_cue(a, i) && !np_acts_as_verb(a, i))
		return false;
	/* "ended the day 4% lower" */
	if (aside(a, i) || ((gram(a, i) & GRAM_DET) != 0 &&
	    i + 1 < a->ntokens && (gram(a, i + 1) & GRAM_TIME) != 0))
		return true;
	mood = token_mood(a, i);
	if (mood >= 0 && mood != MOOD_END)
		return true;
	if ((gram(a, i) & (GRAM_TO | GRAM_NOT | GRAM_AUX | GRAM_THAN |
	    GRAM_WHY | GRAM_REL | GRAM_SUB)) != 0)
		return true;
	return token_light(a, i) || (gram(a, i) & GRAM_AND) != 0 ||
	    np_past_like(a, i);
}

/* "a $2 billion contract", "its drop": an article or amount makes a noun. */
static bool
after_article(const struct analysis *a, uint32_t i)
{
	uint32_t prev = token_prev(a, i);

	return prev != NO_TOKEN && (a->quantity_at[prev] != 0 ||
	    (gram(a, prev) & GRAM_DET) != 0);
}

/* "a new form of", "the first state law": no verb in its base form. */
static bool
noun_there(const struct analysis *a, uint32_t i)
{
	static const char *const words[] = { "new", "first", "second", "next",
		"own", "latest", "old", "major", "key", "final", "federal", "top",
		"high", "low", "upper", "lower" };
	uint32_t prev = token_prev(a, i);

	if (prev == NO_TOKEN || (token_forms(a, i) & (FORM_S | FORM_PAST |
	    FORM_ING)) != 0 || a->at[LAYER_PRED][i] != 0)
		return false;
	return (gram(a, prev) & (GRAM_DET | GRAM_PRONOUN)) == GRAM_DET ||
	    token_is_any(a, prev, words, sizeof(words) / sizeof(words[0]));
}

bool
np_barrier(const struct analysis *a, uint32_t i)
{
	if ((gram(a, i) & GRAM_AUX) != 0)
		return true;
	/* "Nvidia's own sales"; but "Nvidia's buying Arm" */
	if (i > 0 && (tok(a, i - 1)->flags & TEXT_POSSESSIVE) != 0 &&
	    !token_ends(a, i, "ing"))
		return false;
	if (a->at[LAYER_NOUN][i] != 0 ||
	    token_free(a, i, SENSE_OBJECT, NO_ENTRY) != NONE)
		return (token_predicate(a, i) && !after_article(a, i)) ||
		    np_acts_as_verb(a, i);
	return (token_verbal(a, i) && !noun_there(a, i)) ||
	    np_past_like(a, i);
}

/* Behind token i a new group begins: "the tariffs | the Kospi". */
static bool
group_begins(const struct analysis *a, uint32_t prev, uint32_t i)
{
	const struct text_field *f = &a->text->fields[tok(a, i)->field];

	if (prev + 1 != i || tok(a, prev)->kind != TEXT_WORD ||
	    gram(a, prev) != 0 || token_light(a, prev) ||
	    (tok(a, prev)->flags & TEXT_POSSESSIVE) != 0)
		return false;
	if ((gram(a, i) & (GRAM_DET | GRAM_ADV | GRAM_PREP)) == GRAM_DET)
		return true;
	/* "weak ore prices | Vale shares", but "chipmaker Nvidia" */
	return !f->title_case && !f->all_caps && token_capital(a, i) &&
	    !token_capital(a, prev) && gram(a, i) == 0 &&
	    token_sense(a, tag_at(a, LAYER_NOUN, prev), SENSE_CLASS) == 0 &&
	    token_sense(a, tag_at(a, LAYER_NOUN, i), SENSE_NAME) != 0;
}

/* A preposition, a part of a cue or of a pseudo-cue: "above estimates". */
static bool
lead(const struct analysis *a, uint32_t i)
{
	return (gram(a, i) & GRAM_PREP) != 0 || a->pseudo_cue[i] != 0 ||
	    token_mood(a, i) == MOOD_HARMLESS;
}

void
np_drop_lead(const struct analysis *a, struct zone *z)
{
	uint32_t i = z->n == 0 ? 0 : z->tokens[0];

	if (z->n < 2 || !(lead(a, i) || (i > token_sentence_first(a, i) &&
	    lead(a, i - 1))))
		return;
	for (i = z->n - 1; i > 0; i--)
		if (group_begins(a, z->tokens[i - 1], z->tokens[i])) {
			z->n -= i;
			memmove(z->tokens, z->tokens + i,
			    z->n * sizeof(z->tokens[0]));
			return;
		}
}
