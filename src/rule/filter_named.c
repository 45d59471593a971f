/*
 * filter_named - is an act that stands as a noun told, or only named?
 */
#include <string.h>

#include "rule/analysis.h"

/* "values" in "IPO values firm at": a verb nobody knows, with its object. */
static bool
verb_like(const struct analysis *a, uint32_t i)
{
	uint32_t next = token_next(a, i);

	if (next != NO_TOKEN && a->quantity_at[next] != 0)
		return true;
	if (!token_ends(a, i, "s") && !token_ends(a, i, "ed"))
		return false;
	return next != NO_TOKEN && (a->quantity_at[next] != 0 ||
	    a->at[LAYER_NOUN][next] != 0 ||
	    (gram(a, next) & (GRAM_DET | GRAM_POSS)) != 0);
}

/* "merger talks", "rate cut optimism": part of another noun. */
static bool
modifies(const struct analysis *a, const struct record *r)
{
	uint32_t i;

	/* "deal to buy X", "merger with X", "profit beats estimates" */
	for (i = r->first; i < r->end; i++)
		if ((gram(a, i) & (GRAM_TO | GRAM_PREP)) != 0)
			return false;
	i = token_next(a, r->end - 1);
	return i != NO_TOKEN && i == r->end && tok(a, i)->kind == TEXT_WORD &&
	    gram(a, i) == 0 && token_is_nominal(a, i) &&
	    a->quantity_at[i] == 0 && !verb_like(a, i) &&
	    token_free(a, i, SENSE_OBJECT, r->predicate) == NONE;
}

/* "done with", "after it finished with" */
static bool
ends(const struct analysis *a, uint32_t i)
{
	static const char *const words[] = { "done", "finished", "over" };

	return token_is_any(a, i, words, sizeof(words) / sizeof(words[0]));
}

/* "rallies 3% on USFDA nod": who did it stands between, and it is one. */
static bool
named_agent(const struct analysis *a, const struct record *r, uint32_t prep)
{
	const struct entry *e = entry_of(a, r->predicate);
	const struct tag *t;
	uint32_t i, agent;

	if ((gram(a, prep) & GRAM_CAUSE) == 0 || prep + 1 >= r->first ||
	    token_ends(a, r->end - 1, "s"))
		return false;
	t = tag_at(a, LAYER_NOUN, prep + 1);
	if (t == NULL || t->end != r->first ||
	    token_sense(a, t, SENSE_NAME) == 0)
		return false;
	for (i = 0; i <= e->nconverse; i++) {
		agent = i < e->nconverse ? entry_of(a, e->converse[i])->agent :
		    e->agent;
		if (agent != NO_ENTRY && tag_is(a, t, agent))
			return true;
	}
	return false;
}

/*
 * What a preposition leaves of the act behind it: "expands with the purchase
 * of X", "up on the merger" happened; "rate cuts" are talked of too much for
 * that, and "in a $2 billion deal" needs its price.
 */
static bool
presupposed(const struct analysis *a, const struct record *r, uint32_t prep,
    bool priced)
{
	static const char *const words[] = { "with", "through", "via" };
	static const char *const known[] = { "in", "on", "of", "over" };
	char word[LEXICON_WORD_MAX];
	uint32_t before = token_prev(a, prep);
	uint32_t after = token_next(a, r->end - 1);
	size_t i;

	if ((gram(a, prep) & (GRAM_AFTER | GRAM_BY)) != 0)
		return true;
	/* "stocks fall on rate hike by RBI": it is told who did it */
	if ((gram(a, prep) & GRAM_CAUSE) != 0 && after != NO_TOKEN &&
	    (gram(a, after) & GRAM_BY) != 0)
		return true;
	if (named_agent(a, r, prep))
		return true;
	text_folded(a->text, prep, word, sizeof(word));
	/* "surprises with rate rise", but "done with rate hikes" */
	if (!lexis_bool(entry_of(a, r->predicate), KEY_PLAN_COUNTS))
		return strcmp(word, "with") == 0 && before != NO_TOKEN &&
		    !token_ends(a, r->end - 1, "s") && !ends(a, before);
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	/* "falls 8% on the merger", but "advice on mergers" */
	if (strcmp(word, "on") == 0 && !priced)
		return before != NO_TOKEN && (a->quantity_at[before] != 0 ||
		    token_predicate(a, before));
	for (i = 0; i < sizeof(known) / sizeof(known[0]) && priced; i++)
		if (strcmp(word, known[i]) == 0)
			return true;
	return false;
}

/* "backs its $2 billion purchase": what has a price is more than a name. */
static bool
dealt(const struct analysis *a, const struct record *r, bool priced)
{
	return priced && lexis_bool(entry_of(a, r->predicate), KEY_MONEY);
}

/* What a verb makes of the act that is its object: "plans", not "weighs". */
bool
filter_tells(const struct analysis *a, uint32_t verb)
{
	int mood = token_mood(a, verb);

	return (gram(a, verb) & GRAM_AUX) != 0 || mood == MOOD_LIGHT ||
	    mood == MOOD_REPORT || mood == MOOD_LINK || mood == MOOD_PLANNED;
}

/* "informs staff of layoffs" */
static bool
informed(const struct analysis *a, uint32_t of)
{
	uint32_t i = of;
	int n;

	if ((gram(a, of) & GRAM_OF) == 0)
		return false;
	for (n = 0; n < 4; n++) {
		i = token_prev(a, i);
		if (i == NO_TOKEN || tok(a, i)->kind == TEXT_PUNCT)
			return false;
		if (token_verbal(a, i))
			return token_mood(a, i) == MOOD_REPORT;
	}
	return false;
}

/* "take effect", "come into force": they happen to nothing else. */
static bool
takes_effect(const struct analysis *a, uint32_t i)
{
	const struct tag *t = tag_at(a, LAYER_CUE, i);
	uint32_t next;

	if (t == NULL || t->end - t->first < 2 ||
	    token_mood(a, i) != MOOD_LIGHT)
		return false;
	next = token_next(a, t->end - 1);
	return next == NO_TOKEN || tok(a, next)->kind == TEXT_PUNCT ||
	    (gram(a, next) & (GRAM_PREP | GRAM_SUB | GRAM_AFTER |
	    GRAM_IN)) != 0;
}

/* "Gaza ceasefire in effect" */
static bool
in_effect(const struct analysis *a, uint32_t i)
{
	static const char *const words[] = { "effect", "force", "place" };
	uint32_t next = i == NO_TOKEN ? NO_TOKEN : token_next(a, i);

	return next != NO_TOKEN && (gram(a, i) & GRAM_IN) != 0 &&
	    token_is_any(a, next, words, sizeof(words) / sizeof(words[0]));
}

/*
 * "new sanctions on X were announced", "come into effect": told by the first
 * verb behind.
 */
static bool
told_behind(const struct analysis *a, const struct record *r)
{
	uint32_t i = token_next(a, r->end - 1);

	if (in_effect(a, i))
		return true;
	for (; i != NO_TOKEN; i = token_next(a, i))
		if (token_verbal(a, i) && a->at[LAYER_NOUN][i] == 0 &&
		    (gram(a, i) & GRAM_AUX) == 0)
			return takes_effect(a, i) || (filter_tells(a, i) &&
			    (token_forms(a, i) & FORM_PART) != 0);
	return false;
}

/* "imposes 'snapback' sanctions": quotes end nothing. */
static bool
quote(const struct analysis *a, uint32_t i)
{
	return tok(a, i)->punct == '\'' || tok(a, i)->punct == '"';
}

/* "doctors in England to strike": a verb, whatever is left of its "to". */
static bool
infinitive(const struct analysis *a, uint32_t first)
{
	uint32_t i = token_prev(a, first);

	return i != NO_TOKEN && (gram(a, i) & GRAM_TO) != 0 &&
	    (token_forms(a, first) & FORM_BASE) != 0;
}

/* "announces sweeping layoffs": behind a verb that tells, an adjective. */
static bool
adjective(const struct analysis *a, uint32_t i)
{
	uint32_t prev = token_prev(a, i);

	return token_ends(a, i, "ing") && prev != NO_TOKEN &&
	    a->at[LAYER_PRED][i] == 0 && ((gram(a, prev) & GRAM_DET) != 0 ||
	    (token_verbal(a, prev) && a->at[LAYER_NOUN][prev] == 0 &&
	    (gram(a, prev) & GRAM_AUX) == 0 && filter_tells(a, prev)));
}

/*
 * "hopes of a rate cut", "Fed rate cut optimism", "weighs an acquisition": an
 * act that is only named, behind a preposition, as part of another noun or as
 * the object of a verb that does not tell of it, is not reported.
 */
void
filter_named(const struct analysis *a, struct record *r)
{
	bool strict = lexis_bool(entry_of(a, r->predicate), KEY_TOLD);
	bool priced = false, verb = false;
	uint32_t i = r->first;
	int n;

	/* what is said of it says more */
	if ((r->moods & ~(1u << MOOD_PLANNED)) != 0)
		return;
	for (n = 0; n < 8; n++) {
		i = token_prev(a, i);
		if (i != NO_TOKEN && quote(a, i))
			continue;
		if (i == NO_TOKEN || tok(a, i)->kind == TEXT_PUNCT)
			break;
		if (token_verbal(a, i) && a->at[LAYER_NOUN][i] == 0) {
			if (adjective(a, i))
				continue;
			verb = true;
			if (!filter_tells(a, i) && !dealt(a, r, priced))
				record_mood(r, MOOD_EXPECTED, i);
			break;
		}
		priced |= a->quantity_at[i] != 0;
		if ((tok(a, i)->flags & TEXT_JOINED) != 0)
			continue;	/* "1-for-8 stock split" */
		if ((gram(a, i) & (GRAM_PREP | GRAM_AFTER)) == 0 ||
		    (gram(a, i) & GRAM_TO) != 0 || a->quantity_at[i] != 0)
			continue;	/* "agrees to the merger" */
		if (!infinitive(a, r->first) && (strict ||
		    !presupposed(a, r, i, priced)) && !informed(a, i))
			record_mood(r, MOOD_EXPECTED, i);
		break;
	}
	if (strict && !verb && !told_behind(a, r))
		record_mood(r, MOOD_EXPECTED, r->first);
	if (modifies(a, r))
		record_mood(r, MOOD_EXPECTED, r->end);
}
