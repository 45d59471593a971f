/* Traps: numbers that are no amounts. */
#include <math.h>

#include "text/amount.h"

static bool
is_number(const struct reader *r, uint32_t i)
{
	const struct text_token *t = amount_token(r, i);

	return t != NULL && t->kind == TEXT_NUMBER;
}

/* A mark directly between two numbers: 10:30, 24/7. */
static bool
tight(const struct reader *r, uint32_t i, char mark)
{
	return amount_punct(r, i, mark) && !amount_flag(r, i, TEXT_SPACE) &&
	    is_number(r, i + 1) && !amount_flag(r, i + 1, TEXT_SPACE);
}

/* "5 pm", "1400 GMT"; but "$6.41 Est" is an estimate. */
static bool
is_clock(const struct reader *r, uint32_t i)
{
	uint32_t word = amount_word(r, i);

	if (!(words_class(word) & WORDS_CLOCK))
		return false;
	return word == W_AM || word == W_PM ||
	    amount_flag(r, i, TEXT_ACRONYM) ||
	    amount_token(r, i)->shape == TEXT_CAPS ||
	    amount_token(r, i)->end - amount_token(r, i)->start > 3;
}

uint32_t
trap_hard(const struct reader *r, uint32_t i)
{
	uint32_t n = 1;

	if (tight(r, i + 1, ':') || tight(r, i + 1, '/'))
		return 3;
	if (i > r->first + 1 && is_number(r, i - 2) &&
	    (tight(r, i - 1, ':') || tight(r, i - 1, '/')))
		return 1;
	while (is_number(r, i + n) && amount_flag(r, i + n, TEXT_JOINED))
		n++;
	if (n >= 3)
		return n;		/* 1-800-555-1234, 2024-05-01 */
	if (amount_flag(r, i, TEXT_JOINED) && i > r->first &&
	    is_number(r, i - 1))
		return n;		/* the 1 of "won 2-1" */
	if (is_clock(r, i + 1))
		return 2;
	if (i > r->first && amount_punct(r, i - 1, '(') &&
	    amount_punct(r, i + 1, ')') && is_number(r, i + 2) &&
	    is_number(r, i + 3) && amount_flag(r, i + 3, TEXT_JOINED))
		return 4;		/* (555) 123-4567 */
	return 0;
}

static bool
is_whole(const struct text_token *t)
{
	return t->kind == TEXT_NUMBER && !(t->flags & (TEXT_GROUPED |
	    TEXT_DECIMAL | TEXT_FRACTION | TEXT_SIGNED));
}

static bool
is_month(const struct reader *r, uint32_t i)
{
	const struct text_token *t = amount_token(r, i);
	uint32_t word = amount_word(r, i);

	if (!(words_class(word) & WORDS_MONTH))
		return false;
	return (word != W_MAY && word != W_MARCH) || t->shape != TEXT_LOWER;
}

/* Whether the counted group has a plural. */
static bool
has_plural(const struct reader *r, const struct quantity *q)
{
	for (uint32_t i = q->unit; i < q->unit_end; i++) {
		size_t n;
		const char *s = text_bytes(r->x, i, &n);

		if (n > 3 && (s[n - 1] == 's' || s[n - 1] == 'S'))
			return true;
		if (n == 6 && (s[0] | 32) == 'p' && (s[5] | 32) == 'e')
			return true;		/* people */
	}
	return false;
}

static bool
is_year(const struct reader *r, const struct quantity *q, bool bounded)
{
	const struct text_token *t = amount_token(r, q->number);
	const struct text_token *before = amount_token(r, q->first - 1);
	uint32_t word = q->first > r->first ? amount_word(r, q->first - 1) : 0;
	bool round = fmod(t->value, 100) == 0;

	if (!is_whole(t) || t->end - t->start != 4 || t->value < 1900 ||
	    t->value > 2100)
		return false;
	if (!has_plural(r, q))
		return true;
	if (bounded)
		return false;
	if (q->first == r->first || word == 0) {
		/* At the start, or after a word that is not ours: "cut 2000 jobs" */
		if (q->first == r->first || before->kind != TEXT_WORD ||
		    (before->flags & TEXT_POSSESSIVE))
			return !round;
		return false;
	}
	if (word == W_IN || (words_class(word) & (WORDS_MONTH | WORDS_TIME)))
		return true;
	return !round;
}

/* "No. 1", "Section 5", "#1" */
static bool
is_labelled(const struct reader *r, const struct quantity *q)
{
	uint32_t i = q->first;
	bool stop = false;

	if (i == r->first || !is_whole(amount_token(r, q->number)))
		return false;
	if (amount_punct(r, i - 1, '#'))
		return true;
	if (i > r->first + 1 && amount_punct(r, i - 1, '.') &&
	    !amount_flag(r, i - 1, TEXT_SPACE)) {
		stop = true;
		i--;
	}
	if (!(amount_class(r, i - 1) & WORDS_LABEL))
		return false;
	if (amount_word(r, i - 1) == W_NO)
		return stop || amount_token(r, i - 1)->shape != TEXT_LOWER;
	/* "Chapter 11"; but "class 300 students": a label has no plural. */
	return !has_plural(r, q) ||
	    amount_token(r, i - 1)->shape == TEXT_CAPITAL;
}

static bool
is_date(const struct reader *r, const struct quantity *q)
{
	const struct text_token *t = amount_token(r, q->number);
	uint32_t i = q->first;

	if (!is_whole(t) || t->value < 1 || t->value > 31)
		return false;
	if (is_month(r, q->number + 1))
		return true;
	if (i > r->first + 1 && amount_punct(r, i - 1, '.'))
		i--;
	return i > r->first && is_month(r, i - 1);
}

bool
trap_soft(const struct reader *r, const struct quantity *q, bool bounded)
{
	const struct text_token *t = amount_token(r, q->number);

	if (t->kind != TEXT_NUMBER)
		return amount_word(r, q->number) == W_ONE && !bounded &&
		    q->end == q->number + 1;
	if (q->lo != q->hi)			/* "between 2003 and 2007" */
		return q->lo == t->value && is_year(r, q, bounded);
	if (q->end != q->number + 1)
		return false;			/* it has a scale */
	if ((t->flags & TEXT_JOINED) && q->first > r->first)
		return true;			/* GPT-4 */
	return is_labelled(r, q) || is_date(r, q) || is_year(r, q, bounded);
}
