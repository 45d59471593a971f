/*
 * backtest - a rule as it is now against the alerts that newsalertd made:
 * which would be gained, and which lost.
 *
 * Only alerts whose article is still kept count, and only rules that are
 * tried under the name they alerted under.
 */
#ifndef CTL_BACKTEST_H
#define CTL_BACKTEST_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ctl/command.h"

struct backtest {
	json_t	*alerts;	/* rule -> article id -> title; matched ones leave */
	size_t	 gained, lost;
};

/* Ask the daemon for its alerts since then (Unix seconds). 0, or -1: told. */
int	backtest_open(struct backtest *, struct ctl *, int64_t since);
void	backtest_close(struct backtest *);
/* The rule matches this article: true = it had alerted on it, too. */
bool	backtest_matched(struct backtest *, const char *rule, const char *id);
/* What is left of the rule: alerts that it would not make any more. */
void	backtest_lost(struct backtest *, const char *rule,
	    void (*each)(void *, const char *rule, const char *id,
	    const char *title), void *);

#endif
