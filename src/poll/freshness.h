/*
 * freshness - how long the server says its document stays fresh, and when it
 * wants to be asked again. Pure; times are seconds since 1970.
 *
 * What is malformed counts as not said. Nothing is capped here: the schedule
 * caps (poll/schedule.h), and says so.
 */
#ifndef POLL_FRESHNESS_H
#define POLL_FRESHNESS_H

#include <stdbool.h>
#include <stdint.h>

#include "poll/protocol.h"

/* The three forms of RFC 9110 5.6.7; the weekday may be wrong. now resolves
   two-digit years. false = not a date. */
bool	freshness_date(const char *, int64_t now, int64_t *);
/* Seconds or a date (RFC 9110 10.2.3) as a time after now; false = nothing to
   wait for: absent, malformed or past. */
bool	freshness_retry_after(const char *, int64_t now, int64_t *);
/*
 * Seconds for which the answer stays fresh (RFC 9111 4.2): max-age, else
 * Expires - Date, less Age; 0 = it is stale, or must not be reused without
 * asking. false = the headers say nothing.
 */
bool	freshness_lifetime(const struct poll_answer *, int64_t now, int64_t *);

#endif
