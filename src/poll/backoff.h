/*
 * backoff - how long to leave a feed alone that gave no document. Pure.
 *
 * Each class of error starts where its cause can be expected to be gone and
 * doubles to a day; after a week of days it goes on to POLL_ERROR_MAX. Nothing
 * but 410 ends it: no feed waits for a person to click.
 */
#ifndef POLL_BACKOFF_H
#define POLL_BACKOFF_H

#include <stdbool.h>
#include <stdint.h>

#include "poll/protocol.h"

/* Seconds to wait after so many errors in a row (>= 1). */
int64_t	poll_backoff(const struct poll_answer *, int64_t errors);
/* An answer by a bot protection: not something to retry soon. A 503 may have
   a page of HTML without one. */
bool	poll_is_bot_wall(const struct poll_answer *);
/* What the operator can do about it, or "". */
const char *poll_advice(const struct poll_answer *);

#endif
