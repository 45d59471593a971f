#include "text/amount.h"

#include <math.h>
#include <string.h>

#define RANGE_MAX 4	/* "5 to 20 percent" is one; "0.2% to 5.1%" a level */

/* One number with its sign, currency and unit. */
static uint32_t
single(const struct reader *r, uint32_t i, struct quantity *q,
    struct numeral *n)
{
	enum currency lead = CURRENCY_NONE;
	uint32_t at = i, after;
	int8_t sign = 0;

	memset(q, 0, sizeof(*q));
	q->pair = QUANTITY_NONE;
	q->first = i;
	if ((amount_punct(r, at, '-') || amount_punct(r, at, '+')) &&
	    !amount_flag(r, at + 1, TEXT_SPACE)) {
		enum currency c = CURRENCY_NONE;

		if (unit_read_lead(r, at + 1, &c) == at + 1)
			return i;
		sign = amount_punct(r, at, '-') ? -1 : 1;
		at++;
	}
	if (amount_word(r, at) == W_MINUS) {
		sign = -1;
		at++;
	}
	after = unit_read_lead(r, at, &lead);
	if (amount_token(r, after) == NULL || (after != at &&
	    r->x->tokens[after].kind != TEXT_NUMBER))
		return i;
	if (r->x->tokens[after].kind == TEXT_NUMBER && !r->rule &&
	    trap_hard(r, after) != 0)
		return i;
	at = numeral_read(r, after, lead != CURRENCY_NONE, n);
	if (at == after)
		return i;
	q->lo = q->hi = n->value;
	q->number = n->token;
	q->sign = n->sign != 0 ? n->sign : sign;
	q->end = at = unit_read(r, at, q, n, lead);
	if (n->vague) {
		q->hi = INFINITY;
		q->approx = true;
	}
	if (q->kind == QUANTITY_COUNT && n->value < 1 && n->value > 0 &&
	    amount_flag(r, n->token, TEXT_FRACTION) &&
	    amount_word(r, at) == W_OF) {
		q->kind = QUANTITY_RATIO;	/* 1/3 of */
		q->lo = q->hi = n->value * 100;
	}
	return at;
}

static bool
bare(const struct quantity *q)
{
	return q->kind == QUANTITY_COUNT && q->unit == q->unit_end;
}

/*
 * Give the first number of a range what only the second says: "5-6%", "$5-6
 * billion", "10 to 15 cents". False when they do not go together.
 */
static bool
harmonise(struct quantity *a, const struct numeral *na, struct quantity *b,
    const struct numeral *nb)
{
	double factor = nb->value != 0 ? b->lo / nb->value : 1;

	if (na->scale == 1 && nb->scale > 1 && na->value * nb->scale < nb->value)
		a->lo *= nb->scale;
	if (a->kind == QUANTITY_MONEY && bare(b)) {
		b->kind = a->kind;
		memcpy(b->currency, a->currency, sizeof(b->currency));
	} else if (bare(a) && !bare(b) && b->kind != QUANTITY_RATIO) {
		a->kind = b->kind;
		memcpy(a->currency, b->currency, sizeof(a->currency));
		a->lo *= factor;
	}
	return a->kind == b->kind && a->kind != QUANTITY_RATIO &&
	    strcmp(a->currency, b->currency) == 0 && a->lo < b->lo;
}

/* Where the second number of a range starts, or at; *strict for "to", "or". */
static uint32_t
connector(const struct reader *r, uint32_t at, bool *strict)
{
	const struct text_token *t = amount_token(r, at), *next;
	uint32_t word = amount_word(r, at);

	*strict = false;
	if (t == NULL)
		return at;
	if ((t->flags & TEXT_JOINED) &&
	    (t->kind == TEXT_NUMBER || t->kind == TEXT_CURRENCY))
		return at;
	next = amount_token(r, at + 1);
	if (next == NULL)
		return QUANTITY_NONE;
	if (t->kind == TEXT_PUNCT && t->punct == '-' && (t->flags & TEXT_SPACE) &&
	    (next->flags & TEXT_SPACE) && (next->kind == TEXT_NUMBER ||
	    next->kind == TEXT_CURRENCY))
		return at + 1;
	*strict = true;
	return word == W_TO || word == W_OR ? at + 1 : QUANTITY_NONE;
}

/* Whether "from" stands before a, and does not begin a range. */
static bool
starts_pair(const struct reader *r, const struct quantity *a)
{
	uint32_t i = a->first, word;

	while (i > r->first && i + 3 > a->first &&
	    (amount_class(r, i - 1) & (WORDS_BOUND | WORDS_HEDGE)))
		i--;
	if (i == r->first || amount_word(r, i - 1) != W_FROM)
		return false;
	word = i < r->first + 2 ? 0 : amount_word(r, i - 2);
	return word != W_RANGING && word != W_RANGE && word != W_RANGED &&
	    word != W_RANGES;
}

/* a is read up to at: does a second number make it a range? */
static uint32_t
range(const struct reader *r, uint32_t at, struct quantity *a,
    const struct numeral *na)
{
	struct quantity b, first = *a;
	struct numeral nb;
	bool strict;
	uint32_t start = connector(r, at, &strict), end;
	struct reader inner = *r;

	if (start == QUANTITY_NONE || (strict && starts_pair(r, a)))
		return at;
	inner.rule = true;		/* its second number is no trap */
	end = single(&inner, start, &b, &nb);
	if (end == start || nb.words != na->words || na->vague || nb.vague ||
	    !harmonise(&first, na, &b, &nb))
		return at;
	if ((bare(&b) && nb.scale == 1) || (strict && b.lo > RANGE_MAX * first.lo))
		return at;
	*a = first;
	a->hi = b.lo;
	a->unit = b.unit;
	a->unit_end = b.unit_end;
	a->joined = b.joined;
	a->end = end;
	return end;
}

/* A bare number joined to another is a score or a code, not an amount. */
static bool
is_code(const struct reader *r, uint32_t at, const struct quantity *q)
{
	const struct text_token *t = amount_token(r, at);

	return t != NULL && (t->flags & TEXT_JOINED) &&
	    t->kind == TEXT_NUMBER && bare(q);
}

uint32_t
amount_read(const struct reader *r, uint32_t i, struct quantity *q)
{
	struct numeral n;
	uint32_t at, end;

	memset(q, 0, sizeof(*q));
	q->pair = QUANTITY_NONE;
	q->first = i;
	if ((at = ratio_read(r, i, q)) != i) {
		q->end = at;
		q->value = q->lo;
		return at;
	}
	at = single(r, i, q, &n);
	if (at == i)
		return i;
	end = range(r, at, q, &n);
	if (end == at && is_code(r, at, q))
		return i;
	q->value = q->lo;
	if (q->kind != QUANTITY_COUNT && amount_flag(r, end, TEXT_JOINED) &&
	    amount_word(r, end) != W_PLUS && amount_word(r, end) != W_ODD)
		q->joined = true;	/* "50 pct-owned" */
	return end;
}

uint32_t
amount_read_between(const struct reader *r, uint32_t i, struct quantity *q)
{
	struct quantity b;
	struct numeral na, nb;
	uint32_t at = single(r, i, q, &na), end;

	if (at == i || amount_word(r, at) != W_AND)
		return i;
	end = single(r, at + 1, &b, &nb);
	if (end == at + 1 || !harmonise(q, &na, &b, &nb))
		return i;
	q->hi = b.lo;
	q->value = q->lo;
	q->unit = b.unit;
	q->unit_end = b.unit_end;
	q->joined = b.joined;
	q->end = end;
	return end;
}
