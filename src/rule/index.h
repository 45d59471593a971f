/*
 * index - which rules could match an article at all.
 *
 * Each rule waits for the rarest of what it cannot match without: a small set
 * of terms one of which must be there (OR gives the union of its alternatives,
 * AND the rarest of its parts), each perhaps with up to two more terms that must
 * be there as well. So an article costs what its own words ask for, not the
 * number of rules. Of a rule that asks for no more than these terms it is known
 * then that it holds. A rule that needs nothing (feed:x alone) is always looked
 * at. The index is only read once made; a struct index_work belongs to one
 * thread.
 */
#ifndef RULE_INDEX_H
#define RULE_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "rule/query.h"

struct index;

/* What is told of a rule; what every candidate is asked, close together. */
struct index_rule {
	uint32_t	first;		/* its first node in the pool */
	bool		plain;		/* no feeds, no limits of age or place */
};

/* A rule that may hold. */
struct index_candidate {
	uint32_t	rule : 29;
	uint32_t	plain : 1;
	uint32_t	holds : 1;	/* its query does, anywhere in title and body */
	uint32_t	alone : 1;	/* the index's own business */
	uint32_t	first;
};

struct index_work {
	struct index_candidate	*found;		/* by rule, ascending */
	size_t			 n;
	uint32_t		*seen;	/* by rule: the epoch it was added in */
	uint32_t		*passed;	/* postings of one term */
	uint32_t		 epoch;
};

/* A rule whose first is INDEX_NO_RULE is left out. */
#define INDEX_NO_RULE UINT32_MAX
struct index *index_new(const struct query_pool *, const struct index_rule *,
	    size_t nrules);
void	 index_free(struct index *);
size_t	 index_always(const struct index *);	/* rules that need nothing */
/* Set the bit of each key that a rule waits for, or that must be there as well
   where it waits for something else. */
void	 index_keys(const struct index *, const struct terms *, uint64_t *);

void	 index_work_init(struct index_work *, const struct index *);
void	 index_work_clear(struct index_work *);
/* Put the candidates for the article into the work. */
void	 index_look(const struct index *, const struct doc *,
	    struct index_work *);

#endif
