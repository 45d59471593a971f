/*
 * act_passive - whether the verb of an act is passive: with an auxiliary, in a
 * headline without one, or by its object, which stands before it.
 */
#include <string.h>

#include "rule/analysis.h"

/* "is acquired", "was cut", or "acquired by". */
bool
act_passive(const struct analysis *a, const struct tag *t,
    const struct sense *s)
{
	uint32_t i = token_prev(a, t->first), next = token_next(a,
	    t->end - 1);

	if ((s->forms & FORM_PART) == 0)
		return false;
	if (next != NO_TOKEN && (gram(a, next) & GRAM_BY) != 0 &&
	    a->quantity_at[next] == 0)
		return true;
	while (i != NO_TOKEN && (gram(a, i) & (GRAM_ADV | GRAM_NOT)) != 0)
		i = token_prev(a, i);
	return i != NO_TOKEN && (gram(a, i) & GRAM_BE) != 0;
}

/* The group is of the measure that the predicate is done to: "rates". */
static bool
measured(const struct entry *e, const struct np *np)
{
	uint32_t i;

	for (i = 0; i < e->nof; i++)
		if (e->of[i] != NO_ENTRY && e->of[i] == np->measure)
			return !np->measure_late && !np->other;
	return false;
}

/*
 * "Google Fined $5 Billion by EU": no auxiliary. Who stands left cannot do it
 * (an agent of another kind is demanded) but can have it done.
 */
static bool
headline_passive(struct analysis *a, const struct tag *t,
    const struct sense *s)
{
	const struct entry *e = entry_of(a, s->ref);
	struct np left, right;
	struct zone z;
	uint32_t i;

	if ((s->forms & FORM_PART) == 0 || !lexis_bool(e, KEY_PASSIVE) ||
	    (e->agent != NO_ENTRY &&
	    entry_of(a, e->agent)->open == OPEN_NAMES))
		return false;
	np_theme(a, t->first, &left);
	if (left.nowners == 0 || (e->agent != NO_ENTRY &&
	    mention_is(a, &left.owners[0], e->agent)))
		return false;
	np_all_right(a, t->end - 1, &right, &z);
	i = token_next(a, t->end - 1);
	if (measured(e, &left) && (i == NO_TOKEN || a->quantity_at[i] != 0 ||
	    (gram(a, i) & (GRAM_PREP | GRAM_TO | GRAM_ADV)) != 0))
		return true;
	for (i = 0; i < e->nof; i++) {
		if (e->of[i] == NO_ENTRY)
			continue;
		if (right.nowners > 0 && !right.from_prep && !right.other &&
		    mention_is(a, &right.owners[0], e->of[i]))
			return false;
		if (mention_is(a, &left.owners[0], e->of[i]))
			return true;
	}
	return false;
}

/* "2.5 million cars recalled in France": what is counted stands left. */
static bool
counted_passive(struct analysis *a, const struct tag *t,
    const struct sense *s)
{
	const struct entry *e = entry_of(a, s->ref);
	uint32_t next = token_next(a, t->end - 1), i, k;
	const struct quantity *q;
	struct np left;
	struct zone z;

	if ((s->forms & FORM_PART) == 0 || !lexis_bool(e, KEY_COUNTS) ||
	    !lexis_bool(e, KEY_AGENT_OPTIONAL) ||
	    (next != NO_TOKEN && tok(a, next)->kind != TEXT_PUNCT &&
	    (gram(a, next) & (GRAM_PREP | GRAM_SUB | GRAM_AND)) == 0))
		return false;
	np_all_left(a, t->first, &left, &z);
	for (i = 0; i < z.n; i++) {
		k = a->quantity_at[z.tokens[i]];
		q = k == 0 ? NULL : &a->quantities.list[k - 1];
		if (q != NULL && q->kind == QUANTITY_COUNT && !q->joined &&
		    q->unit < q->unit_end && (gram(a, q->first == 0 ? 0 :
		    q->first - 1) & GRAM_PREP) == 0)
			return true;
	}
	return false;
}

/* The participle ends its clause, or what follows tells when, where or why. */
static bool
ends_group(const struct analysis *a, const struct tag *t)
{
	uint32_t next = token_next(a, t->end - 1);

	return next == NO_TOKEN || (a->quantity_at[next] == 0 &&
	    (gram(a, next) & GRAM_DET) == 0 && !token_verbal(a, next) &&
	    !token_is_nominal(a, next));
}

/* "personal data of 6 million customers leaked": what stands before "of". */
static bool
object_of(const struct analysis *a, uint32_t i, uint32_t ref)
{
	uint32_t prev;

	for (; i != NO_TOKEN; i = prev) {
		if (token_verbal(a, i) && a->at[LAYER_NOUN][i] == 0)
			return false;
		prev = token_prev(a, i);
		if ((gram(a, i) & GRAM_OF) != 0)
			return prev != NO_TOKEN && a->quantity_at[prev] == 0 &&
			    token_free(a, prev, SENSE_OBJECT, ref) != NONE;
		if ((gram(a, i) & GRAM_PREP) != 0)
			return false;
	}
	return false;
}

static bool
uncountable(const struct analysis *a, uint32_t i)
{
	static const char *const words[] = { "data", "information", "code",
		"crypto", "cryptocurrency", "service" };

	return token_is_any(a, i, words, sizeof(words) / sizeof(words[0]));
}

/*
 * "Launch delayed until May", "Egg products recalled in six states": what it is
 * done to stands right before it, and nobody who could do it.
 */
static bool
object_passive(struct analysis *a, const struct tag *t, const struct sense *s)
{
	const struct entry *e = entry_of(a, s->ref);
	uint32_t i = token_prev(a, t->first), k;
	const struct tag *noun;

	if ((s->forms & FORM_PART) == 0 || !lexis_bool(e, KEY_PASSIVE) ||
	    !lexis_bool(e, KEY_AGENT_OPTIONAL) || !ends_group(a, t))
		return false;
	while (i != NO_TOKEN && token_light(a, i) &&
	    (gram(a, i) & GRAM_AUX) == 0)
		i = token_prev(a, i);
	if (i == NO_TOKEN)
		return false;
	/* a "pilot fired" is one; how many is told elsewhere */
	if ((!lexis_bool(e, KEY_COUNTS) || uncountable(a, i)) &&
	    (token_free(a, i, SENSE_OBJECT, s->ref) != NONE ||
	    object_of(a, i, s->ref)))
		return true;
	noun = tag_at(a, LAYER_NOUN, i);
	for (k = 0; noun != NULL && k < e->nof; k++)
		if (e->of[k] != NO_ENTRY &&
		    entry_of(a, e->of[k])->open == OPEN_NOUNS)
			return tag_is(a, noun, e->of[k]) &&
			    (e->agent == NO_ENTRY ||
			    !tag_is(a, noun, e->agent));
	/* "after defence minister fired": one of whom it is done to */
	for (k = 0; noun != NULL && k < e->nof &&
	    token_sense(a, noun, SENSE_CLASS) != 0; k++)
		if (e->of[k] != NO_ENTRY && e->agent != NO_ENTRY &&
		    entry_of(a, e->of[k])->open != OPEN_NAMES &&
		    tag_is(a, noun, e->of[k]) && !tag_is(a, noun, e->agent))
			return true;
	return false;
}

/*
 * "Starbucks locations to close": they do it to themselves. Without "to" or
 * "will", "secret leaks" may be two nouns.
 */
static bool
middle(const struct analysis *a, const struct tag *t, const struct sense *s)
{
	const struct entry *e = entry_of(a, s->ref);
	uint32_t i = token_prev(a, t->first);
	bool verb = false;

	if (s->use != USE_VERB || (s->forms & FORM_ING) != 0 ||
	    !lexis_bool(e, KEY_PASSIVE) ||
	    !lexis_bool(e, KEY_AGENT_OPTIONAL) || !ends_group(a, t))
		return false;
	for (; i != NO_TOKEN && a->quantity_at[i] == 0 &&
	    (token_light(a, i) || (gram(a, i) & (GRAM_AUX | GRAM_TO)) != 0);
	    i = token_prev(a, i))
		verb |= (gram(a, i) & (GRAM_AUX | GRAM_TO)) != 0;
	return verb && i != NO_TOKEN &&
	    token_free(a, i, SENSE_OBJECT, s->ref) != NONE;
}

bool
act_turned(struct analysis *a, const struct tag *t, const struct sense *s)
{
	if (s->use == USE_UNDERGO)	/* "pays a fine" is fined */
		return true;
	return s->use != USE_PAY && (act_passive(a, t, s) ||
	    headline_passive(a, t, s) || counted_passive(a, t, s) ||
	    object_passive(a, t, s) || middle(a, t, s) ||
	    act_posted(a, t, s));
}

/*
 * "UK interest rates were raised", "rates were raised in Turkey": what the rate
 * is of stands for who raised it.
 */
void
act_whose(struct analysis *a, const struct entry *e, uint32_t at,
    const struct np *object, struct np *agent)
{
	const struct tag *tag;

	if (e->for_agent == NO_ENTRY || !measured(e, object))
		return;
	/* "tariffs: Canada rate raised": rates, or which */
	tag = &a->tags[object->measure_tag];
	if (tag->end - tag->first == 1 && !token_ends(a, tag->first, "s"))
		return;
	if (object->nowners > 0) {
		*agent = *object;
		agent->measure = NO_ENTRY;
	} else
		act_behind(a, at, GRAM_IN, agent);
}
