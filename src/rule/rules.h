/*
 * rules - what ruleset.c builds and matcher.c runs. Private to rule/.
 */
#ifndef RULE_RULES_H
#define RULE_RULES_H

#include "rule/gate.h"
#include "rule/index.h"
#include "rule/query.h"
#include "rule/ruleset.h"

struct rule {
	const char		 *name, *text, *origin;
	const char		**feeds;	/* globs; none = all */
	size_t			  nfeeds;
	struct rule_options	  options;
	bool			  failed;	/* it could not be read */
};

struct ruleset {
	const struct vocabulary	*vocabulary;
	struct arena		 mem;
	struct query_pool	 pool;
	struct rule		*rules;
	struct index_rule	*heads;		/* by rule */
	size_t			 n;
	struct index		*index;
	struct gate		*gate;		/* or NULL: nothing is analysed */
	uint64_t		*asked;		/* predicates of all events, a bit
						   an entry */
	unsigned		 what;		/* DOC_…: what of an article is used */
};

/* Look at one article without asking the rules; then matcher_try asks one. */
void	matcher_look(struct matcher *, const struct article *,
	    const struct match_context *);
/* Does this rule hold? Feeds are not asked about. Evidence in the arena. */
bool	matcher_try(struct matcher *, size_t rule, struct arena *,
	    struct evidence *);

/* Run the rules' own match and no_match examples; failures are problems. */
void	examples_run(const struct ruleset *, const struct rule_source *,
	    struct problems *);

#endif
