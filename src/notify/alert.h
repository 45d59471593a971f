/*
 * alert - what travelled over the link, as a plugin sees it.
 *
 * Everything is made in the arena. Text is cleaned (see clean.h); evidence
 * whose offsets do not fit its field, because the text was cut, keeps its words
 * and loses them.
 */
#ifndef NOTIFY_ALERT_H
#define NOTIFY_ALERT_H

#include "base/arena.h"
#include "delivery/protocol.h"
#include "newsalertd/notifier.h"

const struct notifier_alert *alert_make(struct arena *,
	    const struct notify_alert *);
/* The alert as one line of JSON, in the arena; see newsalertd-notifier(7). */
const char *alert_json(struct arena *, const struct notifier_alert *);

#endif
