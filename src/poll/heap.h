/*
 * heap - a binary heap of pointers, the smallest key on top. Each item keeps
 * its place in itself, so that it can be moved and taken out.
 */
#ifndef POLL_HEAP_H
#define POLL_HEAP_H

#include <stddef.h>
#include <stdint.h>

#define HEAP_OUT SIZE_MAX	/* the place of an item that is in no heap */

struct heap {
	void	**items;	/* owned; the items are not */
	size_t	 n, cap;
	int64_t	 (*key)(const void *);
	size_t	*(*place)(void *);
};

void	 heap_init(struct heap *, int64_t (*key)(const void *),
	    size_t *(*place)(void *));
void	 heap_clear(struct heap *);
void	*heap_top(const struct heap *);		/* NULL when empty */
void	 heap_add(struct heap *, void *);
void	 heap_remove(struct heap *, void *);	/* one that is in it */
void	 heap_moved(struct heap *, void *);	/* its key changed */

#endif
