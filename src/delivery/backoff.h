/*
 * backoff - when to try a delivery again, and when to give up. Pure.
 *
 * 5 s, 1 min, 5 min, 30 min, then every 2 h, each up to a fifth longer, so
 * that what failed together does not come back together. A delivery older than
 * its maximum age that failed is a dead letter. Milliseconds.
 */
#ifndef DELIVERY_BACKOFF_H
#define DELIVERY_BACKOFF_H

#include <stdbool.h>
#include <stdint.h>

#define BACKOFF_CEILING_MS	(2 * 3600 * (int64_t)1000)
/* More than a day after somebody said "retry after" is not waited. */
#define BACKOFF_ASKED_MAX_MS	(24 * 3600 * (int64_t)1000)

/* After so many failed attempts (>= 1). The seed makes the jitter. */
int64_t	backoff_delay(int64_t attempts, uint64_t seed);
/* Time until the next attempt when the other side asked for asked ms (0: no). */
int64_t	backoff_wait(int64_t attempts, uint64_t seed, int64_t asked);
/* Too old to be tried again? A clock that was set back makes nothing old. */
bool	backoff_expired(int64_t since, int64_t now, int64_t max_age);

#endif
