/*
 * poll_slots - the configured feeds of struct polls, by name and by number.
 */
#ifndef DAEMON_POLL_SLOTS_H
#define DAEMON_POLL_SLOTS_H

struct polls;
struct poll_slot;

/* By name, or NULL. */
struct poll_slot *poll_slot_find(const struct polls *, const char *name);
/* One without a feed yet; slots may move. */
struct poll_slot *poll_slot_take(struct polls *);
/* After feeds were added or removed: make them found by name. */
void	poll_slots_index(struct polls *);

#endif
