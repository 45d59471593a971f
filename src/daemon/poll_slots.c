#include "daemon/poll_slots.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "daemon/daemon.h"
#include "daemon/poll_run.h"
#include "poll/queue.h"
#include "poll/twins.h"
#include "store/feeds.h"

/* Open addressing over slot numbers. */
struct poll_slot *
poll_slot_find(const struct polls *p, const char *name)
{
	size_t at;

	if (p->ntable == 0)
		return NULL;
	for (at = hash_str(name) & (p->ntable - 1); p->table[at] != 0;
	    at = (at + 1) & (p->ntable - 1)) {
		struct poll_slot *s = &p->slots[p->table[at] - 1];

		if (s->feed != NULL && strcmp(s->feed->name, name) == 0)
			return s;
	}
	return NULL;
}

struct poll_slot *
poll_slot_take(struct polls *p)
{
	/* Numbers are kept dense; those of removed feeds are used again. */
	for (; p->first_free < p->nslots; p->first_free++)
		if (p->slots[p->first_free].feed == NULL)
			return &p->slots[p->first_free++];
	p->slots = mem_grow(p->slots, p->nslots, &p->cslots,
	    sizeof(*p->slots));
	memset(&p->slots[p->nslots], 0, sizeof(*p->slots));
	p->first_free = p->nslots + 1;
	return &p->slots[p->nslots++];
}

void
poll_slots_index(struct polls *p)
{
	size_t at;

	for (p->ntable = 16; p->ntable < p->nslots * 2; p->ntable *= 2)
		continue;
	free(p->table);
	p->table = mem_zalloc(p->ntable, sizeof(*p->table));
	for (size_t i = 0; i < p->nslots; i++) {
		if (p->slots[i].feed == NULL)
			continue;
		at = hash_str(p->slots[i].feed->name) & (p->ntable - 1);
		while (p->table[at] != 0)
			at = (at + 1) & (p->ntable - 1);
		p->table[at] = (uint32_t)i + 1;
	}
}

const struct store_feed *
poll_slot_row(struct polls *p, const struct poll_slot *slot, struct arena *mem)
{
	struct store_feed *row = arena_zalloc(mem, 1, sizeof(*row));
	struct error err;
	int r;

	r = store_feed_get(p->d->store, slot->feed->name, mem, row, &err);
	if (r < 0)
		daemon_store_failed(p->d, &err);
	return r > 0 ? row : NULL;
}

static void
remove_slot(struct polls *p, struct poll_slot *slot)
{
	poll_queue_drop(p->queue, poll_slot_number(p, slot));
	twins_set(&p->same, poll_slot_number(p, slot), 0);
	twins_set(&p->selves, poll_slot_number(p, slot), 0);
	if (slot->run != NULL)
		poll_run_free(p, slot->run);
	memset(slot, 0, sizeof(*slot));
}

/* Another URL, or asked in another way: what is in flight is no answer. */
static void
compare(struct poll_slot *slot)
{
	const struct config_feed *old = slot->feed, *new = slot->next;
	bool moved = strcmp(old->url, new->url) != 0;

	slot->retry = !moved && !poll_run_same_access(old, new);
	slot->changed = moved || slot->retry || old->enabled != new->enabled;
	if (slot->run != NULL)
		slot->run->outdated |= moved || slot->retry;
}

void
poll_slots_match(struct polls *p, const struct config *c, bool *taken)
{
	struct poll_slot *slot;
	int64_t interval;

	for (size_t i = 0; i < p->nslots; i++)
		p->slots[i].next = NULL;
	for (size_t i = 0; i < c->nfeeds; i++)
		if ((slot = poll_slot_find(p, c->feeds[i].name)) != NULL) {
			slot->next = &c->feeds[i];
			taken[i] = true;
		}
	for (size_t i = 0; i < p->nslots; i++) {
		slot = &p->slots[i];
		if (slot->feed == NULL)
			continue;
		if (slot->next == NULL) {
			remove_slot(p, slot);
			continue;
		}
		compare(slot);
		slot->feed = slot->next;
		/* A shorter one counts at once. */
		interval = poll_slot_interval(p, slot);
		slot->changed |= interval != slot->interval;
		slot->interval = interval;
	}
}
