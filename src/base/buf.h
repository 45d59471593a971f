/*
 * buf - a growing byte buffer that knows its maximum from birth.
 *
 * data is always NUL-terminated once anything was added (the NUL is not
 * counted in len). Going over max keeps what was there, sets full and makes
 * every later addition fail: check once at the end. The holder owns data;
 * buf_clear frees it, buf_steal hands it over.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct buf {
	char	*data;
	size_t	 len;
	size_t	 cap;
	size_t	 max;		/* bytes, without the NUL */
	bool	 full;		/* an addition was refused */
};

void	 buf_init(struct buf *, size_t);
void	 buf_clear(struct buf *);		/* free; stays usable */
void	 buf_reset(struct buf *);		/* empty, keep the memory */
int	 buf_add(struct buf *, const void *, size_t);	/* 0 or -1 = full */
int	 buf_addc(struct buf *, char);
int	 buf_adds(struct buf *, const char *);
int	 buf_printf(struct buf *, const char *, ...)
	    __attribute__((format(printf, 2, 3)));
char	*buf_reserve(struct buf *, size_t);	/* room for n more, or NULL; then len += used */

/* As buf_add, for the few bytes of a number: most often there is room. */
static inline int
buf_put(struct buf *b, const void *p, size_t n)
{
	if (b->full || n >= b->cap - b->len)
		return buf_add(b, p, n);
	memcpy(b->data + b->len, p, n);
	b->len += n;
	b->data[b->len] = '\0';
	return 0;
}

void	 buf_drop(struct buf *, size_t);	/* remove n bytes from the front */
char	*buf_steal(struct buf *);		/* caller frees; "" if empty */

#endif
