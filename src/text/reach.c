#include "text/reach.h"

#include <math.h>
#include <string.h>

#include "text/amount.h"

#define WORD_MAX 24
#define MULTI 2		/* "multi-year": at least two of them */

static bool
is(const struct reader *r, uint32_t i, const char *word)
{
	char buf[WORD_MAX];
	const struct text_token *t = amount_token(r, i);
	const char *s;
	size_t len;

	if (t == NULL || t->kind != TEXT_WORD)
		return false;
	s = text_bytes(r->x, i, &len);
	/* Nearly always the first letter tells. */
	if ((unsigned char)*s < 0x80 && (*s | 0x20) != *word)
		return false;
	return strcmp(text_folded(r->x, i, buf, sizeof(buf)), word) == 0;
}

static bool
is_one_of(const struct reader *r, uint32_t i, const char *const *words)
{
	for (; *words != NULL; words++)
		if (is(r, i, *words))
			return true;
	return false;
}

/* The years in a unit of time, 0 for other words. */
static double
unit(const struct reader *r, uint32_t i)
{
	static const struct { const char *word; double years; } units[] = {
		{ "year", 1 }, { "years", 1 }, { "yr", 1 }, { "yrs", 1 },
		{ "month", 1.0 / 12 }, { "months", 1.0 / 12 },
		{ "mth", 1.0 / 12 }, { "mths", 1.0 / 12 },
		{ "week", 1 / 52.0 }, { "weeks", 1 / 52.0 },
		{ "day", 1 / 365.25 }, { "days", 1 / 365.25 },
		{ "session", 1 / 252.0 }, { "sessions", 1 / 252.0 },
		{ "quarter", 0.25 }, { "quarters", 0.25 },
		{ "decade", 10 }, { "decades", 10 }, { "century", 100 },
	};
	size_t k;

	for (k = 0; k < sizeof(units) / sizeof(units[0]); k++)
		if (is(r, i, units[k].word))
			return units[k].years;
	return 0;
}

/*
 * Whether a word may be the last of a reach: every word of every phrase is
 * asked, so that the units go by their class and the rest by one letter.
 */
static bool
may_end(const struct reader *r, uint32_t i)
{
	const struct text_token *t = amount_token(r, i);
	size_t len;
	unsigned char c;

	if (t == NULL || t->kind != TEXT_WORD)
		return false;
	if (t->word <= words_count() && t->word != 0)
		return (words_class(t->word) & (WORDS_TIME | WORDS_PARTS)) != 0;
	c = (unsigned char)*text_bytes(r->x, i, &len);
	return c >= 0x80 || strchr("hlmrt", c | 0x20) != NULL;
}

static void
make(struct quantity *q, double years, uint32_t first, uint32_t end)
{
	memset(q, 0, sizeof(*q));
	q->kind = QUANTITY_REACH;
	q->value = q->lo = years;
	q->hi = INFINITY;
	q->first = q->number = first;
	q->end = q->unit = q->unit_end = end;
	q->pair = QUANTITY_NONE;
}

static struct reader
sentence_of(const struct text *x, uint32_t i)
{
	const struct text_sentence *s = &x->sentences[x->tokens[i].sentence];

	return (struct reader){ .x = x, .first = s->first, .end = s->end };
}

uint32_t
reach_before(const struct text *x, uint32_t at, struct quantity *q)
{
	static const char *const whole[] = { "record", "lifetime", "historic",
		"historical", NULL };
	struct reader r;
	struct numeral n;
	uint32_t i, k, first = at;
	double years;

	if (at == 0 || at > x->ntokens)
		return at;
	r = sentence_of(x, at - 1);
	i = at - 1;
	if (!may_end(&r, i))
		return at;
	if (is_one_of(&r, i, whole)) {
		make(q, INFINITY, i, at);
		return i;
	}
	if (is(&r, i, "time") && i > r.first && is(&r, i - 1, "all")) {
		make(q, INFINITY, i - 1, at);
		return i - 1;
	}
	years = unit(&r, i);
	if (years == 0 || i == r.first)
		return at;
	if (is(&r, i - 1, "multi") || is(&r, i - 1, "many")) {
		make(q, MULTI * years, i - 1, at);
		return i - 1;
	}
	/* "five-year", "twenty-five-year", "52 week": the longest number */
	for (k = i; k > r.first && k + 4 > i; k--)
		if (numeral_read(&r, k - 1, false, &n) == i && n.value > 0) {
			make(q, n.value * years, k - 1, at);
			first = k - 1;
		}
	/* "over five-year", "a more than five-year" */
	if (first < at && first > r.first && is(&r, first - 1, "over"))
		q->first = --first;
	else if (first < at && first > r.first + 1 && is(&r, first - 1,
	    "than") && is(&r, first - 2, "more"))
		q->first = first -= 2;
	return first;
}

/* "in (more than) five years", "for three months", "in a decade". */
static uint32_t
in_years(const struct reader *r, uint32_t i, uint32_t first,
    struct quantity *q)
{
	static const char *const skipped[] = { "more", "than", "at", "least",
		"over", "nearly", "almost", "about", "around", "the", "last",
		"past", "roughly", "some", "well", "just", "under", NULL };
	struct numeral n = { .value = 1, .scale = 1 };
	double years;
	uint32_t end, k;

	for (k = 0; k < 4 && is_one_of(r, i, skipped); k++)
		i++;
	end = numeral_read(r, i, false, &n);
	if (end == i) {
		n.value = 1;
		if (is(r, i, "a") || is(r, i, "an") || is(r, i, "one"))
			end = i + 1;
		else if (is(r, i, "several") || is(r, i, "many") ||
		    is(r, i, "two")) {
			n.value = MULTI;
			end = i + 1;
		}
	}
	years = unit(r, end);
	/* "in years": in some years; "in the day" reaches nowhere */
	if (years == 0 || (end == i && !is(r, end, "years") &&
	    !is(r, end, "months") && !is(r, end, "decades") &&
	    !is(r, end, "weeks")))
		return first;
	make(q, (end == i ? MULTI : n.value) * years, first, end + 1);
	return end + 1;
}

/* "since 2010", "since March 2020", "since March", "since last year". */
static uint32_t
since(const struct reader *r, uint32_t i, uint32_t first, struct quantity *q)
{
	static const char *const skipped[] = { "at", "least", "the", "early",
		"late", "mid", "fall", "spring", "summer", "autumn", "winter",
		"start", "end", "beginning", "of", "pandemic", "in", "first",
		"second", "third", "fourth", "quarter", "financial", "crisis",
		"around", "about", NULL };
	const struct text_token *t;
	uint32_t k;
	bool month = false;

	for (k = 0; k < 7; k++, i++) {
		t = amount_token(r, i);
		if (t == NULL)
			break;
		if (t->kind == TEXT_NUMBER && t->value >= 1800 &&
		    t->value < 2200) {
			make(q, t->value, first, i + 1);
			q->role = QUANTITY_FROM;
			return i + 1;
		}
		if ((amount_class(r, i) & WORDS_MONTH) != 0)
			month = true;	/* then a day, a year */
		else if (!is_one_of(r, i, skipped) && t->kind != TEXT_NUMBER &&
		    t->punct != ',' && t->punct != '.')
			break;
	}
	if (month) {	/* of this year or the last */
		make(q, 1 / 12.0, first, i);
		return i;
	}
	return first;
}

uint32_t
reach_after(const struct text *x, uint32_t at, struct quantity *q)
{
	struct reader r;

	if (at >= x->ntokens)
		return at;
	r = sentence_of(x, at);
	if (is(&r, at, "ever")) {
		make(q, INFINITY, at, at + 1);
		return at + 1;
	}
	if ((is(&r, at, "on") && is(&r, at + 1, "record")) ||
	    (is(&r, at, "in") && (is(&r, at + 1, "history") ||
	    is(&r, at + 1, "record")))) {
		make(q, INFINITY, at, at + 2);
		return at + 2;
	}
	if (is(&r, at, "of") && is(&r, at + 1, "all") && is(&r, at + 2, "time")) {
		make(q, INFINITY, at, at + 3);
		return at + 3;
	}
	if (is(&r, at, "in") || is(&r, at, "for") || is(&r, at, "over"))
		return in_years(&r, at + 1, at, q);
	if (is(&r, at, "since") || (is(&r, at, "not") && is(&r, at + 1, "seen")
	    && is(&r, at + 2, "since")))
		return since(&r, at + (is(&r, at, "since") ? 1 : 3), at, q);
	return at;
}

struct quantity
reach_years(const struct quantity *q, double year)
{
	struct quantity years = *q;

	if (q->role == QUANTITY_FROM && year > 0) {
		years.role = QUANTITY_PLAIN;
		years.value = years.lo = year > q->value ? year - q->value : 0;
	}
	return years;
}
