/*
 * verdict - what became of a message, in the store and in the log.
 *
 * It is committed before the next message goes, so that a kill makes no other
 * one go twice than the one under way; the disk syncs it while that goes
 * (store_sync, at the end of this turn of the loop). Polls that ended meanwhile
 * share the commit. What the store cannot take (full disk) is kept by the queue
 * and stored when it is well again; it is not sent again meanwhile.
 */
#ifndef DAEMON_VERDICT_H
#define DAEMON_VERDICT_H

#include "delivery/queue.h"
#include "store/deliveries.h"

struct daemon;

/* The message of this notifier that was under way ended so. asked_s: what the
   other side wants us to wait, 0 = nothing. */
void	verdict_take(struct daemon *, struct queue *, const char *notifier,
	    enum store_outcome, const char *sentence, int64_t asked_s);
/* Those that wait, into the transaction that is open; how many, -1 = error. */
int	verdict_put(struct daemon *, struct queue *, struct error *);
/* Those that wait, in a transaction of their own. */
void	verdict_commit(struct daemon *, struct queue *);
/* Deliveries that became too old without being tried. */
void	verdict_expire(struct daemon *, struct queue *);

#endif
