#include "poll/queue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/mem.h"
#include "poll/crowd.h"
#include "poll/heap.h"
#include "poll/hosts.h"
#include "poll/redirect.h"
#include "poll/schedule.h"

#define CLOCK_SLACK	10000	/* less is the clock's own correction */

struct slot {
	uint32_t	 feed;
	struct host	*host;		/* NULL: neither waiting nor in flight */
	int64_t		 due;
	size_t		 place;		/* in the host's heap */
	uint32_t	 crowd;		/* it entered, 0 = none */
	bool		 flying;
};

struct poll_queue {
	int64_t		 spacing;
	struct hosts	 hosts;
	size_t		 nchanged;	/* hosts whose row is to be taken */
	struct heap	 ready;		/* hosts with feeds that are not busy */
	struct crowd	*crowd;
	struct slot	**slots;	/* by feed, NULL = never put */
	size_t		 nslots;
	struct arena	 mem;		/* of the slots */
	size_t		 waiting, flying;
	int64_t		 last_now;
	uint64_t	 unreached[POLL_OFFLINE_HOSTS];	/* hashes of names */
	size_t		 nunreached;
};

static int64_t
slot_key(const void *item)
{
	return ((const struct slot *)item)->due;
}

static size_t *
slot_place(void *item)
{
	return &((struct slot *)item)->place;
}

/* When the host's first feed may be asked. */
static int64_t
host_key(const void *item)
{
	const struct host *h = item;
	const struct slot *first = heap_top(&h->feeds);
	int64_t at = first->due;

	if (at < h->free_at)
		at = h->free_at;
	return at < h->hold_until ? h->hold_until : at;
}

static size_t *
host_place(void *item)
{
	return &((struct host *)item)->place;
}

struct poll_queue *
poll_queue_new(int64_t spacing_ms)
{
	struct poll_queue *q = mem_zalloc(1, sizeof(*q));

	q->spacing = spacing_ms;
	arena_init(&q->mem);
	q->crowd = crowd_new();
	hosts_init(&q->hosts, slot_key, slot_place);
	heap_init(&q->ready, host_key, host_place);
	return q;
}

void
poll_queue_free(struct poll_queue *q)
{
	if (q == NULL)
		return;
	hosts_clear(&q->hosts);
	free(q->slots);
	arena_free(&q->mem);
	crowd_free(q->crowd);
	heap_clear(&q->ready);
	free(q);
}

void
poll_queue_set_spacing(struct poll_queue *q, int64_t spacing_ms)
{
	q->spacing = spacing_ms;
}

/* Into or out of the heap of hosts, as its state wants. */
static void
settle(struct poll_queue *q, struct host *h)
{
	bool wanted = !h->busy && h->feeds.n > 0;

	if (wanted && h->place == HEAP_OUT)
		heap_add(&q->ready, h);
	else if (wanted)
		heap_moved(&q->ready, h);
	else if (h->place != HEAP_OUT)
		heap_remove(&q->ready, h);
}

static struct slot *
get_slot(struct poll_queue *q, uint32_t feed)
{
	size_t n = q->nslots;

	if (feed >= n) {
		n = feed + 1 > 2 * n ? (size_t)feed + 1 : 2 * n;
		q->slots = mem_realloc(q->slots, n, sizeof(*q->slots));
		memset(q->slots + q->nslots, 0,
		    (n - q->nslots) * sizeof(*q->slots));
		q->nslots = n;
	}
	if (q->slots[feed] == NULL) {
		q->slots[feed] = arena_zalloc(&q->mem, 1,
		    sizeof(struct slot));
		q->slots[feed]->feed = feed;
		q->slots[feed]->place = HEAP_OUT;
	}
	return q->slots[feed];
}

/* A heap cannot be empty while its host stands in the heap of hosts. */
static void
unqueue(struct poll_queue *q, struct slot *s)
{
	struct host *h = s->host;

	if (h->place != HEAP_OUT)
		heap_remove(&q->ready, h);
	heap_remove(&h->feeds, s);
	s->host = NULL;
	q->waiting--;
	settle(q, h);
}

void
poll_queue_put(struct poll_queue *q, uint32_t feed, const char *url,
    int64_t due_ms)
{
	struct slot *s = get_slot(q, feed);
	char name[POLL_HOST_SIZE];

	if (s->flying)
		return;
	if (s->host != NULL)
		unqueue(q, s);
	s->host = hosts_get(&q->hosts, poll_host_of(url, name, sizeof(name)));
	s->due = due_ms;
	q->waiting++;
	heap_add(&s->host->feeds, s);
	settle(q, s->host);
}

static void
free_gate(struct poll_queue *q, struct slot *s, int64_t free_at)
{
	struct host *h = s->host;

	if (s->crowd != 0)
		crowd_leave(q->crowd, s->crowd);
	s->crowd = 0;
	h->busy = false;
	h->free_at = free_at;
	s->host = NULL;
	s->flying = false;
	q->flying--;
	settle(q, h);
}

void
poll_queue_drop(struct poll_queue *q, uint32_t feed)
{
	struct slot *s = feed < q->nslots ? q->slots[feed] : NULL;

	if (s == NULL || s->host == NULL)
		return;
	if (s->flying)
		free_gate(q, s, s->host->free_at);
	else
		unqueue(q, s);
}

/* By the same amount everywhere, so that every heap stays in order. */
static void
set_back(struct poll_queue *q, int64_t by)
{
	for (size_t i = 0; i < q->nslots; i++)
		if (q->slots[i] != NULL)
			q->slots[i]->due -= by;
	for (size_t i = 0; i < q->hosts.nbuckets; i++)
		for (struct host *h = q->hosts.buckets[i]; h != NULL; h = h->next) {
			h->free_at -= by;
			h->hold_until -= h->hold_until > 0 ? by : 0;
			h->updated -= h->updated > 0 ? by : 0;
		}
	crowd_set_back(q->crowd, by);
}

/* The host whose turn it is, where its address is asked enough. */
static struct host *
next_host(struct poll_queue *q, int64_t now_ms, int64_t *wake_ms)
{
	struct host *h;
	int64_t turn;

	while ((h = heap_top(&q->ready)) != NULL) {
		*wake_ms = host_key(h);
		if (*wake_ms > now_ms)
			return NULL;
		if (q->spacing == 0 || h->crowd == 0)
			return h;
		turn = crowd_enter(q->crowd, h->crowd, &h->reserved,
		    q->spacing, now_ms);
		if (turn == 0)
			return h;
		h->free_at = turn;
		settle(q, h);
	}
	*wake_ms = INT64_MAX;
	return NULL;
}

bool
poll_queue_next(struct poll_queue *q, int64_t now_ms, uint32_t *feed,
    int64_t *wake_ms)
{
	struct host *h;
	struct slot *s;

	if (now_ms < q->last_now - CLOCK_SLACK)
		set_back(q, q->last_now - now_ms);
	if (now_ms > q->last_now || now_ms < q->last_now - CLOCK_SLACK)
		q->last_now = now_ms;
	if ((h = next_host(q, now_ms, wake_ms)) == NULL)
		return false;
	s = heap_top(&h->feeds);
	h->busy = true;		/* so that it is put nowhere in between */
	unqueue(q, s);
	s->host = h;
	s->crowd = q->spacing == 0 ? 0 : h->crowd;
	s->flying = true;
	q->flying++;
	h->free_at = now_ms + q->spacing;	/* should it be dropped */
	*feed = s->feed;
	return true;
}

void
poll_queue_put_back(struct poll_queue *q, uint32_t feed, const char *url,
    int64_t due_ms, int64_t now_ms)
{
	free_gate(q, q->slots[feed], now_ms);
	poll_queue_put(q, feed, url, due_ms);
}

bool
poll_queue_moves(struct poll_queue *q, uint32_t feed, const char *url,
    int64_t now_ms)
{
	struct slot *s = q->slots[feed];
	char name[POLL_HOST_SIZE];

	if (strcmp(s->host->name, poll_host_of(url, name, sizeof(name))) == 0)
		return false;
	poll_queue_put_back(q, feed, url, now_ms, now_ms);
	return true;
}

/* Remember hosts that could not be reached, until one is. */
static void
note_reach(struct poll_queue *q, const struct host *h,
    const struct poll_answer *a)
{
	uint64_t name = hash_str(h->name);

	if (a == NULL)
		return;
	if (a->outcome == POLL_BUSY)
		return;
	if (a->status != 0 || (a->outcome != POLL_DNS &&
	    a->outcome != POLL_CONNECT && a->outcome != POLL_TIMEOUT)) {
		q->nunreached = 0;
		return;
	}
	for (size_t i = 0; i < q->nunreached; i++)
		if (q->unreached[i] == name)
			return;
	if (q->nunreached < POLL_OFFLINE_HOSTS)
		q->unreached[q->nunreached++] = name;
}

bool
poll_queue_is_offline(const struct poll_queue *q)
{
	return q->nunreached == POLL_OFFLINE_HOSTS;
}

int64_t
poll_queue_done(struct poll_queue *q, uint32_t feed,
    const struct poll_answer *a, int64_t now_ms)
{
	struct slot *s = feed < q->nslots ? q->slots[feed] : NULL;
	struct host *h;
	int64_t until, pause;
	bool changed;

	if (s == NULL || !s->flying)
		return 0;
	h = s->host;
	if (a != NULL && a->address[0] != '\0')
		h->crowd = crowd_place(a->address);
	note_reach(q, h, a);
	changed = h->changed;
	until = host_learn(h, feed, a, q->spacing, now_ms);
	q->nchanged += h->changed && !changed;
	pause = h->spacing_ms > q->spacing ? h->spacing_ms : q->spacing;
	if (a != NULL && a->outcome == POLL_BUSY)
		pause = 0;	/* it was not asked */
	free_gate(q, s, now_ms + pause);
	return (until + 999) / 1000;
}

uint32_t
poll_queue_address_max(const struct poll_queue *q)
{
	return q->spacing == 0 ? 0 : CROWD_MAX;
}

int64_t
poll_queue_held(const struct poll_queue *q, const char *url, int64_t now_ms)
{
	char name[POLL_HOST_SIZE];
	const struct host *h;

	h = hosts_find(&q->hosts, poll_host_of(url, name, sizeof(name)));
	return h != NULL && h->hold_until > now_ms ? h->hold_until : 0;
}

/* The feed, if it is waiting or in flight. */
static const struct slot *
find_slot(const struct poll_queue *q, uint32_t feed)
{
	const struct slot *s = feed < q->nslots ? q->slots[feed] : NULL;

	return s != NULL && s->host != NULL ? s : NULL;
}

bool
poll_queue_feed_held(const struct poll_queue *q, uint32_t feed, int64_t now_ms)
{
	const struct slot *s = find_slot(q, feed);

	return s != NULL && !s->flying && s->host->hold_until > now_ms;
}

enum poll_turn
poll_queue_turn(const struct poll_queue *q, uint32_t feed, int64_t now_ms,
    int64_t *at_ms)
{
	const struct slot *s = find_slot(q, feed);

	*at_ms = now_ms;
	if (s == NULL)
		return POLL_TURN_NONE;
	if (s->flying)
		return POLL_TURN_ASKED;
	*at_ms = s->host->hold_until;
	if (*at_ms > now_ms && *at_ms > s->due)
		return POLL_TURN_HELD;
	*at_ms = s->due > s->host->free_at ? s->due : s->host->free_at;
	if (s->due > now_ms)
		return POLL_TURN_LATER;
	if (*at_ms < now_ms)
		*at_ms = now_ms;
	return POLL_TURN_BEHIND;
}

const char *
poll_queue_reason(const struct poll_queue *q, uint32_t feed)
{
	const struct slot *s = find_slot(q, feed);

	return s != NULL ? s->host->reason : "";
}

size_t
poll_queue_length(const struct poll_queue *q)
{
	return q->waiting;
}

size_t
poll_queue_flying(const struct poll_queue *q)
{
	return q->flying;
}

void
poll_queue_restore(struct poll_queue *q, const struct poll_host *row,
    int64_t now_ms)
{
	struct host *h = hosts_get(&q->hosts, row->name);
	/* Written while the clock was ahead: it waits as long from now. */
	int64_t ahead = row->updated > now_ms ? row->updated - now_ms : 0;
	int64_t hold = row->hold_until - ahead;

	h->hold_until = hold - now_ms > POLL_RETRY_MAX * 1000LL ? 0 : hold;
	h->spacing_ms = row->spacing_ms;
	h->errors = row->errors;
	h->updated = row->updated - ahead;
	snprintf(h->reason, sizeof(h->reason), "%.63s", row->reason);
	settle(q, h);
}

bool
poll_queue_host(struct poll_queue *q, const char *url, struct poll_host *row)
{
	char name[POLL_HOST_SIZE];
	struct host *h;
	bool changed;

	if (q->nchanged == 0)
		return false;
	h = hosts_get(&q->hosts, poll_host_of(url, name, sizeof(name)));
	*row = (struct poll_host){ h->name, h->hold_until, h->reason,
		h->spacing_ms, h->errors, h->updated };
	changed = h->changed;
	h->changed = false;
	q->nchanged -= changed;
	return changed;
}
