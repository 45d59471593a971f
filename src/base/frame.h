/*
 * frame - messages over a stream socket between our own programs.
 *
 * A frame is a u32 body length, a u32 type (both little-endian) and the body
 * (see wire.h). One struct frame_link is one end of a connection; it owns its
 * two buffers, not the descriptor. Works blocking and non-blocking.
 *
 * A frame longer than the link's maximum is a protocol breach: the other
 * process is broken and is to be replaced, not argued with.
 */
#ifndef BASE_FRAME_H
#define BASE_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

struct frame {
	uint32_t	 type;
	const void	*body;		/* borrowed: until the next frame_fill */
	size_t		 len;
};

struct frame_link {
	int		 fd;
	struct buf	 in, out;
	size_t		 in_off;	/* consumed bytes of in */
	size_t		 out_off;	/* sent bytes of out */
	size_t		 open_at;	/* where frame_begin put its header */
	size_t		 frame_max;
};

void	 frame_link_init(struct frame_link *, int fd, size_t frame_max);
void	 frame_link_clear(struct frame_link *);	/* frees buffers; fd stays open */

/* Append a frame: begin, wire_put_*() into the returned buffer, end. */
struct buf *frame_begin(struct frame_link *, uint32_t type);
int	 frame_end(struct frame_link *, struct error *);	/* -1: frame too long */
/* The same for a body that is ready. */
int	 frame_put(struct frame_link *, uint32_t type, const void *, size_t);
/* Send what waits. 1 = all gone, 0 = would block, -1 = broken. */
int	 frame_flush(struct frame_link *, struct error *);
size_t	 frame_pending(const struct frame_link *);	/* bytes not yet sent */

/* Read once. 1 = got bytes, 0 = would block, -1 = broken, -2 = end of file. */
int	 frame_fill(struct frame_link *, struct error *);
/* Take the next whole frame. 1 = yes, 0 = not yet, -1 = protocol breach. */
int	 frame_next(struct frame_link *, struct frame *, struct error *);
/* Blocking: fill until a frame is there. As frame_next; -2 = end of file. */
int	 frame_wait(struct frame_link *, struct frame *, struct error *);

#endif
