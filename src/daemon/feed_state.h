/*
 * feed_state - the scheduler's state of a feed and its row in the store, to
 * and fro. Strings are borrowed; the extra block is the buffer's.
 */
#ifndef DAEMON_FEED_STATE_H
#define DAEMON_FEED_STATE_H

#include "base/arena.h"
#include "config/config.h"
#include "poll/schedule.h"
#include "poll/state.h"
#include "store/feeds.h"

/*
 * The state to go on with: the row's, or a new one when row is NULL or the
 * operator has given the feed another URL since. Where a lasting redirect led
 * and the feed is no more, its URL is the configured one again.
 */
void	feed_state_load(const struct store_feed *row,
	    const struct config_feed *, int64_t now, struct arena *,
	    struct poll_state *);
/* The state into the row, whose other members stay. */
void	feed_state_save(const struct poll_state *, const struct config_feed *,
	    struct buf *extra, struct store_feed *);
/* A row for a feed that has none yet. */
void	feed_state_row(const struct config_feed *, struct store_feed *);

#endif
