/*
 * query_describe - how a rule was read, for newsalertctl check.
 *
 * Lines of two blanks, a word in a column of eight, and what it says.
 */
#ifndef RULE_QUERY_DESCRIBE_H
#define RULE_QUERY_DESCRIBE_H

#include "base/buf.h"
#include "rule/query.h"

/* The rule whose nodes start at first. */
void	query_describe(const struct query_pool *, uint32_t first,
	    const char *text, struct buf *);
/* The line of options; nothing when there are none. */
void	rule_options_describe(const struct rule_options *, struct buf *);

#endif
