/*
 * parse - a rule's text as a tree.
 *
 *	rule    = or { "," option }
 *	or      = and { "OR" and }
 *	and     = not { [ "AND" ] not }      AND may be left out between text atoms
 *	not     = [ "NOT" | "-" ] near
 *	near    = [ field ":" ] atom { proximity atom } | field relop value
 *	atom    = "(" or ")" | event phrase | 'phrase' | word* | =Word | /regex/
 *	        | concept:id | entity:id | ATLEAST/n(or) | FIRST/n(or)
 *
 * (rule-semantics, section 3; precedence as Factiva's: parentheses, proximity,
 * ATLEAST and fields, NOT, AND, OR.) An event phrase is a run of bare words; a
 * parenthesis belongs to it when nothing inside is marked and a bare word
 * follows or precedes. Options stand last, after a comma, outside parentheses,
 * and are recognised before list items of an event phrase.
 *
 * The tree points into the rule's text and lives in the arena. What an event
 * phrase means is not looked at here.
 */
#ifndef RULE_PARSE_H
#define RULE_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "rule/lexer.h"

#define RULE_DEPTH_MAX	64	/* parentheses in parentheses */
#define RULE_NODES_MAX	4096

enum expr_kind {
	EXPR_AND, EXPR_OR, EXPR_NOT,
	EXPR_EVENT,			/* text is the phrase */
	EXPR_FIELD,			/* words of field; one child */
	EXPR_FIRST,			/* n; one child */
	EXPR_COMPARE,			/* field relop text */
	EXPR_NEAR,			/* two children; ordered, reach, n */
	EXPR_ATLEAST,			/* n; one child */
	EXPR_PHRASE, EXPR_PREFIX, EXPR_CASE, EXPR_REGEX,
	EXPR_CONCEPT, EXPR_ENTITY
};

struct expr {
	enum expr_kind	 kind;
	const char	*text;
	size_t		 len;
	size_t		 at, end;	/* bytes of the rule it was read from */
	enum rule_field	 field;
	enum rule_relop	 relop;
	bool		 regex;		/* COMPARE: the value is a /regex/ */
	bool		 icase;
	bool		 ordered;
	enum lex_reach	 reach;
	uint32_t	 n;
	struct expr	*child, *next;
};

struct rule_options {
	bool	forecasts, past, denied;	/* including … */
	bool	only_title, only_lead;
	int	relevance;	/* 0 = any */
	int64_t	within;		/* seconds of age, 0 = any */
	int64_t	once;		/* at most one alert in so many seconds, 0 = all */
};

struct rule_tree {
	struct expr		*root;
	struct rule_options	 options;
	bool			 events, texts;	/* what it holds */
};

/* NULL with "column N: …", which names the word and what to write instead. */
struct rule_tree *rule_parse(const char *text, struct arena *,
	    struct error *);

/*
 * Take one option ("including forecasts") of len bytes. 1 = taken, 0 = this
 * is no option, -1 = one that is wrongly written.
 */
int	rule_option(const char *, size_t len, struct rule_options *,
	    struct error *);

#endif
