#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define CHUNK_MIN 4000	/* a page, with what malloc adds */
#define PRINTF_FIRST 128	/* what most printed texts fit in */

struct arena_chunk {
	struct arena_chunk	*next;
	size_t			 size;
	_Alignas(16) char	 data[];
};

static void
use(struct arena *a, struct arena_chunk *c)
{
	a->head = c;
	a->next = c != NULL ? c->data : NULL;
	a->end = c != NULL ? c->data + c->size : NULL;
}

void
arena_init(struct arena *a)
{
	use(a, NULL);
}

static void
add_chunk(struct arena *a, size_t n)
{
	struct arena_chunk *c;
	size_t size = a->head != NULL ? a->head->size * 2 : CHUNK_MIN;

	if (size > 4u << 20)
		size = 4u << 20;
	if (size < n)
		size = n;
	c = mem_alloc(sizeof(*c) + size);
	c->size = size;
	c->next = a->head;
	use(a, c);
}

void *
arena_reserve(struct arena *a, size_t n)
{
	if (n > SIZE_MAX / 2)
		n = SIZE_MAX / 2;	/* mem_alloc reports it */
	n = (n + 15) & ~(size_t)15;
	if (a->head == NULL || n > (size_t)(a->end - a->next))
		add_chunk(a, n);
	return a->next;
}

void
arena_commit(struct arena *a, size_t n)
{
	a->next += (n + 15) & ~(size_t)15;
}

void *
arena_more(struct arena *a, size_t n)
{
	void *p = arena_reserve(a, n);

	arena_commit(a, n);
	return p;
}

void *
arena_zalloc(struct arena *a, size_t count, size_t size)
{
	void *p;

	if (size != 0 && count > SIZE_MAX / 2 / size)
		count = SIZE_MAX / 2 / size;
	p = arena_alloc(a, count * size);
	memset(p, 0, count * size);
	return p;
}

char *
arena_strndup(struct arena *a, const char *s, size_t n)
{
	char *p = arena_alloc(a, n + 1);

	memcpy(p, s, n);
	p[n] = '\0';
	return p;
}

char *
arena_strdup(struct arena *a, const char *s)
{
	return s == NULL ? NULL : arena_strndup(a, s, strlen(s));
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	char *p = arena_reserve(a, PRINTF_FIRST);
	size_t room = (size_t)(a->end - a->next);
	int n;
	va_list ap;

	va_start(ap, fmt);
	n = vsnprintf(p, room, fmt, ap);
	va_end(ap);
	if (n < 0)
		return arena_strdup(a, "");
	if ((size_t)n >= room) {
		p = arena_reserve(a, (size_t)n + 1);
		va_start(ap, fmt);
		vsnprintf(p, (size_t)n + 1, fmt, ap);
		va_end(ap);
	}
	arena_commit(a, (size_t)n + 1);
	return p;
}

void
arena_reset(struct arena *a)
{
	struct arena_chunk *c, *next, *keep = NULL;

	for (c = a->head; c != NULL; c = next) {
		next = c->next;
		if (keep == NULL || c->size > keep->size) {
			free(keep);
			keep = c;
		} else
			free(c);
	}
	if (keep != NULL)
		keep->next = NULL;
	use(a, keep);
}

void
arena_free(struct arena *a)
{
	arena_reset(a);
	free(a->head);
	arena_init(a);
}

size_t
arena_size(const struct arena *a)
{
	const struct arena_chunk *c;
	size_t n = 0;

	for (c = a->head; c != NULL; c = c->next)
		n += sizeof(*c) + c->size;
	return n;
}
