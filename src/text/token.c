/* Tokens: what kind starts here, and marks of punctuation. */
#include <string.h>

#include "text/currency.h"
#include "text/scan.h"
#include "text/words.h"

#define CASHTAG_MAX 8

struct glyph
scan_wide_glyph(const struct scan *s, uint32_t at)
{
	struct glyph g;
	size_t n;

	g.c = fold_decode(s->s + at, s->len - at, &n);
	g.n = (uint32_t)n;
	g.class = fold_class(g.c);
	g.ascii = fold_ascii(g.c);
	return g;
}

struct glyph
scan_before(const struct scan *s, uint32_t at)
{
	uint32_t p = at;

	if (at == 0)
		return scan_glyph(s, s->len);
	do
		p--;
	while (p > 0 && at - p < 4 && ((unsigned char)s->s[p] & 0xC0) == 0x80);
	return scan_glyph(s, p);
}

static bool
is_wordy(struct glyph g)
{
	return scan_is_letter(g) || g.class == FOLD_DIGIT;
}

uint32_t
scan_id(struct scan *s, const char *word, size_t n)
{
	return s->add != NULL ? lexicon_add(s->add, word, n) :
	    lexicon_find(s->lexicon, word, n);
}

bool
scan_grow(struct scan *s, uint32_t end)
{
	struct text *x = s->text;
	struct text_token *bigger;
	uint32_t cap = s->cap * 2;

	if (s->cap == TEXT_TOKENS_MAX) {
		x->cut = true;
		s->len = s->at = end;	/* read no further */
		return false;
	}
	if (cap > TEXT_TOKENS_MAX)
		cap = TEXT_TOKENS_MAX;
	bigger = arena_alloc(s->mem, cap * sizeof(*bigger));
	memcpy(bigger, x->tokens, x->ntokens * sizeof(*bigger));
	x->tokens = bigger;
	s->cap = cap;
	return true;
}

struct text_token *
scan_emit(struct scan *s, enum text_kind kind, uint32_t start, uint32_t end)
{
	struct text *x = s->text;
	struct text_token *t;

	if (x->ntokens == s->cap && !scan_grow(s, end))
		return NULL;
	t = &x->tokens[x->ntokens++];
	*t = (struct text_token){ .start = start, .end = end,
	    .kind = (uint8_t)kind, .field = s->field,
	    .flags = s->flags | scan_around(s) };
	x->kinds |= (uint8_t)(1u << kind);
	s->flags = 0;
	return t;
}

static const struct text_token *
previous(const struct scan *s)
{
	const struct text *x = s->text;

	if (x->ntokens == 0 || x->tokens[x->ntokens - 1].field != s->field)
		return NULL;
	return &x->tokens[x->ntokens - 1];
}

/* "$NVDA": the end of the cashtag that starts at the sign, or 0. */
static uint32_t
cashtag_end(const struct scan *s)
{
	uint32_t at = s->at + 1, n = 0;
	bool upper = true;
	struct glyph g;

	if (is_wordy(scan_before(s, s->at)))
		return 0;	/* US$bn */
	while (n <= CASHTAG_MAX && (g = scan_glyph(s, at)).n == 1 &&
	    (g.class == FOLD_UPPER || g.class == FOLD_LOWER ||
	    (n > 0 && (g.class == FOLD_DIGIT || (g.c == '.' &&
	    scan_glyph(s, at + 1).class == FOLD_UPPER))))) {
		if (g.class == FOLD_LOWER)
			upper = false;
		at++;
		n++;
	}
	return n == 0 || n > CASHTAG_MAX || (n == 1 && !upper) ? 0 : at;
}

static void
take_currency(struct scan *s, struct glyph g)
{
	char folded[CASHTAG_MAX * 2];
	uint32_t end;
	struct text_token *t;

	if (g.c == '$' && (end = cashtag_end(s)) != 0) {
		size_t n = fold_word(s->s + s->at, end - s->at, folded,
		    sizeof(folded));

		t = scan_emit(s, TEXT_CASHTAG, s->at, end);
		if (t != NULL)
			t->word = scan_id(s, folded, n);
		s->at = end;
		return;
	}
	scan_emit(s, TEXT_CURRENCY, s->at, s->at + g.n);
	s->at += g.n;
}

/* A sign directly before a number, itself after space, "(" or ",". */
static bool
is_sign(const struct scan *s, struct glyph g)
{
	struct glyph b, d;

	if (g.ascii != '-' && g.c != '+')
		return false;
	if (!scan_at_number(s, s->at + g.n))
		return false;
	b = scan_before(s, s->at);
	if (b.n == 0 || b.class == FOLD_SPACE || b.class == FOLD_NEWLINE ||
	    b.c == '(' || b.c == '[' || b.c == ',')
		return true;
	d = scan_before(s, s->at - b.n);
	/* "$-5": the sign stands inside. */
	return currency_is_sign(b.c) && !is_wordy(d);
}

/* A currency's word or code from a byte up to where its letters end. */
static bool
is_money(const struct scan *s, uint32_t at)
{
	char word[CASHTAG_MAX * 2];
	uint32_t end = at;

	while (end < s->len && end - at <= CASHTAG_MAX &&
	    scan_is_letter(scan_glyph(s, end)))
		end += scan_glyph(s, end).n;
	return end - at <= CASHTAG_MAX && words_class(lexicon_find(
	    s->lexicon, word, fold_word(s->s + at, end - at, word,
	    sizeof(word)))) & WORDS_MONEY;
}

/* A hyphen or en dash between two parts without space; a trailing one. */
static bool
take_hyphen(struct scan *s, struct glyph g)
{
	const struct text_token *p = previous(s);
	struct glyph next = scan_glyph(s, s->at + g.n);
	bool tight = p != NULL && p->end == s->at && p->kind != TEXT_PUNCT;

	/* "EUR/USD", "dollar/yen": a stroke between two currencies */
	if (!tight || (g.ascii != '-' && (g.ascii != '/' || p->kind !=
	    TEXT_WORD || !is_money(s, p->start) || !is_money(s, s->at + 1))))
		return false;
	if (is_wordy(next) || currency_is_sign(next.c) ||
	    scan_at_number(s, s->at + g.n)) {
		s->flags |= TEXT_JOINED;
		s->joined = true;
		s->at += g.n;
		return true;
	}
	/* "short- and long-term" */
	if (g.ascii == '-' && g.c != 0x2013 && p->kind == TEXT_WORD && next.class == FOLD_SPACE) {
		s->at += g.n;
		return true;
	}
	return false;
}

/* Keep account of '...': opened after space, closed where it can close. */
static void
single_quote(struct scan *s, struct text_token *t)
{
	struct glyph b = scan_before(s, s->at);
	struct glyph next = scan_glyph(s, t->end);

	if (s->single) {
		if (!is_wordy(next)) {
			s->single = false;
			t->flags &= (uint16_t)~(s->quoted ? 0 : TEXT_QUOTED);
		}
	} else if (!is_wordy(b) && scan_is_letter(next)) {
		s->single = true;
	} else if (t > s->text->tokens && t[-1].kind == TEXT_WORD &&
	    t[-1].end == t->start && (s->s[t->start - 1] | 32) == 's')
		t->flags |= TEXT_POSSESSIVE;
}

static void
double_quote(struct scan *s, struct text_token *t, int32_t c)
{
	struct glyph b = scan_before(s, s->at);

	if (c == 0x201C || c == 0x201E || c == 0xAB)
		s->quoted = true;
	else if (c != '"')
		s->quoted = false;
	else if (!s->quoted && b.class == FOLD_DIGIT)
		return;			/* inches */
	else
		s->quoted = !s->quoted;
	t->flags &= (uint16_t)~(s->single ? 0 : TEXT_QUOTED);
}

static void
take_punct(struct scan *s, struct glyph g)
{
	char c = g.ascii;
	uint32_t end = s->at + g.n;
	struct text_token *t;

	if (c == '.' || c == '-')
		while (scan_glyph(s, end).c == g.c)
			end += g.n;
	if (c == ')' || c == ']')
		s->parens -= s->parens > 0;
	t = scan_emit(s, TEXT_PUNCT, s->at, end);
	if (t == NULL)
		return;
	if (end - s->at >= 2 * g.n)
		c = c == '.' ? '~' : '_';
	t->punct = c;
	if (c == '(' || c == '[')
		s->parens++;
	else if (c == '"')
		double_quote(s, t, g.c);
	else if (c == '\'')
		single_quote(s, t);
	s->at = end;
}

/* A line break that only wraps a line: the text goes on in lower case. */
static bool
wraps(const struct scan *s, uint32_t next)
{
	const struct text_token *p = previous(s);

	if (p == NULL || (p->kind == TEXT_PUNCT && p->punct != 0 &&
	    strchr(".!?:;~", p->punct) != NULL))
		return false;
	return scan_glyph(s, next).class == FOLD_LOWER;
}

static void
take_space(struct scan *s)
{
	uint32_t breaks = 0;
	struct glyph g;

	while ((g = scan_glyph(s, s->at)).n > 0 &&
	    (g.class == FOLD_SPACE || g.class == FOLD_NEWLINE)) {
		breaks += g.class == FOLD_NEWLINE;
		s->at += g.n;
	}
	s->flags |= TEXT_SPACE;
	if (s->lines && (breaks > 1 || (breaks == 1 && !wraps(s, s->at)))) {
		s->flags |= TEXT_PARAGRAPH;
		s->quoted = s->single = false;
		s->parens = 0;
	}
}

static void
take_token(struct scan *s, struct glyph g)
{
	if (is_sign(s, g))
		scan_number(s, g.n);
	else if (scan_at_number(s, s->at) &&
	    !(g.c == '.' && is_wordy(scan_before(s, s->at))))
		scan_number(s, 0);
	else if (g.class == FOLD_LOWER || g.class == FOLD_UPPER)
		scan_word(s);
	else if (g.class == FOLD_IDEOGRAPH) {
		struct text_token *t = scan_emit(s, TEXT_WORD, s->at, s->at + g.n);

		if (t != NULL)
			t->word = scan_id(s, s->s + s->at, g.n);
		s->at += g.n;
	} else if (currency_is_sign(g.c))
		take_currency(s, g);
	else if (g.ascii == '%') {
		scan_emit(s, TEXT_PERCENT, s->at, s->at + g.n);
		s->at += g.n;
	} else if (!take_hyphen(s, g))
		take_punct(s, g);
}

void
scan_field(struct scan *s)
{
	s->flags = TEXT_PARAGRAPH;
	for (;;) {
		struct glyph g;

		scan_plain(s);
		if (s->at >= s->len)
			return;
		s->text->steps++;
		g = scan_glyph(s, s->at);
		if (g.class == FOLD_SPACE || g.class == FOLD_NEWLINE)
			take_space(s);
		else if (g.class == FOLD_NOTHING || g.class == FOLD_MARK ||
		    g.c < 0)
			s->at += g.n;
		else
			take_token(s, g);
	}
}
