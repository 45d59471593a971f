/* Ratios: doubled, tenfold, a third, half; and double-digit. */
#include <math.h>

#include "text/amount.h"

static uint32_t
set(struct quantity *q, enum quantity_kind kind, double value, uint32_t number,
    uint32_t end)
{
	q->kind = kind;
	q->lo = q->hi = fabs(value);
	q->number = number;
	q->unit = q->unit_end = end;
	return end;
}

/* Where a noun group cannot go on: end, punctuation, "of", "in", "lower". */
static bool
group_ends(const struct reader *r, uint32_t i)
{
	const struct text_token *t = amount_token(r, i);

	return t == NULL || t->kind == TEXT_PUNCT ||
	    (amount_class(r, i) & WORDS_FUNCTION);
}

/* "doubled" and its like; "double" only where it can be a verb. */
static uint32_t
multiplied(const struct reader *r, uint32_t i, struct quantity *q)
{
	uint32_t word = amount_word(r, i);
	double v = words_value(word);
	const struct text_token *next = amount_token(r, i + 1);

	if (amount_word(r, i + 1) == W_DOWN ||		/* doubled down */
	    (next != NULL && (next->flags & TEXT_JOINED)) ||
	    amount_flag(r, i, TEXT_JOINED))
		return i;
	if ((word == W_DOUBLE || word == W_TRIPLE) && !group_ends(r, i + 1) &&
	    (i == r->first || (amount_word(r, i - 1) != W_TO &&
	    amount_word(r, i - 1) != W_WILL)))
		return i;		/* a double whammy */
	if (i > r->first && (r->x->tokens[i - 1].kind == TEXT_NUMBER ||
	    (amount_class(r, i - 1) & WORDS_UNIT)))
		return i;		/* two halves */
	q->sign = v < 0 ? -1 : 1;
	return set(q, QUANTITY_RATIO, v, i, i + 1);
}

/* "double-digit", "triple digits", "single-digit percentage" */
static uint32_t
digits(const struct reader *r, uint32_t i, struct quantity *q)
{
	uint32_t word = amount_word(r, i), at = i + 2;
	uint32_t noun = amount_word(r, i + 1);
	enum quantity_kind kind = QUANTITY_DIGITS;

	if (noun != W_DIGIT && noun != W_DIGITS && noun != W_FIGURE &&
	    noun != W_FIGURES)
		return i;
	if (amount_class(r, at) & WORDS_PERCENT ||
	    amount_word(r, at) == W_PERCENTAGE) {
		kind = QUANTITY_PERCENT;
		at++;
		if (amount_class(r, at) & WORDS_POINT) {
			kind = QUANTITY_PP;
			at++;
		}
	}
	set(q, kind, 0, i, at);
	if (word == W_SINGLE) {
		q->hi = 10;
		q->lo_strict = q->hi_strict = true;
	} else {
		q->lo = word == W_DOUBLE ? 10 : 100;
		q->hi = INFINITY;
	}
	return at;
}

/*
 * A part of a unit: "half a percentage point", "a quarter of a percent",
 * "quarter-point". at is the token after the part.
 */
static uint32_t
part_of_unit(const struct reader *r, uint32_t at, double value, uint32_t number,
    struct quantity *q)
{
	uint32_t k = at;

	k += amount_word(r, k) == W_OF;
	if (amount_word(r, k) == W_A || amount_word(r, k) == W_ONE)
		k++;
	if (amount_word(r, k) == W_PERCENTAGE &&
	    (amount_class(r, k + 1) & WORDS_POINT))
		return set(q, QUANTITY_PP, value / 100, number, k + 2);
	if (amount_word(r, k) == W_PER && amount_word(r, k + 1) == W_CENT)
		return set(q, QUANTITY_PERCENT, value / 100, number, k + 2);
	if (amount_class(r, k) & WORDS_POINT)
		return set(q, QUANTITY_PP, value / 100, number, k + 1);
	if (amount_class(r, k) & WORDS_PERCENT)
		return set(q, QUANTITY_PERCENT, value / 100, number, k + 1);
	return at;
}

static uint32_t
half(const struct reader *r, uint32_t i, struct quantity *q)
{
	uint32_t at, before = i > r->first ? amount_word(r, i - 1) : 0;

	if ((at = part_of_unit(r, i + 1, 50, i, q)) != i + 1)
		return at;
	if (amount_flag(r, i + 1, TEXT_JOINED) || amount_flag(r, i, TEXT_JOINED))
		return i;
	if (words_class(before) & WORDS_ORDINAL || before == W_THE)
		return i;
	switch (amount_word(r, i + 1)) {
	case W_OF: case W_ITS: case W_THEIR: case W_HIS: case W_HER: case W_THE:
		break;
	default:
		if (!amount_introduced(r, i) && before != W_IN)
			return i;
		if (!group_ends(r, i + 1) && !amount_introduced(r, i))
			return i;
		if (amount_class(r, i + 1) & WORDS_TIME ||
		    amount_word(r, i + 1) == W_A)
			return i;
	}
	return set(q, QUANTITY_RATIO, 50, i, i + 1);
}

/* "a third", "two-thirds", "one fifth"; never "a fifth straight day". */
static uint32_t
part(const struct reader *r, uint32_t i, struct quantity *q)
{
	uint32_t at = i + 1, article = amount_word(r, i), class, end;
	double count = 1;
	bool quarter, joined;

	if (amount_class(r, i) & WORDS_UNIT)
		count = words_value(article);
	else if (article != W_A && article != W_AN)
		at = i;
	class = amount_class(r, at);
	if (!(class & (WORDS_PART | WORDS_PARTS)))
		return i;
	joined = at > i && amount_flag(r, at, TEXT_JOINED);
	quarter = words_value(amount_word(r, at)) == 25;
	count *= words_value(amount_word(r, at));
	if ((end = part_of_unit(r, at + 1, count, at, q)) != at + 1)
		return end;
	if (at == i || amount_word(r, at) == W_HALF || count > 100)
		return i;		/* "third" alone is an ordinal */
	if (amount_word(r, at + 1) == W_OF || r->rule || joined)
		return set(q, QUANTITY_RATIO, count, at, at + 1);
	if (quarter ? !amount_introduced(r, i) : !group_ends(r, at + 1))
		return i;
	if (!group_ends(r, at + 1) || amount_word(r, at + 1) == W_EARLIER)
		return i;
	return set(q, QUANTITY_RATIO, count, at, at + 1);
}

uint32_t
ratio_read(const struct reader *r, uint32_t i, struct quantity *q)
{
	uint32_t word = amount_word(r, i), class = words_class(word), at;

	if (word == 0)
		return i;
	if ((class & WORDS_DIGITS) && (at = digits(r, i, q)) != i)
		return at;
	if (class & WORDS_RATIO)
		return multiplied(r, i, q);
	if (class & WORDS_FOLD) {
		q->sign = 1;
		return set(q, QUANTITY_RATIO, (words_value(word) - 1) * 100, i,
		    i + 1);
	}
	if (class & WORDS_MULTIPLE) {
		uint32_t next = amount_word(r, i + 1);

		if (next != W_AS && next != W_THE && next != W_ITS &&
		    next != W_THEIR)
			return i;
		return set(q, QUANTITY_TIMES, words_value(word), i, i + 1);
	}
	if (word == W_HALF)
		return half(r, i, q);
	if (word == W_A || word == W_AN ||
	    (class & (WORDS_UNIT | WORDS_PART | WORDS_PARTS)))
		return part(r, i, q);
	return i;
}
