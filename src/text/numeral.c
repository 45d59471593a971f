/* Numerals in digits and words. */
#include <math.h>

#include "text/amount.h"

/* Scales that follow: "1.2 million", "10 lakh crore", "5bn". */
static uint32_t
scales(const struct reader *r, uint32_t i, bool money, struct numeral *n)
{
	for (int k = 0; k < 2; k++) {
		uint32_t class = amount_class(r, i);
		const struct text_token *t = amount_token(r, i);

		if (!(class & (WORDS_SCALE | WORDS_HUNDRED)))
			break;
		/* "5 m" may be anything; "5m" and "$5 m" are millions. */
		if (t->end - t->start == 1 && (t->flags & TEXT_SPACE) && !money)
			break;
		n->scale *= words_value(amount_word(r, i));
		i++;
	}
	n->value *= n->scale;
	return i;
}

static uint32_t
digits(const struct reader *r, uint32_t i, bool money, struct numeral *n)
{
	const struct text_token *t = amount_token(r, i), *next;

	n->value = fabs(t->value);
	if (t->flags & TEXT_SIGNED)
		n->sign = t->value < 0 ? -1 : 1;
	n->token = i++;
	next = amount_token(r, i);
	if (next != NULL && next->kind == TEXT_NUMBER &&
	    (next->flags & TEXT_FRACTION) && next->value < 1 &&
	    (next->flags & TEXT_SPACE) &&
	    !(t->flags & (TEXT_DECIMAL | TEXT_FRACTION))) {
		n->value += next->value;	/* "5 3/4" */
		i++;
	}
	return scales(r, i, money, n);
}

/* What kind of number word came last. */
enum last { NOTHING, ONES, TENS, HUNDREDS, SCALED };

static enum last
kind_of(uint32_t class)
{
	if (class & WORDS_UNIT)
		return ONES;
	if (class & WORDS_TENS)
		return TENS;
	if (class & WORDS_HUNDRED)
		return HUNDREDS;
	return class & WORDS_SCALE ? SCALED : NOTHING;
}

static bool
may_follow(enum last last, enum last kind, double value)
{
	switch (kind) {
	case ONES:
		return last == NOTHING || last == HUNDREDS || last == SCALED ||
		    (last == TENS && value > 0 && value < 10);
	case TENS:
		return last == NOTHING || last == HUNDREDS || last == SCALED;
	case HUNDREDS:
		return last == ONES || last == TENS;
	case SCALED:
		return last != NOTHING;
	default:
		return false;
	}
}

/* Number words from i, the first of which is known to be one. */
static uint32_t
spelt(const struct reader *r, uint32_t i, enum last last, double current,
    struct numeral *n)
{
	double total = 0;

	for (;; i++) {
		uint32_t word = amount_word(r, i), class = words_class(word);
		double value = words_value(word);
		enum last kind = kind_of(class);

		if (word == W_AND && (last == HUNDREDS || last == SCALED) &&
		    (amount_class(r, i + 1) & (WORDS_UNIT | WORDS_TENS)))
			continue;
		if (word == W_AND && last == ONES && amount_word(r, i + 2) ==
		    W_HALF && amount_word(r, i + 1) == W_A) {
			current += 0.5;		/* two and a half million */
			i += 2;
			continue;
		}
		if (kind == NOTHING || !may_follow(last, kind, value) ||
		    (class & WORDS_SUFFIX && amount_token(r, i)->end -
		    amount_token(r, i)->start == 1))
			break;
		if (kind == HUNDREDS)
			current *= value;
		else if (kind == SCALED) {
			n->scale *= value;
			total = current > 0 ? total + current * value :
			    total * value;
			current = 0;
		} else
			current += value;
		last = kind;
	}
	n->value = total + current;
	return i;
}

/* "several", "a few", "a couple of": the token after it, or i. */
static uint32_t
some(const struct reader *r, uint32_t i)
{
	if (amount_word(r, i) == W_SEVERAL)
		return i + 1;
	if (amount_word(r, i) != W_A)
		return i;
	if (amount_word(r, i + 1) == W_FEW)
		return i + 2;
	return amount_word(r, i + 1) == W_COUPLE &&
	    amount_word(r, i + 2) == W_OF ? i + 3 : i;
}

/* "thousands of", "tens of thousands of", "several hundred". */
static uint32_t
vague(const struct reader *r, uint32_t i, struct numeral *n)
{
	uint32_t at = some(r, i);

	if (at != i) {
		for (; amount_class(r, at) & (WORDS_HUNDRED | WORDS_SCALE); at++)
			n->scale *= words_value(amount_word(r, at));
		if (n->scale == 1)
			return i;
	} else {
		for (; amount_class(r, at) & WORDS_VAGUE; at++) {
			n->scale *= words_value(amount_word(r, at));
			if (amount_word(r, at + 1) == W_OF)
				at++;
		}
		if (n->scale <= 10)		/* "tens" alone */
			return i;
	}
	n->vague = true;
	n->value = 2 * n->scale;
	return at;
}

/* "a dollar", "a point" after a bound; "a (full) percentage point". */
static uint32_t
one_of(const struct reader *r, uint32_t i, struct numeral *n)
{
	uint32_t next = i + 1;

	next += amount_word(r, next) == W_FULL;
	if ((amount_word(r, next) == W_PERCENTAGE &&
	    (amount_class(r, next + 1) & WORDS_POINT)) ||
	    (amount_introduced(r, i) && (amount_class(r, next) &
	    (WORDS_MONEY | WORDS_CENT | WORDS_POINT)))) {
		n->value = 1;
		return next;
	}
	return i;
}

uint32_t
numeral_read(const struct reader *r, uint32_t i, bool money,
    struct numeral *n)
{
	const struct text_token *t = amount_token(r, i);
	uint32_t word, next;

	*n = (struct numeral){ .scale = 1, .token = i };
	if (t == NULL)
		return i;
	if (t->kind == TEXT_NUMBER)
		return digits(r, i, money, n);
	n->words = true;
	word = amount_word(r, i);
	if (words_class(word) & (WORDS_UNIT | WORDS_TENS))
		return spelt(r, i, NOTHING, 0, n);
	if ((words_class(word) & WORDS_VAGUE) || some(r, i) != i)
		return vague(r, i, n);
	if (word == W_A && (next = one_of(r, i, n)) != i)
		return next;
	next = i + 1;
	if ((word == W_A || word == W_AN) &&
	    (amount_class(r, next) & (WORDS_HUNDRED | WORDS_SCALE)) &&
	    !(amount_class(r, next) & WORDS_SUFFIX))
		return spelt(r, next, ONES, 1, n);
	if (word == W_HALF) {			/* half a million */
		next += amount_word(r, next) == W_A;
		if ((amount_class(r, next) & WORDS_SCALE) &&
		    !(amount_class(r, next) & WORDS_SUFFIX))
			return spelt(r, next, ONES, 0.5, n);
	}
	return i;
}
