/*
 * host - what one host has asked of us, and what it has taught us. Pure; times
 * are milliseconds since 1970. Used by the queue alone.
 */
#ifndef POLL_HOST_H
#define POLL_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "poll/heap.h"
#include "poll/protocol.h"

struct host {
	struct host	*next;		/* of the same bucket */
	char		*name;
	struct heap	 feeds;		/* waiting for it, by due time */
	size_t		 place;		/* in the heap of hosts */
	bool		 busy;		/* a request is in flight */
	bool		 is_private;	/* its holds are the feed's alone */
	bool		 changed;	/* since its row was last taken */
	bool		 reserved;	/* free_at is its turn at its address */
	uint32_t	 crowd;		/* place of its address, 0 = not known */
	int64_t		 free_at;	/* end of the pause */
	int64_t		 hold_until;
	int64_t		 spacing_ms;	/* learned, 0 = none */
	int64_t		 errors;	/* holds in a row */
	int64_t		 updated;	/* last hold */
	uint32_t	 failed_feed;	/* which one got the last 503 ... */
	bool		 has_failed;	/* ... if there was one */
	char		 reason[64];
};

/* On our own machine or network, as far as the name tells. */
bool	host_is_private(const char *name);
/*
 * Learn from the answer to a feed's request. Returns until when the feed is
 * to wait, 0 = the host did not say. A 429 (or a 403 that names a time) holds
 * the host, a 503 only when it meets two different feeds in a row. spacing is
 * the configured one.
 */
int64_t	host_learn(struct host *, uint32_t feed, const struct poll_answer *,
	    int64_t spacing_ms, int64_t now_ms);

#endif
