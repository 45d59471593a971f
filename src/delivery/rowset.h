/*
 * rowset - which deliveries the queue knows: a set of positive numbers.
 *
 * Open addressing, at most half full; 16 bytes a member.
 */
#ifndef DELIVERY_ROWSET_H
#define DELIVERY_ROWSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rowset {
	int64_t	*slots;		/* 0 = free; cap is a power of two */
	size_t	 n, cap;
};

bool	rowset_add(struct rowset *, int64_t);		/* false: was there */
void	rowset_remove(struct rowset *, int64_t);
bool	rowset_has(const struct rowset *, int64_t);
void	rowset_clear(struct rowset *);

#endif
