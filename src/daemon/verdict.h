/*
 * verdict - what became of a message, in the store and in the log.
 *
 * Verdicts that the store cannot take (full disk) are kept by the queue and
 * stored when it is well again; they are not sent again meanwhile.
 */
#ifndef DAEMON_VERDICT_H
#define DAEMON_VERDICT_H

#include "delivery/queue.h"
#include "store/deliveries.h"

struct daemon;

/* The message of this notifier that was under way ended so. asked_s: what the
   other side wants us to wait, 0 = nothing. */
void	verdict_store(struct daemon *, struct queue *, const char *notifier,
	    enum store_outcome, const char *sentence, int64_t asked_s);
/* Those that were kept: as far as the store takes them. */
void	verdict_store_kept(struct daemon *, struct queue *);
/* Deliveries that became too old without being tried. */
void	verdict_expire(struct daemon *, struct queue *);

#endif
