/*
 * scan - the state of cutting one field, shared by the parts of the tokeniser.
 * Private to text/.
 */
#ifndef TEXT_SCAN_H
#define TEXT_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "text/fold.h"
#include "text/text.h"

/*
 * Words are looked up several at a time, so that the memory of the lexicon that
 * they need is fetched together: until scan_settle a token may not know its
 * word.
 */
#define SCAN_ASKS	64

/* s->s has SCAN_PADDING zeros behind its end. */
#define SCAN_PADDING	16

struct scan {
	struct arena		*mem;
	struct text		*text;
	const struct lexicon	*lexicon;
	struct lexicon		*add;	/* not NULL: intern what is read */
	uint32_t		 cap;	/* tokens there is room for */
	const char		*s;	/* the field, with padding */
	uint32_t		 len, at;
	uint8_t			 field;
	bool			 lines;	/* line breaks part paragraphs */
	bool			 joined;	/* a hyphen joined two tokens */
	uint16_t		 flags;	/* for the next token: SPACE, JOINED ... */
	uint32_t		 parens;
	bool			 quoted, single;	/* inside "..." or '...' */
	uint32_t		 nasks;
	struct lexicon_ask	 asks[SCAN_ASKS];
};

/* A character: what stands at a byte. */
struct glyph {
	int32_t		c;	/* code point, -1 broken, 0 at the end */
	enum fold_class	class;	/* FOLD_NEWLINE at the end */
	char		ascii;	/* fold_ascii */
	uint32_t	n;	/* bytes, 0 at the end */
};

struct glyph	 scan_wide_glyph(const struct scan *, uint32_t at);

static inline struct glyph
scan_glyph(const struct scan *s, uint32_t at)
{
	unsigned char c;

	if (at >= s->len)
		return (struct glyph){ 0, FOLD_NEWLINE, 0, 0 };
	c = (unsigned char)s->s[at];
	if (c >= 0x80)
		return scan_wide_glyph(s, at);
	return (struct glyph){ c, (enum fold_class)fold_ascii_class[c],
		(char)c, 1 };
}

/* The glyph before `at`. */
struct glyph	 scan_before(const struct scan *, uint32_t at);

static inline bool
scan_is_letter(struct glyph g)	/* incl. marks */
{
	return g.class == FOLD_LOWER || g.class == FOLD_UPPER ||
	    g.class == FOLD_MARK;
}

/* Make room for one more token; false: there is no more to be had. */
bool		 scan_grow(struct scan *, uint32_t end);
/* Flags of a token that stands here, as far as they are not its own. */
static inline uint16_t
scan_around(const struct scan *s)
{
	return (uint16_t)((s->quoted || s->single ? TEXT_QUOTED : 0) |
	    (s->parens > 0 ? TEXT_PAREN : 0));
}
/* Add a token [start, end); flags pending for it are used up. NULL when full. */
struct text_token *scan_emit(struct scan *, enum text_kind, uint32_t start,
		    uint32_t end);
/* The id of folded bytes, added when interning. */
uint32_t	 scan_id(struct scan *, const char *, size_t);

/* Each reads one token at s->at and moves it on. */
void		 scan_word(struct scan *);
void		 scan_number(struct scan *, uint32_t sign_len);
/*
 * The short way for most of any text: words of ASCII letters, one space apart,
 * with nothing at their end that may belong to them. Stops at what is not so.
 */
void		 scan_plain(struct scan *);
void		 scan_settle(struct scan *);
/* Whether a number starts at `at` (digit, point and digit, vulgar fraction). */
bool		 scan_at_number(const struct scan *, uint32_t at);
/* The value of a vulgar fraction sign, or 0. */
double		 scan_vulgar(int32_t);

/* All tokens of the field. */
void		 scan_field(struct scan *);

#endif
