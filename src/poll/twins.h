/*
 * twins - numbers that have a key in common, found without a walk over all.
 * Pure. Used for feeds that end at one URL.
 */
#ifndef POLL_TWINS_H
#define POLL_TWINS_H

#include <stddef.h>
#include <stdint.h>

#define TWINS_END UINT32_MAX

struct twins {
	uint64_t	*keys;		/* by number, 0 = none */
	uint32_t	*next;		/* of the same bucket */
	uint32_t	*heads;		/* of the buckets */
	size_t		 n, nheads;
};

void	 twins_init(struct twins *);
void	 twins_clear(struct twins *);
/* The number has this key from now on, 0 = none. */
void	 twins_set(struct twins *, uint32_t number, uint64_t key);
/* The numbers with a key, in no order: the first, the one after, TWINS_END.
   The key of a number may be set in between, if it is the last one got. */
uint32_t twins_first(const struct twins *, uint64_t key);
uint32_t twins_after(const struct twins *, uint32_t number);

#endif
