#include "daemon/poll_run.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/log.h"
#include "base/mem.h"
#include "daemon/daemon.h"
#include "daemon/feed_state.h"
#include "daemon/generation.h"
#include "daemon/poll_end.h"
#include "daemon/polls.h"
#include "poll/schedule.h"
#include "store/feeds.h"
#include "store/store.h"

#define LOSSES		3	/* so often it is chance, or others are to blame */
#define APART_MS	30000
#define ROBOTS_BODY	(512u << 10)	/* RFC 9309 2.5: at least 500 KiB */
#define ROBOTS_AGE	86400		/* ... 2.4: no longer than a day */
#define IDLE_MAX	128		/* runs kept for the next polls ... */
#define ARENA_KEPT	(32 * 1024)	/* ... of which each holds so much */

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
	struct poll_run *run = p->idle;
	struct arena mem;

	if (run == NULL) {
		run = mem_alloc(sizeof(*run));
		arena_init(&mem);
	} else {
		p->idle = run->next;
		p->nidle--;
		mem = run->mem;
	}
	memset(run, 0, sizeof(*run));
	run->mem = mem;
	run->number = poll_slot_number(p, slot);
	return run;
}

static void
destroy(struct poll_run *run)
{
	arena_free(&run->mem);
	free(run);
}

void
poll_run_free(struct polls *p, struct poll_run *run)
{
	p->slots[run->number].run = NULL;
	arena_reset(&run->mem);
	if (p->nidle >= IDLE_MAX || arena_size(&run->mem) > ARENA_KEPT) {
		destroy(run);
		return;
	}
	run->next = p->idle;
	p->idle = run;
	p->nidle++;
}

void
poll_run_clear(struct polls *p)
{
	struct poll_run *run;

	while ((run = p->idle) != NULL) {
		p->idle = run->next;
		destroy(run);
	}
	p->nidle = 0;
}

bool
poll_run_same_access(const struct config_feed *a, const struct config_feed *b)
{
	if (strcmp(a->user, b->user) != 0 ||
	    strcmp(a->password, b->password) != 0 ||
	    a->nheaders != b->nheaders)
		return false;
	for (size_t i = 0; i < a->nheaders; i++)
		if (strcmp(a->headers[i], b->headers[i]) != 0)
			return false;
	return true;
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

int
poll_run_load(struct polls *p, struct poll_run *run, struct error *err)
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

/* The order asks for the robots.txt first, where that is wanted. */
static void
aim(struct polls *p, struct poll_run *run, const struct poll_state *s,
    struct poll_order *o)
{
	const char *url = run->chain.urls[0];

	o->url = run->chain.urls[run->chain.hops];
	o->robots = "";
	run->asks_robots = p->d->generation->config->polling.robots &&
	    run->chain.hops == 0 && run->robots_until == 0 &&
	    s->robots_until <= daemon_now();
	if (!run->asks_robots)
		return;
	if (run->robots.urls[0] == NULL)
		poll_chain_init(&run->robots, poll_robots_url(url, &run->mem));
	o->url = run->robots.urls[run->robots.hops];
	o->robots = poll_robots_path(url, &run->mem);
}

/* The URL that a lasting redirect had led to is given up. */
static void
tell_doubt(const struct poll_run *run, const struct config_feed *f,
    const struct poll_state *s)
{
	if (run->stored && strcmp(run->row.config_url, f->url) == 0 &&
	    strcmp(run->row.url, s->url) != 0)
		log_notice("feed '%s': it fails where it had moved to; its "
		    "configured URL is asked again", f->name);
}

/* Its turn came in hours that the feed skips: the hold of its host ended then,
   or we were not there when it was due. */
static bool
put_off(struct polls *p, struct poll_run *run, const struct poll_state *s)
{
	struct poll_slot *slot = &p->slots[run->number];
	int64_t now = daemon_now(), at;
	bool wanted = slot->by_hand || p->d->once;

	slot->by_hand = false;
	if (wanted || poll_skip(s->skip_hours, s->skip_days, now) == now)
		return false;
	at = poll_spread(s, slot->feed->name, now, now);
	poll_queue_put_back(p->queue, run->number, s->url, at * 1000,
	    daemon_now_ms());
	poll_run_free(p, run);
	return true;
}

int
poll_run_order(struct polls *p, struct poll_run *run, struct error *err)
{
	const struct config *c = p->d->generation->config;
	const struct config_feed *f = p->slots[run->number].feed;
	struct poll_order order = { 0 };
	struct poll_state state;
	const char *url;

	if (poll_run_load(p, run, err) < 0)
		return -1;
	feed_state_load(run->stored ? &run->row : NULL, f, daemon_now(),
	    &run->mem, &state);
	if (run->chain.urls[0] == NULL) {
		tell_doubt(run, f, &state);
		url = poll_state_next_url(&state);
		run->older = url == state.older;
		if (!run->older && put_off(p, run, &state))
			return 0;
		poll_chain_init(&run->chain, arena_strdup(&run->mem, url));
	}
	aim(p, run, &state, &order);
	/* Another URL is in use than the one that was put, and at another host. */
	if (poll_queue_moves(p->queue, run->number, order.url, daemon_now_ms()))
		return 0;
	order.etag = order.last_modified = order.user = order.password = "";
	if (!run->older && !run->asks_robots &&
	    !poll_state_validators(&state, order.url, daemon_now(), &order))
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
	order.max_body = run->asks_robots ? ROBOTS_BODY : c->polling.max_body;
	order.address_max = poll_queue_address_max(p->queue);
	log_debug("feed '%s': asking %s", f->name, order.url);
	return reader_order(p->reader, &order, err);
}

/*
 * Of a robots.txt: true, and the feed itself is asked next; or the poll is over
 * with that answer. A host without one allows everything, one that cannot say
 * nothing (RFC 9309 2.3.1).
 */
static bool
take_robots(struct polls *p, struct poll_run *run, struct poll_answer *a,
    int64_t now_ms)
{
	int64_t now = now_ms / 1000, at = now;
	struct error err;

	run->asks_robots = false;
	if (a->outcome == POLL_REDIRECT && poll_chain_follow(&run->robots, a,
	    0, now, &at, &err) == 0) {
		poll_queue_put(p->queue, run->number,
		    run->robots.urls[run->robots.hops], at * 1000);
		return true;
	}
	if (a->outcome == POLL_DISALLOWED) {
		a->error = "the robots.txt of its host does not let "
		    "newsalertd read it";
		return false;
	}
	if (a->outcome != POLL_OK && a->outcome != POLL_REDIRECT &&
	    (a->outcome != POLL_HTTP_ERROR || a->status == 429 ||
	    a->status >= 500)) {
		a->error = arena_printf(&run->mem, "robots.txt: %s", a->error);
		return false;
	}
	run->robots_until = now + ROBOTS_AGE;
	poll_queue_put(p->queue, run->number, run->chain.urls[0], now_ms);
	return true;
}

void
poll_run_answer(struct polls *p, struct poll_run *run,
    const struct poll_answer *answer, const struct poll_feed *document,
    const struct article *articles, size_t n)
{
	int64_t now = daemon_now_ms();
	struct poll_answer copy = *answer;
	struct poll_ending e = { .run = run, .feed = p->slots[run->number].feed,
		.answer = &copy, .document = document, .articles = articles,
		.n = n };
	struct error err;
	int64_t at, held;

	run->poll = 0;
	e.hold = poll_queue_done(p->queue, run->number, answer, now);
	if (answer->outcome == POLL_BUSY) {
		poll_queue_put(p->queue, run->number,
		    run->chain.urls[run->chain.hops], now);
		return;
	}
	copy.location = arena_strdup(&run->mem, answer->location);
	if (run->asks_robots) {
		if (take_robots(p, run, &copy, now))
			return;
	} else if (answer->outcome == POLL_REDIRECT) {
		held = poll_queue_held(p->queue, copy.location, now);
		if (poll_chain_follow(&run->chain, &copy, (held + 999) / 1000,
		    now / 1000, &at, &err) == 0) {
			poll_queue_put(p->queue, run->number,
			    run->chain.urls[run->chain.hops], at * 1000);
			return;
		}
		copy.error = err.text;
		e.hold = at > now / 1000 && at > e.hold ? at : e.hold;
	}
	poll_end(p, &e);
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
