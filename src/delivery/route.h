/*
 * route - an alert's deliveries: its rule's notifiers, each recipient. Pure.
 *
 * A delivery's id is hash_id over instance, rule, feed, entry, notifier and
 * recipient: the same article, rule and recipient give the same id after a
 * crash, on a second machine with the same state, and after a restore.
 */
#ifndef DELIVERY_ROUTE_H
#define DELIVERY_ROUTE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/hash.h"
#include "store/deliveries.h"

struct route_alert {
	const char	*instance;	/* store_instance() */
	const char	*rule;		/* name */
	const char	*feed;		/* name */
	int64_t		 key;		/* article_key() */
	const char	*const *notify;	/* the rule's notifiers */
	size_t		 nnotify;
};

/*
 * Into the arena: one delivery for each recipient of each notifier that is
 * among the targets, "" where a notifier has none; no id twice. Strings are
 * borrowed, id and the rest ready for store_delivery_add but alert, priority,
 * created and next_at.
 */
size_t	route_deliveries(const struct route_alert *,
	    const struct store_target *, size_t, struct arena *,
	    struct store_delivery **);

#endif
