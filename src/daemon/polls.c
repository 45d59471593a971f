#include "daemon/polls.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/log.h"
#include "base/mem.h"
#include "config/access.h"
#include "daemon/daemon.h"
#include "daemon/feed_state.h"
#include "daemon/generation.h"
#include "daemon/notifiers.h"
#include "daemon/poll_run.h"
#include "daemon/poll_slots.h"
#include "poll/queue.h"
#include "store/store.h"

#define ONCE_LOSSES 3
#define WAKE_MAX 60.0		/* clocks are set, machines sleep */
#define EXTRA_MAX 65536
#define PATIENCE 0.1		/* a poll without news waits for others */

/* It failed, and a reload has changed what may be the reason. */
static bool
is_to_be_tried(const struct polls *p, const struct poll_slot *slot,
    const struct poll_state *s)
{
	bool forbidden = s->outcome == POLL_BLOCKED ||
	    s->outcome == POLL_DISALLOWED;

	return s->errors > 0 && !s->gone &&
	    (slot->retry || (p->rules_changed && forbidden));
}

/* When the feed goes next, by what the store remembers of it (NULL: nothing). */
static void
enqueue_row(struct polls *p, struct poll_slot *slot,
    const struct store_feed *row, struct arena *mem)
{
	int64_t now = daemon_now(), due;
	struct poll_state state;

	slot->changed = false;
	feed_state_load(row, slot->feed, now, mem, &state);
	twins_set(&p->same, poll_slot_number(p, slot),
	    state.validated_url[0] != '\0' ? hash_str(state.validated_url) : 0);
	due = poll_state_due(&state, poll_slot_interval(p, slot), now);
	if (is_to_be_tried(p, slot, &state)) {
		slot->by_hand = true;
		due = state.hold_until > now ? state.hold_until : now;
	}
	slot->retry = false;
	if (p->d->once && !state.gone && state.hold_until <= now)
		due = now;
	else if (p->d->once)
		slot->had_turn = true;
	if (state.gone || !slot->feed->enabled) {
		slot->had_turn = true;
		poll_queue_drop(p->queue, poll_slot_number(p, slot));
	} else
		poll_queue_put(p->queue, poll_slot_number(p, slot),
		    poll_state_next_url(&state), due * 1000);
}

static void
enqueue(struct polls *p, struct poll_slot *slot)
{
	struct arena mem;

	arena_init(&mem);
	enqueue_row(p, slot, poll_slot_row(p, slot, &mem), &mem);
	arena_free(&mem);
}

static bool
enqueue_known(const struct store_feed *row, void *arg)
{
	struct polls *p = arg;
	struct poll_slot *slot = poll_slot_find(p, row->name);
	struct arena mem;

	if (slot == NULL)
		return false;	/* no longer configured */
	arena_init(&mem);
	enqueue_row(p, slot, row, &mem);
	arena_free(&mem);
	return true;
}

/* At the start: all of them with one reading. */
static void
enqueue_all(struct polls *p)
{
	struct error err;
	struct arena mem;

	if (store_feed_each(p->d->store, enqueue_known, p, &err) < 0)
		daemon_store_failed(p->d, &err);
	arena_init(&mem);
	for (size_t i = 0; i < p->nslots; i++)
		if (p->slots[i].changed)
			enqueue_row(p, &p->slots[i], NULL, &mem);
	arena_free(&mem);
}

static void
give_order(struct polls *p, struct poll_slot *slot)
{
	struct error err;

	if (slot->run == NULL)
		slot->run = poll_run_new(p, slot);
	if (poll_run_order(p, slot->run, &err) == 0)
		return;
	log_error("feed '%s': %s", slot->feed->name, err.text);
	slot->had_turn = true;
	poll_queue_done(p->queue, poll_slot_number(p, slot), NULL, daemon_now_ms());
	poll_run_free(p, slot->run);
	poll_queue_put(p->queue, poll_slot_number(p, slot), slot->feed->url,
	    daemon_now_ms() + 60000);
}

static void
dispatch(struct polls *p)
{
	size_t window = (size_t)p->d->generation->config->polling.window;
	int64_t wake = INT64_MAX, now = daemon_now_ms();
	uint32_t number;
	double wait;

	p->may_order = false;
	while (daemon_may_poll(p->d) && reader_serves(p->reader) &&
	    poll_queue_flying(p->queue) < window &&
	    poll_queue_next(p->queue, now, &number, &wake))
		give_order(p, &p->slots[number]);
	ev_timer_stop(p->d->loop, &p->wake);
	if (p->d->stopping || wake == INT64_MAX)
		return;
	wait = wake > now ? (double)(wake - now) / 1000.0 : 0.05;
	ev_timer_set(&p->wake, wait < WAKE_MAX ? wait : WAKE_MAX, 0.0);
	ev_timer_start(p->d->loop, &p->wake);
}

static void
on_wake(struct ev_loop *loop, ev_timer *w, int revents)
{
	(void)loop;
	(void)revents;
	dispatch(w->data);
}

/* The poll of a feed as it was before a reload is over: ask for what it is now. */
static void
give_up(struct polls *p, struct poll_run *run,
    const struct poll_answer *answer)
{
	struct poll_slot *slot = &p->slots[run->number];

	poll_queue_done(p->queue, run->number, answer, daemon_now_ms());
	poll_queue_drop(p->queue, run->number);
	poll_run_free(p, run);
	enqueue(p, slot);
}

static void
on_answer(void *arg, const struct poll_answer *answer,
    const struct poll_feed *feed, const struct article *articles, size_t n)
{
	struct polls *p = arg;
	struct poll_run *run = poll_run_find(p, answer->poll);

	/* Of a feed that a reload has removed: nobody waits for it. */
	if (run == NULL)
		return;
	if (run->outdated)
		give_up(p, run, answer);
	else
		poll_run_answer(p, run, answer, feed, articles, n);
	p->may_order = true;
}

/* --once is for one round: programs that cannot even start end it. */
static void
give_up_once(struct polls *p, bool blamed)
{
	/* A poll that is to blame had its turn, and is no reason. */
	if (!p->d->once || blamed || ++p->losses < ONCE_LOSSES)
		return;
	log_error("the programs that read feeds do not stay up; giving up");
	daemon_stop(p->d, 1);
}

static void
on_lost(void *arg, uint64_t blamed, const char *why)
{
	struct polls *p = arg;
	bool found = false;

	for (size_t i = 0; i < p->nslots; i++) {
		struct poll_run *run = p->slots[i].run;

		if (run != NULL && run->outdated)
			give_up(p, run, NULL);
		else if (run != NULL)
			found |= poll_run_lost(p, run, blamed, why);
	}
	give_up_once(p, found);
}

static void
on_serve(void *arg)
{
	struct polls *p = arg;

	p->may_order = true;
}

static void
on_stopped(void *arg)
{
	struct polls *p = arg;

	p->stopped = true;
	if (!p->d->stopping) {	/* replaced by a reload */
		p->stopped = false;
		reader_start(p->reader);
	}
}

static const struct reader_owner reader_owner = {
	.answer = on_answer,
	.lost = on_lost,
	.serve = on_serve,
	.stopped = on_stopped,
};

static void
on_patience(struct ev_loop *loop, ev_timer *w, int revents)
{
	(void)loop;
	(void)revents;
	polls_commit(w->data);
}

/* The disk is asked to keep it now, or once for it and what comes next. */
static void
settle(struct polls *p)
{
	if (p->urgent || p->nbatch == 0 || poll_queue_flying(p->queue) == 0 ||
	    notifiers_unsettled(p->d->notifiers) ||
	    !store_is_synced(p->d->store))
		polls_commit(p);
	else if (!ev_is_active(&p->patience)) {
		ev_timer_set(&p->patience, PATIENCE, 0.0);
		ev_timer_start(p->d->loop, &p->patience);
	}
}

/* Whatever came in is dealt with: one transaction, one look at the queue, one
   message with all orders. */
static void
on_prepare(struct ev_loop *loop, ev_prepare *w, int revents)
{
	struct polls *p = w->data;

	(void)loop;
	(void)revents;
	settle(p);
	if (p->may_order)
		dispatch(p);
	/* What came to nothing while the others were announced. */
	if (p->nbatch == 0)
		notifiers_settle(p->d->notifiers);
	reader_flush(p->reader);
}

/* Who we are: name, version, and where we can be reached. */
static void
make_setup(const struct config *c, struct arena *mem, struct poll_setup *s)
{
	s->user_agent = config_user_agent(c->contact, mem);
	s->proxy = c->network.proxy;
	s->allow = c->network.allow;
	s->nallow = c->network.nallow;
}

static int
restore_host(const struct store_host *h, void *arg)
{
	struct polls *p = arg;
	struct poll_host host = { h->name, h->hold_until * 1000, h->reason,
		h->spacing_ms, h->errors, h->updated * 1000 };

	poll_queue_restore(p->queue, &host, daemon_now_ms());
	return 0;
}

struct polls *
polls_new(struct daemon *d, struct error *err)
{
	struct polls *p = mem_zalloc(1, sizeof(*p));
	const struct config *c = d->generation->config;
	struct poll_setup setup;
	struct arena mem;

	p->d = d;
	p->queue = poll_queue_new(c->polling.spacing);
	twins_init(&p->same);
	twins_init(&p->selves);
	arena_init(&p->batch_mem);
	buf_init(&p->extra, EXTRA_MAX);
	if (store_host_each(d->store, restore_host, p, err) < 0) {
		poll_queue_free(p->queue);
		free(p);
		return NULL;
	}
	arena_init(&mem);
	make_setup(c, &mem, &setup);
	p->reader = reader_new(d->loop, d->generation->libexec, &setup,
	    c->polling.timeout, &reader_owner, p);
	arena_free(&mem);
	ev_timer_init(&p->wake, on_wake, 0.0, 0.0);
	ev_timer_init(&p->patience, on_patience, PATIENCE, 0.0);
	ev_prepare_init(&p->prepare, on_prepare);
	/* Before the daemon's own, which looks whether all is done. */
	ev_set_priority(&p->prepare, EV_MAXPRI);
	p->wake.data = p->patience.data = p->prepare.data = p;
	ev_prepare_start(d->loop, &p->prepare);
	reader_start(p->reader);
	return p;
}

void
polls_free(struct polls *p)
{
	if (p == NULL)
		return;
	ev_timer_stop(p->d->loop, &p->wake);
	ev_timer_stop(p->d->loop, &p->patience);
	ev_prepare_stop(p->d->loop, &p->prepare);
	for (size_t i = 0; i < p->nslots; i++)
		if (p->slots[i].run != NULL)
			poll_run_free(p, p->slots[i].run);
	poll_run_clear(p);
	reader_free(p->reader);
	poll_queue_free(p->queue);
	twins_clear(&p->same);
	twins_clear(&p->selves);
	free(p->slots);
	free(p->table);
	free(p->batch);
	arena_free(&p->batch_mem);
	buf_clear(&p->extra);
	free(p);
}

/* Whom we may ask, and as whom; the programs know it from their start. */
static bool
configure_rules(struct polls *p, const struct config *c)
{
	struct poll_setup setup;
	struct arena mem;
	bool differs;

	arena_init(&mem);
	make_setup(c, &mem, &setup);
	reader_set_timeout(p->reader, c->polling.timeout);
	differs = reader_set_setup(p->reader, &setup);
	p->rules_changed = p->nslots > 0 &&
	    (differs || p->robots != c->polling.robots);
	p->robots = c->polling.robots;
	arena_free(&mem);
	return differs;
}

void
polls_configure(struct polls *p)
{
	const struct config *c = p->d->generation->config;
	bool *taken = mem_zalloc(c->nfeeds, sizeof(*taken));
	bool first = p->nslots == 0, differs = configure_rules(p, c);
	struct poll_slot *slot;

	polls_commit(p);
	poll_slots_match(p, c, taken);
	p->first_free = 0;
	poll_queue_set_spacing(p->queue, c->polling.spacing);
	for (size_t i = 0; i < c->nfeeds; i++)
		if (!taken[i]) {
			slot = poll_slot_take(p);
			slot->feed = &c->feeds[i];
			slot->interval = poll_slot_interval(p, slot);
			slot->changed = true;
		}
	poll_slots_index(p);
	if (first)
		enqueue_all(p);
	for (size_t i = 0; i < p->nslots; i++) {
		slot = &p->slots[i];
		if (slot->feed == NULL || (!slot->changed && !p->rules_changed))
			continue;
		if (slot->run == NULL)
			enqueue(p, slot);
		else if (slot->run->outdated && slot->run->poll == 0)
			give_up(p, slot->run, NULL);	/* between two hops */
	}
	free(taken);
	if (differs)
		reader_stop(p->reader);	/* and, when stopped, started anew */
	dispatch(p);
}

void
polls_wake(struct polls *p)
{
	dispatch(p);
}

void
polls_stop(struct polls *p)
{
	if (p == NULL)
		return;		/* not started yet */
	ev_timer_stop(p->d->loop, &p->wake);
	polls_commit(p);
	reader_stop(p->reader);
}

bool
polls_stopped(const struct polls *p)
{
	return p->stopped;
}

bool
polls_done_once(const struct polls *p)
{
	int64_t now = daemon_now_ms();

	if (p->nbatch > 0)
		return false;
	/* A host that is held lets none of its feeds have a turn. */
	for (size_t i = 0; i < p->nslots; i++)
		if (p->slots[i].feed != NULL &&
		    (!p->slots[i].had_turn || p->slots[i].more) &&
		    !poll_queue_feed_held(p->queue, (uint32_t)i, now))
			return false;
	return true;
}
