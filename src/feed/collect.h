/*
 * collect - the text of one element, while the pieces of it come in.
 *
 * Most texts stand in one piece in the document and are looked at there; the
 * others are put together in a buffer. Line ends in front of a text are left
 * out. Of a text longer than the buffer's maximum the beginning is kept, to a
 * whole character.
 */
#ifndef FEED_COLLECT_H
#define FEED_COLLECT_H

#include <stddef.h>

#include "base/buf.h"

struct collect {
	struct buf	 text;
	const char	*from;		/* instead of text where len > 0 */
	size_t		 len;
};

void	 collect_init(struct collect *, size_t max);
void	 collect_clear(struct collect *);
void	 collect_reset(struct collect *);
/* The bytes are copied. */
void	 collect_add(struct collect *, const char *, size_t);
void	 collect_string(struct collect *, const char *);
/* The bytes stay where they are, and what follows them in the document stays
   there, too, until collect_reset. */
void	 collect_borrow(struct collect *, const char *, size_t);
/* So far; not ended by a NUL. Never NULL. */
const char *collect_view(const struct collect *, size_t *);
/* The same in the buffer, NUL at its end, to be changed at will. */
struct buf *collect_buf(struct collect *);

#endif
