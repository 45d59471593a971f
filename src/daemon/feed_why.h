/*
 * feed_why - why a feed is asked again when it is: which of the waits that
 * poll/schedule weighs was the longest, told from what was stored of them.
 */
#ifndef DAEMON_FEED_WHY_H
#define DAEMON_FEED_WHY_H

#include <stdint.h>

#include "store/feeds.h"

/* A phrase; interval is the configured one in seconds. Pure. */
const char *feed_why(const struct store_feed *, int64_t interval);

#endif
