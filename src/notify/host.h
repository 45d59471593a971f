/*
 * host - the functions a plugin may call, and what it said through them.
 *
 * public comes first: the pointer that the plugin has is a pointer to struct
 * host. Sentences and log lines are cleaned, cut to one line, and the values
 * of secret options in them are blotted out.
 */
#ifndef NOTIFY_HOST_H
#define NOTIFY_HOST_H

#include "base/address.h"
#include "base/arena.h"
#include "base/error.h"
#include "delivery/protocol.h"
#include "newsalertd/notifier.h"
#include "notify/link.h"
#include "notify/plugin.h"

struct host {
	struct notifier_host	 public;
	const struct plugin	*plugin;
	struct link		*link;
	struct arena		 mem;		/* lives as long as the host */
	struct arena		 call;		/* until the next call begins */
	struct notify_settings	 settings;
	struct address_net	*allow;
	int64_t			 deadline;	/* of this call, monotonic ms */
	struct error		 why;		/* "" = the plugin said nothing */
	int64_t			 retry_after;
	unsigned		 lines;		/* logged in this call */
};

void	host_init(struct host *, const struct plugin *, struct link *);
void	host_clear(struct host *);
/* Take the settings out of CONFIGURE. -1: something in it is malformed. */
int	host_configure(struct host *, const struct frame *, struct error *);
/* Before each call of a plugin's function: forget what the last one said. */
void	host_begin(struct host *);
/* One line in the log of newsalertd, as the plugin's log() does it. */
void	host_say(struct host *, int priority, const char *, ...)
	    __attribute__((format(printf, 3, 4)));

#endif
