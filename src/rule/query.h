/*
 * query - rules as the matcher runs them: flat trees in one pool.
 *
 * A rule's tree is a run of nodes in preorder; a node's children follow it and
 * `end` is the node after its last descendant (both counted from the rule's
 * first node). All rules share the pool, its terms, strings and regular
 * expressions. Built once, then only read.
 *
 * Meaning of the operators (positions as in rule/doc.h; "apart" is the
 * difference of the nearest ends, so that neighbours are 1 apart):
 *   'a b'        words one after another in one paragraph; a word may end in *
 *   NEAR/n W/n   both, at most n apart, in the same field, either order
 *   ONEAR/n      the same, in this order
 *   W/S +S       both in one sentence; + in this order
 *   W/P SAME +P  both in one paragraph
 *   ATLEAST/n()  n places at least
 *   FIRST/n()    within the first n words of what is looked at
 *   default      title and body (options: title only; title and lead)
 */
#ifndef RULE_QUERY_H
#define RULE_QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "article/evidence.h"
#include "base/arena.h"
#include "base/error.h"
#include "rule/doc.h"
#include "rule/parse.h"
#include "rule/regex.h"
#include "rule/ruleset.h"
#include "rule/terms.h"

struct event_pattern;
struct vocabulary;

#define QUERY_KEYS_MAX	8	/* of one event phrase, for the index */

enum query_kind {
	QUERY_AND, QUERY_OR, QUERY_NOT,
	QUERY_EVENT,		/* arg: event */
	QUERY_FIELD,		/* arg: enum doc_field */
	QUERY_FIRST,		/* n */
	QUERY_COMPARE,		/* arg: compare */
	QUERY_NEAR,		/* n, reach, ordered */
	QUERY_ATLEAST,		/* n */
	QUERY_PHRASE,		/* children are QUERY_WORD, at least two */
	QUERY_WORD,		/* arg: term (word, prefix) */
	QUERY_KEY,		/* arg: term (key) */
	QUERY_CASE,		/* arg: string; one child, QUERY_PHRASE or _WORD */
	QUERY_REGEX		/* arg: regex */
};

struct query_node {
	uint8_t		kind;
	uint8_t		reach : 4, ordered : 1;
	uint16_t	n;
	uint32_t	end;
	uint32_t	arg;
	uint16_t	at, len;	/* bytes of the rule's text */
};

/* A comparison of a field with a value. */
struct query_compare {
	uint8_t		 field, relop;	/* enum rule_field, rule_relop */
	uint32_t	 regex;		/* MATCH, NOMATCH, /…/; else TERM_NONE */
	const char	*text;		/* folded for EQ, NE */
	int64_t		 number;	/* seconds of age, words */
};

struct query_regex {
	struct regex	*re;
	uint32_t	 gram;		/* term, or TERM_NONE */
};

struct query_pool {
	const struct vocabulary	*vocabulary;
	struct terms		*terms;
	struct arena		*mem;		/* strings and event patterns */
	struct arena		 scratch;	/* while compiling */
	struct query_node	*nodes;
	size_t			 nnodes, nodes_cap;
	struct query_compare	*compares;
	size_t			 ncompares, compares_cap;
	struct query_regex	*regexes;
	size_t			 nregexes, regexes_cap;
	struct event_pattern	**events;
	size_t			 nevents, events_cap;
	const char		**strings;
	size_t			 nstrings, strings_cap;
	bool			 extra;		/* some rule asks for author or category */
};

void	query_pool_init(struct query_pool *, const struct vocabulary *,
	    struct arena *);
void	query_pool_clear(struct query_pool *);
/*
 * Add the tree of a rule to the pool; text is the rule's and stays. The nodes
 * start at the pool's former nnodes. -1 with "column N: …".
 */
int	query_compile(struct query_pool *, const struct rule_tree *,
	    const char *text, struct error *);

/* What is needed to look at one article; belongs to one thread. */
struct query_run {
	const struct query_pool	*pool;
	const struct query_node	*nodes;		/* of the rule at hand */
	struct doc		*doc;
	const struct match_context *context;
	struct regex_work	*regex;
	struct arena		*mem;		/* for one rule */
};

/* Positions a rule looks at, [lo, hi). */
struct query_scope {
	uint32_t	lo, hi;
};

struct query_scope query_scope_of(const struct doc *,
	    const struct rule_options *);
/* The scope inside a FIELD or FIRST node. */
struct query_scope query_narrow(const struct query_run *, uint32_t node,
	    struct query_scope);
bool	query_holds(const struct query_run *, uint32_t node,
	    struct query_scope);
/*
 * What of a rule without limits of place is known when the terms of the article
 * are, but not where they stand.
 */
enum query_answer { QUERY_NO, QUERY_MAYBE, QUERY_YES };
enum query_answer query_of_terms(const struct query_run *, uint32_t node);
/* The places of a node that has some. */
struct spans query_spans(const struct query_run *, uint32_t node,
	    struct query_scope);
bool	query_compare_holds(const struct query_run *,
	    const struct query_compare *);
int64_t	query_age(const struct query_run *);	/* seconds */
int64_t	query_words(const struct query_run *);	/* of title and body */

/*
 * Evidence of a rule that holds: of its event phrases first, then the best
 * sentence of what the text query found. In mem.
 */
void	query_evidence(const struct query_run *, struct query_scope,
	    struct arena *, struct evidence *);
/*
 * Of a rule that does not hold: what was found, and why not as a sentence.
 * False when nothing of it is there.
 */
bool	query_near_miss(const struct query_run *, const char *text,
	    struct query_scope, struct arena *, struct evidence *,
	    const char **reason);

#endif
