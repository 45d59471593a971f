/* Words: letters and digits with internal . & ' and their clitics. */
#include <ctype.h>
#include <string.h>

#include "text/scan.h"
#include "text/words.h"

#define SEGMENT_MAX 7	/* letters looked at after an internal stop */

/* Length of the run of letters at `at`, up to max; *upper, *lower: of which case. */
static uint32_t
run(const struct scan *s, uint32_t at, uint32_t max, bool *upper, bool *lower)
{
	uint32_t n = 0;
	struct glyph g;

	*upper = *lower = false;
	for (; n < max; n++) {
		g = scan_glyph(s, at);
		if (g.class == FOLD_UPPER)
			*upper = true;
		else if (g.class == FOLD_LOWER || g.class == FOLD_DIGIT)
			*lower = true;
		else
			break;
		at += g.n;
	}
	return n;
}

/* Bytes of the clitic at the apostrophe ('s 'll 've 're 'd 'm), or 0. */
static uint32_t
clitic(const struct scan *s, uint32_t at)
{
	static const char *const known[] = { "s", "ll", "ve", "re", "d", "m" };
	struct glyph g = scan_glyph(s, at);
	uint32_t p = at + g.n, n = 0;
	char tail[3] = "";

	while (n < 2) {
		g = scan_glyph(s, p);
		if (g.c <= 0 || g.c >= 0x80 || !isalpha((unsigned char)g.c))
			break;
		tail[n++] = (char)tolower((unsigned char)g.c);
		p += g.n;
	}
	g = scan_glyph(s, p);
	if (n == 0 || scan_is_letter(g) || g.class == FOLD_DIGIT)
		return 0;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(tail, known[i]) == 0)
			return p - at;
	return 0;
}

/* Whether the stop at `at` belongs to the word [start, at), segment letters long. */
static bool
inner_stop(const struct scan *s, uint32_t start, uint32_t at, uint32_t segment,
    bool segment_caps)
{
	bool upper, lower;
	uint32_t n = run(s, at + 1, SEGMENT_MAX, &upper, &lower);
	struct glyph first = scan_glyph(s, start);

	if (n == 0)
		return false;
	if (segment == 1)	/* U.S  e.g */
		return n == 1 && (upper == (first.class == FOLD_UPPER));
	if (n == SEGMENT_MAX)
		return false;
	if (!upper)		/* booking.com, node.js */
		return true;
	return segment_caps && !lower && n <= 4;	/* DCGN.O */
}

/* What is known of a word while it is read. */
struct shape {
	uint32_t	letters, uppers, segment, stops;
	bool		first_upper, caps, acronym;
};

static enum text_shape
shape_of(const struct shape *h)
{
	if (h->letters == 0)
		return TEXT_NO_SHAPE;
	if (h->uppers == 0)
		return TEXT_LOWER;
	if (h->uppers == h->letters)
		return h->letters == 1 ? TEXT_CAPITAL : TEXT_CAPS;
	return h->first_upper && h->uppers == 1 ? TEXT_CAPITAL : TEXT_MIXED;
}

static void
count(struct shape *h, struct glyph g)
{
	if (g.class == FOLD_MARK || g.class == FOLD_NOTHING)
		return;
	if (h->segment++ == 0)
		h->caps = true;
	if (g.class == FOLD_UPPER) {
		if (h->letters == 0)
			h->first_upper = true;
		h->uppers++;
	} else
		h->caps = false;
	if (g.class != FOLD_DIGIT)
		h->letters++;
}

/* "Rs500", "EUR5": a currency written on its number. */
static bool
is_code(const struct scan *s, uint32_t end)
{
	char word[4];
	size_t n = end - s->at;

	if (n < 2 || n > 3 || fold_word(s->s + s->at, n, word, n) != n)
		return false;
	return words_class(lexicon_find(s->lexicon, word, n)) & WORDS_MONEY &&
	    s->s[s->at] >= 'A' && s->s[s->at] <= 'Z';
}

/* Read on from the first letter; returns the end of the word. */
static uint32_t
extent(const struct scan *s, struct shape *h)
{
	uint32_t at = s->at;

	for (;;) {
		struct glyph g, next;
		uint32_t run = at;

		/* Most of most words, quickly. */
		while (run < s->len && s->s[run] >= 'a' && s->s[run] <= 'z')
			run++;
		if (run > at) {
			h->letters += run - at;
			h->segment += run - at;
			h->caps = false;
			at = run;
		}
		g = scan_glyph(s, at);
		if (g.class == FOLD_DIGIT && is_code(s, at))
			break;
		if (scan_is_letter(g) || g.class == FOLD_DIGIT ||
		    g.class == FOLD_NOTHING) {
			count(h, g);
			at += g.n;
			continue;
		}
		if (g.n == 0 || (g.ascii != '\'' && g.ascii != '&' && g.c != '.'))
			break;
		next = scan_glyph(s, at + g.n);
		if (!scan_is_letter(next))
			break;
		if (g.ascii == '\'' && clitic(s, at) != 0)
			break;
		if (g.c == '.') {
			if (!inner_stop(s, s->at, at, h->segment, h->caps))
				break;
			h->acronym = h->segment == 1 &&
			    (h->stops == 0 || h->acronym);
			h->stops++;
		}
		if (g.ascii != '\'')
			h->segment = 0;
		at += g.n;
	}
	if (h->acronym && h->segment == 1 && scan_glyph(s, at).c == '.')
		at++;
	else if (h->segment != 1)
		h->acronym = false;
	return at;
}

/* "didn't": where "n't" starts in a word that ends in it, else 0. */
static uint32_t
negation(const struct scan *s, uint32_t start, uint32_t end)
{
	struct glyph t, quote;

	if (end < start + 5)
		return 0;
	t = scan_before(s, end);
	if (t.c != 't' && t.c != 'T')
		return 0;
	quote = scan_before(s, end - t.n);
	if (quote.ascii != '\'' || end - t.n - quote.n <= start + 1)
		return 0;
	t = scan_before(s, end - t.n - quote.n);
	if (t.c != 'n' && t.c != 'N')
		return 0;
	return end - 1 - quote.n - 1;
}

/* The word [start, end), folded; without an acronym's last stop. */
static struct text_token *
emit(struct scan *s, uint32_t start, uint32_t end, const struct shape *h)
{
	char folded[LEXICON_WORD_MAX];
	size_t n = fold_word(s->s + start, end - start, folded, sizeof(folded));
	struct text_token *t = scan_emit(s, TEXT_WORD, start, end);

	if (n > 0 && h->acronym && folded[n - 1] == '.')
		n--;
	if (t == NULL)
		return NULL;
	t->word = scan_id(s, folded, n);
	t->shape = (uint8_t)shape_of(h);
	t->compound = 0;
	if (h->acronym)
		t->flags |= TEXT_ACRONYM;
	return t;
}

/* "ca" and "wo" before "n't" are "can" and "will". */
static void
restore(struct text_token *t, const char *s)
{
	size_t n = t->end - t->start;

	if (n == 2 && strncasecmp(s, "ca", 2) == 0)
		t->word = W_CAN;
	else if (n == 2 && strncasecmp(s, "wo", 2) == 0)
		t->word = W_WILL;
	else if (n == 3 && strncasecmp(s, "sha", 3) == 0)
		t->word = W_SHALL;
}

/* A clitic that stands at s->at, apostrophe first. */
static bool
take_clitic(struct scan *s)
{
	static const struct shape none = { 0 };
	struct text_token *t;
	uint32_t n = clitic(s, s->at);

	if (n == 0)
		return false;
	s->flags &= (uint16_t)~TEXT_SPACE;
	t = emit(s, s->at, s->at + n, &none);
	if (t != NULL && t->word == W_S)
		t->flags |= TEXT_POSSESSIVE;
	s->at += n;
	return true;
}

void
scan_word(struct scan *s)
{
	static const struct shape none = { 0 };
	struct shape h = { 0 };
	uint32_t start = s->at, end = extent(s, &h), not;
	struct text_token *t;

	not = negation(s, start, end);
	if (not != 0) {
		h.letters -= 2;
		if (h.uppers > h.letters)
			h.uppers = h.letters;
	}
	t = emit(s, start, not != 0 ? not : end, &h);
	if (not != 0) {
		if (t != NULL)
			restore(t, s->s + start);
		emit(s, not, end, &none);
	}
	s->at = end;
	if (scan_glyph(s, end).ascii == '\'')
		take_clitic(s);
}
