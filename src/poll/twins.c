#include "poll/twins.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define HEADS_FIRST 64

void
twins_init(struct twins *t)
{
	memset(t, 0, sizeof(*t));
}

void
twins_clear(struct twins *t)
{
	free(t->keys);
	free(t->next);
	free(t->heads);
	twins_init(t);
}

static uint32_t *
head(const struct twins *t, uint64_t key)
{
	return &t->heads[key & (t->nheads - 1)];
}

static void
link_in(struct twins *t, uint32_t number)
{
	uint32_t *h = head(t, t->keys[number]);

	t->next[number] = *h;
	*h = number;
}

static void
unlink_from(struct twins *t, uint32_t number)
{
	uint32_t *at = head(t, t->keys[number]);

	while (*at != number)
		at = &t->next[*at];
	*at = t->next[number];
}

/* Room for the number, and a bucket for about each. */
static void
grow(struct twins *t, uint32_t number)
{
	size_t n = t->nheads == 0 ? HEADS_FIRST : t->nheads;

	while (n <= number)
		n *= 2;
	t->keys = mem_realloc(t->keys, n, sizeof(*t->keys));
	t->next = mem_realloc(t->next, n, sizeof(*t->next));
	t->heads = mem_realloc(t->heads, n, sizeof(*t->heads));
	memset(t->keys + t->n, 0, (n - t->n) * sizeof(*t->keys));
	memset(t->heads, 0xff, n * sizeof(*t->heads));
	t->n = t->nheads = n;
	for (uint32_t i = 0; i < n; i++)
		if (t->keys[i] != 0)
			link_in(t, i);
}

void
twins_set(struct twins *t, uint32_t number, uint64_t key)
{
	if (number >= t->n)
		grow(t, number);
	if (t->keys[number] == key)
		return;
	if (t->keys[number] != 0)
		unlink_from(t, number);
	t->keys[number] = key;
	if (key != 0)
		link_in(t, number);
}

static uint32_t
from(const struct twins *t, uint32_t number, uint64_t key)
{
	while (number != TWINS_END && t->keys[number] != key)
		number = t->next[number];
	return number;
}

uint32_t
twins_first(const struct twins *t, uint64_t key)
{
	return key == 0 || t->n == 0 ? TWINS_END : from(t, *head(t, key), key);
}

uint32_t
twins_after(const struct twins *t, uint32_t number)
{
	return from(t, t->next[number], t->keys[number]);
}
