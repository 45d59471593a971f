/* Plain words: the most of any text. */
#include <string.h>

#include "text/letters.h"
#include "text/scan.h"
#include "text/words.h"

void
scan_settle(struct scan *s)
{
	struct text_token *tokens = s->text->tokens;

	lexicon_find_all(s->lexicon, s->asks, s->nasks);
	for (uint32_t i = 0; i < s->nasks; i++)
		tokens[s->asks[i].token].word = s->asks[i].id;
	s->nasks = 0;
}

/* What the word of this token is: now, or before long. */
static inline void
ask(struct scan *s, uint32_t token, const struct letters *l)
{
	if (s->add != NULL) {
		s->text->tokens[token].word = lexicon_add(s->add,
		    (const char *)l->piece, l->n);
		return;
	}
	s->asks[s->nasks++] = (struct lexicon_ask){
		{ l->piece[0], l->piece[1] }, .len = l->n, .token = token,
		.hash = lexicon_hash(l->piece),
	};
	if (s->nasks == SCAN_ASKS)
		scan_settle(s);
}

/* What follows a word of plain letters and does not belong to it. */
static inline bool
ends(const char *s)
{
	unsigned char c = (unsigned char)*s, next;

	if (c == ' ')
		return true;
	if (c >= 0x80 || c == '\'' || c == '&' ||
	    fold_ascii_class[c] == FOLD_DIGIT)
		return false;
	next = c == '.' ? (unsigned char)s[1] : ' ';
	return next < 0x80 && fold_ascii_class[next] != FOLD_LOWER &&
	    fold_ascii_class[next] != FOLD_UPPER;
}

static inline uint8_t
shape_of(const struct letters *l)
{
	if (l->caps > 1)
		return l->caps + 1 == 1u << l->n ? TEXT_CAPS : TEXT_MIXED;
	return l->caps == 0 ? TEXT_LOWER : TEXT_CAPITAL;
}

/* One space with a visible ASCII character after it. */
static inline bool
is_plain_space(const char *s)
{
	return s[0] == ' ' && s[1] > ' ' && s[1] < 0x7F;
}

void
scan_plain(struct scan *s)
{
	struct text *x = s->text;
	uint32_t at = s->at, before = x->ntokens;
	uint16_t flags = s->flags, around = scan_around(s);
	const char *p;

	for (;;) {
		struct letters l;

		p = s->s + at;
		if (is_plain_space(p)) {
			flags |= TEXT_SPACE;
			at++, p++;
		}
		l = letters(p);
		if (l.n == 0 || l.n == LETTERS_MAX || !ends(p + l.n))
			break;
		if (x->ntokens == s->cap && !scan_grow(s, at + l.n))
			return;
		x->tokens[x->ntokens] = (struct text_token){
			.start = at, .end = at + l.n, .kind = TEXT_WORD,
			.field = s->field, .flags = flags | around,
			.shape = shape_of(&l),
		};
		ask(s, x->ntokens++, &l);
		flags = 0;
		at += l.n;
	}
	s->at = at;
	s->flags = flags;
	x->steps += x->ntokens - before;
}
