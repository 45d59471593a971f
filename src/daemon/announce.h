/*
 * announce - what is told to others only after the commit: alerts to the log
 * and to those who follow, deliveries to the queue.
 */
#ifndef DAEMON_ANNOUNCE_H
#define DAEMON_ANNOUNCE_H

#include "article/article.h"
#include "article/evidence.h"
#include "store/alerts.h"
#include "store/deliveries.h"

struct announce;
struct daemon;

struct announce *announce_new(struct daemon *);
void	announce_free(struct announce *);
/* Copied. */
void	announce_alert(struct announce *, const struct store_alert *,
	    const char *feed, const struct article *, const struct evidence *);
void	announce_delivery(struct announce *, const struct store_delivery *);
/* The transaction is committed: tell. */
void	announce_commit(struct announce *);
/* It was rolled back: forget. */
void	announce_rollback(struct announce *);

#endif
