#include "daemon/poll_end.h"

#include <stdlib.h>
#include <string.h>

#include "base/crash.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/mem.h"
#include "daemon/announce.h"
#include "daemon/daemon.h"
#include "daemon/feed_state.h"
#include "daemon/metrics.h"
#include "daemon/notifiers.h"
#include "daemon/polls.h"
#include "poll/older.h"
#include "store/store.h"

#define RETRY_MS	60000	/* after trouble of our own */
#define BATCH_POLLS	1000
#define BATCH_ITEMS	2000

/* A host that asked us to wait is remembered over restarts. */
static int
save_host(struct polls *p, const char *url, struct error *err)
{
	struct poll_host h;
	struct store_host row;

	if (!poll_queue_host(p->queue, url, &h))
		return 0;
	row.name = h.name;
	row.hold_until = h.hold_until / 1000;
	row.reason = h.reason;
	row.spacing_ms = h.spacing_ms;
	row.errors = h.errors;
	row.updated = h.updated / 1000;
	return store_host_put(p->d->store, &row, err);
}

/* The row as it is, or a new one, and the articles. */
static int
save_articles(struct polls *p, struct poll_ending *e, struct error *err)
{
	struct pipeline_poll poll = { e->feed, &e->row, e->answer,
		e->document, e->articles, e->n, false, 0 };
	const struct poll_run *run = e->run;

	e->row = run->row;
	feed_state_load(run->stored ? &e->row : NULL, e->feed, e->now, &e->run->mem,
	    &e->state);
	e->body = e->state.body;
	if (run->robots_until != 0)
		e->state.robots_until = run->robots_until;
	if (!run->stored) {
		feed_state_row(e->feed, &e->row);
		if (store_feed_put(p->d->store, &e->row, err) < 0)
			return -1;
	}
	if (e->answer->outcome != POLL_OK)
		return 0;
	poll.ambiguous = e->state.ambiguous || !e->document->ids_unique ||
	    !e->document->links_unique;
	poll.since = run->older ? e->state.older_since : 0;
	return pipeline_articles(p->d, &poll, e->now, &e->result, err);
}

static void
decide(struct polls *p, struct poll_ending *e, struct poll_state *new)
{
	struct poll_result result = { e->feed->name,
		poll_slot_interval(p, &p->slots[e->run->number]),
		e->answer, e->document, &e->run->chain,
		(uint32_t)e->result.fresh, e->hold,
		poll_queue_is_offline(p->queue), e->shared };
	struct poll_older older = { e->answer, e->document,
		(uint32_t)e->result.fresh, e->result.known > 0 || e->result.old,
		e->hold };

	if (e->run->older)
		poll_older_done(&e->state, &older, e->now, new, &e->decision);
	else
		poll_done(&e->state, &result, e->now, new, &e->decision);
}

static int
save_feed(struct polls *p, struct poll_ending *e, struct error *err)
{
	struct store_poll poll = { e->now,
		poll_outcome_name(e->answer->outcome),
		(int64_t)e->answer->status, (int64_t)e->result.items,
		(int64_t)e->result.fresh, (int64_t)e->result.changed,
		(int64_t)e->answer->bytes, e->answer->elapsed_ms,
		e->answer->error };
	struct poll_state new;

	decide(p, e, &new);
	feed_state_save(&new, e->feed, &p->extra, &e->row);
	e->state = new;
	e->row.polls++;
	e->row.not_modified += e->answer->outcome == POLL_NOT_MODIFIED;
	e->row.articles += (int64_t)e->result.fresh;
	if (e->answer->outcome == POLL_OK && !e->run->older) {
		e->row.title = e->document->title;
		e->row.link = e->document->link;
		e->row.format = e->document->format;
	}
	return store_feed_polled(p->d->store, &e->row, &poll, err);
}

static void
remember(struct polls *p, struct poll_ending *e)
{
	struct poll_ended *b;

	p->batch = mem_grow(p->batch, p->nbatch, &p->cbatch,
	    sizeof(*p->batch));
	b = &p->batch[p->nbatch++];
	memset(b, 0, sizeof(*b));
	b->slot = e->run->number;
	b->due = poll_state_due(&e->state, poll_slot_interval(p,
	    &p->slots[b->slot]), e->now);
	b->url = arena_strdup(&p->batch_mem, poll_state_next_url(&e->state));
	b->more = b->due <= e->now;
	/* An older page is no turn, unless it is to be waited for. */
	b->had_turn = !e->run->older ||
	    (e->state.older[0] != '\0' && b->due > e->now);
	b->warning = e->decision.tell == POLL_TELL_WARNING;
	if (e->decision.tell != POLL_TELL_NOTHING)
		b->log = arena_printf(&p->batch_mem, "feed '%s': %s",
		    e->feed->name,
		    e->decision.sentence);
	else
		log_debug("feed '%s': %s", e->feed->name,
		    e->decision.sentence);
	p->batch_items += e->result.fresh + e->result.changed;
}

static int
save(struct polls *p, struct poll_ending *e, struct error *err)
{
	if (save_articles(p, e, err) < 0 || save_feed(p, e, err) < 0)
		return -1;
	p->urgent |= e->answer->outcome != POLL_NOT_MODIFIED ||
	    e->decision.tell != POLL_TELL_NOTHING;
	remember(p, e);
	return 0;
}

static const char *
last_url(const struct poll_run *run)
{
	return run->chain.urls[run->chain.hops];
}

static void
tell_twin(struct polls *p, const struct poll_ending *e, struct poll_slot *slot)
{
	struct poll_slot *asked = &p->slots[e->run->number];

	if (slot->twin == 0 && asked->twin == 0)
		log_about(LOG_LEVEL_WARNING,
		    &(struct log_subject){ .feed = slot->feed->name },
		    "feed '%s': it ends at %s, as feed '%s' does: that is "
		    "asked once for both, and one of them can be removed",
		    slot->feed->name, last_url(e->run), e->feed->name);
	slot->twin = e->run->number + 1;
	asked->twin = poll_slot_number(p, slot) + 1;
}

/*
 * What a feed was answered is an answer to its twin: a whole document always,
 * one that says what is new since if both knew the same before.
 */
static bool
is_answer_for(const struct poll_ending *e, const struct poll_state *s)
{
	bool whole = e->answer->outcome == POLL_OK && e->answer->status == 200;

	return !s->gone && strcmp(s->validated_url, last_url(e->run)) == 0 &&
	    (whole || (s->body != 0 && s->body == e->body));
}

/* 0, or -1: the store failed. */
static int
share(struct polls *p, const struct poll_ending *e, struct poll_slot *slot,
    struct error *err)
{
	struct poll_run *run = poll_run_new(p, slot);
	struct poll_ending t = { .run = run, .feed = slot->feed,
		.answer = e->answer, .document = e->document,
		.articles = e->articles, .n = e->n, .shared = true,
		.now = e->now };
	struct poll_state state;
	int rc = poll_run_load(p, run, err);

	poll_chain_init(&run->chain, last_url(e->run));
	if (rc == 0 && run->stored) {
		feed_state_load(&run->row, slot->feed, e->now, &run->mem, &state);
		if (is_answer_for(e, &state)) {
			/* Not to be asked before this is committed. */
			poll_queue_drop(p->queue, run->number);
			tell_twin(p, e, slot);
			rc = save(p, &t, err);
		}
	}
	if (rc < 0)
		poll_queue_put(p->queue, run->number, slot->feed->url,
		    e->now * 1000 + RETRY_MS);
	poll_run_free(p, run);
	return rc;
}

static int
share_all(struct polls *p, struct poll_ending *e, struct error *err)
{
	uint64_t key = hash_str(last_url(e->run));
	uint32_t i, next;

	if (e->run->older || (e->answer->outcome != POLL_OK &&
	    e->answer->outcome != POLL_NOT_MODIFIED))
		return 0;
	for (i = twins_first(&p->same, key); i != TWINS_END; i = next) {
		struct poll_slot *slot = &p->slots[i];

		next = twins_after(&p->same, i);
		if (i != e->run->number && slot->feed != NULL &&
		    slot->feed->enabled && slot->run == NULL &&
		    poll_run_same_access(slot->feed, e->feed) &&
		    share(p, e, slot, err) < 0)
			return -1;
	}
	twins_set(&p->same, e->run->number, key);
	return 0;
}

/* Two URLs, one name: it may be the same twice, but who knows. */
static void
tell_namesake(struct polls *p, const struct poll_ending *e)
{
	const struct poll_feed *f = e->document;
	uint64_t key;
	uint32_t i;

	if (e->answer->outcome != POLL_OK || e->run->older ||
	    f->self[0] == '\0')
		return;
	key = hash_str(f->self) ^ hash_str(f->title) * 3;
	i = twins_first(&p->selves, key);
	if (i != TWINS_END && i != e->run->number &&
	    p->slots[i].feed != NULL && p->selves.keys[e->run->number] != key &&
	    p->same.keys[i] != p->same.keys[e->run->number])
		log_about(LOG_LEVEL_INFO,
		    &(struct log_subject){ .feed = e->feed->name },
		    "feed '%s': it says that it is %s, as feed '%s' does: is "
		    "it the same one twice?", e->feed->name, f->self,
		    p->slots[i].feed->name);
	twins_set(&p->selves, e->run->number, key);
}

static void
empty_batch(struct polls *p)
{
	p->nbatch = p->batch_items = 0;
	arena_reset(&p->batch_mem);
}

/* Forget the open transaction; all its feeds are asked again. */
static void
fail_batch(struct polls *p, const struct error *err)
{
	int64_t at = daemon_now() * 1000 + RETRY_MS;

	store_rollback(p->d->store);
	announce_rollback(p->d->announce);
	daemon_store_failed(p->d, err);
	for (size_t i = 0; i < p->nbatch; i++) {
		struct poll_slot *s = &p->slots[p->batch[i].slot];

		if (s->feed != NULL)
			poll_queue_put(p->queue, p->batch[i].slot,
			    s->feed->url, at);
	}
	empty_batch(p);
	p->urgent = false;
	ev_timer_stop(p->d->loop, &p->patience);
}

static void
finish_one(struct polls *p, struct poll_ended *b)
{
	struct poll_slot *s = &p->slots[b->slot];
	int64_t due;

	if (b->log != NULL)
		log_about(b->warning ? LOG_LEVEL_WARNING : LOG_LEVEL_INFO,
		    &(struct log_subject){ .feed = s->feed != NULL ?
		    s->feed->name : NULL }, "%s", b->log);
	s->had_turn |= b->had_turn;
	s->more = b->more;
	due = s->asked || (p->d->once && !s->had_turn) ? daemon_now() : b->due;
	s->by_hand = s->asked;
	s->asked = false;
	if (s->feed != NULL && s->feed->enabled && due != POLL_NEVER)
		poll_queue_put(p->queue, b->slot, b->url, due * 1000);
}

void
polls_commit(struct polls *p)
{
	struct error err;
	int verdicts;

	/* What is announced may make others write, and come here again. */
	if (p == NULL || p->committing)
		return;
	if (p->nbatch == 0) {
		notifiers_settle(p->d->notifiers);
		return;
	}
	if ((verdicts = notifiers_put(p->d->notifiers, &err)) < 0 ||
	    store_commit(p->d->store, &err) < 0) {
		fail_batch(p, &err);
		return;
	}
	notifiers_stored(p->d->notifiers, verdicts);
	p->urgent = false;
	ev_timer_stop(p->d->loop, &p->patience);
	p->committing = true;
	announce_commit(p->d->announce);
	for (size_t i = 0; i < p->nbatch; i++)
		finish_one(p, &p->batch[i]);
	empty_batch(p);
	p->committing = false;
	polls_wake(p);
}

void
poll_end(struct polls *p, struct poll_ending *e)
{
	struct error err;

	CRASH_POINT("after-fetch");
	e->now = daemon_now();
	if ((p->nbatch == 0 && store_begin(p->d->store, &err) < 0) ||
	    save(p, e, &err) < 0 || share_all(p, e, &err) < 0 ||
	    save_host(p, e->answer->url, &err) < 0) {
		fail_batch(p, &err);
		poll_queue_put(p->queue, e->run->number, e->feed->url,
		    e->now * 1000 + RETRY_MS);
		p->slots[e->run->number].had_turn = true;
		p->slots[e->run->number].more = false;
	} else
		tell_namesake(p, e);
	metrics_poll(e->answer->outcome);
	poll_run_free(p, e->run);
	if (p->nbatch >= BATCH_POLLS || p->batch_items >= BATCH_ITEMS)
		polls_commit(p);
}

