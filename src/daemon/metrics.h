/*
 * metrics - what newsalertd counts of itself since it was started, and how it
 * is written down: Prometheus' text format 0.0.4.
 *
 * There is one newsalertd in a process; its counters are module state.
 */
#ifndef DAEMON_METRICS_H
#define DAEMON_METRICS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "poll/protocol.h"
#include "store/deliveries.h"

void	metrics_poll(enum poll_outcome);		/* one ended */
void	metrics_delivery(enum store_outcome);		/* one attempt ended */
void	metrics_restart(const char *program);		/* one died */
/* An article was matched, from metrics_clock() to now. */
void	metrics_match(int64_t began);
int64_t	metrics_clock(void);				/* monotonic ns */

/* "# HELP" and "# TYPE" lines; type is "gauge" or "counter". */
void	metrics_head(struct buf *, const char *name, const char *type,
	    const char *help);
/* One sample; label NULL = none. */
void	metrics_line(struct buf *, const char *name, const char *label,
	    const char *value, double);
/* All that is counted here. */
void	metrics_print(struct buf *);

#endif
