/*
 * polls - which feed is asked when: the schedule and the host gate of poll/,
 * carried out through the reader and the pipeline.
 */
#ifndef DAEMON_POLLS_H
#define DAEMON_POLLS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

struct daemon;
struct polls;

/* Loads the state of feeds and hosts from the store. */
struct polls *polls_new(struct daemon *, struct error *);
void	polls_free(struct polls *);
/* The feeds of the daemon's (new) generation. What did not change goes on. */
void	polls_configure(struct polls *);
/*
 * Polls that end together share a transaction, until the loop waits (while they
 * bring no news and others are in flight, for 0.1 s), with what became of
 * messages meanwhile. Whoever else writes ends it first: what it writes must not
 * go down with a poll.
 */
void	polls_commit(struct polls *);
/* Something may be due: look. */
void	polls_wake(struct polls *);
/* Poll a feed now. -1 = there is no such feed, or it asked us to wait. */
int	polls_request(struct polls *, const char *feed, struct error *);
/*
 * When a feed that is polled is asked next (*at, untouched for others), and why
 * not before, where that is not in its own state (feed_why.h); else NULL.
 * *held: its host asked us to wait.
 */
const char *polls_turn(const struct polls *, const char *feed, struct arena *,
	    bool *held, int64_t *at);
/* Another feed that ends at the same URL and is asked for both, or NULL. */
const char *polls_twin(const struct polls *, const char *feed);
void	polls_stop(struct polls *);
bool	polls_stopped(const struct polls *);
/* Every feed had its turn since the start, but for those whose host wants us
   to wait (--once). */
bool	polls_done_once(const struct polls *);

#endif
