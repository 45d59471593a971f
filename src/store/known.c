#include "store/known.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

static const size_t strings[] = {
	offsetof(struct store_feed, name),
	offsetof(struct store_feed, config_url),
	offsetof(struct store_feed, url),
	offsetof(struct store_feed, etag),
	offsetof(struct store_feed, last_modified),
	offsetof(struct store_feed, outcome),
	offsetof(struct store_feed, error),
	offsetof(struct store_feed, redirect),
	offsetof(struct store_feed, title),
	offsetof(struct store_feed, link),
	offsetof(struct store_feed, format),
};

#define STEP 64		/* bytes that a row may grow where it stands */
#define NSTRINGS (sizeof(strings) / sizeof(strings[0]))

static const char **
string(const struct store_feed *f, size_t i)
{
	return (const char **)(void *)((char *)(uintptr_t)f + strings[i]);
}

/* Its place, or the free one where it would be. */
static size_t
place(const struct known *k, const char *name)
{
	size_t at = hash_str(name) & (k->cap - 1);

	while (k->slots[at] != NULL &&
	    strcmp(k->slots[at]->row.name, name) != 0)
		at = (at + 1) & (k->cap - 1);
	return at;
}

struct known_feed *
known_find(const struct known *k, const char *name)
{
	return k->cap > 0 ? k->slots[place(k, name)] : NULL;
}

static void
grow(struct known *k)
{
	struct known old = *k;

	k->cap = old.cap > 0 ? old.cap * 2 : 64;
	k->slots = mem_zalloc(k->cap, sizeof(struct known_feed *));
	for (size_t i = 0; i < old.cap; i++)
		if (old.slots[i] != NULL)
			k->slots[place(k, old.slots[i]->row.name)] =
			    old.slots[i];
	free(old.slots);
}

static const char *
words(const char *text)
{
	return text != NULL ? text : "";
}

/* A feed's URL stands in its row twice, as a rule: here once. */
static bool
is_twin(const struct store_feed *f, size_t i)
{
	return strings[i] == offsetof(struct store_feed, url) &&
	    strcmp(words(f->url), words(f->config_url)) == 0;
}

/* The piece, or a new one where it is too small or far too large. */
static struct known_feed *
fit(struct known_feed *k, size_t size)
{
	if (k != NULL && size <= k->room && size > k->room / 2)
		return k;
	free(k);
	k = mem_alloc(size + STEP);
	k->room = size + STEP;
	return k;
}

static struct known_feed *
copy(struct known_feed *k, const struct store_feed *f, const void *history,
    size_t len)
{
	size_t length[NSTRINGS], size = sizeof(struct known_feed);
	char *to;

	for (size_t i = 0; i < NSTRINGS; i++) {
		length[i] = is_twin(f, i) ? 0 : strlen(words(*string(f, i))) + 1;
		size += length[i];
	}
	size += f->extra_len + len;
	k = fit(k, size);
	k->size = size;
	k->row = *f;
	to = (char *)(k + 1);
	for (size_t i = 0; i < NSTRINGS; i++) {
		*string(&k->row, i) = length[i] > 0 ? to : k->row.config_url;
		memcpy(to, words(*string(f, i)), length[i]);
		to += length[i];
	}
	if (f->extra_len > 0)
		memcpy(to, f->extra, f->extra_len);
	k->row.extra = to;
	to += f->extra_len;
	if (len > 0)
		memcpy(to, history, len);
	k->history = to;
	k->history_len = len;
	return k;
}

struct known_feed *
known_put(struct known *k, const struct store_feed *f, const void *history,
    size_t len)
{
	size_t at;

	if (k->n * 2 >= k->cap)
		grow(k);
	at = place(k, f->name);
	k->n += k->slots[at] == NULL;
	k->slots[at] = copy(k->slots[at], f, history, len);
	return k->slots[at];
}

bool
known_renew(struct known_feed *k, const struct store_feed *f,
    const void *history, size_t len)
{
	struct store_feed was = k->row;
	size_t size = k->size - k->history_len + len;

	if (size > k->room)
		return false;
	k->row = *f;
	for (size_t i = 0; i < NSTRINGS; i++)
		*string(&k->row, i) = *string(&was, i);
	k->row.extra = was.extra;
	memcpy((char *)(uintptr_t)k->history, history, len);
	k->history_len = len;
	k->size = size;
	return true;
}

void
known_drop(struct known *k, const char *name)
{
	size_t at, to;

	if (known_find(k, name) == NULL)
		return;
	at = place(k, name);
	free(k->slots[at]);
	k->slots[at] = NULL;
	k->n--;
	/* Those behind it may have been kept from their place by it. */
	for (at = (at + 1) & (k->cap - 1); k->slots[at] != NULL;
	    at = (at + 1) & (k->cap - 1)) {
		struct known_feed *moved = k->slots[at];

		k->slots[at] = NULL;
		to = place(k, moved->row.name);
		k->slots[to] = moved;
	}
}

void
known_clear(struct known *k)
{
	for (size_t i = 0; i < k->cap; i++)
		free(k->slots[i]);
	free(k->slots);
	memset(k, 0, sizeof(*k));
}

void
known_copy(const struct known_feed *k, struct arena *mem,
    struct store_feed *f)
{
	const char *from = (const char *)(k + 1);
	size_t size = k->size - sizeof(*k) - k->history_len;
	char *to = arena_alloc(mem, size + 1);

	memcpy(to, from, size);
	*f = k->row;
	for (size_t i = 0; i < NSTRINGS; i++)
		*string(f, i) = to + (*string(f, i) - from);
	f->extra = to + ((const char *)f->extra - from);
}
