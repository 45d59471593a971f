#include "poll/heap.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void
heap_init(struct heap *h, int64_t (*key)(const void *),
    size_t *(*place)(void *))
{
	memset(h, 0, sizeof(*h));
	h->key = key;
	h->place = place;
}

void
heap_clear(struct heap *h)
{
	free(h->items);
	h->items = NULL;
	h->n = h->cap = 0;
}

void *
heap_top(const struct heap *h)
{
	return h->n > 0 ? h->items[0] : NULL;
}

static void
put(struct heap *h, size_t i, void *item)
{
	h->items[i] = item;
	*h->place(item) = i;
}

static void
rise(struct heap *h, size_t i)
{
	void *item = h->items[i];
	int64_t key = h->key(item);

	while (i > 0 && h->key(h->items[(i - 1) / 2]) > key) {
		put(h, i, h->items[(i - 1) / 2]);
		i = (i - 1) / 2;
	}
	put(h, i, item);
}

static void
sink(struct heap *h, size_t i)
{
	void *item = h->items[i];
	int64_t key = h->key(item);
	size_t child;

	while ((child = 2 * i + 1) < h->n) {
		if (child + 1 < h->n && h->key(h->items[child + 1]) <
		    h->key(h->items[child]))
			child++;
		if (h->key(h->items[child]) >= key)
			break;
		put(h, i, h->items[child]);
		i = child;
	}
	put(h, i, item);
}

void
heap_add(struct heap *h, void *item)
{
	h->items = mem_grow(h->items, h->n, &h->cap, sizeof(*h->items));
	h->items[h->n++] = item;
	rise(h, h->n - 1);
}

void
heap_moved(struct heap *h, void *item)
{
	size_t i = *h->place(item);

	rise(h, i);
	sink(h, *h->place(item));
}

void
heap_remove(struct heap *h, void *item)
{
	size_t i = *h->place(item);
	void *last = h->items[--h->n];

	*h->place(item) = HEAP_OUT;
	if (last == item)
		return;
	put(h, i, last);
	heap_moved(h, last);
}
