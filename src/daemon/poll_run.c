#include "daemon/poll_run.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/crash.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/mem.h"
#include "daemon/announce.h"
#include "daemon/daemon.h"
#include "daemon/feed_state.h"
#include "daemon/generation.h"
#include "daemon/metrics.h"
#include "daemon/pipeline.h"
#include "daemon/polls.h"
#include "poll/older.h"
#include "poll/schedule.h"
#include "store/feeds.h"
#include "store/store.h"

#define RETRY_MS	60000	/* after trouble of our own */
#define LOSSES		3	/* so often it is chance, or others are to blame */
#define APART_MS	30000
#define BATCH_POLLS	100
#define BATCH_ITEMS	2000

struct poll_run {
	uint32_t		 number;	/* of its slot */
	uint64_t		 poll;		/* in flight; 0 = waits for its host */
	struct poll_chain	 chain;
	unsigned		 losses;	/* it was in flight and nobody to blame */
	bool			 looked, stored;	/* for its row, which was there */
	bool			 older;		/* it asks for an older page */
	struct store_feed	 row;
	struct arena		 mem;		/* of the chain and the row */
};

uint32_t
poll_slot_number(const struct polls *p, const struct poll_slot *slot)
{
	return (uint32_t)(slot - p->slots);
}

int64_t
poll_slot_interval(const struct polls *p, const struct poll_slot *slot)
{
	const struct config *c = p->d->generation->config;
	int64_t ms = slot->feed->interval;

	return (ms > 0 ? ms : c->polling.interval) / 1000;
}

struct poll_run *
poll_run_new(struct polls *p, struct poll_slot *slot)
{
	struct poll_run *run = mem_zalloc(1, sizeof(*run));

	run->number = poll_slot_number(p, slot);
	arena_init(&run->mem);
	return run;
}

void
poll_run_free(struct polls *p, struct poll_run *run)
{
	p->slots[run->number].run = NULL;
	arena_free(&run->mem);
	free(run);
}

struct poll_run *
poll_run_find(const struct polls *p, uint64_t poll)
{
	/* The low half of an order's number is its slot. */
	size_t number = poll & UINT32_MAX;
	struct poll_run *run = number < p->nslots ? p->slots[number].run :
	    NULL;

	return run != NULL && run->poll == poll ? run : NULL;
}

/* The feed's row, once: nobody else writes it before the poll has ended. */
static int
load_row(struct polls *p, struct poll_run *run, struct error *err)
{
	int r;

	if (run->looked)
		return 0;
	r = store_feed_get(p->d->store, p->slots[run->number].feed->name,
	    &run->mem, &run->row, err);
	run->looked = r >= 0;
	run->stored = r > 0;
	return r < 0 ? -1 : 0;
}

int
poll_run_order(struct polls *p, struct poll_run *run, struct error *err)
{
	const struct config *c = p->d->generation->config;
	const struct config_feed *f = p->slots[run->number].feed;
	struct poll_order order = { 0 };
	struct poll_state state;
	const char *url;

	if (load_row(p, run, err) < 0)
		return -1;
	feed_state_load(run->stored ? &run->row : NULL, f, daemon_now(),
	    &run->mem, &state);
	if (run->chain.urls[0] == NULL) {
		url = poll_state_next_url(&state);
		run->older = url == state.older;
		poll_chain_init(&run->chain, arena_strdup(&run->mem, url));
	}
	order.url = run->chain.urls[run->chain.hops];
	order.etag = order.last_modified = order.user = order.password = "";
	if (!run->older && !poll_state_validators(&state, order.url,
	    daemon_now(), &order))
		log_info("feed '%s': asked without validators once, in case "
		    "its server always says that nothing is new", f->name);
	if (poll_same_origin(f->url, order.url)) {
		order.user = f->user;
		order.password = f->password;
		order.headers = f->headers;
		order.nheaders = f->nheaders;
	}
	order.poll = run->poll = ++p->last_poll << 32 | run->number;
	order.timeout_ms = (uint32_t)c->polling.timeout;
	order.max_body = c->polling.max_body;
	order.address_max = poll_queue_address_max(p->queue);
	log_debug("feed '%s': asking %s", f->name, order.url);
	return reader_order(p->reader, &order, err);
}

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

/* All of one finished poll, on its way into the store. */
struct ending {
	struct poll_run			*run;
	const struct config_feed	*feed;
	const struct poll_answer	*answer;
	const struct poll_feed		*document;
	const struct article		*articles;
	size_t				 n;
	int64_t				 hold, now;
	struct arena			 mem;
	struct store_feed		 row;
	struct poll_state		 state;
	struct poll_decision		 decision;
	struct pipeline_result		 result;
};

/* The row as it is, or a new one, and the articles. */
static int
save_articles(struct polls *p, struct ending *e, struct error *err)
{
	struct pipeline_poll poll = { e->feed, &e->row, e->answer,
		e->document, e->articles, e->n, false, 0 };
	const struct poll_run *run = e->run;

	e->row = run->row;
	feed_state_load(run->stored ? &e->row : NULL, e->feed, e->now, &e->mem,
	    &e->state);
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
decide(struct polls *p, struct ending *e, struct poll_state *new)
{
	struct poll_result result = { e->feed->name,
		poll_slot_interval(p, &p->slots[e->run->number]),
		e->answer, e->document, &e->run->chain,
		(uint32_t)e->result.fresh, e->hold,
		poll_queue_is_offline(p->queue) };
	struct poll_older older = { e->answer, e->document,
		(uint32_t)e->result.fresh, e->result.known > 0 || e->result.old };

	if (e->run->older)
		poll_older_done(&e->state, &older, e->now, new, &e->decision);
	else
		poll_done(&e->state, &result, e->now, new, &e->decision);
}

static int
save_feed(struct polls *p, struct ending *e, struct error *err)
{
	struct store_poll poll = { e->now,
		poll_outcome_name(e->answer->outcome),
		(int64_t)e->answer->status, (int64_t)e->result.items,
		(int64_t)e->result.fresh, (int64_t)e->result.changed,
		(int64_t)e->answer->bytes, e->answer->elapsed_ms,
		e->answer->error };
	struct poll_state new;

	decide(p, e, &new);
	feed_state_save(&new, e->feed, &e->mem, &e->row);
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
remember(struct polls *p, struct ending *e)
{
	struct poll_ended *b;

	p->batch = mem_grow(p->batch, p->nbatch, &p->cbatch,
	    sizeof(*p->batch));
	b = &p->batch[p->nbatch++];
	memset(b, 0, sizeof(*b));
	b->slot = e->run->number;
	b->due = poll_state_due(&e->state, poll_slot_interval(p,
	    &p->slots[b->slot]), e->now);
	b->url = mem_strdup(poll_state_next_url(&e->state));
	b->more = b->due <= e->now;
	/* An older page is no turn, unless it is to be waited for. */
	b->had_turn = !e->run->older ||
	    (e->state.older[0] != '\0' && b->due > e->now);
	b->warning = e->decision.tell == POLL_TELL_WARNING;
	if (e->decision.tell != POLL_TELL_NOTHING)
		b->log = mem_printf("feed '%s': %s", e->feed->name,
		    e->decision.sentence);
	else
		log_debug("feed '%s': %s", e->feed->name,
		    e->decision.sentence);
	p->batch_items += e->result.fresh + e->result.changed;
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
		free(p->batch[i].url);
		free(p->batch[i].log);
	}
	p->nbatch = p->batch_items = 0;
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
	s->asked = false;
	if (s->feed != NULL && s->feed->enabled && due != POLL_NEVER)
		poll_queue_put(p->queue, b->slot, b->url, due * 1000);
	free(b->url);
	free(b->log);
}

void
polls_commit(struct polls *p)
{
	struct error err;

	/* What is announced may make others write, and come here again. */
	if (p == NULL || p->nbatch == 0 || p->committing)
		return;
	if (store_commit(p->d->store, &err) < 0) {
		fail_batch(p, &err);
		return;
	}
	p->committing = true;
	announce_commit(p->d->announce);
	for (size_t i = 0; i < p->nbatch; i++)
		finish_one(p, &p->batch[i]);
	p->nbatch = p->batch_items = 0;
	p->committing = false;
	polls_wake(p);
}

/* The poll is over: store it all, or nothing. */
static void
end_run(struct polls *p, struct ending *e)
{
	struct error err;

	CRASH_POINT("after-fetch");
	e->now = daemon_now();
	arena_init(&e->mem);
	if ((p->nbatch == 0 && store_begin(p->d->store, &err) < 0) ||
	    save_articles(p, e, &err) < 0 || save_feed(p, e, &err) < 0 ||
	    save_host(p, e->answer->url, &err) < 0) {
		fail_batch(p, &err);
		poll_queue_put(p->queue, e->run->number, e->feed->url,
		    e->now * 1000 + RETRY_MS);
		p->slots[e->run->number].had_turn = true;
		p->slots[e->run->number].more = false;
	} else
		remember(p, e);
	metrics_poll(e->answer->outcome);
	poll_run_free(p, e->run);
	arena_free(&e->mem);
	if (p->nbatch >= BATCH_POLLS || p->batch_items >= BATCH_ITEMS)
		polls_commit(p);
}

void
poll_run_answer(struct polls *p, struct poll_run *run,
    const struct poll_answer *answer, const struct poll_feed *document,
    const struct article *articles, size_t n)
{
	int64_t now = daemon_now_ms();
	struct poll_answer copy = *answer;
	struct ending e = { .run = run, .feed = p->slots[run->number].feed,
		.answer = &copy, .document = document, .articles = articles,
		.n = n };
	struct error err;
	int64_t at;

	run->poll = 0;
	e.hold = poll_queue_done(p->queue, run->number, answer, now);
	if (answer->outcome == POLL_BUSY) {
		poll_queue_put(p->queue, run->number,
		    run->chain.urls[run->chain.hops], now);
		return;
	}
	if (answer->outcome == POLL_REDIRECT) {
		copy.location = arena_strdup(&run->mem, answer->location);
		if (poll_chain_follow(&run->chain, &copy, now / 1000, &at,
		    &err) == 0) {
			poll_queue_put(p->queue, run->number,
			    run->chain.urls[run->chain.hops], at * 1000);
			return;
		}
		copy.error = err.text;
	}
	end_run(p, &e);
}

/* The poll ends so; the next is made when its back-off has passed. */
static void
blame(struct polls *p, struct poll_run *run, const char *sentence)
{
	struct poll_answer answer;
	struct poll_feed none;

	poll_answer_init(&answer);
	poll_feed_init(&none);
	answer.outcome = POLL_PARSER_DIED;
	answer.poll = run->poll;
	answer.error = sentence;
	answer.url = run->chain.urls[run->chain.hops];
	poll_run_answer(p, run, &answer, &none, NULL, 0);
}

bool
poll_run_lost(struct polls *p, struct poll_run *run, uint64_t blamed,
    const char *why)
{
	const char *name = p->slots[run->number].feed->name;
	int64_t now = daemon_now_ms(), pause = 0;
	char sentence[600];

	if (run->poll == 0)
		return false;	/* it waits for its host: nothing is lost */
	if (run->poll == blamed) {
		snprintf(sentence, sizeof(sentence), "its document was too "
		    "much for the parser, which %s", why);
		blame(p, run, sentence);
		return true;
	}
	if (blamed == 0 && ++run->losses >= LOSSES) {
		snprintf(sentence, sizeof(sentence), "each time it was asked "
		    "one of the programs that read feeds %s", why);
		blame(p, run, sentence);
		return true;
	}
	/* Once more together, then each at a time of its own: so the one that
	   is to blame is found, and no other is taken for it. */
	if (run->losses > 1)
		pause = (int64_t)(hash_str(name) % APART_MS);
	run->poll = 0;
	poll_queue_done(p->queue, run->number, NULL, now);
	poll_queue_put(p->queue, run->number,
	    run->chain.urls[run->chain.hops], now + pause);
	return false;
}
