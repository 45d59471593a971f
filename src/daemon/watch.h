/*
 * watch - looks, a little at a time, for what goes wrong slowly, and raises an
 * alert of newsalertd's own (daemon/self_alert.h).
 */
#ifndef DAEMON_WATCH_H
#define DAEMON_WATCH_H

#include <stddef.h>
#include <stdint.h>

struct daemon;

/* So many alerts of a notifier became dead letters: told at the next step. */
void	watch_set_aside(const char *notifier, size_t, const char *why);
/* Now and then: some feeds, all notifiers, some rules. */
void	watch_step(struct daemon *, int64_t now);

#endif
