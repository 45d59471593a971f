/*
 * changes - what differs between two configurations, in a line for a person:
 * "+2 rules, 1 feed removed, 1 notifier changed", or "nothing changed".
 */
#ifndef DAEMON_CHANGES_H
#define DAEMON_CHANGES_H

#include <stdbool.h>

#include "base/buf.h"
#include "config/config.h"

void	changes_summary(const struct config *, const struct config *,
	    struct buf *);
/* Do they describe the same process (plugin, options, timeout)? */
bool	changes_notifier_same(const struct config_notifier *,
	    const struct config_notifier *);

#endif
