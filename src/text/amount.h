/*
 * amount - the parts a quantity is read from: numerals, units, bounds.
 * Private to text/. Every reader takes the token it starts at and returns the
 * token after what it read, or the same token when nothing of its kind is
 * there; each looks at a bounded number of tokens.
 */
#ifndef TEXT_AMOUNT_H
#define TEXT_AMOUNT_H

#include <stdbool.h>
#include <stdint.h>

#include "text/currency.h"
#include "text/quantity.h"
#include "text/text.h"
#include "text/words.h"

struct reader {
	const struct text	*x;
	uint32_t		 first, end;	/* tokens that may be read */
	bool			 rule;		/* a rule's own amount */
};

/* A number, in digits or words, with its scale. */
struct numeral {
	double		value;		/* magnitude, scaled */
	double		scale;		/* what it was multiplied by */
	uint32_t	token;
	int8_t		sign;
	bool		words;		/* spelt out */
	bool		vague;		/* "thousands": at least twice the scale */
};

enum bound {
	BOUND_NONE, BOUND_MORE, BOUND_LEAST, BOUND_LESS, BOUND_MOST,
	BOUND_UP_TO, BOUND_NEARLY, BOUND_ABOUT, BOUND_NEAR, BOUND_EXACT,
	BOUND_ABOVE, BOUND_BELOW, BOUND_UNDER, BOUND_BETWEEN
};

static inline const struct text_token *
amount_token(const struct reader *r, uint32_t i)
{
	return i >= r->first && i < r->end ? &r->x->tokens[i] : NULL;
}

/* The word at i, 0 when there is none or it is no word of ours. */
static inline uint32_t
amount_word(const struct reader *r, uint32_t i)
{
	const struct text_token *t = amount_token(r, i);

	return t != NULL && t->kind == TEXT_WORD &&
	    t->word <= words_count() ? t->word : 0;
}

static inline uint32_t
amount_class(const struct reader *r, uint32_t i)
{
	return words_class(amount_word(r, i));
}

static inline bool
amount_flag(const struct reader *r, uint32_t i, uint16_t flag)
{
	const struct text_token *t = amount_token(r, i);

	return t != NULL && (t->flags & flag);
}

static inline bool
amount_punct(const struct reader *r, uint32_t i, char c)
{
	const struct text_token *t = amount_token(r, i);

	return t != NULL && t->kind == TEXT_PUNCT && t->punct == c;
}

/* Whether a word that bounds or introduces an amount stands before i. */
static inline bool
amount_introduced(const struct reader *r, uint32_t i)
{
	uint32_t word = i > r->first ? amount_word(r, i - 1) : 0;

	return r->rule || word == W_BY || word == W_THAN || word == W_LEAST ||
	    word == W_MOST || word == W_AS || word == W_TO ||
	    ((words_class(word) & (WORDS_BOUND | WORDS_HEDGE)) &&
	    word != W_A && word != W_AN && word != W_IN && word != W_AT);
}

/* "more than", "at least", ">="; the words before a number. */
uint32_t bound_read(const struct reader *, uint32_t, enum bound *);
/* "or more", "+", "-plus", "or so": the words after it. */
uint32_t bound_read_after(const struct reader *, uint32_t, enum bound *);
void	 bound_apply(struct quantity *, enum bound, bool rule);

/* money: scales of a single letter may stand apart ("$5 B"). */
uint32_t numeral_read(const struct reader *, uint32_t, bool money,
	    struct numeral *);

/* "$", "US$", "Rs.", "EUR": the currency before a number. */
uint32_t unit_read_lead(const struct reader *, uint32_t, enum currency *);
/* "%", "percentage points", "dollars", "times", or the counted noun group. */
uint32_t unit_read(const struct reader *, uint32_t, struct quantity *,
	    const struct numeral *, enum currency lead);

/* What a COUNT counts: content words from i up to a function word. */
void	 unit_read_noun(const struct reader *, uint32_t i, struct quantity *);

/* "doubled", "tenfold", "a third", "double-digit". */
uint32_t ratio_read(const struct reader *, uint32_t, struct quantity *);

/* One amount without what bounds it: also ranges "5-6%", "10 to 15 percent". */
uint32_t amount_read(const struct reader *, uint32_t, struct quantity *);

/* "5% and 10%" after "between". */
uint32_t amount_read_between(const struct reader *, uint32_t,
	    struct quantity *);

/*
 * How many tokens to pass over at a NUMBER that is a time of day, telephone
 * number, score or the like; 0 when it may be an amount.
 */
uint32_t trap_hard(const struct reader *, uint32_t);
/* Whether a COUNT is really a year, a date or a label's number. */
bool	 trap_soft(const struct reader *, const struct quantity *,
	    bool bounded);

#endif
