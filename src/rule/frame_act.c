/*
 * frame_act - somebody does something to something: cuts jobs, buys a
 * company, raises a rate, files for bankruptcy (rule-semantics 5.7). Which
 * verbs, whose, of what: all from the predicate's entry.
 */
#include <string.h>

#include "rule/analysis.h"

/* A tag of the zone that is an object word of this predicate, or NONE. */
static uint32_t
object_word(const struct analysis *a, const struct zone *z, uint32_t ref)
{
	uint32_t i, tag;

	for (i = 0; i < z->n; i++) {
		tag = token_free(a, z->tokens[i], SENSE_OBJECT, ref);
		if (tag != NONE)
			return tag;
	}
	return NONE;
}

/* The counted noun is one of the predicate's, or any if nouns are open. */
static bool
counts_object(const struct analysis *a, const struct quantity *q,
    const struct entry *e, uint32_t ref)
{
	struct zone z = { .n = 0 };
	uint32_t i;

	for (i = q->unit; i < q->unit_end && z.n < ZONE_MAX; i++)
		z.tokens[z.n++] = i;
	/* "3,000 European jobs", "4,000 of its workers" */
	for (i = q->end; i < q->end + 4 && i < token_sentence_end(a,
	    q->first) && a->quantity_at[i] == 0 && !token_verbal(a, i); i++)
		z.tokens[z.n++] = i;
	if (object_word(a, &z, ref) != NONE)
		return true;
	for (i = 0; i < e->nof; i++)
		if (e->of[i] != NO_ENTRY &&
		    entry_of(a, e->of[i])->open == OPEN_NOUNS)
			return z.n > 0 && token_is_nominal(a, z.tokens[0]) &&
			    (gram(a, z.tokens[0]) & GRAM_TIME) == 0;
	return false;
}

/* "about 10 percent of its 68,000 jobs" */
static void
share_of(const struct analysis *a, const struct quantity *share,
    const struct quantity *q, struct record *r)
{
	if (share != NULL && share->kind == QUANTITY_PERCENT &&
	    q->first >= share->end && q->first - share->end <= 4 &&
	    (gram(a, share->end) & GRAM_OF) != 0)
		r->computed = share->value / 100 * q->value;
}

static bool
from_what(const struct analysis *a, const struct quantity *q)
{
	uint32_t i = q->first, first = token_sentence_first(a, q->first);

	if (i > first && (gram(a, i - 1) & GRAM_DET) != 0)
		i--;
	return q->role == QUANTITY_FROM ||
	    (i > first && (gram(a, i - 1) & GRAM_FROM) != 0);
}

static void
count(struct analysis *a, const struct zone *z, const struct entry *e,
    uint32_t ref, bool object, struct record *r)
{
	const struct quantity *q, *before = NULL;
	uint32_t i, k, last = 0;

	for (i = 0; i < z->n; i++) {
		k = a->quantity_at[z->tokens[i]];
		if (k == 0 || k == last)
			continue;
		last = k;
		q = &a->quantities.list[k - 1];
		if (from_what(a, q))
			continue;	/* "420 jobs from the 5,000 strong" */
		if (q->kind == QUANTITY_COUNT && !q->joined) {
			if (before != NULL && before->kind == QUANTITY_PERCENT)
				share_of(a, before, q, r);
			if (counts_object(a, q, e, ref) || (object &&
			    (q->role == QUANTITY_BY || q->role == QUANTITY_TO ||
			    q->unit == q->unit_end)))
				amount_add(a, k - 1, r);
		} else if (q->kind == QUANTITY_COUNT && before != NULL)
			share_of(a, before, q, r);
		if (q->kind == QUANTITY_PERCENT)
			amount_add(a, k - 1, r);
		before = q;
	}
}

static void
block(struct analysis *a, struct record *r, uint32_t ref)
{
	const struct tag *tag, *noun;
	uint32_t i, t, at, end = token_sentence_end(a, r->first);

	for (i = token_sentence_first(a, r->first); i < end; i++) {
		if (a->clause_of[i] != r->clause)
			continue;
		for (t = a->free_at[i]; t != 0; t = a->free_next[t - 1]) {
			tag = &a->tags[t - 1];
			noun = tag_at(a, LAYER_NOUN, i);
			if (noun != NULL && noun->first <= tag->first &&
			    noun->end >= tag->end &&
			    noun->end - noun->first > tag->end - tag->first)
				continue;	/* "loan prime rate" */
			for (at = tag->sense; at != 0;
			    at = sense_of(a, at)->next)
				if (sense_of(a, at)->kind == SENSE_NOT_WITH &&
				    sense_of(a, at)->ref == ref)
					r->blocked = i;
		}
	}
}

/* "is acquired", "was cut", or "acquired by". */
static bool
passive(const struct analysis *a, const struct tag *t, const struct sense *s)
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

/* The group behind a preposition of the clause, right of `at`. */
static bool
behind(struct analysis *a, uint32_t at, uint32_t prep, struct np *np)
{
	uint32_t i, next, n = 0;

	for (i = token_next(a, at); i != NO_TOKEN && n < 24;
	    i = token_next(a, i), n++) {
		if ((gram(a, i) & prep) == 0 || a->quantity_at[i] != 0)
			continue;
		next = token_next(a, i);
		if (next == NO_TOKEN || a->quantity_at[next] != 0)
			continue;
		np_right(a, next, token_sentence_end(a, i), np, &next);
		if (np->nowners > 0)
			return true;
	}
	return false;
}

static void
fill(struct analysis *a, struct record *r, uint32_t ref, struct zone *z,
    uint32_t at)
{
	const struct entry *e = entry_of(a, ref);

	r->predicate = ref;
	r->direction = e->direction;
	r->object_tag = object_word(a, z, ref);
	if (lexis_bool(e, KEY_COUNTS))
		count(a, z, e, ref, r->object_tag != NONE, r);
	if (lexis_bool(e, KEY_MONEY))
		amount_money(a, at, r);
	block(a, r, ref);
}

/* "a Buy at Jefferies", "the cut": an article makes it a noun. */
static bool
is_noun(const struct analysis *a, const struct tag *t)
{
	uint32_t i = token_prev(a, t->first);

	return i != NO_TOKEN && (gram(a, i) & GRAM_DET) != 0 &&
	    (gram(a, i) & (GRAM_ADV | GRAM_PRONOUN | GRAM_REL)) == 0;
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

static void
verb(struct analysis *a, const struct tag *t, const struct sense *s)
{
	const struct entry *e = entry_of(a, s->ref);
	struct record *r;
	struct np agent, object;
	struct zone left, right;
	bool turned = passive(a, t, s) || headline_passive(a, t, s);

	if (is_noun(a, t))
		return;
	np_all_right(a, t->end - 1, &object, &right);
	if (turned) {
		np_all_left(a, t->first, &object, &left);
		if (object.empty)
			np_theme(a, t->first, &object);
		memset(&agent, 0, sizeof(agent));
		agent.measure = NO_ENTRY;
		agent.empty = !behind(a, t->end - 1, s->use == USE_INVERSE ?
		    GRAM_TO : GRAM_BY, &agent);
	} else if (s->use == USE_INVERSE) {
		memset(&agent, 0, sizeof(agent));
		agent.measure = NO_ENTRY;
		/* "sells X to the agent"; "approves the agent's drug" */
		if (lexis_bool(e, KEY_MONEY)) {
			if (!behind(a, t->end - 1, GRAM_TO, &agent))
				return;
		} else if ((s->forms & FORM_ING) != 0 ||
		    !first_name(a, &right, &agent))
			return;
	} else
		np_theme(a, t->first, &agent);
	r = record_new(a, FRAME_ACT, t->first, t->end);
	r->theme = agent;
	r->object = object;
	fill(a, r, s->ref, turned ? &left : &right, t->first);
	if (turned && r->namounts == 0 && lexis_bool(e, KEY_COUNTS))
		count(a, &right, e, s->ref, r->object_tag != NONE, r);
}

/* "file for bankruptcy"; "10,000 people lose their jobs". */
static void
phrase(struct analysis *a, const struct tag *t, const struct sense *s)
{
	const struct entry *e = entry_of(a, s->ref);
	struct record *r;
	struct np agent, object;
	struct zone left, right;

	np_all_right(a, t->end - 1, &object, &right);
	np_theme(a, t->first, &agent);
	r = record_new(a, FRAME_ACT, t->first, t->end);
	r->theme = agent;
	r->object = object;
	fill(a, r, s->ref, &right, t->first);
	if (r->namounts == 0 && lexis_bool(e, KEY_COUNTS)) {
		np_all_left(a, t->first, &object, &left);
		count(a, &left, e, s->ref, false, r);
	}
}

/* "Job cuts at Citigroup will total 20,000": a bare number further on. */
static void
total(struct analysis *a, uint32_t end, struct record *r)
{
	const struct quantity *q;
	uint32_t i, k, n = 0;

	for (i = token_next(a, end - 1); i != NO_TOKEN && n < 16;
	    i = token_next(a, i), n++) {
		k = a->quantity_at[i];
		if (k == 0)
			continue;
		q = &a->quantities.list[k - 1];
		if (q->kind == QUANTITY_COUNT && !q->joined &&
		    q->unit == q->unit_end && q->role != QUANTITY_FROM)
			amount_add(a, k - 1, r);
		return;
	}
}

/* "Merck plans 5,100 job cuts", "RBI's rate hike", "acquisition of Mellanox". */
static void
noun(struct analysis *a, const struct tag *t, const struct sense *s)
{
	const struct entry *e = entry_of(a, s->ref);
	struct record *r;
	struct np agent, object;
	struct zone left, right;

	np_all_right(a, t->end - 1, &object, &right);
	np_left(a, t->first, &agent);
	if ((agent.nowners == 0 || agent.end + 6 < t->first || agent.other ||
	    agent.tail) &&
	    !behind(a, t->end - 1, GRAM_BY, &agent)) {
		np_subject(a, a->clause_of[t->first], &agent);
		if (agent.nowners == 0 && agent.pronoun)
			np_antecedent(a, t->first, &agent);
		if (agent.nowners == 0 && !behind(a, t->end - 1, GRAM_IN,
		    &agent))
			np_theme(a, t->first, &agent);
	}
	r = record_new(a, FRAME_ACT, t->first, t->end);
	r->nominal = true;
	r->theme = agent;
	r->object = object;
	fill(a, r, s->ref, &right, t->first);
	if (r->object_tag == NONE && e->nof == 0)
		r->object_tag = a->at[LAYER_PRED][t->first] - 1;
	if (lexis_bool(e, KEY_COUNTS) && r->namounts == 0 &&
	    !amount_left(a, t->first, r)) {
		np_all_left(a, t->first, &object, &left);
		count(a, &left, e, s->ref, false, r);
		if (r->namounts == 0)
			total(a, t->end, r);
	}
}

void
frame_act(struct analysis *a, uint32_t tag, uint32_t sense)
{
	struct tag t = a->tags[tag];
	const struct sense *s = sense_of(a, sense);

	switch (s->use) {
	case USE_NOUN:
		noun(a, &t, s);
		break;
	case USE_PHRASE:
	case USE_PARTICLE:
		phrase(a, &t, s);
		break;
	default:
		verb(a, &t, s);
		break;
	}
}
