#include "parse/pipeline.h"

#include <stdio.h>
#include <string.h>

#include "base/frame.h"
#include "feed/feed.h"
#include "feed/robots.h"
#include "parse/sandbox.h"
#include "poll/protocol.h"

#define AGENT "newsalertd"		/* as a robots.txt would call us */
#define BATCH (4u << 20)		/* bytes of articles sent at a time */

_Static_assert(FEED_ITEMS_MAX <= POLL_ITEMS_MAX, "more items than may be sent");

static void
describe(const struct feed *f, struct poll_feed *out)
{
	*out = (struct poll_feed){
		.format = f->format, .title = f->title, .link = f->link,
		.description = f->description, .lang = f->lang,
		.self = f->self, .older = f->older, .damaged = f->damaged,
		.cut = f->cut,
		.items = (uint32_t)f->nitems,
		.items_dropped = (uint32_t)f->dropped,
		.ids_unique = f->ids_unique,
		.links_unique = f->links_unique,
		.ttl = f->ttl, .update_period = f->update_period,
		.skip_hours = f->skip_hours, .skip_days = f->skip_days,
	};
}

static int
send_articles(struct frame_link *to, uint64_t poll, const struct feed *f,
    struct error *err)
{
	struct buf *b;
	size_t i;

	for (i = 0; i < f->nitems; i++) {
		b = frame_begin(to, POLL_ARTICLE);
		wire_put_u64(b, poll);
		article_put(b, &f->items[i]);
		if (frame_end(to, err) == -1)
			return -1;
		if (frame_pending(to) > BATCH && frame_flush(to, err) == -1)
			return -1;
	}
	return 0;
}

static void
name_advertised(const struct feed *f, struct error *why)
{
	size_t n = strlen(why->text);

	if (f->nadvertised > 0)
		snprintf(why->text + n, sizeof(why->text) - n,
		    "; it names %s", f->advertised[0]);
}

/* The articles of a document, or why there are none. */
static int
read_document(struct frame_link *to, const char *body, size_t len,
    struct arena *mem, struct poll_answer *answer, struct poll_feed *out,
    struct error *why, struct error *err)
{
	const char *base = answer->base[0] != '\0' ? answer->base :
	    answer->url;
	struct feed feed;

	if (feed_read(body, len, answer->content_type, base, mem, &feed,
	    why) == -1) {
		name_advertised(&feed, why);
		answer->outcome = POLL_NOT_FEED;
		answer->error = why->text;
	}
	describe(&feed, out);
	return send_articles(to, answer->poll, &feed, err);
}

static int
handle(struct frame_link *to, const struct frame *frame, struct arena *mem,
    struct error *err)
{
	struct poll_answer answer;
	struct poll_feed out = { 0 };
	struct error why = { "" };
	const char *body;
	size_t len;

	if (poll_get_document(frame, mem, &answer, &body, &len, err) == -1)
		return -1;
	if (answer.outcome == POLL_OK) {
		if (poll_put_number(to, POLL_BEGIN, answer.poll, err) == -1 ||
		    frame_flush(to, err) == -1)
			return -1;
		sandbox_start_clock();
		if (answer.robots[0] != '\0') {
			if (!robots_allow(body, len, AGENT, answer.robots))
				answer.outcome = POLL_DISALLOWED;
		} else if (read_document(to, body, len, mem, &answer, &out,
		    &why, err) == -1)
			return -1;
	}
	return poll_put_report(to, &answer, &out, err);
}

/* As frame_wait; what is ready goes out together before it waits. */
static int
next(struct frame_link *from, struct frame_link *to, struct frame *frame,
    struct error *err)
{
	int r;

	while ((r = frame_next(from, frame, err)) == 0) {
		if (frame_flush(to, err) == -1)
			return -1;
		if ((r = frame_fill(from, err)) < 0)
			return r;
	}
	return r;
}

int
pipeline_run(int documents, int articles)
{
	struct frame_link from, to;
	struct frame frame;
	struct arena mem;
	struct error err = { "" };
	int r;

	frame_link_init(&from, documents, POLL_FRAME_MAX);
	frame_link_init(&to, articles, POLL_FRAME_MAX);
	arena_init(&mem);
	while ((r = next(&from, &to, &frame, &err)) == 1) {
		if ((r = handle(&to, &frame, &mem, &err)) == -1)
			break;
		arena_free(&mem);
	}
	arena_free(&mem);
	frame_link_clear(&from);
	frame_link_clear(&to);
	if (r == -2)
		return 0;
	fprintf(stderr, "newsalertd-parse: %s\n", err.text);
	return 1;
}
