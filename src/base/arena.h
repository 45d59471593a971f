/*
 * arena - many small pieces of memory that die together.
 *
 * Bump allocation in chunks; pieces are aligned to 16 bytes and stay valid
 * until arena_reset or arena_free. No piece is freed alone. The arena owns
 * everything it hands out. Out of memory ends the process (see mem.h).
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_chunk;
struct arena {
	struct arena_chunk	*head;	/* newest chunk */
	char			*next, *end;	/* what is free of it */
};

void	 arena_init(struct arena *);
void	*arena_more(struct arena *, size_t);	/* for arena_alloc alone */
/* Not zeroed. */
static inline void *
arena_alloc(struct arena *a, size_t n)
{
	char *p = a->next;

	if (n >= (size_t)(a->end - p))
		return arena_more(a, n);
	a->next = p + ((n + 15) & ~(size_t)15);	/* what is free is so, too */
	return p;
}

/* Room for n bytes; arena_commit keeps the first of them. Nothing else may be
   allocated in between. */
void	*arena_reserve(struct arena *, size_t);
void	 arena_commit(struct arena *, size_t);
void	*arena_zalloc(struct arena *, size_t, size_t);	/* count, size */
char	*arena_strdup(struct arena *, const char *);	/* NULL gives NULL */
char	*arena_strndup(struct arena *, const char *, size_t);
char	*arena_printf(struct arena *, const char *, ...)
	    __attribute__((format(printf, 2, 3)));
void	 arena_reset(struct arena *);	/* forget all, keep the largest chunk */
void	 arena_free(struct arena *);
size_t	 arena_size(const struct arena *);	/* bytes held */

#endif
