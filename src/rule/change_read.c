/*
 * change_read - how a word for a move is used where it stands: as verb or noun,
 * in front of what it is said of, of results of a quarter.
 */
#include <string.h>

#include "rule/change.h"

/* "Shalimar Paints Q3 dips": the results of the quarter. */
bool
change_of_a_quarter(const struct analysis *a, uint32_t at, const struct np *np)
{
	uint32_t i = token_prev(a, at), prev;

	if (i == NO_TOKEN || np->measure != NO_ENTRY || np->nowners == 0 ||
	    (gram(a, i) & GRAM_PERIOD) == 0)
		return false;
	prev = token_prev(a, i);
	return prev != NO_TOKEN && ((tok(a, prev)->flags & TEXT_POSSESSIVE) !=
	    0 || (gram(a, prev) & (GRAM_DET | GRAM_PREP | GRAM_TIME)) == 0) && np_has_results(a, &np->owners[0]);
}

bool
change_has_use(const struct analysis *a, const struct tag *t, enum sense_use use)
{
	uint32_t at;

	for (at = t->sense; at != 0; at = sense_of(a, at)->next)
		if (sense_of(a, at)->kind == SENSE_PRED &&
		    sense_of(a, at)->use == use)
			return true;
	return false;
}

/* A noun group follows at once: the verb has an object. */
bool
change_object_follows(const struct analysis *a, uint32_t end)
{
	uint32_t i = token_next(a, end - 1);
	bool article = false;

	while (i != NO_TOKEN && (gram(a, i) & (GRAM_DET | GRAM_ADV |
	    GRAM_TIME)) != 0 && a->quantity_at[i] == 0) {
		article |= (gram(a, i) & (GRAM_DET | GRAM_ADV)) == GRAM_DET;
		i = token_next(a, i);
	}
	return i != NO_TOKEN && a->quantity_at[i] == 0 &&
	    (tok(a, i)->kind == TEXT_WORD || tok(a, i)->kind == TEXT_CASHTAG)
	    && (gram(a, i) & (GRAM_PREP | GRAM_CAUSE | GRAM_TIME | GRAM_AND |
	    GRAM_BUT | GRAM_SUB | GRAM_REL | GRAM_TO)) == 0 &&
	    !token_light(a, i) && (article || a->at[LAYER_NOUN][i] != 0 ||
	    !token_predicate(a, i) || (token_ends(a, i, "ing") &&
	    !token_finite(a, i)));
}

/* A number follows at once: what has it moves, and is no noun. */
static bool
amount_follows(const struct analysis *a, uint32_t end)
{
	uint32_t i = token_next(a, end - 1);

	while (i != NO_TOKEN && a->quantity_at[i] == 0 &&
	    (gram(a, i) & GRAM_ADV) != 0)
		i = token_next(a, i);
	return i != NO_TOKEN && a->quantity_at[i] != 0;
}

/*
 * "fall", "drop", "rise" are nouns and verbs: after "to", a modal or "not"
 * they are verbs, after an article, a number or a possessive nouns.
 */
bool
change_reads_as(const struct analysis *a, const struct tag *t, bool noun)
{
	uint32_t i = token_prev(a, t->first), g, next;

	if (!change_has_use(a, t, USE_NOUN) || (!change_has_use(a, t, USE_VERB) &&
	    !change_has_use(a, t, USE_TRANSITIVE)))
		return true;
	while (i != NO_TOKEN && a->quantity_at[i] == 0 &&
	    (token_light(a, i) || tok(a, i)->punct == '"') &&
	    (gram(a, i) & (GRAM_AUX | GRAM_NOT | GRAM_DET)) == 0)
		i = token_prev(a, i);
	if (i == NO_TOKEN)
		return true;
	g = gram(a, i);
	if ((g & (GRAM_TO | GRAM_MODAL | GRAM_DO | GRAM_NOT | GRAM_PRONOUN)) !=
	    0 && (g & GRAM_DET) == 0)
		return !noun;
	next = token_next(a, t->end - 1);
	if (a->quantity_at[i] != 0 || (g & (GRAM_DET | GRAM_OF)) != 0 ||
	    (tok(a, i)->flags & TEXT_POSSESSIVE) != 0 ||
	    (next != NO_TOKEN && (gram(a, next) & GRAM_OF) != 0))
		return noun;
	/* "Apple hikes some prices", "IT stocks fall 5% on strong rupee" */
	return !noun || !(change_object_follows(a, t->end) ||
	    amount_follows(a, t->end));
}

/* A verb, preposition or article right before it: no verb itself. */
bool
change_follows_verb(const struct analysis *a, const struct tag *t)
{
	uint32_t prev = token_prev(a, t->first);

	return prev != NO_TOKEN && ((gram(a, prev) & (GRAM_PREP | GRAM_DET)) !=
	    0 || (token_verbal(a, prev) && (gram(a, prev) & GRAM_AUX) == 0)) &&
	    (gram(a, prev) & GRAM_TO) == 0;
}

/* "yield off 13-month low" has left the low. */
bool
change_off_extreme(const struct analysis *a, const struct tag *t,
    const struct sense *s)
{
	uint32_t i = token_next(a, t->end - 1), at, n;
	const struct tag *tag;

	if (s->use != USE_PARTICLE || i == NO_TOKEN ||
	    (gram(a, i) & (GRAM_TO | GRAM_PREP)) != 0)
		return false;
	for (n = 0; i != NO_TOKEN && n < 4; n++, i = token_next(a, i)) {
		tag = tag_at(a, LAYER_PRED, i);
		for (at = tag == NULL ? 0 : tag->sense; at != 0;
		    at = sense_of(a, at)->next)
			if (sense_of(a, at)->kind == SENSE_PRED &&
			    entry_of(a, sense_of(a, at)->ref)->frame ==
			    FRAME_EXTREME && entry_of(a, sense_of(a, at)->ref)
			    ->direction == entry_of(a, s->ref)->direction)
				return true;
	}
	return false;
}

/* "lower than expected" says nothing of what it was before. */
static bool
than_expected(const struct analysis *a, const struct tag *t)
{
	uint32_t than = token_next(a, t->end - 1), last;
	const struct tag *cue;

	if (than == NO_TOKEN || (gram(a, than) & GRAM_THAN) == 0 ||
	    (tok(a, than)->flags & TEXT_JOINED) != 0)
		return false;
	cue = tag_at(a, LAYER_CUE, than);
	if (cue == NULL || cue->end <= than + 1)
		return false;
	last = cue->end - 1;
	return token_mood(a, than) == MOOD_HARMLESS && (token_ends(a, last,
	    "ed") || token_ends(a, last, "cast"));
}

bool
change_is_none(const struct analysis *a, const struct tag *t,
    const struct sense *s)
{
	uint32_t prev = token_prev(a, t->first);
	char word[4];

	if (prev == NO_TOKEN || tok(a, prev)->sentence !=
	    tok(a, t->first)->sentence)
		return false;
	if (s->use == USE_PHRASE)
		return (s->forms & FORM_PART) != 0 && ((gram(a, prev) &
		    (GRAM_POSS | GRAM_DET)) != 0 ||
		    (tok(a, prev)->flags & TEXT_POSSESSIVE) != 0);
	if (s->use == USE_PARTICLE && than_expected(a, t))
		return true;
	if (s->use != USE_PARTICLE || t->end - t->first > 1 ||
	    a->quantity_at[prev] == 0 || strcmp(text_folded(a->text, t->first,
	    word, sizeof(word)), "off") != 0 || change_object_follows(a, t->end))
		return false;
	/* "was 14.9 pct off" */
	prev = token_prev(a, a->quantities.list[a->quantity_at[prev] -
	    1].first);
	return prev == NO_TOKEN || (token_mood(a, prev) != MOOD_LINK &&
	    (gram(a, prev) & GRAM_AUX) == 0);
}

/* "loss widens", "export growth slows": it is this that moves. */
bool
change_moves_on(const struct analysis *a, const struct tag *t)
{
	uint32_t i = token_next(a, t->end - 1), at;
	const struct tag *tag;

	while (i != NO_TOKEN && (gram(a, i) & GRAM_ADV) != 0 &&
	    a->quantity_at[i] == 0)
		i = token_next(a, i);
	tag = i == NO_TOKEN ? NULL : tag_at(a, LAYER_PRED, i);
	for (at = tag == NULL ? 0 : tag->sense; at != 0;
	    at = sense_of(a, at)->next)
		if (sense_of(a, at)->kind == SENSE_PRED &&
		    sense_of(a, at)->use == USE_VERB &&
		    (sense_of(a, at)->forms & FORM_FINITE) != 0 &&
		    entry_of(a, sense_of(a, at)->ref)->frame == FRAME_CHANGE)
			return true;
	return false;
}

/* "pared a 4% drop": what is pared is no measure. */
bool
change_moves_a_move(const struct analysis *a, uint32_t i)
{
	const struct tag *t;

	for (; i != NO_TOKEN && (a->quantity_at[i] != 0 ||
	    (gram(a, i) & GRAM_DET) != 0 || token_light(a, i));
	    i = token_next(a, i))
		;
	t = i == NO_TOKEN ? NULL : tag_at(a, LAYER_PRED, i);
	return t != NULL && t->first == i && change_has_use(a, t, USE_NOUN) &&
	    a->at[LAYER_NOUN][i] == 0;
}

/* "a 34 per cent rise in the fourth quarter": of some result or other. */
bool
change_of_results(const struct analysis *a, uint32_t end)
{
	uint32_t i = token_next(a, end - 1);

	if (i == NO_TOKEN || (gram(a, i) & (GRAM_IN | GRAM_OF)) != GRAM_IN ||
	    (gram(a, i) & GRAM_CAUSE) != 0)
		return false;
	for (i = token_next(a, i); i != NO_TOKEN && (gram(a, i) & (GRAM_DET |
	    GRAM_TIME | GRAM_POSS | GRAM_PERIOD)) != 0; i = token_next(a, i))
		if ((gram(a, i) & GRAM_PERIOD) != 0)
			return true;
	return false;
}

/*
 * "Netflix adds 19 million subscribers", "passes 300 million users": what is
 * counted is the measure.
 */
void
change_counted(const struct analysis *a, uint32_t end, struct np *np)
{
	uint32_t i = token_next(a, end - 1), u, s;
	const struct quantity *q;

	while (i != NO_TOKEN && a->quantity_at[i] == 0 &&
	    (gram(a, i) & (GRAM_DET | GRAM_ADV)) != 0)
		i = token_next(a, i);
	if (i == NO_TOKEN || a->quantity_at[i] == 0 || np->nowners == 0 ||
	    np->measure != NO_ENTRY)
		return;
	q = &a->quantities.list[a->quantity_at[i] - 1];
	if (q->kind != QUANTITY_COUNT)
		return;
	for (u = q->unit; u < q->unit_end; u++) {
		s = token_sense(a, tag_at(a, LAYER_NOUN, u), SENSE_MEASURE);
		if (s == 0)
			continue;
		np->measure = sense_of(a, s)->ref;
		np->measure_tag = a->at[LAYER_NOUN][u] - 1;
		return;
	}
}
