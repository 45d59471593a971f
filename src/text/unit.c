/* Units: what a number is a number of. */
#include <string.h>
#include <strings.h>

#include "text/amount.h"

#define NOUN_MAX 3	/* words of a counted noun group */

static const struct {
	const char	*before;	/* written on the $ */
	enum currency	 currency;
} dollars[] = {
	{ "us", CURRENCY_USD }, { "u.s.", CURRENCY_USD }, { "c", CURRENCY_CAD },
	{ "ca", CURRENCY_CAD }, { "cdn", CURRENCY_CAD }, { "a", CURRENCY_AUD },
	{ "au", CURRENCY_AUD }, { "nz", CURRENCY_NZD }, { "hk", CURRENCY_HKD },
	{ "s", CURRENCY_SGD }, { "nt", CURRENCY_TWD }, { "r", CURRENCY_BRL },
	{ "mex", CURRENCY_MXN },
};

static enum currency
dollar_of(const struct reader *r, uint32_t i)
{
	size_t n;
	const char *s = text_bytes(r->x, i, &n);

	for (size_t k = 0; k < sizeof(dollars) / sizeof(dollars[0]); k++)
		if (strlen(dollars[k].before) == n &&
		    strncasecmp(dollars[k].before, s, n) == 0)
			return dollars[k].currency;
	return CURRENCY_NONE;
}

static enum currency
sign_at(const struct reader *r, uint32_t i)
{
	const struct text_token *t = amount_token(r, i);
	enum currency c;
	size_t n;

	if (t == NULL || t->kind != TEXT_CURRENCY)
		return CURRENCY_NONE;
	text_bytes(r->x, i, &n);
	c = currency_at(r->x->fields[t->field].bytes + t->start, n);
	return c != CURRENCY_NONE ? c : CURRENCY_OTHER;
}

uint32_t
unit_read_lead(const struct reader *r, uint32_t i, enum currency *c)
{
	const struct text_token *t = amount_token(r, i);
	enum currency dollar;

	if (t == NULL)
		return i;
	if ((*c = sign_at(r, i)) != CURRENCY_NONE)
		return i + 1;
	if (t->kind != TEXT_WORD)
		return i;
	if (sign_at(r, i + 1) == CURRENCY_USD &&
	    !amount_flag(r, i + 1, TEXT_SPACE) &&
	    (dollar = dollar_of(r, i)) != CURRENCY_NONE) {
		*c = dollar;
		return i + 2;
	}
	/* "EUR 5", "SFr 5", "Rs. 500"; not "dollars 5". */
	if (!(amount_class(r, i) & WORDS_MONEY) || (t->shape != TEXT_CAPS &&
	    t->shape != TEXT_MIXED && !(amount_class(r, i) & WORDS_ABBREV)))
		return i;
	*c = (enum currency)words_value(t->word);
	i++;
	if (amount_punct(r, i, '.') && !amount_flag(r, i, TEXT_SPACE))
		i++;
	return i;
}

/* "Canadian dollars", "Hong Kong dollars", "dollars", "cents". */
static uint32_t
money(const struct reader *r, uint32_t i, struct quantity *q,
    const struct numeral *n)
{
	enum currency nation = CURRENCY_NONE, c;
	uint32_t at = i;

	for (int k = 0; k < 2 && (amount_class(r, at) & WORDS_NATION); k++)
		nation = (enum currency)words_value(amount_word(r, at++));
	if (!(amount_class(r, at) & (WORDS_MONEY | WORDS_CENT)))
		return i;
	if (amount_word(r, at) == W_WON && n->value < 1000)
		return i;		/* "three won" */
	if (amount_token(r, at)->end - amount_token(r, at)->start == 1 &&
	    amount_flag(r, at, TEXT_SPACE))
		return i;		/* "5 p", "3 c" */
	c = (enum currency)words_value(amount_word(r, at));
	if (amount_class(r, at) & WORDS_CENT) {
		q->lo /= 100;
		q->hi /= 100;
	}
	if (nation != CURRENCY_NONE)
		c = nation;
	q->kind = QUANTITY_MONEY;
	strcpy(q->currency, currency_code(c));
	return at + 1;
}

static uint32_t
percent(const struct reader *r, uint32_t i, struct quantity *q)
{
	const struct text_token *t = amount_token(r, i);
	uint32_t at = i;

	if (t != NULL && (t->kind == TEXT_PERCENT ||
	    ((amount_class(r, i) & WORDS_PERCENT) &&
	    (amount_word(r, i) != W_PC || t->shape == TEXT_LOWER))))
		at = i + 1;
	else if (amount_word(r, i) == W_PER && amount_word(r, i + 1) == W_CENT)
		at = i + 2;
	else if (amount_word(r, i) == W_PP || amount_word(r, i) == W_PPT ||
	    amount_word(r, i) == W_PPTS) {
		q->kind = QUANTITY_PP;
		return i + 1;
	} else if (amount_word(r, i) == W_PERCENTAGE &&
	    (amount_class(r, i + 1) & WORDS_POINT)) {
		q->kind = QUANTITY_PP;
		return i + 2;
	} else
		return i;
	q->kind = QUANTITY_PERCENT;
	if (amount_class(r, at) & WORDS_POINT) {
		q->kind = QUANTITY_PP;
		at++;
	}
	return at;
}

static uint32_t
points(const struct reader *r, uint32_t i, struct quantity *q)
{
	uint32_t class = amount_class(r, i);

	if (class & WORDS_POINT) {
		q->kind = QUANTITY_POINTS;
		return i + 1;
	}
	if (class & WORDS_BASIS) {
		q->kind = QUANTITY_BASIS;
		return i + 1;
	}
	if (amount_word(r, i) == W_BASIS &&
	    (amount_class(r, i + 1) & WORDS_POINT)) {
		q->kind = QUANTITY_BASIS;
		return i + 2;
	}
	return i;
}

static uint32_t
multiple(const struct reader *r, uint32_t i, struct quantity *q)
{
	uint32_t word = amount_word(r, i);

	if (word == W_FOLD) {
		q->kind = QUANTITY_RATIO;
		q->lo = (q->lo - 1) * 100;
		q->hi = (q->hi - 1) * 100;
		q->sign = 1;
		return i + 1;
	}
	if ((words_class(word) & WORDS_TIMES) &&
	    (word != W_X || !amount_flag(r, i, TEXT_SPACE))) {
		q->kind = QUANTITY_TIMES;
		return i + 1;
	}
	return i;
}

void
unit_read_noun(const struct reader *r, uint32_t i, struct quantity *q)
{
	const struct text_token *t;

	q->unit = q->unit_end = i;
	for (; q->unit_end - i < NOUN_MAX; q->unit_end++) {
		t = amount_token(r, q->unit_end);
		if (t == NULL || t->kind != TEXT_WORD ||
		    (words_class(t->word) & (WORDS_FUNCTION | WORDS_MONTH)) ||
		    (t->flags & TEXT_POSSESSIVE))
			break;
	}
}

uint32_t
unit_read(const struct reader *r, uint32_t i, struct quantity *q,
    const struct numeral *n, enum currency lead)
{
	uint32_t at;

	q->unit = q->unit_end = i;
	if (lead != CURRENCY_NONE) {
		q->kind = QUANTITY_MONEY;
		strcpy(q->currency, currency_code(lead));
		/* "$5 million dollars" */
		if (amount_class(r, i) & WORDS_MONEY)
			i++;
		return i;
	}
	if ((at = percent(r, i, q)) != i || (at = points(r, i, q)) != i ||
	    (at = money(r, i, q, n)) != i || (at = multiple(r, i, q)) != i)
		return at;
	q->kind = QUANTITY_COUNT;
	unit_read_noun(r, i, q);
	q->joined = amount_flag(r, i, TEXT_JOINED);
	return i;
}
