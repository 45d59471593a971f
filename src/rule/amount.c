/* Which numbers belong to a predicate. */
#include "rule/analysis.h"

#define REACH 8		/* words between predicate and amount */

void
amount_add(struct analysis *a, uint32_t q, struct record *r)
{
	const struct quantity *list = a->quantities.list;
	bool moves = r->frame == FRAME_CHANGE || r->frame == FRAME_LEVEL;
	uint8_t i;
	uint32_t k;

	for (i = 0; i < r->namounts; i++)
		if (r->amounts[i] == q)
			return;
	if (r->namounts == AMOUNTS_MAX)
		return;
	r->amounts[r->namounts++] = q;
	a->quantity_used[q] |= moves;
	/* what was computed from this one and its pair */
	for (k = q + 1; k < a->quantities.n && k <= q + 2; k++)
		if (list[k].derived && list[k].first <= list[q].first &&
		    list[k].end >= list[q].end && !list[q].derived &&
		    r->namounts < AMOUNTS_MAX) {
			r->amounts[r->namounts++] = k;
			a->quantity_used[k] |= moves;
		}
}

/* Another subject or predicate: what follows is not ours. */
static bool
stops(const struct analysis *a, const struct record *r, uint32_t i,
    bool after_prep)
{
	const struct tag *tag;

	if (i >= r->first && i < r->end)
		return false;
	if (token_predicate(a, i) && a->at[LAYER_NOUN][i] == 0) {
		/* "fell lower, 5%", "jumped, up 5%"; "rose" of "rose to" */
		tag = tag_at(a, LAYER_PRED, i);
		if (tag->first < r->end)
			return false;
		return sense_of(a, token_sense(a, tag, SENSE_PRED))->use !=
		    USE_PARTICLE;
	}
	if (after_prep)
		return false;
	tag = tag_at(a, LAYER_NOUN, i);
	return token_sense(a, tag, SENSE_NAME) != 0 && tag->first == i &&
	    a->quantity_at[i] == 0;
}

/* "508 points (or 22.5 pct)": what a parenthesis at `at` adds. */
static void
parenthesis(struct analysis *a, uint32_t at, int step, struct record *r)
{
	char close = step > 0 ? ')' : '(';
	uint32_t i, n;

	for (i = at + (uint32_t)step, n = 0; i < a->ntokens && n < 12 &&
	    tok(a, i)->sentence == tok(a, at)->sentence &&
	    tok(a, i)->punct != close; i += (uint32_t)step, n++)
		if (a->quantity_at[i] != 0)
			amount_add(a, a->quantity_at[i] - 1, r);
}

/* Behind "on": something, and no day. */
static bool
named(const struct analysis *a, uint32_t i)
{
	do
		i = token_next(a, i);
	while (i != NO_TOKEN && (gram(a, i) & GRAM_DET) != 0 &&
	    (gram(a, i) & GRAM_TIME) == 0);
	return i != NO_TOKEN && a->quantity_at[i] == 0 &&
	    (gram(a, i) & GRAM_TIME) == 0 &&
	    token_sense(a, tag_at(a, LAYER_NOUN, i), SENSE_NAME) == 0 &&
	    tok(a, i)->kind == TEXT_WORD;
}

/* "lost its 100 percent record": the number tells which record. */
static bool
of_a_noun(const struct analysis *a, const struct quantity *q)
{
	uint32_t prev = token_prev(a, q->first), next = q->end;

	if (prev == NO_TOKEN ||
	    (gram(a, prev) & (GRAM_DET | GRAM_CAUSE)) == 0 ||
	    (gram(a, prev) & GRAM_ADV) != 0 ||
	    next >= token_sentence_end(a, q->first) ||
	    a->clause_of[next] != a->clause_of[q->first])
		return false;
	return tok(a, next)->kind == TEXT_WORD && gram(a, next) == 0 &&
	    !token_light(a, next) && !token_predicate(a, next);
}

/* "sell-off is a 4% drop in Caterpillar": it has a noun of its own. */
static bool
of_a_move(const struct analysis *a, const struct record *r,
    const struct quantity *q)
{
	const struct tag *tag = q->end < a->ntokens ?
	    tag_at(a, LAYER_PRED, q->end) : NULL;
	uint32_t s;

	if (tag == NULL || tag->first != q->end || tag->first < r->end ||
	    a->clause_of[q->end] != a->clause_of[q->first] ||
	    (gram(a, q->end) & GRAM_PREP) != 0)
		return false;
	for (s = tag->sense; s != 0; s = sense_of(a, s)->next)
		if (sense_of(a, s)->kind == SENSE_PRED &&
		    sense_of(a, s)->use == USE_NOUN &&
		    entry_of(a, sense_of(a, s)->ref)->frame == FRAME_CHANGE)
			return true;
	return false;
}

/* "as its loss nearly doubles": the doubling is a predicate of its own. */
static bool
moves_itself(const struct analysis *a, const struct record *r,
    const struct quantity *q)
{
	const struct tag *tag = tag_at(a, LAYER_PRED, q->end - 1);

	return q->kind == QUANTITY_RATIO && r->nominal && tag != NULL &&
	    tag->first >= r->end && token_predicate(a, q->end - 1) &&
	    (tok(a, q->end - 1)->flags & TEXT_JOINED) == 0;
}

void
amount_right(struct analysis *a, uint32_t end, struct record *r)
{
	const struct quantity *q;
	uint32_t i, words = 0, k;
	bool prep = false, cause = false;

	for (i = token_next(a, end - 1); i != NO_TOKEN && words < REACH;
	    i = token_next(a, i)) {
		k = a->quantity_at[i];
		if (k != 0) {
			q = &a->quantities.list[k - 1];
			/* "drops on a report of a 10% stake" */
			if ((cause && q->role != QUANTITY_BY) ||
			    moves_itself(a, r, q))
				break;
			if ((!q->joined || q->kind == QUANTITY_PERCENT) &&
			    !of_a_noun(a, q) && !of_a_move(a, r, q))
				amount_add(a, k - 1, r);
			if (q->end < a->ntokens && tok(a, q->end)->punct == '(')
				parenthesis(a, q->end, 1, r);
			while (i + 1 < q->end && token_next(a, i) ==
			    i + 1)
				i++;
			continue;
		}
		if (stops(a, r, i, prep))
			break;
		cause |= (gram(a, i) & GRAM_CAUSE) != 0 && named(a, i);
		prep = (gram(a, i) & GRAM_PREP) != 0 ||
		    (prep && !token_is_nominal(a, i));
		if (tok(a, i)->kind == TEXT_WORD)
			words++;
	}
}

/* "$3, or 4%, higher": the second says the same once more. */
static bool
repeats(const struct analysis *a, const struct quantity *q)
{
	return q->first >= token_sentence_first(a, q->first) + 2 &&
	    (gram(a, q->first - 1) & GRAM_AND) != 0;
}

static void
alternative(struct analysis *a, const struct quantity *q, struct record *r)
{
	uint32_t first = token_sentence_first(a, q->first), i = q->first - 1;

	if (!repeats(a, q))
		return;
	if (tok(a, --i)->punct == ',' && i > first)
		i--;
	if (a->quantity_at[i] != 0)
		amount_add(a, a->quantity_at[i] - 1, r);
}

bool
amount_left(struct analysis *a, uint32_t at, struct record *r)
{
	struct quantity *q;
	uint32_t i = token_prev(a, at), n = 0, k;

	if (at > 0 && tok(a, at - 1)->punct == ')')
		parenthesis(a, at - 1, -1, r);
	if (i != NO_TOKEN && i > 0 && tok(a, i)->punct == ',' &&
	    a->quantity_at[i - 1] != 0 && repeats(a,
	    &a->quantities.list[a->quantity_at[i - 1] - 1]))
		i = token_prev(a, i);

	for (; i != NO_TOKEN && n < 4; i = token_prev(a, i), n++) {
		k = a->quantity_at[i];
		if (k != 0) {
			q = &a->quantities.list[k - 1];
			/* "back from a 9% drop": no base of anything */
			if (q->role == QUANTITY_FROM && q->end == at)
				q->role = QUANTITY_PLAIN;
			if (q->role == QUANTITY_FROM || (q->kind ==
			    QUANTITY_COUNT && q->joined))
				return false;
			amount_add(a, k - 1, r);
			alternative(a, q, r);
			return true;
		}
		if (token_verbal(a, i) || (gram(a, i) & (GRAM_PREP |
		    GRAM_DET)) != 0 || tok(a, i)->kind == TEXT_PUNCT ||
		    token_sense(a, tag_at(a, LAYER_NOUN, i),
		    SENSE_NAME) != 0)
			return false;
	}
	return false;
}

/*
 * "a $7 billion venture capital firm buys": what the amount stands before ends
 * in a company or in what is sold; it is a size.
 */
static bool
size_of(const struct analysis *a, const struct quantity *q,
    const struct record *r)
{
	const struct tag *tag;
	uint32_t i, n = 0, prev = token_prev(a, q->first);
	bool size = false;

	/* behind the verb it is the worth of what is bought */
	if (q->first > r->first ||
	    (prev != NO_TOKEN && (gram(a, prev) & GRAM_PREP) != 0))
		return false;
	for (i = token_next(a, q->end - 1); i != NO_TOKEN && n < 8;
	    i = token_next(a, i), n++) {
		if ((i >= r->first && i < r->end) || tok(a, i)->kind ==
		    TEXT_PUNCT || a->quantity_at[i] != 0 ||
		    (gram(a, i) & (GRAM_PREP | GRAM_TO | GRAM_AND)) != 0 ||
		    (token_verbal(a, i) && a->at[LAYER_NOUN][i] == 0))
			break;
		tag = tag_at(a, LAYER_NOUN, i);
		size = token_sense(a, tag, SENSE_CLASS) != 0 ||
		    token_sense(a, tag, SENSE_NAME) != 0 ||
		    np_name_word(a, i) ||
		    token_free(a, i, SENSE_OBJECT, r->predicate) != NONE;
	}
	return size && (i == NO_TOKEN || i < r->first || i >= r->end);
}

/* "for $2 billion"; borrowed from another sentence not "of", "with". */
static bool
price(const struct analysis *a, const struct quantity *q, uint32_t first,
    bool borrowed)
{
	uint32_t g = q->first > first ? gram(a, q->first - 1) : 0;

	return (g & GRAM_PREP) != 0 &&
	    (!borrowed || ((g & GRAM_IN) != 0 && (g & GRAM_OF) == 0));
}

/* Written with hyphens: "a 9.5-billion-dlr Seattle-based concern". */
static bool
adjective(const struct analysis *a, const struct quantity *q)
{
	uint32_t i;

	for (i = q->first + 1; i < q->end; i++)
		if ((tok(a, i)->flags & TEXT_JOINED) != 0)
			return true;
	return q->joined;
}

static void
money_in(struct analysis *a, uint32_t first, uint32_t end, uint32_t clause,
    bool borrowed, struct record *r)
{
	const struct quantity *q;
	uint32_t i, k;

	for (i = first; i < end; i++) {
		k = a->quantity_at[i];
		if (k == 0 || (clause != NONE && a->clause_of[i] != clause))
			continue;
		q = &a->quantities.list[k - 1];
		/* "a 9.5-billion-dlr concern" is a size, not a price */
		if (adjective(a, q) &&
		    token_next(a, q->end - 1) != r->first)
			continue;
		if (q->kind == QUANTITY_MONEY && !size_of(a, q, r) &&
		    (clause != NONE || price(a, q, first, borrowed)))
			amount_add(a, k - 1, r);
		i = q->end > i ? q->end - 1 : i;
	}
}

/*
 * The price of a deal: in the clause, else further right in the sentence; a
 * title may take it from the lead and the lead from the title.
 */
void
amount_money(struct analysis *a, uint32_t at, struct record *r)
{
	const struct text_field *body = &a->text->fields[TEXT_BODY];
	const struct text_sentence *s = a->text->sentences;
	uint32_t end = token_sentence_end(a, at);

	money_in(a, token_sentence_first(a, at), end, a->clause_of[at],
	    false, r);
	if (r->namounts == 0)
		money_in(a, at, end, NONE, false, r);
	if (r->namounts > 0)
		return;
	if (r->title && body->sentence < a->nsentences)
		s += body->sentence;
	else if (!r->lead)
		return;
	money_in(a, s->first, s->end, NONE, true, r);
	r->inherited += r->namounts > 0;
}
