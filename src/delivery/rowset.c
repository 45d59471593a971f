#include "delivery/rowset.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

/* Where the row is, or the free slot where it would be. */
static size_t
place(const struct rowset *s, int64_t row)
{
	size_t i = (size_t)hash_bytes(&row, sizeof(row)) & (s->cap - 1);

	while (s->slots[i] != 0 && s->slots[i] != row)
		i = (i + 1) & (s->cap - 1);
	return i;
}

static void
grow(struct rowset *s)
{
	struct rowset old = *s;

	s->cap = old.cap == 0 ? 64 : old.cap * 2;
	s->slots = mem_zalloc(s->cap, sizeof(*s->slots));
	for (size_t i = 0; i < old.cap; i++)
		if (old.slots[i] != 0)
			s->slots[place(s, old.slots[i])] = old.slots[i];
	free(old.slots);
}

bool
rowset_add(struct rowset *s, int64_t row)
{
	size_t i;

	if (s->n * 2 >= s->cap)
		grow(s);
	i = place(s, row);
	if (s->slots[i] == row)
		return false;
	s->slots[i] = row;
	s->n++;
	return true;
}

bool
rowset_has(const struct rowset *s, int64_t row)
{
	return s->n > 0 && s->slots[place(s, row)] == row;
}

void
rowset_remove(struct rowset *s, int64_t row)
{
	size_t i;

	if (!rowset_has(s, row))
		return;
	i = place(s, row);
	s->slots[i] = 0;
	s->n--;
	/* Those behind it may have been pushed on by it. */
	for (i = (i + 1) & (s->cap - 1); s->slots[i] != 0;
	    i = (i + 1) & (s->cap - 1)) {
		int64_t moved = s->slots[i];

		s->slots[i] = 0;
		s->slots[place(s, moved)] = moved;
	}
}

void
rowset_clear(struct rowset *s)
{
	free(s->slots);
	memset(s, 0, sizeof(*s));
}
