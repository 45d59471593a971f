/*
 * ruleset - all rules, compiled; and the matcher that runs them over articles.
 *
 * A ruleset is built once from a vocabulary and rule sources and never changes
 * after: any number of matchers may read it from any thread. It keeps a
 * reference to nothing but the vocabulary, which must outlive it. A matcher
 * holds the scratch memory of one thread and is reused for every article.
 */
#ifndef RULE_RULESET_H
#define RULE_RULESET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "article/article.h"
#include "article/evidence.h"
#include "base/arena.h"
#include "base/problems.h"

struct vocabulary;
struct ruleset;
struct matcher;

enum rule_priority { RULE_LOW, RULE_NORMAL, RULE_HIGH };

/* A rule as the configuration gives it. Strings are copied by ruleset_new. */
struct rule_source {
	const char	 *name;		/* unique */
	const char	 *when;		/* the rule's text */
	const char	 *origin;	/* "rules.d/chips.conf:12" */
	const char	**feeds;	/* globs on the feed's name; none = all */
	size_t		  nfeeds;
	const char	**match;	/* must match (each a text: first line title) */
	size_t		  nmatch;
	const char	**no_match;	/* must not match */
	size_t		  nno_match;
};

/* What a rule can look at besides the article. Strings may be "". */
struct match_context {
	const char	 *feed;		/* name */
	const char	**tags;		/* of the feed */
	size_t		  ntags;
	int64_t		  now;		/* Unix seconds: for age only */
};

struct match {
	size_t		 rule;		/* index into the sources */
	struct evidence	 evidence;	/* in the arena given to matcher_run */
};

/* Why a rule did not match: the nearest record and the test that failed. */
struct near_miss {
	size_t		 rule;
	struct evidence	 evidence;	/* of what was nearest; may have no parts */
	const char	*reason;	/* "4.9 is not more than 5" */
};

/*
 * Compile. Every error of every rule is added to problems with the rule's
 * origin; rules that fail (also their own match/no_match examples) make the
 * result NULL. NULL also when the vocabulary is NULL.
 */
struct ruleset *ruleset_new(const struct vocabulary *,
	    const struct rule_source *, size_t, struct problems *);
void	 ruleset_free(struct ruleset *);
size_t	 ruleset_count(const struct ruleset *);
/* How the rule was read, several lines, for newsalertctl check. */
void	 ruleset_describe(const struct ruleset *, size_t rule, struct buf *);

/* The rule's own "once per day": seconds between its alerts, 0 = no limit. */
int64_t	 ruleset_once(const struct ruleset *, size_t rule);

struct matcher *matcher_new(const struct ruleset *);
void	 matcher_free(struct matcher *);
/*
 * Run all rules over one article. Matches come in rule order, at most one a
 * rule, the best one; they and their evidence live in the arena. Returns their
 * number. Never fails; text that is too long is looked at up to a limit.
 */
size_t	 matcher_run(struct matcher *, const struct article *,
	    const struct match_context *, struct arena *, struct match **);
/* After matcher_run on the same article: what was nearest for this rule. */
bool	 matcher_explain(struct matcher *, size_t rule, struct arena *,
	    struct near_miss *);

#endif
