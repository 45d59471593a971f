#include "poll/crowd.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"

#define PLACES	(1u << 14)
#define LOOK_MS	100		/* where the pause is shorter and all is taken */

struct place {
	int64_t		 turn;		/* the first that nobody has */
	uint32_t	 flying;
};

struct crowd {
	struct place	 places[PLACES];
};

struct crowd *
crowd_new(void)
{
	return mem_zalloc(1, sizeof(struct crowd));
}

void
crowd_free(struct crowd *c)
{
	free(c);
}

uint32_t
crowd_place(const char *address)
{
	return address[0] == '\0' ? 0 :
	    1 + (uint32_t)(hash_str(address) % PLACES);
}

int64_t
crowd_enter(struct crowd *c, uint32_t place, bool *reserved,
    int64_t spacing_ms, int64_t now_ms)
{
	struct place *p = &c->places[place - 1];
	int64_t pause = (spacing_ms + CROWD_PART - 1) / CROWD_PART, turn;

	turn = p->turn > now_ms ? p->turn : now_ms;
	if (p->flying >= CROWD_MAX && turn == now_ms)
		turn += pause > LOOK_MS ? pause : LOOK_MS;
	if (p->flying < CROWD_MAX && (*reserved || turn == now_ms)) {
		if (!*reserved)
			p->turn = now_ms + pause;
		*reserved = false;
		p->flying++;
		return 0;
	}
	p->turn = turn + pause;
	*reserved = true;
	return turn;
}

void
crowd_leave(struct crowd *c, uint32_t place)
{
	if (c->places[place - 1].flying > 0)
		c->places[place - 1].flying--;
}

void
crowd_set_back(struct crowd *c, int64_t by_ms)
{
	for (uint32_t i = 0; i < PLACES; i++)
		c->places[i].turn -= by_ms;
}
