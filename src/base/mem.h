/*
 * mem - memory that is there or the process ends.
 *
 * Inputs are capped before anything is allocated for them, so running out is
 * not a case to handle but a crash to survive (the store commits first, the
 * children are restarted). Each function logs one line and aborts when
 * memory is out. The caller owns what is returned and frees it with free().
 *
 * Libraries that take an allocator are given these functions: what a library
 * leaves out when memory fails it would otherwise leave out in silence.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

void	*mem_alloc(size_t);			/* never NULL, not zeroed */
void	*mem_zalloc(size_t, size_t);		/* count, size: zeroed */
void	*mem_realloc(void *, size_t, size_t);	/* pointer, count, size */
void	*mem_resize(void *, size_t);		/* the same, for libraries */
char	*mem_strdup(const char *);		/* NULL gives NULL */
char	*mem_strndup(const char *, size_t);
char	*mem_printf(const char *, ...) __attribute__((format(printf, 1, 2)));
/*
 * Room for one more element in a growing array: doubles *cap when len == *cap
 * and returns the (perhaps moved) array.
 */
void	*mem_grow(void *, size_t, size_t *, size_t);	/* array, len, cap, size */
/* A library could not get memory by a way of its own: say so and abort. */
void	 mem_out(void) __attribute__((noreturn));

#endif
