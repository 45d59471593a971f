/*
 * text - an article cut into tokens and sentences, once, for all rules.
 *
 * text_analyse takes the fields of an article (UTF-8, any bytes survive) and
 * makes arrays in the caller's arena; nothing else is allocated and nothing is
 * kept. Offsets are bytes into the field as given, so they serve as evidence;
 * the fields must outlive the text, which only points at them. Linear in the
 * bytes. What is looked at is limited: TEXT_BYTES_MAX of each field and
 * TEXT_TOKENS_MAX tokens in all; beyond it the text is cut and says so.
 *
 * Tokens (rule-semantics 5.2):
 *   WORD      letters and digits with internal . & ' : "Nvidia", "S&P",
 *             "AT&T", "U.S." (the last stop belongs to it), "O'Reilly",
 *             "Booking.com", "DCGN.O", "H100", "5G", "2nd".
 *             Hyphens part: "open-source" is "open" + "source" JOINED; the
 *             first part's `compound` is the id of the parts written as one
 *             ("opensource"). So a phrase [open source] finds "open source"
 *             and "open-source", and the word [opensource] all that are
 *             hyphenated or solid.
 *             "Nvidia's" is "Nvidia" + "'s" POSSESSIVE; "investors'" is
 *             "investors" + PUNCT ' POSSESSIVE; "didn't" is "did" + "n't",
 *             "can't"/"won't" are "can"/"will" + "n't"; 'll 've 're 'd 'm
 *             part likewise.
 *   NUMBER    one token with sign, grouping, decimals, fraction; `value` has
 *             it: "-8.32", "1,234,567", "8,3", "5-3/4", "1/2", "½". A sign
 *             belongs to it only after space, "(", "," or at the start. A unit
 *             written on it parts ("5bn" = 5 + "bn", "12pct", "3x"). Its word
 *             is that of the digits without sign and grouping ("1234567").
 *   CURRENCY  $ € £ ¥ ₹ ... one sign;   PERCENT  %
 *   CASHTAG   "$NVDA": its word is "$nvda"
 *   PUNCT     all other; `punct` is its ASCII form: " ' for quotes of every
 *             kind, - a hyphen or en dash standing free, _ for em dash and
 *             "--", ~ for an ellipsis, else the character; 0 if there is none.
 *             Its word is 0.
 * Scripts without spaces (Han, kana, Thai) give one WORD a character.
 *
 * Sentences (5.3): the title, whole, is sentence 0 (empty range if there is no
 * title). Stops after abbreviations and single capitals do not end one. A
 * line break ends one unless the text is plainly a wrapped line. None is longer
 * than TEXT_SENTENCE_MAX tokens (cut there), which bounds what is done per
 * sentence.
 */
#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "text/lexicon.h"

#define TEXT_BYTES_MAX		(1u << 20)	/* of one field */
#define TEXT_TOKENS_MAX		(1u << 18)	/* of all fields */
#define TEXT_SENTENCE_MAX	512u		/* tokens */
#define TEXT_FIELDS_MAX		8u

enum text_field_index { TEXT_TITLE, TEXT_BODY };	/* others by their user */

enum text_kind {
	TEXT_WORD, TEXT_NUMBER, TEXT_CURRENCY, TEXT_PERCENT, TEXT_CASHTAG,
	TEXT_PUNCT
};

enum text_shape {
	TEXT_NO_SHAPE,		/* no letters */
	TEXT_LOWER,		/* lower */
	TEXT_CAPITAL,		/* Capital; also a single capital */
	TEXT_CAPS,		/* CAPITALS, at least two */
	TEXT_MIXED		/* iPhone, DeepSeek, McDonald */
};

/* Flags of a token. */
#define TEXT_SPACE	0x0001u	/* space (or line break) before it */
#define TEXT_JOINED	0x0002u	/* joined by a hyphen to the token before */
#define TEXT_FIRST	0x0004u	/* first of its sentence */
#define TEXT_QUOTED	0x0008u	/* between quotation marks */
#define TEXT_PAREN	0x0010u	/* in parentheses or brackets */
#define TEXT_PARAGRAPH	0x0020u	/* first of its paragraph */
#define TEXT_POSSESSIVE	0x0040u	/* 's, or the ' of a plural */
#define TEXT_SIGNED	0x0080u	/* NUMBER written with + or - */
#define TEXT_DECIMAL	0x0100u	/* NUMBER with decimals */
#define TEXT_GROUPED	0x0200u	/* NUMBER with groups of three */
#define TEXT_FRACTION	0x0400u	/* NUMBER that is or ends in a fraction */
#define TEXT_ORDINAL	0x0800u	/* WORD such as 2nd, 15th */
#define TEXT_ACRONYM	0x1000u	/* WORD such as U.S. */

struct text_token {
	uint32_t	start, end;	/* bytes in the field, end exclusive */
	uint32_t	word;		/* id in the lexicon, 0 = not in it */
	uint32_t	sentence;	/* index */
	union {
		double	 value;		/* NUMBER, with its sign */
		uint32_t compound;	/* WORD that others are JOINED to: id or 0 */
	};
	uint16_t	flags;
	uint8_t		kind;		/* enum text_kind */
	uint8_t		shape;		/* enum text_shape */
	uint8_t		field;		/* index into fields */
	char		punct;		/* PUNCT: its ASCII form, or 0 */
};
_Static_assert(sizeof(struct text_token) <= 32, "a token fits half a line");

struct text_sentence {
	uint32_t	first, end;	/* tokens, end exclusive */
	uint32_t	start, stop;	/* bytes in the field, stop exclusive */
	uint32_t	paragraph;	/* counted over the field from 0 */
	uint8_t		field;
};

struct text_field {
	const char	*bytes;		/* borrowed */
	uint32_t	 len;		/* of what is looked at */
	uint32_t	 first, end;	/* its tokens */
	uint32_t	 sentence, sentence_end;	/* its sentences */
	bool		 title_case;	/* Capitals On Nearly All Words: case is no evidence */
	bool		 all_caps;	/* CAPITALS THROUGHOUT: likewise */
};

struct text {
	struct text_field	 fields[TEXT_FIELDS_MAX];
	uint32_t		 nfields;
	struct text_token	*tokens;	/* in order of fields and place */
	uint32_t		 ntokens;
	struct text_sentence	*sentences;
	uint32_t		 nsentences;
	bool			 cut;		/* a limit was met */
	bool			 joined;	/* some token is JOINED */
	uint8_t			 kinds;		/* 1 << enum text_kind; WORD may lack */
	uint64_t		 steps;		/* characters read: what it cost */
};

/* A field as given: any bytes, len of them. */
struct text_source {
	const char	*bytes;
	size_t		 len;
};

/*
 * Cut n fields (title first, then body, then any others) up to TEXT_FIELDS_MAX.
 * The words of other fields than the title are cut into sentences.
 */
struct text *text_analyse(struct arena *, const struct lexicon *,
	    const struct text_source *, size_t n);
/*
 * The same in steps, for who may need no more than the words: first the tokens
 * alone, then the sentences and FIRST, and what is to be thought of the case of
 * fields.
 */
struct text *text_words(struct arena *, const struct lexicon *,
	    const struct text_source *, size_t n);
void	 text_sentences(struct arena *, struct text *);
void	 text_case(struct text *);
/* The usual case; NULL counts as "". */
struct text *text_article(struct arena *, const struct lexicon *,
	    const char *title, const char *body);
/*
 * Cut one phrase (a vocabulary entry, a rule, a query) and add its words to
 * the lexicon: all tokens are in field and sentence 0.
 */
struct text *text_intern(struct arena *, struct lexicon *, const char *,
	    size_t len);

/* The bytes of a token (not NUL-terminated), and how many in *len. */
const char *text_bytes(const struct text *, uint32_t token, size_t *len);
/* Its folded form in buf, NUL-terminated; "" when it does not fit. */
const char *text_folded(const struct text *, uint32_t token, char *buf,
	    size_t size);

#endif
