/*
 * parcel - a stored delivery as the message to newsalertd-notify.
 */
#ifndef DAEMON_PARCEL_H
#define DAEMON_PARCEL_H

#include "base/arena.h"
#include "delivery/protocol.h"
#include "store/deliveries.h"

/* Strings are borrowed from the parcel or made in the arena. */
void	parcel_alert(const struct store_parcel *, struct arena *,
	    struct notify_alert *);
/* A sample that says it is one. */
void	parcel_sample(int64_t now, const char *recipient, struct arena *,
	    struct notify_alert *);

#endif
