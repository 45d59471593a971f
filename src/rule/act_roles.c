/*
 * act_roles - who does an act, and to what: the groups that a verb or a noun of
 * an act takes its agent and object from (rule-semantics 5.7).
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
		if (right.nowners > 0 && !right.from_prep &&
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
	uint32_t i, s;

	for (i = 0; i < z->n; i++) {
		t = tag_at(a, LAYER_NOUN, z->tokens[i]);
		s = token_sense(a, t, SENSE_NAME);
		if (s == 0)
			continue;
		np->empty = false;
		np->first = t->first;
		np->end = t->end;
		np->nowners = 1;
		np->owners[0] = (struct mention){ .first = t->first,
		    .end = t->end, .sense = t->sense, .kind = SENSE_NAME,
		    .thing = thing_known(a, sense_of(a, s)->ref, t->first,
		    t->end) };
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

