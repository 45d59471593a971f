/*
 * poll_slots - the configured feeds of struct polls, by name and by number.
 */
#ifndef DAEMON_POLL_SLOTS_H
#define DAEMON_POLL_SLOTS_H

#include <stdbool.h>

#include "base/arena.h"
#include "config/config.h"

struct polls;
struct poll_slot;
struct store_feed;

/* By name, or NULL. */
struct poll_slot *poll_slot_find(const struct polls *, const char *name);
/* One without a feed yet; slots may move. */
struct poll_slot *poll_slot_take(struct polls *);
/* After feeds were added or removed: make them found by name. */
void	poll_slots_index(struct polls *);
/* What the store knows of its feed, or NULL. */
const struct store_feed *poll_slot_row(struct polls *,
	    const struct poll_slot *, struct arena *);
/*
 * The new feed of each slot that stays; the others are removed, and taken is
 * set for those of the configuration that have one. A feed that is asked as
 * before keeps its place and its poll in flight.
 */
void	poll_slots_match(struct polls *, const struct config *, bool *taken);

#endif
