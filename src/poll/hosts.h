/*
 * hosts - those that are known, by name. Used by the queue alone.
 */
#ifndef POLL_HOSTS_H
#define POLL_HOSTS_H

#include <stddef.h>

#include "poll/host.h"

struct hosts {
	struct host	**buckets;	/* a host goes on with its next */
	size_t		 nbuckets, n;
	int64_t		 (*key)(const void *);	/* of the feeds that wait */
	size_t		*(*place)(void *);
};

/* The functions are those of heap_init, for what a host's heap holds. */
void	 hosts_init(struct hosts *, int64_t (*key)(const void *),
	    size_t *(*place)(void *));
void	 hosts_clear(struct hosts *);
struct host *hosts_find(const struct hosts *, const char *name);	/* or NULL */
/* A new one, if need be. */
struct host *hosts_get(struct hosts *, const char *name);

#endif
