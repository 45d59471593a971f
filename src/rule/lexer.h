/*
 * lexer - the words and marks of a rule, one at a time.
 *
 * A rule is one line of UTF-8 text. Operators are in capitals and stand alone;
 * a text atom is always marked: in quotes of either kind ('…', "…", also the
 * curly ones), with a star at its end (sanction*), with = in front (=Apple,
 * ='New York'), between slashes (/colou?r/i), or after a field or concept:.
 * Every other word is bare and belongs to an event phrase.
 *
 * A minus is NOT only in front of a word, a quote or a parenthesis, after a
 * space; -5 is a number. An apostrophe inside a word ("Nvidia's") opens
 * nothing, and a single quote closes only where no letter follows.
 */
#ifndef RULE_LEXER_H
#define RULE_LEXER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define RULE_TEXT_MAX	16384	/* bytes of one rule */
#define RULE_DISTANCE_MAX 1000	/* n of NEAR/n, W/n, FIRST/n, ATLEAST/n */

enum lex_kind {
	LEX_END, LEX_BARE, LEX_COMMA, LEX_OPEN, LEX_CLOSE,
	LEX_AND, LEX_OR, LEX_NOT,
	LEX_NEAR,	/* NEAR W ONEAR SAME +S ...: see ordered, reach, n */
	LEX_ATLEAST, LEX_FIRST,		/* n */
	LEX_QUOTED, LEX_PREFIX, LEX_CASE, LEX_REGEX,
	LEX_CONCEPT, LEX_ENTITY,	/* text is the id */
	LEX_FIELD,	/* a field and what follows it: relop */
	LEX_NKINDS
};

/* How far apart the two sides of a proximity operator may be. */
enum lex_reach { REACH_WORDS, REACH_SENTENCE, REACH_PARAGRAPH };

enum rule_field {
	FIELD_ANY,	/* title and body */
	FIELD_TITLE, FIELD_BODY, FIELD_AUTHOR, FIELD_CATEGORY,	/* words */
	FIELD_FEED, FIELD_TAG, FIELD_LANG, FIELD_LINK, FIELD_SITE, /* strings */
	FIELD_AGE, FIELD_WORDS,		/* numbers */
	FIELD_COUNT
};

enum rule_relop {
	REL_HAS,	/* the colon */
	REL_EQ, REL_NE, REL_MATCH, REL_NOMATCH, REL_LT, REL_LE, REL_GT, REL_GE
};

struct lexeme {
	enum lex_kind	 kind;
	const char	*text;		/* without its marks, in the rule's text */
	size_t		 len;
	size_t		 at;		/* byte where it starts, marks included */
	size_t		 end;		/* byte after it */
	enum rule_field	 field;		/* LEX_FIELD */
	enum rule_relop	 relop;
	bool		 ordered;	/* LEX_NEAR */
	enum lex_reach	 reach;
	uint32_t	 n;
	bool		 icase;		/* LEX_REGEX: /…/i */
};

struct lexer {
	const char	*text;
	size_t		 len;
	size_t		 pos;
};

void	lexer_init(struct lexer *, const char *, size_t);
/* The next lexeme; -1 with "column N: …" for what can be none. */
int	lexer_next(struct lexer *, struct lexeme *, struct error *);
/*
 * After a field: the value, which may be any run of characters up to a space,
 * a comma or a parenthesis, as well as a marked atom.
 */
int	lexer_value(struct lexer *, struct lexeme *, struct error *);

const char *rule_field_name(enum rule_field);
/* 1-based column, in characters, of a byte of the text. */
size_t	lexer_column(const char *text, size_t at);
/* "column N: …"; always -1. */
int	lexer_error(struct error *, const char *text, size_t at,
	    const char *, ...) __attribute__((format(printf, 4, 5)));

#endif
