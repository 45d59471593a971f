/*
 * act_roles - who does an act, and to what: the groups that a verb or a noun of
 * an act takes its agent and object from (rule-semantics 5.7).
 */
#include <string.h>

#include "rule/analysis.h"

/* "a contract to supply trains": no group is behind this "to". */
static bool
leads_verb(const struct analysis *a, uint32_t to, uint32_t next)
{
	const struct tag *t = tag_at(a, LAYER_NOUN, next);

	return (gram(a, to) & GRAM_TO) != 0 && !token_capital(a, next) &&
	    (t == NULL || (token_sense(a, t, SENSE_NAME) == 0 &&
	    token_sense(a, t, SENSE_CLASS) == 0)) &&
	    (token_forms(a, next) & FORM_BASE) != 0;
}

/* The group behind a preposition of the clause, right of `at`. */
bool
act_behind(struct analysis *a, uint32_t at, uint32_t prep, struct np *np)
{
	uint32_t i, next, n = 0;

	for (i = token_next(a, at); i != NO_TOKEN && n < 24;
	    i = token_next(a, i), n++) {
		if ((gram(a, i) & prep) == 0 || a->quantity_at[i] != 0)
			continue;
		next = token_next(a, i);
		if (next == NO_TOKEN || a->quantity_at[next] != 0 ||
		    leads_verb(a, i, next))
			continue;
		np_right(a, next, token_sentence_end(a, i), np, &next);
		if (np->nowners > 0)
			return true;
	}
	return false;
}

/* "won approval from shareholders to buy", "the right to purchase". */
static bool
infinitive(const struct analysis *a, const struct tag *t,
    const struct sense *s)
{
	uint32_t i = token_prev(a, t->first);

	while (i != NO_TOKEN && (gram(a, i) & (GRAM_ADV | GRAM_NOT)) != 0 &&
	    (gram(a, i) & GRAM_TO) == 0)
		i = token_prev(a, i);
	return (s->forms & FORM_BASE) != 0 && i != NO_TOKEN &&
	    (gram(a, i) & GRAM_TO) != 0;
}

/*
 * Who does it: the group on the left; before an infinitive that hangs on a
 * noun, the subject of the clause.
 */
static void
doer(struct analysis *a, const struct tag *t, const struct sense *s,
    struct np *agent)
{
	struct np subject;
	uint32_t before;

	np_theme(a, t->first, agent);
	if (!infinitive(a, t, s))
		return;
	before = agent->empty ? NO_TOKEN : token_prev(a, agent->first);
	if (agent->nowners > 0 && !agent->other && (before == NO_TOKEN ||
	    (gram(a, before) & GRAM_FROM) == 0))
		return;		/* but "won approval from X to buy" */
	np_subject(a, a->clause_of[t->first], &subject);
	if (subject.nowners > 0 && !subject.other)
		*agent = subject;
}

/* "Sears and Kmart merge", "merger between A and B": one with the other. */
void
act_mutual(const struct entry *e, struct record *r)
{
	bool has = r->object.nowners > 0 && !r->object.from_prep;
	struct np *from = has ? &r->object : &r->theme;
	struct np *to = has ? &r->theme : &r->object;
	uint8_t i;

	if (!lexis_bool(e, KEY_MUTUAL) || from->nowners < 2 ||
	    (to->nowners > 0 && !to->from_prep))
		return;
	for (i = 1; i < from->nowners; i++)
		to->owners[i - 1] = from->owners[i];
	to->nowners = from->nowners - 1;
	from->nowners = 1;
	to->empty = to->other = to->from_prep = false;
	to->first = to->owners[0].first;
	to->end = to->owners[0].end;
}

/* The first name in the zone: whose drug is approved. */
static bool
first_name(struct analysis *a, const struct zone *z, struct np *np)
{
	const struct tag *t;
	uint32_t i;

	for (i = 0; i < z->n; i++) {
		t = tag_at(a, LAYER_NOUN, z->tokens[i]);
		if (token_sense(a, t, SENSE_NAME) == 0)
			continue;
		np_of_tag(a, t, np);
		return true;
	}
	return false;
}

/* A member of what the predicate is done to. */
static bool
is_object(const struct analysis *a, const struct entry *e, const struct np *np)
{
	uint32_t i;

	if (np->nowners == 0 || np->other || np->from_prep ||
	    np->measure != NO_ENTRY)
		return false;
	for (i = 0; i < e->nof; i++)
		if (e->of[i] != NO_ENTRY &&
		    mention_is(a, &np->owners[0], e->of[i]))
			return true;
	return false;
}

/* "IBM's PC business", "OxyChem": one of its objects, or what is called one. */
static bool
names_object(const struct analysis *a, const struct entry *e, uint32_t ref,
    const struct np *np)
{
	struct zone z = { .n = 0 };
	uint32_t i;

	for (i = np->first; i < np->end && z.n < ZONE_MAX; i++)
		z.tokens[z.n++] = i;
	return is_object(a, e, np) || act_object_word(a, &z, ref) != NONE;
}

/*
 * "sells its China unit to X for $2 billion": what is sold is said before any
 * preposition: "unit", or a name that is one.
 */
static bool
sold(const struct analysis *a, const struct entry *e, uint32_t ref,
    const struct zone *right, const struct np *object)
{
	struct zone part = { .n = 0 };
	uint32_t i;

	for (i = 0; i < right->n &&
	    (gram(a, right->tokens[i]) & GRAM_PREP) == 0; i++)
		part.tokens[part.n++] = right->tokens[i];
	return object->measure == NO_ENTRY &&
	    (act_object_word(a, &part, ref) != NONE || is_object(a, e, object));
}

static bool
is_for(const struct analysis *a, uint32_t i)
{
	char word[LEXICON_WORD_MAX];

	if ((gram(a, i) & GRAM_IN) == 0)
		return false;
	text_folded(a->text, i, word, sizeof(word));
	return strcmp(word, "for") == 0;
}

/* "pays $9.7 billion for OxyChem": the object stands behind the amount. */
static bool
paid(struct analysis *a, const struct tag *t, struct np *object)
{
	uint32_t i = token_next(a, t->end - 1), next;
	const struct quantity *q;

	while (i != NO_TOKEN && a->quantity_at[i] == 0 &&
	    (gram(a, i) & (GRAM_ADV | GRAM_PREP)) != 0)
		i = token_next(a, i);
	if (i == NO_TOKEN || a->quantity_at[i] == 0)
		return false;
	q = &a->quantities.list[a->quantity_at[i] - 1];
	if (q->kind != QUANTITY_MONEY)
		return false;
	for (i = token_next(a, q->end - 1); i != NO_TOKEN && !is_for(a, i);
	    i = token_next(a, i))
		if (token_verbal(a, i) || (gram(a, i) & GRAM_OF) != 0 ||
		    i > q->end + 6)
			return false;
	next = i == NO_TOKEN ? NO_TOKEN : token_next(a, i);
	if (next == NO_TOKEN)
		return false;
	np_right(a, next, token_sentence_end(a, i), object, &next);
	return true;
}

/*
 * "awards X a contract", "awards a contract to X", "clears X's drug": whom it
 * is done for. "X awarded contract" is short for was awarded.
 */
static bool
receives(struct analysis *a, const struct tag *t, const struct sense *s,
    const struct zone *right, struct np *agent)
{
	uint32_t word = act_object_word(a, right, s->ref), next;

	if ((s->forms & FORM_ING) != 0)
		return false;
	if (word == NONE)
		return first_name(a, right, agent);
	np_right(a, right->tokens[0], a->tags[word].first, agent, &next);
	if (agent->nowners > 0 ||
	    act_behind(a, t->end - 1, GRAM_TO, agent))
		return true;
	if ((s->forms & FORM_PART) == 0)
		return false;
	doer(a, t, s, agent);
	return true;
}

/*
 * Agent and object of a verb that is not passive; false if it does not speak
 * of this act.
 */
bool
act_roles(struct analysis *a, const struct tag *t, const struct sense *s,
    const struct zone *right, struct np *agent, struct np *object)
{
	const struct entry *e = entry_of(a, s->ref);

	memset(agent, 0, sizeof(*agent));
	agent->measure = NO_ENTRY;
	agent->empty = true;
	if (s->use == USE_PAY && (!paid(a, t, object) ||
	    !names_object(a, e, s->ref, object)))
		return false;
	if (s->use != USE_INVERSE) {
		doer(a, t, s, agent);
		return true;
	}
	/* "sells X to the agent"; "approves the agent's drug" */
	if (lexis_bool(e, KEY_MONEY) && e->nof > 0)
		return sold(a, e, s->ref, right, object) &&
		    (act_behind(a, t->end - 1, GRAM_TO, agent) ||
		    lexis_bool(e, KEY_AGENT_OPTIONAL));
	return receives(a, t, s, right, agent);
}

/*
 * "Nexstar closes $6.2 billion Tegna merger": a name between the price and the
 * noun is what is bought, and who buys it the subject.
 */
void
act_compound(struct analysis *a, const struct tag *t, const struct entry *e,
    struct np *agent, struct np *object)
{
	struct np subject;
	uint32_t i = t->first, k;

	if (!lexis_bool(e, KEY_MONEY) || object->nowners > 0)
		return;
	while ((k = token_prev(a, i)) != NO_TOKEN && k + 1 == i &&
	    a->quantity_at[k] == 0 && token_capital(a, k) &&
	    (tok(a, k)->flags & TEXT_POSSESSIVE) == 0)
		i = k;
	if (i == t->first || i == 0 || a->quantity_at[i - 1] == 0 ||
	    a->quantities.list[a->quantity_at[i - 1] - 1].kind !=
	    QUANTITY_MONEY)
		return;
	np_right(a, i, t->first, object, &k);
	if (!is_object(a, e, object)) {
		object->nowners = 0;
		return;
	}
	np_subject(a, a->clause_of[t->first], &subject);
	memset(agent, 0, sizeof(*agent));
	agent->measure = NO_ENTRY;
	agent->empty = true;
	if (subject.nowners > 0 && !subject.other && subject.end <= i)
		*agent = subject;
}

