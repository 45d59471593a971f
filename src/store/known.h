/*
 * known - the rows of feeds as the open connection has them, in memory, so that
 * a poll need not read what the poll before it wrote. Not for other folders.
 *
 * A row is here from its first reading on, unless KNOWN_MAX says that it is too
 * long to keep. The file stays what counts: a row comes here when it was read
 * or written without error, the caller drops it when a write may not have been
 * done, and all go with a rollback and with the connection.
 */
#ifndef STORE_KNOWN_H
#define STORE_KNOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "store/feeds.h"

/* Bytes. A row of 40 polls has about 1,000; one of 40 errors that all differ may
   have 20,000, and ten thousand feeds may fail at once. */
#define KNOWN_MAX 4096

struct known_feed {
	size_t		 size, room;	/* of all of it; for all of it */
	struct store_feed row;		/* its strings follow, in the same piece */
	const void	*history;	/* history.h */
	size_t		 history_len;
};

struct known {
	struct known_feed **slots;	/* by hash of the name, NULL = free */
	size_t		 n, cap;	/* cap: 0 or a power of two */
};

/* By name, or NULL. Borrowed until that name is put or dropped. */
struct known_feed *known_find(const struct known *, const char *name);
/* A copy of it, in the place of the one before, from which nothing of it may be
   borrowed. */
struct known_feed *known_put(struct known *, const struct store_feed *,
	    const void *history, size_t len);
/* The same where only numbers and the history have changed: false if it has no
   room for them, and is as it was. */
bool	 known_renew(struct known_feed *, const struct store_feed *,
	    const void *history, size_t len);
void	 known_drop(struct known *, const char *name);
void	 known_clear(struct known *);
/* The row and its strings, into the arena. */
void	 known_copy(const struct known_feed *, struct arena *,
	    struct store_feed *);

#endif
