#include "poll/hosts.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

#define BUCKETS_FIRST	64

void
hosts_init(struct hosts *t, int64_t (*key)(const void *),
    size_t *(*place)(void *))
{
	t->n = 0;
	t->nbuckets = BUCKETS_FIRST;
	t->buckets = mem_zalloc(t->nbuckets, sizeof(struct host *));
	t->key = key;
	t->place = place;
}

static void
free_host(struct host *h)
{
	heap_clear(&h->feeds);
	free(h->name);
	free(h);
}

void
hosts_clear(struct hosts *t)
{
	struct host *h, *next;

	for (size_t i = 0; i < t->nbuckets; i++)
		for (h = t->buckets[i]; h != NULL; h = next) {
			next = h->next;
			free_host(h);
		}
	free(t->buckets);
}

struct host *
hosts_find(const struct hosts *t, const char *name)
{
	struct host *h = t->buckets[hash_str(name) % t->nbuckets];

	while (h != NULL && strcmp(h->name, name) != 0)
		h = h->next;
	return h;
}

/* Nothing would be lost: no feed, no lesson, no hold that still counts. */
static bool
is_idle(const struct host *h)
{
	return h->feeds.n == 0 && !h->busy && h->spacing_ms == 0 &&
	    h->errors == 0 && h->hold_until == 0 && !h->changed;
}

/* Twice the buckets; hosts that redirects led to once are forgotten. */
static void
grow(struct hosts *t)
{
	size_t n = t->nbuckets * 2;
	struct host **buckets = mem_zalloc(n, sizeof(struct host *));
	struct host *h, *next;

	for (size_t i = 0; i < t->nbuckets; i++)
		for (h = t->buckets[i]; h != NULL; h = next) {
			next = h->next;
			if (is_idle(h)) {
				free_host(h);
				t->n--;
				continue;
			}
			h->next = buckets[hash_str(h->name) % n];
			buckets[hash_str(h->name) % n] = h;
		}
	free(t->buckets);
	t->buckets = buckets;
	t->nbuckets = n;
}

struct host *
hosts_get(struct hosts *t, const char *name)
{
	struct host *h = hosts_find(t, name), **bucket;

	if (h != NULL)
		return h;
	if (t->n >= t->nbuckets)
		grow(t);
	h = mem_zalloc(1, sizeof(*h));
	h->name = mem_strdup(name);
	h->is_private = host_is_private(name);
	h->place = HEAP_OUT;
	heap_init(&h->feeds, t->key, t->place);
	bucket = &t->buckets[hash_str(name) % t->nbuckets];
	h->next = *bucket;
	*bucket = h;
	t->n++;
	return h;
}
