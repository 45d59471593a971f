/*
 * history - the last polls of a feed, as the bytes of one column.
 *
 * Newest first. A poll is a varint, the length of the rest of it; a byte, what
 * came out (0: its name follows, a length and the bytes; 255: outcome and error
 * are those of the newer one before it; else a number, see history.c); varints:
 * when (of the newest in Unix seconds, of each other one how long before the
 * newer one), status, items, fresh, changed, bytes, elapsed_ms; the rest is the
 * error. Varints hold 7 bits in a byte, low ones first, after the sign was
 * folded into bit 0. Bytes that are none of this end the history.
 */
#ifndef STORE_HISTORY_H
#define STORE_HISTORY_H

#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "store/feeds.h"

#define HISTORY_MAX (1u << 20)	/* bytes; far more than STORE_POLLS can be */

/* OLD with one more before it, without what is older than STORE_POLLS. The
   number of polls in it now, or STORE_POLLS + 1 if one had to go. */
size_t	history_add(const void *old, size_t len, const struct store_poll *,
	    struct buf *);
/* At most max of them, newest first. The number; strings into the arena. */
size_t	history_list(const void *, size_t len, struct arena *,
	    struct store_poll *, size_t max);

#endif
