/*
 * parser - what parse.c and atom.c share while a rule's text becomes a tree.
 *
 * Functions that return a node return NULL after parser_fail, with the error
 * set; functions that read leave the lexeme after what they read in tok.
 */
#ifndef RULE_PARSER_H
#define RULE_PARSER_H

#include "rule/parse.h"

struct parser {
	struct lexer		 lx;
	struct lexeme		 tok;		/* the one at hand */
	struct arena		*mem;
	struct error		*err;
	struct rule_tree	*tree;
	enum rule_field		 field;		/* whose value is being read */
	unsigned		 depth;		/* of parentheses */
	unsigned		 nodes;
};

/* Always NULL. */
struct expr *parser_fail(struct parser *, size_t at, const char *, ...)
    __attribute__((format(printf, 3, 4)));
bool	 parser_advance(struct parser *);
struct expr *parser_node(struct parser *, enum expr_kind,
	    const struct lexeme *);
/* The text after the comma at hand up to the next comma: its length. */
size_t	 parser_segment(const struct parser *, const char **);
/* A bare word where none can stand: say what was meant. Always NULL. */
struct expr *parser_stray(struct parser *);

struct expr *parser_or(struct parser *);	/* parse.c */
struct expr *parser_near(struct parser *);	/* atom.c */
struct expr *parser_field(struct parser *);	/* atom.c; tok is the field */

#endif
