/* Bounds: the words that say on which side of a number the truth lies. */
#include <math.h>

#include "text/amount.h"

#define NEARLY	0.95	/* "nearly 10%" is at least this part of it */
#define ABOUT	0.10	/* a rule's "about 10%" takes this much either way */

struct phrase {
	uint16_t	words[3];
	enum bound	bound;
};

/* Longer phrases before their beginnings. */
static const struct phrase phrases[] = {
	{ { W_MORE, W_THAN }, BOUND_MORE }, { { W_GREATER, W_THAN }, BOUND_MORE },
	{ { W_HIGHER, W_THAN }, BOUND_MORE }, { { W_LARGER, W_THAN }, BOUND_MORE },
	{ { W_OVER }, BOUND_MORE }, { { W_ABOVE }, BOUND_ABOVE },
	{ { W_EXCEEDING }, BOUND_MORE }, { { W_TOPPING }, BOUND_MORE },
	{ { W_SURPASSING }, BOUND_MORE }, { { W_BEYOND }, BOUND_ABOVE },
	{ { W_PAST }, BOUND_ABOVE },
	{ { W_IN, W_EXCESS, W_OF }, BOUND_MORE },
	{ { W_UPWARDS, W_OF }, BOUND_MORE }, { { W_NORTH, W_OF }, BOUND_MORE },
	{ { W_AT, W_LEAST }, BOUND_LEAST }, { { W_AT, W_MOST }, BOUND_MOST },
	{ { W_NO, W_LESS, W_THAN }, BOUND_LEAST },
	{ { W_NO, W_FEWER, W_THAN }, BOUND_LEAST },
	{ { W_NOT, W_LESS, W_THAN }, BOUND_LEAST },
	{ { W_A, W_MINIMUM, W_OF }, BOUND_LEAST },
	{ { W_MINIMUM, W_OF }, BOUND_LEAST }, { { W_MINIMUM }, BOUND_LEAST },
	{ { W_NO, W_MORE, W_THAN }, BOUND_MOST },
	{ { W_NOT, W_MORE, W_THAN }, BOUND_MOST },
	{ { W_A, W_MAXIMUM, W_OF }, BOUND_MOST },
	{ { W_MAXIMUM, W_OF }, BOUND_MOST }, { { W_MAXIMUM }, BOUND_MOST },
	{ { W_LESS, W_THAN }, BOUND_LESS }, { { W_FEWER, W_THAN }, BOUND_LESS },
	{ { W_LOWER, W_THAN }, BOUND_LESS }, { { W_SMALLER, W_THAN }, BOUND_LESS },
	{ { W_UNDER }, BOUND_UNDER }, { { W_BELOW }, BOUND_BELOW },
	{ { W_UP, W_TO }, BOUND_UP_TO },
	{ { W_AS, W_MUCH, W_AS }, BOUND_UP_TO },
	{ { W_AS, W_MANY, W_AS }, BOUND_UP_TO },
	{ { W_AS, W_HIGH, W_AS }, BOUND_UP_TO },
	{ { W_AS, W_LOW, W_AS }, BOUND_UP_TO },
	{ { W_AS, W_LITTLE, W_AS }, BOUND_UP_TO },
	{ { W_AS, W_FEW, W_AS }, BOUND_UP_TO },
	{ { W_NEARLY }, BOUND_NEARLY }, { { W_ALMOST }, BOUND_NEARLY },
	{ { W_NEARING }, BOUND_NEARLY }, { { W_JUST, W_UNDER }, BOUND_NEARLY },
	{ { W_JUST, W_BELOW }, BOUND_NEARLY },
	{ { W_SHORT, W_OF }, BOUND_NEARLY },
	{ { W_CLOSE, W_TO }, BOUND_ABOUT }, { { W_NEAR }, BOUND_NEAR },
	{ { W_AN, W_ESTIMATED }, BOUND_ABOUT }, { { W_EXACTLY }, BOUND_EXACT },
	{ { W_BETWEEN }, BOUND_BETWEEN },
};

static uint32_t
phrase_at(const struct reader *r, uint32_t i, enum bound *b)
{
	const uint32_t words[3] = { amount_word(r, i), amount_word(r, i + 1),
	    amount_word(r, i + 2) };

	for (size_t k = 0; k < sizeof(phrases) / sizeof(phrases[0]); k++) {
		const struct phrase *p = &phrases[k];
		uint32_t n = 0;

		while (n < 3 && p->words[n] != 0 && words[n] == p->words[n])
			n++;
		if (n == 3 || p->words[n] == 0) {
			*b = p->bound;
			return i + n;
		}
	}
	return i;
}

/* > >= < <= = ~ */
static uint32_t
symbol_at(const struct reader *r, uint32_t i, enum bound *b)
{
	const struct text_token *t = amount_token(r, i);
	uint32_t n = 1;

	if (t == NULL || t->kind != TEXT_PUNCT)
		return i;
	switch (t->punct) {
	case '>':
	case '<':
		if (amount_punct(r, i + 1, '=') &&
		    !amount_flag(r, i + 1, TEXT_SPACE))
			n = 2;
		if (t->punct == '>')
			*b = n == 2 ? BOUND_LEAST : BOUND_MORE;
		else
			*b = n == 2 ? BOUND_MOST : BOUND_LESS;
		return i + n;
	case '=':
		*b = BOUND_EXACT;
		return i + 1;
	case '~':
		*b = BOUND_ABOUT;
		return amount_flag(r, i + 1, TEXT_SPACE) ? i : i + 1;
	default:
		return i;
	}
}

uint32_t
bound_read(const struct reader *r, uint32_t i, enum bound *b)
{
	uint32_t class = amount_class(r, i), at, next;

	*b = BOUND_NONE;
	if (class == 0)
		return symbol_at(r, i, b);
	if (class & WORDS_BOUND) {
		/* "over the past 5 years" */
		if (amount_word(r, i) == W_PAST && i > r->first &&
		    (words_class(amount_word(r, i - 1)) & WORDS_FUNCTION) != 0)
			return i;
		if ((at = phrase_at(r, i, b)) != i)
			return at;
		/* "well over", "just short of", "slightly more than" */
		switch (amount_word(r, i)) {
		case W_JUST: case W_WELL: case W_SLIGHTLY:
			next = phrase_at(r, i + 1, b);
			if (next != i + 1 && *b != BOUND_BETWEEN)
				return next;
			*b = BOUND_NONE;
		}
		return i;
	}
	if (class & WORDS_HEDGE) {
		*b = BOUND_ABOUT;
		return i + 1;
	}
	return i;
}

uint32_t
bound_read_after(const struct reader *r, uint32_t i, enum bound *b)
{
	*b = BOUND_NONE;
	if (amount_punct(r, i, '+') && !amount_flag(r, i, TEXT_SPACE)) {
		*b = BOUND_LEAST;
		return i + 1;
	}
	if (amount_flag(r, i, TEXT_JOINED)) {
		if (amount_word(r, i) == W_PLUS)
			*b = BOUND_LEAST;
		else if (amount_word(r, i) == W_ODD)
			*b = BOUND_ABOUT;
		return *b != BOUND_NONE ? i + 1 : i;
	}
	if (amount_word(r, i) != W_OR)
		return i;
	switch (amount_word(r, i + 1)) {
	case W_MORE: case W_HIGHER: case W_GREATER: case W_ABOVE:
		*b = BOUND_LEAST;
		return i + 2;
	case W_LESS: case W_LOWER: case W_FEWER: case W_BELOW:
		*b = BOUND_MOST;
		return i + 2;
	case W_SO:
		*b = BOUND_ABOUT;
		return i + 2;
	default:
		return i;
	}
}

static void
open_above(struct quantity *q, bool strict)
{
	q->hi = INFINITY;
	q->lo_strict = strict;
}

static void
open_below(struct quantity *q, bool strict)
{
	q->lo = -INFINITY;
	q->hi_strict = strict;
}

void
bound_apply(struct quantity *q, enum bound b, bool rule)
{
	switch (b) {
	case BOUND_ABOVE:
		q->role = QUANTITY_LEVEL;
		open_above(q, true);
		break;
	case BOUND_MORE:
		open_above(q, true);
		break;
	case BOUND_LEAST:
		open_above(q, false);
		break;
	case BOUND_BELOW:
		q->role = QUANTITY_LEVEL;
		open_below(q, true);
		break;
	case BOUND_UNDER:
		/* "plunges under $90": where it is; "under 5%": by how much */
		if (q->kind == QUANTITY_MONEY)
			q->role = QUANTITY_LEVEL;
		open_below(q, true);
		break;
	case BOUND_LESS:
		open_below(q, true);
		break;
	case BOUND_MOST:
		open_below(q, false);
		break;
	case BOUND_UP_TO:
		/* In a text it counts as the number; in a rule it is a limit. */
		q->approx = true;
		if (rule)
			open_below(q, false);
		break;
	case BOUND_NEARLY:
		q->approx = true;
		q->lo *= NEARLY;
		q->hi_strict = true;
		break;
	case BOUND_NEAR:
		/* "oil near $50" may be on either side */
		q->approx = true;
		if (q->kind != QUANTITY_MONEY)
			break;
		q->role = QUANTITY_LEVEL;
		q->lo *= NEARLY;
		q->hi /= NEARLY;
		break;
	case BOUND_ABOUT:
		q->approx = true;
		if (rule) {
			q->lo *= 1 - ABOUT;
			q->hi *= 1 + ABOUT;
		}
		break;
	case BOUND_NONE: case BOUND_EXACT: case BOUND_BETWEEN:
		break;
	}
}
