#include "delivery/lane.h"

#include <stdlib.h>

#include "base/mem.h"
#include "config/config.h"
#include "delivery/backoff.h"

#define HOLD_FIRST	(5 * (int64_t)1000)
#define HOLD_CEILING	(5 * 60 * (int64_t)1000)
/* Failures in a row that mean the destination, not one message. */
#define OUTAGE		3

typedef bool (*before_fn)(const struct lane_entry *, const struct lane_entry *);

static bool
by_time(const struct lane_entry *a, const struct lane_entry *b)
{
	return a->due != b->due ? a->due < b->due : a->row < b->row;
}

static bool
by_rank(const struct lane_entry *a, const struct lane_entry *b)
{
	bool high = a->priority == RULE_HIGH;

	return high != (b->priority == RULE_HIGH) ? high : a->row < b->row;
}

static void
sink(struct lane_heap *h, size_t i, before_fn before)
{
	for (;;) {
		size_t best = i, child = 2 * i + 1;
		struct lane_entry swap;

		for (size_t k = child; k < child + 2 && k < h->n; k++)
			if (before(&h->list[k], &h->list[best]))
				best = k;
		if (best == i)
			return;
		swap = h->list[i];
		h->list[i] = h->list[best];
		h->list[best] = swap;
		i = best;
	}
}

static void
push(struct lane_heap *h, const struct lane_entry *e, before_fn before)
{
	size_t i = h->n;

	h->list = mem_grow(h->list, h->n, &h->cap, sizeof(*h->list));
	h->n++;
	for (; i > 0 && before(e, &h->list[(i - 1) / 2]); i = (i - 1) / 2)
		h->list[i] = h->list[(i - 1) / 2];
	h->list[i] = *e;
}

static struct lane_entry
pop(struct lane_heap *h, before_fn before)
{
	struct lane_entry top = h->list[0];

	h->list[0] = h->list[--h->n];
	sink(h, 0, before);
	return top;
}

static void
order(struct lane_heap *h, before_fn before)
{
	for (size_t i = h->n / 2; i-- > 0;)
		sink(h, i, before);
}

void
lane_clear(struct lane *l)
{
	free(l->recipient);
	free(l->later.list);
	free(l->ready.list);
}

void
lane_add(struct lane *l, const struct lane_entry *e)
{
	push(&l->later, e, by_time);
}

void
lane_mature(struct lane *l, int64_t now)
{
	while (l->later.n > 0 && l->later.list[0].due <= now) {
		struct lane_entry e = pop(&l->later, by_time);

		if (l->ready.n == 0)
			l->opened = e.since < now ? e.since : now;
		push(&l->ready, &e, by_rank);
	}
}

bool
lane_high(const struct lane *l)
{
	return l->ready.n > 0 && l->ready.list[0].priority == RULE_HIGH;
}

size_t
lane_take(struct lane *l, struct lane_entry *out, size_t max, bool high)
{
	struct lane_heap skipped = { 0 };
	size_t n = 0;

	while (n < max && l->ready.n > 0 && (!high || lane_high(l))) {
		struct lane_entry e = pop(&l->ready, by_rank);

		if (e.alone && n > 0) {
			push(&skipped, &e, by_rank);
			continue;
		}
		out[n++] = e;
		if (e.alone)
			break;
	}
	for (size_t i = 0; i < skipped.n; i++)
		push(&l->ready, &skipped.list[i], by_rank);
	free(skipped.list);
	return n;
}

/* Everything that waits is due now. */
static void
pull(struct lane *l, int64_t now)
{
	for (size_t i = 0; i < l->later.n; i++)
		if (l->later.list[i].due > now)
			l->later.list[i].due = now;
	order(&l->later, by_time);
}

void
lane_worked(struct lane *l, int64_t now)
{
	/* After fewer failures it may be single alerts that cannot be sent:
	   those keep their own backoff. */
	if (l->failures >= OUTAGE)
		pull(l, now);
	l->failures = 0;
	l->hold_until = 0;
}

void
lane_failed(struct lane *l, int64_t now, int64_t asked)
{
	int64_t hold = HOLD_FIRST;

	for (uint32_t i = 0; i < l->failures && hold < HOLD_CEILING; i++)
		hold *= 2;
	if (hold > HOLD_CEILING)
		hold = HOLD_CEILING;
	if (asked > BACKOFF_ASKED_MAX_MS)
		asked = BACKOFF_ASKED_MAX_MS;
	l->hold_until = now + (asked > hold ? asked : hold);
	l->failures++;
}

void
lane_release(struct lane *l, int64_t now)
{
	l->failures = 0;
	l->hold_until = 0;
	pull(l, now);
}

void
lane_shift(struct lane *l, int64_t by)
{
	l->opened -= by;
	l->hold_until -= by;
	for (size_t i = 0; i < l->later.n; i++)
		l->later.list[i].due -= by;
}

static size_t
expire(struct lane_heap *h, int64_t now, int64_t max_age, int64_t *rows,
    size_t max)
{
	size_t kept = 0, n = 0;

	for (size_t i = 0; i < h->n; i++)
		if (n < max && backoff_expired(h->list[i].since, now, max_age))
			rows[n++] = h->list[i].row;
		else
			h->list[kept++] = h->list[i];
	h->n = kept;
	return n;
}

size_t
lane_expire(struct lane *l, int64_t now, int64_t max_age, int64_t *rows,
    size_t max)
{
	size_t n;

	if (l->failures < OUTAGE)
		return 0;
	n = expire(&l->ready, now, max_age, rows, max);
	n += expire(&l->later, now, max_age, rows + n, max - n);
	if (n > 0) {
		order(&l->ready, by_rank);
		order(&l->later, by_time);
	}
	return n;
}
