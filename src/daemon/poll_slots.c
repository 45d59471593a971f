#include "daemon/poll_slots.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "daemon/poll_run.h"

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
