/*
 * lifecycle - from READY to the last stop: signals, watchdog, upkeep of the
 * store, --once, and the end.
 */
#ifndef DAEMON_LIFECYCLE_H
#define DAEMON_LIFECYCLE_H

struct daemon;

void	lifecycle_start(struct daemon *);	/* says READY=1 */
void	lifecycle_end(struct daemon *);

#endif
