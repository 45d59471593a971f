/*
 * self_alert - newsalertd tells of itself: a feed that fails, a queue that
 * does not move, a rule that has not matched within its expect_within.
 *
 * Such an alert is one like any other: stored, counted, silenced as rule
 * "system", delivered by the configured notifiers. It is raised once for each
 * time that something goes wrong, and at most SELF_ALERT_HOURLY an hour are
 * sent; the others are kept and shown.
 */
#ifndef DAEMON_SELF_ALERT_H
#define DAEMON_SELF_ALERT_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define SELF_ALERT_RULE		"system"
#define SELF_ALERT_HOURLY	10

struct daemon;

struct self_alert {
	const char	*id;		/* of what went wrong, this time */
	const char	*title, *text, *link;
	const char	*const *notify;	/* names of notifiers */
	size_t		 nnotify;
};

/*
 * Raise it, in a transaction of its own. 1 = raised, 0 = it was before, -1.
 */
int	self_alert_raise(struct daemon *, const struct self_alert *,
	    int64_t now, struct error *);

#endif
