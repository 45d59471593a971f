/*
 * expand - deliveries that were made while nobody knew the recipients.
 *
 * While a plugin is missing or broken, it cannot be asked which of its options
 * is a list of recipients: an alert then makes one delivery, with recipient
 * "". When the plugin is back, each of those becomes one delivery for each
 * recipient, with the id it would have had, and goes itself.
 */
#ifndef DELIVERY_EXPAND_H
#define DELIVERY_EXPAND_H

#include "store/deliveries.h"

/*
 * All that is pending for these targets, in one transaction; before
 * store_delivery_reconcile and before the queue is filled. *count = how many
 * were replaced. 0, or -1 and nothing changed.
 */
int	expand_deliveries(struct store *, const struct store_target *, size_t,
	    int64_t *count, struct error *);

#endif
