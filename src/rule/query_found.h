/*
 * query_found - what of a rule was found, on the way to evidence.
 *
 * Lists are in the arena of the run; what goes beyond FOUND_MAX is not shown.
 */
#ifndef RULE_QUERY_FOUND_H
#define RULE_QUERY_FOUND_H

#include "rule/query.h"

#define FOUND_MAX	EVIDENCE_PARTS_MAX

struct found {
	struct {
		uint32_t	node;
		struct spans	spans;
	}		 places[FOUND_MAX];	/* of text atoms, in rule order */
	uint32_t	 nplaces;
	uint32_t	 events[FOUND_MAX];	/* to be asked */
	uint32_t	 nevents;
};

struct found *found_new(struct arena *);
/* Everything under a node that stands in the article. */
void	query_collect(const struct query_run *, uint32_t node,
	    struct query_scope, struct found *);
/* As evidence, in mem. */
void	query_show(const struct query_run *, const struct found *,
	    struct arena *mem, struct evidence *);

#endif
