/* Numbers: one token with sign, grouping, decimals and fraction. */
#include <math.h>
#include <string.h>

#include "text/scan.h"
#include "text/words.h"

#define DIGITS_MAX 40		/* kept of one number; the rest is not looked at */

double
scan_vulgar(int32_t c)
{
	switch (c) {
	case 0xBC: return 0.25;
	case 0xBD: return 0.5;
	case 0xBE: return 0.75;
	case 0x2153: return 1.0 / 3;
	case 0x2154: return 2.0 / 3;
	case 0x2155: return 0.2;
	case 0x2156: return 0.4;
	case 0x2157: return 0.6;
	case 0x2158: return 0.8;
	case 0x2159: return 1.0 / 6;
	case 0x215A: return 5.0 / 6;
	case 0x215B: return 0.125;
	case 0x215C: return 0.375;
	case 0x215D: return 0.625;
	case 0x215E: return 0.875;
	default: return 0;
	}
}

static bool
digit(const struct scan *s, uint32_t at)
{
	return at < s->len && s->s[at] >= '0' && s->s[at] <= '9';
}

static uint32_t
digits(const struct scan *s, uint32_t at)
{
	uint32_t n = 0;

	while (digit(s, at + n))
		n++;
	return n;
}

bool
scan_at_number(const struct scan *s, uint32_t at)
{
	struct glyph g;

	if (digit(s, at))
		return true;
	if (at < s->len && s->s[at] == '.')
		return digit(s, at + 1);
	g = scan_glyph(s, at);
	return g.c > 0x7F && scan_vulgar(g.c) != 0;
}

/* A number while it is read: its digits as text, and what it is like. */
struct reading {
	char		digits[DIGITS_MAX + 2];
	size_t		n;
	double		value;
	uint32_t	scale;		/* decimals */
	bool		listed;		/* a comma stands before: "5,6,7" */
	uint16_t	flags;
};

static void
take(struct reading *r, const struct scan *s, uint32_t at, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		r->value = r->value * 10 + (s->s[at + i] - '0');
		if (r->n < DIGITS_MAX)
			r->digits[r->n++] = s->s[at + i];
	}
}

/* Bytes of a mark between groups: a comma, or a space that does not break. */
static uint32_t
group_mark(const struct scan *s, uint32_t at)
{
	struct glyph g = scan_glyph(s, at);

	if (g.c == ',' || g.c == 0xA0 || g.c == 0x202F || g.c == 0x2009)
		return g.n;
	return 0;
}

/*
 * End of the groups "1,234,567" (or 12,34,567 as in India) whose first group is
 * [at, at + n), or at + n when there are none.
 */
static uint32_t
groups(const struct scan *s, uint32_t at, uint32_t n)
{
	uint32_t p = at + n, last = 0, k, mark;

	if (n > 3 || n == 0)
		return p;
	while ((mark = group_mark(s, p)) > 0 &&
	    ((k = digits(s, p + mark)) == 3 || (k == 2 && n <= 2 && mark == 1))) {
		if (last == 3 && k == 2)
			return at + n;	/* no grouping goes 3, 2 */
		last = k;
		p += mark + k;
	}
	return last == 3 ? p : at + n;
}

static uint32_t
take_groups(struct reading *r, const struct scan *s, uint32_t at, uint32_t end)
{
	while (at < end) {
		uint32_t k = digits(s, at);

		take(r, s, at, k);
		at += k;
		if (at < end)
			at += group_mark(s, at);
	}
	return at;
}

/* Decimals after a point, or after a comma that cannot be anything else. */
static uint32_t
take_decimals(struct reading *r, const struct scan *s, uint32_t at)
{
	uint32_t k;

	if (at >= s->len || (s->s[at] != '.' && s->s[at] != ','))
		return at;
	k = digits(s, at + 1);
	if (k == 0)
		return at;
	if (s->s[at] == ',' && (k > 2 || r->listed ||
	    (r->flags & TEXT_GROUPED) ||
	    (at + 1 + k < s->len && s->s[at + 1 + k] == ',' &&
	    digit(s, at + k + 2))))
		return at;
	if (r->n < DIGITS_MAX)
		r->digits[r->n++] = '.';
	take(r, s, at + 1, k);
	r->scale = k;
	r->flags |= TEXT_DECIMAL;
	return at + 1 + k;
}

/* "1/2" at `at`: its end and value; 0 when there is none. */
static uint32_t
fraction(const struct scan *s, uint32_t at, double *value)
{
	static const uint8_t below[] = { 2, 3, 4, 5, 6, 8, 10, 16, 32, 64 };
	uint32_t n = digits(s, at), p = at + n, k;
	unsigned num = 0, den = 0;

	if (n == 0 || n > 2 || p >= s->len || s->s[p] != '/')
		return 0;
	k = digits(s, ++p);
	if (k == 0 || k > 2)
		return 0;
	for (uint32_t i = 0; i < n; i++)
		num = num * 10 + (unsigned)(s->s[at + i] - '0');
	for (uint32_t i = 0; i < k; i++)
		den = den * 10 + (unsigned)(s->s[p + i] - '0');
	p += k;
	if (num == 0 || num >= den || (p < s->len && s->s[p] == '/') ||
	    scan_is_letter(scan_glyph(s, p)) ||
	    (at > 0 && s->s[at - 1] == '/'))
		return 0;
	for (size_t i = 0; i < sizeof(below); i++)
		if (below[i] == den) {
			*value = (double)num / den;
			return p;
		}
	return 0;
}

/* "-3/4" or a vulgar sign after a whole number. */
static uint32_t
take_fraction(struct reading *r, const struct scan *s, uint32_t at)
{
	double part = 0;
	uint32_t end;
	struct glyph g = scan_glyph(s, at);

	if (g.c > 0x7F && (part = scan_vulgar(g.c)) != 0)
		end = at + g.n;
	else if (g.ascii != '-' || (end = fraction(s, at + g.n, &part)) == 0)
		return at;
	r->value += part;
	r->flags |= TEXT_FRACTION;
	return end;
}

/* How letters that follow a number directly are to be taken. */
enum tail { TAIL_NONE, TAIL_UNIT, TAIL_ORDINAL, TAIL_WORD };

static enum tail
tail_of(const struct scan *s, uint32_t at, uint32_t *end)
{
	char word[12];
	uint32_t n = 0, class;

	for (*end = at; *end < s->len; *end += scan_glyph(s, *end).n, n++) {
		struct glyph g = scan_glyph(s, *end);

		if (!scan_is_letter(g) && g.class != FOLD_DIGIT)
			break;
	}
	if (n == 0)
		return TAIL_NONE;
	if (n >= sizeof(word))
		return TAIL_WORD;
	n = (uint32_t)fold_word(s->s + at, *end - at, word, sizeof(word));
	if ((n == 2 && (memcmp(word, "st", 2) == 0 ||
	    memcmp(word, "nd", 2) == 0 || memcmp(word, "rd", 2) == 0 ||
	    memcmp(word, "th", 2) == 0)))
		return TAIL_ORDINAL;
	if (n == 1 && (*word == 'a' || *word == 'p') && *end + 1 < s->len &&
	    s->s[*end] == '.' && (s->s[*end + 1] | 32) == 'm')
		return TAIL_UNIT;	/* 5p.m. */
	class = words_class(lexicon_find(s->lexicon, word, n));
	return class & (WORDS_SUFFIX | WORDS_CLOCK | WORDS_PERCENT |
	    WORDS_SCALE | WORDS_MONEY) ? TAIL_UNIT : TAIL_WORD;
}

/* "1.2.3" and addresses are names, not numbers; returns the end of one. */
static uint32_t
dotted(const struct scan *s, uint32_t at)
{
	uint32_t end = at;

	while (end < s->len && s->s[end] == '.' && digit(s, end + 1))
		end += 1 + digits(s, end + 1);
	return end;
}

/* "1.000.000" as some write it: the end, or at. */
static uint32_t
dotted_groups(const struct scan *s, uint32_t at, struct reading *r)
{
	uint32_t n = digits(s, at), end = at + n, k = 0;

	while (end < s->len && s->s[end] == '.' && digits(s, end + 1) == 3) {
		end += 4;
		k++;
	}
	if (n == 0 || n > 3 || k < 2 || digit(s, end) ||
	    dotted(s, end) != end)
		return at;
	r->value = 0;
	r->n = 0;
	r->flags = TEXT_GROUPED;
	take(r, s, at, n);
	for (uint32_t p = at + n; p < end; p += 4)
		take(r, s, p + 1, 3);
	return end;
}

static void
emit_word(struct scan *s, uint32_t start, uint32_t end, uint16_t flags)
{
	char folded[LEXICON_WORD_MAX];
	size_t n = fold_word(s->s + start, end - start, folded, sizeof(folded));
	struct text_token *t = scan_emit(s, TEXT_WORD, start, end);

	s->at = end;
	if (t == NULL)
		return;
	t->word = scan_id(s, folded, n);
	t->flags |= flags;
	t->compound = 0;
	if (flags & TEXT_ORDINAL)
		return;
	t->shape = TEXT_LOWER;
	for (uint32_t i = start; i < end; i++)
		if (s->s[i] >= 'A' && s->s[i] <= 'Z')
			t->shape = TEXT_MIXED;
}

static uint32_t
read_number(struct reading *r, const struct scan *s, uint32_t at)
{
	double part = 0;
	uint32_t n = digits(s, at), end = groups(s, at, n);

	if (n > 0 && (end = fraction(s, at, &part)) != 0) {
		r->value = part;
		r->flags |= TEXT_FRACTION;
		r->n = end - at;	/* at most five: dd/dd */
		memcpy(r->digits, s->s + at, r->n);
		return end;
	}
	end = groups(s, at, n);
	if (end != at + n)
		r->flags |= TEXT_GROUPED;
	at = take_groups(r, s, at, end);
	if (n == 0)
		r->digits[r->n++] = '0';	/* ".5", "½" */
	at = take_decimals(r, s, at);
	if (!(r->flags & TEXT_DECIMAL))
		at = take_fraction(r, s, at);
	r->value /= r->scale > 0 ? pow(10, r->scale < 300 ? r->scale : 300) : 1;
	return at;
}

void
scan_number(struct scan *s, uint32_t sign_len)
{
	struct reading r = { .n = 0 };
	uint32_t start = s->at, at, end;
	struct text_token *t;
	enum tail tail;

	r.listed = start > 0 && s->s[start - 1] == ',';
	at = read_number(&r, s, start + sign_len);
	if ((r.flags & TEXT_DECIMAL) && (end = dotted(s, at)) != at) {
		at = dotted_groups(s, start + sign_len, &r);
		if (at == start + sign_len) {
			emit_word(s, start, end, 0);
			return;
		}
	}
	tail = tail_of(s, at, &end);
	if (tail == TAIL_ORDINAL || (tail == TAIL_WORD && r.flags == 0)) {
		emit_word(s, start + sign_len, end,
		    tail == TAIL_ORDINAL ? TEXT_ORDINAL : 0);
		return;
	}
	t = scan_emit(s, TEXT_NUMBER, start, at);
	s->at = at;
	if (t == NULL)
		return;
	t->flags |= r.flags;
	if (sign_len > 0) {
		t->flags |= TEXT_SIGNED;
		if (s->s[start] != '+')
			r.value = -r.value;
	}
	t->value = isfinite(r.value) ? r.value : 0;
	t->word = scan_id(s, r.digits, r.n);
}
