/* Whatever servers say about time and place: a feed is never asked early,
   never forgotten, and never sent where it must not go. Also the messages of
   the protocol, from a process that has gone mad. */
#include "fuzz.h"

#include <strings.h>

#include "poll/queue.h"
#include "poll/schedule.h"

#define NOW	1700000000
#define WEEKS	(4 * 7 * 86400)

struct input {
	const uint8_t	*p, *end;
};

static uint32_t
number(struct input *in)
{
	uint32_t v = 0;

	for (int i = 0; i < 4; i++)
		v = v << 8 | (in->p < in->end ? *in->p++ : 0);
	return v;
}

static const char *
string(struct input *in, struct arena *mem)
{
	const uint8_t *start = in->p;

	while (in->p < in->end && *in->p != '\0' && *in->p != '\n')
		in->p++;
	if (in->p == in->end)
		return arena_strndup(mem, (const char *)start,
		    (size_t)(in->end - start));
	return arena_strndup(mem, (const char *)start,
	    (size_t)(in->p++ - start));
}

static void
read_answer(struct input *in, struct arena *mem, struct poll_answer *a)
{
	static const uint32_t statuses[] = { 200, 304, 301, 302, 308, 403,
	    404, 410, 429, 500, 503, 226 };
	const char **texts[] = { &a->location, &a->retry_after,
	    &a->cache_control, &a->age, &a->expires, &a->date, &a->etag,
	    &a->last_modified, &a->content_type, &a->mitigated, &a->error,
	    &a->address };

	memset(a, 0, sizeof(*a));
	a->outcome = (enum poll_outcome)(number(in) % POLL_OUTCOMES);
	a->status = statuses[number(in) % 12];
	a->url = a->base = a->robots = "";
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		*texts[i] = string(in, mem);
}

static void
one_poll(struct input *in, struct arena *mem, struct poll_queue *q,
    struct poll_state *s, int64_t now)
{
	struct poll_answer a;
	struct poll_feed feed = { .damaged = "" };
	struct poll_chain chain;
	struct poll_result r = { .name = "f", .interval = 900, .answer = &a,
		.feed = &feed, .chain = &chain };
	struct poll_decision d;
	int64_t at;

	read_answer(in, mem, &a);
	feed.items = number(in);
	feed.ttl = (int32_t)number(in);
	feed.update_period = (int32_t)number(in);
	feed.skip_hours = number(in);
	feed.skip_days = number(in);
	poll_chain_init(&chain, s->url);
	if (a.outcome == POLL_REDIRECT &&
	    poll_chain_follow(&chain, &a, 0, now, &at, NULL) == 0) {
		must(strncasecmp(a.location, "http", 4) == 0);
		a.outcome = POLL_OK;
	}
	r.hold_until = poll_queue_done(q, 1, &a, now * 1000);
	must(r.hold_until <= now + POLL_RETRY_MAX);
	poll_done(s, &r, now, s, &d);
	must(d.sentence[0] != '\0');
	if (s->next_due != POLL_NEVER) {
		must(s->next_due >= now + 900);
		must(s->next_due <= now + WEEKS);
		must(poll_state_due(s, 60, now) <= s->next_due);
		must(poll_state_due(s, 60, now) >= s->hold_until);
		must(poll_state_due(s, 60, now) >= now + 60);
	} else
		must(s->gone);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct input in = { p, p + n };
	struct frame f = { .body = p, .len = n };
	struct poll_queue *q = poll_queue_new(2000);
	struct poll_answer a;
	struct poll_feed feed;
	struct poll_order o;
	struct poll_setup setup;
	struct poll_state s;
	struct arena mem;
	const char *body;
	int64_t now = NOW, wake;
	uint32_t got;
	size_t len;

	arena_init(&mem);
	poll_state_init(&s, "https://example.org/feed", now);
	for (int i = 0; i < 8 && in.p < in.end && !s.gone; i++) {
		poll_queue_put(q, 1, s.url, now * 1000);
		while (!poll_queue_next(q, now * 1000, &got, &wake)) {
			must(wake > now * 1000 && wake < INT64_MAX);
			now = wake / 1000 + 1;
		}
		one_poll(&in, &mem, q, &s, now);
		now += 900;
	}
	poll_state_get_extra(&s, p, n, &mem);
	poll_get_setup(&f, &mem, &setup, NULL);
	poll_get_order(&f, &mem, &o, NULL);
	poll_get_document(&f, &mem, &a, &body, &len, NULL);
	poll_get_report(&f, &mem, &a, &feed, NULL);
	poll_queue_free(q);
	arena_free(&mem);
	return 0;
}
