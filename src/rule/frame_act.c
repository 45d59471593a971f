/*
 * frame_act - somebody does something to something: cuts jobs, buys a
 * company, raises a rate, files for bankruptcy (rule-semantics 5.7). Which
 * verbs, whose, of what: all from the predicate's entry.
 */
#include <string.h>

#include "rule/analysis.h"

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
	if (act_object_word(a, &z, ref) != NONE)
		return true;
	for (i = 0; i < e->nof; i++)
		if (e->of[i] != NO_ENTRY &&
		    entry_of(a, e->of[i])->open == OPEN_NOUNS)
			/* "3 million bags", though one may bag something */
			return z.n > 0 && (token_is_nominal(a, z.tokens[0]) ||
			    (q->unit < q->unit_end &&
			    token_ends(a, q->unit, "s"))) &&
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

/* "bought it in a bid to grow": this is no bid. */
static bool
idiom(const struct analysis *a, const struct tag *word)
{
	uint32_t i = word->first, first = token_sentence_first(a, i);
	const struct tag *cue = tag_at(a, LAYER_CUE, i);

	if (cue != NULL)
		first = cue->first;
	else if (a->pseudo_cue[i])
		while (i > first && a->pseudo_cue[i - 1])
			i--;
	if (cue == NULL)
		first = i;
	return first < word->first && (gram(a, first) & GRAM_IN) != 0;
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
			if (idiom(a, tag))
				continue;
			for (at = tag->sense; at != 0;
			    at = sense_of(a, at)->next)
				if (sense_of(a, at)->kind == SENSE_NOT_WITH &&
				    sense_of(a, at)->ref == ref)
					r->blocked = i;
		}
	}
}

static void
fill(struct analysis *a, struct record *r, uint32_t ref, struct zone *z,
    uint32_t at)
{
	const struct entry *e = entry_of(a, ref);
	uint32_t i;

	for (i = r->first; i < r->end; i++)	/* "takes a 5% stake in" */
		if (a->quantity_at[i] != 0)
			amount_add(a, a->quantity_at[i] - 1, r);
	r->predicate = ref;
	r->direction = e->direction;
	r->object_tag = act_object_word(a, z, ref);
	if (r->object_tag != NONE && act_other_object(a, r, z))
		r->object_tag = NONE;
	if (lexis_bool(e, KEY_COUNTS))
		count(a, z, e, ref, r->object_tag != NONE, r);
	if (lexis_bool(e, KEY_MONEY))
		amount_money(a, at, r);
	block(a, r, ref);
}

/* "39,400 printers made by X are being recalled": how a clause begins. */
static bool
opening(const struct analysis *a, uint32_t at, struct zone *z)
{
	uint32_t i, first = at;

	for (i = token_prev(a, at); i != NO_TOKEN; i = token_prev(a, i))
		first = i;
	z->n = 0;
	for (i = first; i != NO_TOKEN && i < at && z->n < 8 &&
	    (gram(a, i) & GRAM_AUX) == 0 &&
	    token_mood(a, i) != MOOD_REPORT; i = token_next(a, i))
		z->tokens[z->n++] = i;
	if (i == NO_TOKEN || (i < at && (gram(a, i) & GRAM_AUX) == 0 &&
	    z->n < 8))
		return false;
	for (i = 0; i < z->n && i < 4; i++)
		if (a->quantity_at[z->tokens[i]] != 0)
			return true;
	return false;
}

/*
 * "wins a network contract", "settles fraud charges": the last word of the
 * object may be a verb elsewhere, where the group was thought to end.
 */
static void
stretch(const struct analysis *a, uint32_t ref, struct zone *z)
{
	uint32_t i, next, tag;

	if (z->n == 0 || z->n >= ZONE_MAX)
		return;
	i = token_next(a, z->tokens[z->n - 1]);
	tag = i == NO_TOKEN ? NONE : token_free(a, i, SENSE_OBJECT, ref);
	if (tag == NONE)
		return;
	next = token_next(a, a->tags[tag].end - 1);
	if (next == NO_TOKEN || (a->quantity_at[next] == 0 &&
	    !token_is_nominal(a, next) && (gram(a, next) & GRAM_DET) == 0))
		z->tokens[z->n++] = i;
}

/* "Launch delayed until May": what could be a verb ends the group on the left. */
static void
stretch_left(const struct analysis *a, uint32_t at, uint32_t ref,
    struct zone *z)
{
	uint32_t i = token_prev(a, at);

	if ((z->n == 0 || (z->n < ZONE_MAX && i != NO_TOKEN &&
	    z->tokens[z->n - 1] < i)) && i != NO_TOKEN &&
	    token_free(a, i, SENSE_OBJECT, ref) != NONE)
		z->tokens[z->n++] = i;
}

static void
verb(struct analysis *a, const struct tag *t, const struct sense *s)
{
	const struct entry *e = entry_of(a, s->ref);
	struct record *r;
	struct np agent, object;
	struct zone left, right;
	bool turned = act_turned(a, t, s);

	if (!act_is_verb(a, t, s))
		return;
	np_all_right(a, t->end - 1, &object, &right);
	stretch(a, s->ref, &right);
	if (turned) {
		np_all_left(a, t->first, &object, &left);
		stretch_left(a, t->first, s->ref, &left);
		if (object.empty)
			np_theme(a, t->first, &object);
		else if (object.nowners == 0 && object.pronoun)
			np_antecedent(a, t->first, &object);
		memset(&agent, 0, sizeof(agent));
		agent.measure = NO_ENTRY;
		agent.empty = !act_behind(a, t->end - 1, s->use == USE_INVERSE ?
		    GRAM_TO : GRAM_BY, &agent);
		if (agent.nowners == 0 && lexis_bool(e, KEY_POST))
			act_employer(a, t->end - 1, &agent);
		if (agent.nowners == 0)
			act_whose(a, e, t->end - 1, &object, &agent);
	} else if (!act_roles(a, t, s, &right, &agent, &object))
		return;
	r = record_new(a, FRAME_ACT, t->first, t->end);
	r->theme = agent;
	r->object = object;
	r->turned = turned;
	act_mutual(e, r);
	fill(a, r, s->ref, turned ? &left : &right, t->first);
	if (turned && r->namounts == 0 && lexis_bool(e, KEY_COUNTS))
		count(a, &right, e, s->ref, r->object_tag != NONE, r);
	if (turned && r->namounts == 0 && lexis_bool(e, KEY_COUNTS) &&
	    opening(a, t->first, &left))
		count(a, &left, e, s->ref, false, r);
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
	/* "lays off 14,000": the phrase says of what */
	if (r->namounts == 0 && lexis_bool(e, KEY_COUNTS))
		count(a, &right, e, s->ref, true, r);
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

/* "takeover of X", "takeover by Y of X"; not "takeover exceeds X". */
static bool
leads_on(const struct analysis *a, const struct tag *t)
{
	uint32_t next = token_next(a, t->end - 1);

	return (gram(a, t->end - 1) & GRAM_PREP) != 0 ||
	    (t->end - t->first > 2 && (gram(a, t->end - 2) & GRAM_TO) != 0) ||
	    (next != NO_TOKEN && (gram(a, next) & (GRAM_PREP | GRAM_TO)) != 0);
}

/* "acquisition of X by Y": who does it is said behind, before any verb. */
static bool
done_by(struct analysis *a, const struct tag *t, struct np *agent)
{
	struct np np;
	uint32_t i;

	for (i = token_next(a, t->end - 1); i != NO_TOKEN &&
	    (gram(a, i) & GRAM_BY) == 0; i = token_next(a, i))
		if (token_verbal(a, i) && a->at[LAYER_NOUN][i] == 0)
			return false;
	if (i == NO_TOKEN || !act_behind(a, t->end - 1, GRAM_BY, &np))
		return false;
	*agent = np;
	return true;
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
	if (lexis_bool(e, KEY_MONEY) && !leads_on(a, t))
		object.nowners = 0;
	np_left(a, t->first, &agent);
	if (!done_by(a, t, &agent) && (agent.nowners == 0 || agent.end + 6 < t->first || agent.other ||
	    agent.tail) &&
	    !act_behind(a, t->end - 1, GRAM_BY, &agent)) {
		np_subject(a, a->clause_of[t->first], &agent);
		/* "Cyber attack continues": it does not do itself */
		if (!agent.empty && agent.first <= t->first &&
		    agent.end > t->first)
			agent.nowners = 0;
		if (agent.nowners == 0 && agent.pronoun)
			np_antecedent(a, t->first, &agent);
		if (agent.nowners == 0 && !act_behind(a, t->end - 1, GRAM_IN,
		    &agent))
			np_theme(a, t->first, &agent);
		agent.guessed = true;
	}
	np_named_before(a, t->first, &agent);
	act_of_object(a, t, e, &agent, &object);
	act_given(a, t, &agent, &object);
	r = record_new(a, FRAME_ACT, t->first, t->end);
	act_compound(a, t, e, &agent, &object);
	r->nominal = true;
	r->theme = agent;
	r->object = object;
	act_mutual(e, r);
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
