#include "delivery/queue.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "config/quiet.h"
#include "delivery/backoff.h"
#include "delivery/lane.h"
#include "delivery/rowset.h"

/* A clock that moves back less is left to run on. */
#define CLOCK_SLACK	2000
/* Attempts before age alone may end a delivery: the daemon may have been down
   longer than that, or the clock wrong. */
#define ATTEMPTS_MIN	3

struct outlet {
	char		*name;
	struct queue_policy policy;
	bool		 configured;
	struct lane	*lanes;
	size_t		 n, cap;
	struct lane_entry flight[QUEUE_MESSAGE_MAX];
	size_t		 nflight, lane;	/* lane of the flight */
	int64_t		 taken;		/* when the message was taken */
	int64_t		 next_message;	/* by rate */
	int64_t		 next_probe;	/* of a lane that fails */
};

struct kept {
	struct queue_verdict verdict;
	char		*reason;
};

struct queue {
	struct outlet	*outlets;
	size_t		 n, cap;
	struct kept	*kept;
	size_t		 nkept, kept_cap;
	struct rowset	 known;		/* all that waits, and what is kept */
	int64_t		 last;		/* latest time seen */
	uint64_t	 turn;
};

struct queue *
queue_new(void)
{
	return mem_zalloc(1, sizeof(struct queue));
}

static void
clear_outlet(struct queue *q, struct outlet *o)
{
	for (size_t i = 0; i < o->nflight; i++)
		rowset_remove(&q->known, o->flight[i].row);
	for (size_t i = 0; i < o->n; i++) {
		struct lane *l = &o->lanes[i];

		for (size_t k = 0; k < l->later.n; k++)
			rowset_remove(&q->known, l->later.list[k].row);
		for (size_t k = 0; k < l->ready.n; k++)
			rowset_remove(&q->known, l->ready.list[k].row);
		lane_clear(l);
	}
	free(o->lanes);
	free(o->name);
}

void
queue_free(struct queue *q)
{
	if (q == NULL)
		return;
	for (size_t i = 0; i < q->n; i++)
		clear_outlet(q, &q->outlets[i]);
	for (size_t i = 0; i < q->nkept; i++)
		free(q->kept[i].reason);
	rowset_clear(&q->known);
	free(q->outlets);
	free(q->kept);
	free(q);
}

static struct outlet *
find(const struct queue *q, const char *name)
{
	for (size_t i = 0; i < q->n; i++)
		if (strcmp(q->outlets[i].name, name) == 0)
			return &q->outlets[i];
	return NULL;
}

static struct outlet *
need(struct queue *q, const char *name)
{
	struct outlet *o = find(q, name);

	if (o != NULL)
		return o;
	q->outlets = mem_grow(q->outlets, q->n, &q->cap, sizeof(*o));
	o = &q->outlets[q->n++];
	memset(o, 0, sizeof(*o));
	o->name = mem_strdup(name);
	return o;
}

static struct lane *
need_lane(struct outlet *o, const char *recipient)
{
	struct lane *l;

	for (size_t i = 0; i < o->n; i++)
		if (strcmp(o->lanes[i].recipient, recipient) == 0)
			return &o->lanes[i];
	o->lanes = mem_grow(o->lanes, o->n, &o->cap, sizeof(*l));
	l = &o->lanes[o->n++];
	memset(l, 0, sizeof(*l));
	l->recipient = mem_strdup(recipient);
	return l;
}

void
queue_configure(struct queue *q, const char *name,
    const struct queue_policy *policy)
{
	struct outlet *o = need(q, name);

	o->policy = *policy;
	o->configured = true;
}

void
queue_forget(struct queue *q, const char *name)
{
	struct outlet *o = find(q, name);

	if (o == NULL)
		return;
	clear_outlet(q, o);
	*o = q->outlets[--q->n];
}

/* The clock was set back: move all that waits with it. */
static void
watch_clock(struct queue *q, int64_t now)
{
	int64_t by = q->last - now;

	if (now > q->last || by > CLOCK_SLACK)
		q->last = now;
	if (by <= CLOCK_SLACK)
		return;
	for (size_t i = 0; i < q->n; i++) {
		struct outlet *o = &q->outlets[i];

		o->taken -= by;
		o->next_message -= by;
		o->next_probe -= by;
		for (size_t k = 0; k < o->n; k++)
			lane_shift(&o->lanes[k], by);
	}
}

void
queue_add(struct queue *q, const struct store_delivery *d, int64_t now)
{
	struct lane_entry e = { .row = d->row, .since = d->since * 1000,
	    .due = d->next_at * 1000, .attempts = (uint32_t)d->attempts,
	    .priority = (uint8_t)d->priority };

	watch_clock(q, now);
	if (!rowset_add(&q->known, d->row))
		return;
	/* Made while the clock was ahead: it waits as long from now. */
	if (e.since > now + CLOCK_SLACK) {
		e.due -= e.since - now;
		e.since = now;
	}
	if (e.due > now + BACKOFF_ASKED_MAX_MS)
		e.due = now + BACKOFF_ASKED_MAX_MS;
	lane_add(need_lane(need(q, d->notifier), d->recipient), &e);
}

void
queue_release(struct queue *q, const char *name, int64_t now)
{
	watch_clock(q, now);
	for (size_t i = 0; i < q->n; i++) {
		struct outlet *o = &q->outlets[i];

		if (name != NULL && strcmp(o->name, name) != 0)
			continue;
		o->next_probe = 0;
		for (size_t k = 0; k < o->n; k++)
			lane_release(&o->lanes[k], now);
	}
}

static int64_t
later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* When the lane could send; <= now: it can. *look: when that may change. */
static int64_t
lane_time(const struct outlet *o, const struct lane *l, int64_t now,
    int64_t quiet, int64_t *look)
{
	int64_t t = now, gate = l->hold_until;

	if (l->failures > 0)
		gate = later(gate, o->next_probe);
	if (l->ready.n == 0)
		t = INT64_MAX;
	else if (!lane_high(l))
		t = later(quiet, o->policy.batch > 0 &&
		    l->ready.n < QUEUE_MESSAGE_MAX ?
		    l->opened + o->policy.batch : 0);
	*look = t;
	if (l->later.n > 0 && l->later.list[0].due < *look)
		*look = l->later.list[0].due;
	*look = later(*look, gate);
	return later(t, gate);
}

/* Lanes in order first, then the high priority, then who waited longest. */
static bool
goes_first(const struct lane *a, const struct lane *b)
{
	if ((a->failures == 0) != (b->failures == 0))
		return a->failures == 0;
	if (lane_high(a) != lane_high(b))
		return lane_high(a);
	return a->served < b->served;
}

static int64_t
quiet_end(const struct outlet *o, int64_t now)
{
	return quiet_until(o->policy.quiet, now / 1000) * 1000;
}

static struct lane *
choose(struct outlet *o, int64_t now, int64_t quiet, int64_t *wake)
{
	struct lane *best = NULL;
	int64_t look;

	for (size_t i = 0; i < o->n; i++) {
		struct lane *l = &o->lanes[i];

		if (l->later.n + l->ready.n == 0)
			continue;
		lane_mature(l, now);
		if (lane_time(o, l, now, quiet, &look) <= now) {
			if (best == NULL || goes_first(l, best))
				best = l;
		} else if (look < *wake) {
			*wake = look;
		}
	}
	return best;
}

size_t
queue_next(struct queue *q, const char *name, int64_t now, int64_t *rows,
    size_t max, int64_t *wake)
{
	struct outlet *o = find(q, name);
	struct lane *l;
	int64_t quiet;

	*wake = INT64_MAX;
	watch_clock(q, now);
	if (o == NULL || !o->configured || o->nflight > 0 || max == 0)
		return 0;
	quiet = quiet_end(o, now);
	l = choose(o, now, quiet, wake);
	if (now < o->next_message) {
		if (l != NULL || *wake < o->next_message)
			*wake = o->next_message;
		return 0;
	}
	if (l == NULL)
		return 0;
	if (o->policy.batch == 0)
		max = 1;
	else if (max > QUEUE_MESSAGE_MAX)
		max = QUEUE_MESSAGE_MAX;
	o->nflight = lane_take(l, o->flight, max, quiet > now);
	o->lane = (size_t)(l - o->lanes);
	o->taken = now;
	o->next_message = now + o->policy.rate;
	l->served = ++q->turn;
	for (size_t i = 0; i < o->nflight; i++)
		rows[i] = o->flight[i].row;
	return o->nflight;
}

/* Back to its lane, or dead. */
static void
fail_entry(struct outlet *o, struct lane_entry e, enum store_outcome how,
    int64_t asked, int64_t now, struct queue_verdict *v)
{
	bool together = o->nflight > 1;

	e.attempts++;
	v->outcome = STORE_OUTCOME_DEAD;
	if (how == STORE_OUTCOME_DEAD && !together)
		return;
	if (e.attempts >= ATTEMPTS_MIN &&
	    backoff_expired(e.since, now, o->policy.max_age))
		return;
	v->outcome = STORE_OUTCOME_RETRY;
	e.due = how == STORE_OUTCOME_DEAD ? now :
	    now + backoff_wait(e.attempts, (uint64_t)e.row, asked);
	/* Which one of a message is to blame shows when each goes alone. */
	if (together && (how == STORE_OUTCOME_DEAD || e.attempts >= 2))
		e.alone = true;
	v->next_at_s = (e.due + 999) / 1000;
	lane_add(&o->lanes[o->lane], &e);
}

size_t
queue_result(struct queue *q, const char *name, enum store_outcome how,
    int64_t asked, int64_t now, struct queue_verdict *verdicts)
{
	struct outlet *o = find(q, name);
	size_t n;

	watch_clock(q, now);
	if (o == NULL || o->nflight == 0)
		return 0;
	n = o->nflight;
	for (size_t i = 0; i < n; i++) {
		verdicts[i] = (struct queue_verdict){ o->flight[i].row,
		    STORE_OUTCOME_DONE, 0 };
		if (how != STORE_OUTCOME_DONE)
			fail_entry(o, o->flight[i], how, asked, now,
			    &verdicts[i]);
		if (verdicts[i].outcome != STORE_OUTCOME_RETRY)
			rowset_remove(&q->known, verdicts[i].row);
	}
	o->nflight = 0;
	if (how == STORE_OUTCOME_RETRY) {
		lane_failed(&o->lanes[o->lane], now, asked);
		/* At most a quarter of the time goes to what fails. */
		o->next_probe = now + 3 * later(now - o->taken, 0);
	} else {
		/* Also "never" is an answer: somebody is there. */
		lane_worked(&o->lanes[o->lane], now);
	}
	return n;
}

void
queue_return(struct queue *q, const char *name, int64_t now)
{
	struct outlet *o = find(q, name);

	watch_clock(q, now);
	if (o == NULL)
		return;
	for (size_t i = 0; i < o->nflight; i++)
		lane_add(&o->lanes[o->lane], &o->flight[i]);
	o->nflight = 0;
	o->next_message = now;
}

void
queue_drop(struct queue *q, const char *name, int64_t now)
{
	struct outlet *o = find(q, name);

	watch_clock(q, now);
	if (o == NULL)
		return;
	for (size_t i = 0; i < o->nflight; i++)
		rowset_remove(&q->known, o->flight[i].row);
	o->nflight = 0;
	o->next_message = now;
}

size_t
queue_expire(struct queue *q, int64_t now, int64_t *rows, size_t max)
{
	size_t n = 0;

	watch_clock(q, now);
	for (size_t i = 0; i < q->n; i++)
		for (size_t k = 0; k < q->outlets[i].n && n < max; k++)
			n += lane_expire(&q->outlets[i].lanes[k], now,
			    q->outlets[i].policy.max_age, rows + n, max - n);
	for (size_t i = 0; i < n; i++)
		rowset_remove(&q->known, rows[i]);
	return n;
}

void
queue_keep(struct queue *q, const struct queue_verdict *v, const char *reason)
{
	struct kept *k;

	rowset_add(&q->known, v->row);
	/* Of several failures of one delivery the last one says it all. */
	for (size_t i = 0; i < q->nkept; i++)
		if (q->kept[i].verdict.row == v->row) {
			free(q->kept[i].reason);
			q->kept[i].verdict = *v;
			q->kept[i].reason = mem_strdup(reason);
			return;
		}
	q->kept = mem_grow(q->kept, q->nkept, &q->kept_cap, sizeof(*k));
	k = &q->kept[q->nkept++];
	k->verdict = *v;
	k->reason = mem_strdup(reason);
}

const struct queue_verdict *
queue_kept(const struct queue *q, size_t i, const char **reason)
{
	if (i >= q->nkept)
		return NULL;
	*reason = q->kept[i].reason;
	return &q->kept[i].verdict;
}

void
queue_kept_drop(struct queue *q, size_t n)
{
	if (n > q->nkept)
		n = q->nkept;
	for (size_t i = 0; i < n; i++) {
		if (q->kept[i].verdict.outcome != STORE_OUTCOME_RETRY)
			rowset_remove(&q->known, q->kept[i].verdict.row);
		free(q->kept[i].reason);
	}
	q->nkept -= n;
	if (n > 0 && q->nkept > 0)
		memmove(q->kept, q->kept + n, q->nkept * sizeof(*q->kept));
}

static size_t
count(const struct outlet *o)
{
	size_t n = o->nflight;

	for (size_t i = 0; i < o->n; i++)
		n += o->lanes[i].later.n + o->lanes[i].ready.n;
	return n;
}

bool
queue_state(const struct queue *q, const char *name, int64_t now,
    struct queue_state *s)
{
	const struct outlet *o = find(q, name);

	memset(s, 0, sizeof(*s));
	if (o == NULL)
		return false;
	s->waiting = count(o);
	s->underway = o->nflight;
	s->lanes = o->n;
	for (size_t i = 0; i < o->n; i++)
		s->failing += o->lanes[i].failures > 0;
	s->quiet_until = quiet_end(o, now);
	return true;
}

size_t
queue_waiting(const struct queue *q)
{
	size_t n = q->nkept;

	for (size_t i = 0; i < q->n; i++)
		n += count(&q->outlets[i]);
	return n;
}
