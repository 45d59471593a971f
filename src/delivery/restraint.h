/*
 * restraint - may this alert be sent, or is it kept back, and why? Pure.
 *
 * What is kept back is stored with its fate, counted and shown: nothing is
 * dropped in silence.
 */
#ifndef DELIVERY_RESTRAINT_H
#define DELIVERY_RESTRAINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "config/config.h"
#include "store/alerts.h"

/* Is the rule silenced at this time (Unix seconds)? */
bool	restraint_silenced(const struct store_silence *, size_t,
	    const char *rule, int64_t now);
/*
 * In this order: the same news was alerted (duplicate_of not 0), the rule is
 * silenced, within its cooldown, over its max_per_hour; else routed. A last
 * alert in the future (the clock was set back) holds nothing back.
 */
enum store_fate restraint_decide(const struct config_rule *,
	    const struct store_rule_recent *, int64_t duplicate_of,
	    bool silenced, int64_t now);

#endif
