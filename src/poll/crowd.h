/*
 * crowd - what one address is asked, whatever the names that lead to it. Pure;
 * times are milliseconds since 1970. Used by the queue alone.
 *
 * A soft limit: so many requests at a time, and a pause between them that is a
 * part of that of a host. Addresses are told apart by a hash of 14 bits; the
 * few that share a place by chance share the limit, and no more.
 */
#ifndef POLL_CROWD_H
#define POLL_CROWD_H

#include <stdbool.h>
#include <stdint.h>

#define CROWD_MAX	4	/* requests at a time */
#define CROWD_PART	4	/* of the pause of a host */

struct crowd;

struct crowd *crowd_new(void);
void	 crowd_free(struct crowd *);
/* The place of an address; 0 for "", which is not limited. */
uint32_t crowd_place(const char *address);
/*
 * May a request to the place start now? 0 = yes, and crowd_leave follows;
 * else its turn, when to ask again with *reserved, which is kept between.
 */
int64_t	 crowd_enter(struct crowd *, uint32_t place, bool *reserved,
	    int64_t spacing_ms, int64_t now_ms);
void	 crowd_leave(struct crowd *, uint32_t place);
/* The clock was set back. */
void	 crowd_set_back(struct crowd *, int64_t by_ms);

#endif
