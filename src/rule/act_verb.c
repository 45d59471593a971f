/*
 * act_verb - whether a word that could be the verb of an act is one where it
 * stands.
 */
#include "rule/analysis.h"

/* "calls for lower rates", "for 'dramatically lower' rates": no base form. */
static bool
behind_preposition(const struct analysis *a, uint32_t i)
{
	static const char *const words[] = { "for", "of", "with", "from" };

	while (i != NO_TOKEN && (tok(a, i)->kind == TEXT_PUNCT ?
	    tok(a, i)->punct == '\'' || tok(a, i)->punct == '"' :
	    token_ends(a, i, "ly")))
		i = token_prev(a, i);
	return i != NO_TOKEN &&
	    token_is_any(a, i, words, sizeof(words) / sizeof(words[0]));
}

/*
 * "a Buy at Jefferies", "the cut": an article makes it a noun, and so does an
 * owner or a price: "its rival's $2 billion purchase".
 */
static bool
is_noun(const struct analysis *a, const struct tag *t, const struct sense *s)
{
	uint32_t i = token_prev(a, t->first), k;

	if (i == NO_TOKEN)
		return false;
	if ((s->forms & FORM_BASE) != 0 && behind_preposition(a, i))
		return true;
	k = a->quantity_at[i];
	if ((s->forms & FORM_BASE) != 0 &&
	    ((tok(a, i)->flags & TEXT_POSSESSIVE) != 0 ||
	    (k != 0 && a->quantities.list[k - 1].kind == QUANTITY_MONEY)))
		return true;
	return (gram(a, i) & GRAM_DET) != 0 &&
	    (gram(a, i) & (GRAM_ADV | GRAM_PRONOUN | GRAM_REL)) == 0;
}

/*
 * "seizes sanctioned tanker", "Russia's sanctioned gas", "U.S.-sanctioned
 * refiners", "fix 1.6 million recalled cars": a participle before its noun
 * tells what the noun is, and nothing that happened.
 */
static bool
attributive(const struct analysis *a, const struct tag *t,
    const struct sense *s)
{
	uint32_t i = token_prev(a, t->first), next = token_next(a, t->end - 1);
	const struct quantity *q;

	if ((s->forms & FORM_PART) == 0 || (s->forms & FORM_BASE) != 0 ||
	    t->end - t->first > 1 || i == NO_TOKEN || next == NO_TOKEN ||
	    a->quantity_at[next] != 0 || !token_is_nominal(a, next))
		return false;
	if ((tok(a, t->first)->flags & TEXT_JOINED) != 0)
		return true;
	while ((gram(a, i) & GRAM_ADV) != 0 && a->quantity_at[i] == 0 &&
	    token_ends(a, i, "ly") && token_prev(a, i) != NO_TOKEN)
		i = token_prev(a, i);
	if (a->quantity_at[i] != 0) {
		q = &a->quantities.list[a->quantity_at[i] - 1];
		return q->kind == QUANTITY_COUNT && q->unit == q->unit_end &&
		    q->first > token_sentence_first(a, i) &&
		    token_verbal(a, q->first - 1);
	}
	return (tok(a, i)->flags & TEXT_POSSESSIVE) != 0 ||
	    ((gram(a, i) & (GRAM_PREP | GRAM_OF | GRAM_POSS)) != 0 &&
	    (gram(a, i) & (GRAM_SUB | GRAM_REL | GRAM_TO)) == 0) ||
	    (token_verbal(a, i) && (gram(a, i) & GRAM_AUX) == 0 &&
	    a->at[LAYER_NOUN][i] == 0 && token_mood(a, i) != MOOD_REPORT);
}

/* "Sell Bank of India with a target of Rs 247", "HP fine-tunes": none is done. */
static bool
not_done(const struct analysis *a, const struct tag *t,
    const struct sense *s)
{
	if (t->end < a->ntokens && (tok(a, t->end)->flags & TEXT_JOINED) != 0)
		return true;
	return (tok(a, t->first)->flags & TEXT_FIRST) != 0 &&
	    (s->forms & FORM_VERB) == FORM_BASE;
}

/* "doctors weigh strike": what follows a verb is the noun of that spelling. */
static bool
object_of_verb(const struct analysis *a, const struct tag *t,
    const struct sense *s)
{
	uint32_t i = token_prev(a, t->first), at;

	if ((s->forms & FORM_BASE) == 0 || i == NO_TOKEN ||
	    !token_verbal(a, i) || !token_finite(a, i) ||
	    (gram(a, i) & (GRAM_AUX | GRAM_MODAL)) != 0 ||
	    a->at[LAYER_NOUN][i] != 0 || token_mood(a, i) == MOOD_LINK)
		return false;
	for (at = t->sense; at != 0; at = sense_of(a, at)->next)
		if (sense_of(a, at)->kind == SENSE_PRED &&
		    sense_of(a, at)->ref == s->ref &&
		    sense_of(a, at)->use == USE_NOUN)
			return true;
	return false;
}

bool
act_is_verb(const struct analysis *a, const struct tag *t,
    const struct sense *s)
{
	return !is_noun(a, t, s) && !attributive(a, t, s) &&
	    !not_done(a, t, s) && !object_of_verb(a, t, s);
}
