/*
 * queue - which feed is to be asked next, and the gate of each host. Pure: it
 * knows no clock; times are MILLIseconds since 1970 of the wall clock.
 *
 * Per host there is one request in flight, and a pause between requests: the
 * configured spacing, or more where the host's 429s have taught us so. Hosts
 * that were found at one address share a limit of their own (crowd.h), unless
 * the spacing is 0. A host
 * that said 429 or 503 is held; holds and what was learned are plain rows that
 * outlive a restart. Feeds are numbers of the caller's choice below 2^31; each
 * stands in the queue at most once. All steps cost O(log n).
 *
 *   put(feed) -> next() orders it, its host is now busy -> done(feed)
 *   -> put(feed) again: its next poll, or the next hop of a redirect
 */
#ifndef POLL_QUEUE_H
#define POLL_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "poll/protocol.h"

#define POLL_WAIT_FIRST		(5 * 60 * 1000)	/* a 429 without Retry-After */
#define POLL_WAIT_MAX		(24 * 3600 * 1000)	/* what it doubles to */
#define POLL_SPACING_MAX	(5 * 60 * 1000)	/* what is learned at most */
#define POLL_OFFLINE_HOSTS	3	/* in a row that could not be reached */
#define POLL_SPACING_KEEP	(7LL * 86400 * 1000)	/* then it is halved */

struct poll_queue;

struct poll_queue *poll_queue_new(int64_t spacing_ms);
void	poll_queue_free(struct poll_queue *);
void	poll_queue_set_spacing(struct poll_queue *, int64_t spacing_ms);

/* Queue the feed for its URL's host, or move it to another time or host.
   Ignored while it is in flight. */
void	poll_queue_put(struct poll_queue *, uint32_t feed, const char *url,
	    int64_t due_ms);
/* Forget the feed, also if it is in flight. */
void	poll_queue_drop(struct poll_queue *, uint32_t feed);
/*
 * The next feed to order now: true, and its host is busy until done. Else
 * false, and *wake is when to ask again (INT64_MAX: when something was put or
 * done). A now that went back by more than some seconds is a clock that was
 * set: all times in the queue go back with it.
 */
bool	poll_queue_next(struct poll_queue *, int64_t now_ms, uint32_t *feed,
	    int64_t *wake_ms);
/* The feed that was just taken is not to be asked yet: nothing was, and it is
   put again. */
void	poll_queue_put_back(struct poll_queue *, uint32_t feed,
	    const char *url, int64_t due_ms, int64_t now_ms);
/*
 * What is to be asked for the feed that was just taken is url. If that is at
 * another host than it was put for, nothing was asked, and the feed waits for
 * that one: true.
 */
bool	poll_queue_moves(struct poll_queue *, uint32_t feed, const char *url,
	    int64_t now_ms);
/*
 * The feed's request ended: the host is free after its pause, and learns from
 * the answer. answer NULL: nothing was asked after all, or nobody knows.
 * Returns until when the server wants the FEED to wait (0 = it did not say),
 * in seconds since 1970: for poll_result.hold_until. A hold of the host is set
 * here and also returned.
 */
int64_t	poll_queue_done(struct poll_queue *, uint32_t feed,
	    const struct poll_answer *, int64_t now_ms);
/* How many requests an address may have for which no host is known yet; 0 = as
   many as there are. POLL_BUSY says that it had them: put it again at once. */
uint32_t poll_queue_address_max(const struct poll_queue *);
/* Until when a request to url's host must wait (milliseconds), 0 = need not. */
int64_t	poll_queue_held(const struct poll_queue *, const char *url,
	    int64_t now_ms);
/* The feed waits (its poll, or the next hop) for a host that is held. */
bool	poll_queue_feed_held(const struct poll_queue *, uint32_t feed,
	    int64_t now_ms);
/*
 * Where the feed stands, and when it is asked. Due but not asked yet are those
 * whose host is held, or busy with others and their pauses.
 */
enum poll_turn { POLL_TURN_NONE, POLL_TURN_ASKED, POLL_TURN_HELD,
	POLL_TURN_BEHIND, POLL_TURN_LATER };
enum poll_turn poll_queue_turn(const struct poll_queue *, uint32_t feed,
	    int64_t now_ms, int64_t *at_ms);
/* Why the feed's host is held, or "". Borrowed until the next call. */
const char *poll_queue_reason(const struct poll_queue *, uint32_t feed);
/* The last requests, to three hosts at least, reached nobody: it is our own
   network that is down, and no feed is to blame. */
bool	poll_queue_is_offline(const struct poll_queue *);
size_t	poll_queue_length(const struct poll_queue *);	/* waiting */
size_t	poll_queue_flying(const struct poll_queue *);	/* in flight */

/* What outlives a restart, one row for each host that has something to say. */
struct poll_host {
	const char	*name;
	int64_t		 hold_until;	/* milliseconds, 0 = none */
	const char	*reason;	/* "429 (too many requests)", or "" */
	int64_t		 spacing_ms;	/* learned, 0 = the configured one */
	int64_t		 errors;	/* holds in a row */
	int64_t		 updated;	/* last hold, milliseconds */
};
/* A hold further ahead than any legal one is from another clock: dropped. */
void	poll_queue_restore(struct poll_queue *, const struct poll_host *,
	    int64_t now_ms);
/* The row of url's host as it is now; true = it changed since it was last
   taken (store it). Strings are borrowed until the next call. */
bool	poll_queue_host(struct poll_queue *, const char *url,
	    struct poll_host *);

#endif
