#include "poll/protocol.h"

#include "base/wire.h"

static const char *const outcome_names[POLL_OUTCOMES] = {
	[POLL_OK] = "ok",
	[POLL_NOT_MODIFIED] = "not-modified",
	[POLL_REDIRECT] = "redirect",
	[POLL_HTTP_ERROR] = "http-error",
	[POLL_DNS] = "dns",
	[POLL_CONNECT] = "connect",
	[POLL_TLS] = "tls",
	[POLL_TIMEOUT] = "timeout",
	[POLL_TOO_LARGE] = "too-large",
	[POLL_BLOCKED] = "blocked",
	[POLL_BAD_URL] = "bad-url",
	[POLL_BROKEN] = "broken",
	[POLL_BUSY] = "busy",
	[POLL_NOT_FEED] = "not-a-feed",
	[POLL_DISALLOWED] = "disallowed",
	[POLL_PARSER_DIED] = "parser-died",
};

const char *
poll_outcome_name(enum poll_outcome o)
{
	return (unsigned)o < POLL_OUTCOMES ? outcome_names[o] : "unknown";
}

void
poll_answer_init(struct poll_answer *a)
{
	*a = (struct poll_answer){ .error = "", .url = "", .base = "",
		.robots = "", .address = "",
		.etag = "", .last_modified = "", .location = "",
		.retry_after = "", .cache_control = "", .age = "",
		.expires = "", .date = "", .content_type = "",
		.mitigated = "" };
}

void
poll_feed_init(struct poll_feed *f)
{
	*f = (struct poll_feed){ .format = "", .title = "", .link = "",
		.description = "", .lang = "", .self = "", .older = "",
		.damaged = "" };
}

static int
finish(const struct wire *w, const char *what, struct error *err)
{
	if (!wire_done(w))
		return error_set(err, "malformed %s message", what);
	return 0;
}

int
poll_put_setup(struct frame_link *l, const struct poll_setup *s,
    struct error *err)
{
	struct buf *b = frame_begin(l, POLL_SETUP);

	wire_put_str(b, s->user_agent);
	wire_put_str(b, s->proxy);
	wire_put_strs(b, s->allow, s->nallow);
	return frame_end(l, err);
}

int
poll_get_setup(const struct frame *f, struct arena *a, struct poll_setup *s,
    struct error *err)
{
	struct wire w;

	wire_init(&w, f->body, f->len);
	s->user_agent = wire_get_str(&w, a);
	s->proxy = wire_get_str(&w, a);
	s->allow = wire_get_strs(&w, a, &s->nallow, POLL_ALLOW_MAX);
	return finish(&w, "setup", err);
}

int
poll_put_order(struct frame_link *l, const struct poll_order *o,
    struct error *err)
{
	struct buf *b = frame_begin(l, POLL_ORDER);

	wire_put_u64(b, o->poll);
	wire_put_str(b, o->url);
	wire_put_str(b, o->etag);
	wire_put_str(b, o->last_modified);
	wire_put_str(b, o->user);
	wire_put_str(b, o->password);
	wire_put_strs(b, o->headers, o->nheaders);
	wire_put_u32(b, o->timeout_ms);
	wire_put_u64(b, o->max_body);
	wire_put_i64(b, o->known_body);
	wire_put_str(b, o->robots);
	wire_put_u32(b, o->address_max);
	return frame_end(l, err);
}

int
poll_get_order(const struct frame *f, struct arena *a, struct poll_order *o,
    struct error *err)
{
	struct wire w;

	wire_init(&w, f->body, f->len);
	o->poll = wire_get_u64(&w);
	o->url = wire_get_str(&w, a);
	o->etag = wire_get_str(&w, a);
	o->last_modified = wire_get_str(&w, a);
	o->user = wire_get_str(&w, a);
	o->password = wire_get_str(&w, a);
	o->headers = wire_get_strs(&w, a, &o->nheaders, POLL_ALLOW_MAX);
	o->timeout_ms = wire_get_u32(&w);
	o->max_body = wire_get_u64(&w);
	o->known_body = wire_get_i64(&w);
	o->robots = wire_get_str(&w, a);
	o->address_max = wire_get_u32(&w);
	return finish(&w, "order", err);
}

static void
put_answer(struct buf *b, const struct poll_answer *a)
{
	wire_put_u64(b, a->poll);
	wire_put_u8(b, (uint8_t)a->outcome);
	wire_put_u32(b, a->status);
	wire_put_str(b, a->error);
	wire_put_str(b, a->url);
	wire_put_str(b, a->base);
	wire_put_str(b, a->robots);
	wire_put_str(b, a->address);
	wire_put_str(b, a->etag);
	wire_put_str(b, a->last_modified);
	wire_put_str(b, a->location);
	wire_put_str(b, a->retry_after);
	wire_put_str(b, a->cache_control);
	wire_put_str(b, a->age);
	wire_put_str(b, a->expires);
	wire_put_str(b, a->date);
	wire_put_str(b, a->content_type);
	wire_put_str(b, a->mitigated);
	wire_put_u64(b, a->bytes);
	wire_put_i64(b, a->body);
	wire_put_u32(b, a->elapsed_ms);
}

static void
get_answer(struct wire *w, struct arena *mem, struct poll_answer *a)
{
	uint8_t outcome;

	a->poll = wire_get_u64(w);
	outcome = wire_get_u8(w);
	if (outcome >= POLL_OUTCOMES)
		w->bad = true;
	a->outcome = (enum poll_outcome)outcome;
	a->status = wire_get_u32(w);
	a->error = wire_get_str(w, mem);
	a->url = wire_get_str(w, mem);
	a->base = wire_get_str(w, mem);
	a->robots = wire_get_str(w, mem);
	a->address = wire_get_str(w, mem);
	a->etag = wire_get_str(w, mem);
	a->last_modified = wire_get_str(w, mem);
	a->location = wire_get_str(w, mem);
	a->retry_after = wire_get_str(w, mem);
	a->cache_control = wire_get_str(w, mem);
	a->age = wire_get_str(w, mem);
	a->expires = wire_get_str(w, mem);
	a->date = wire_get_str(w, mem);
	a->content_type = wire_get_str(w, mem);
	a->mitigated = wire_get_str(w, mem);
	a->bytes = wire_get_u64(w);
	a->body = wire_get_i64(w);
	a->elapsed_ms = wire_get_u32(w);
}

int
poll_put_document(struct frame_link *l, const struct poll_answer *a,
    const void *body, size_t len, struct error *err)
{
	struct buf *b = frame_begin(l, POLL_DOCUMENT);

	put_answer(b, a);
	wire_put_bytes(b, body, len);
	return frame_end(l, err);
}

int
poll_get_document(const struct frame *f, struct arena *mem,
    struct poll_answer *a, const char **body, size_t *len, struct error *err)
{
	struct wire w;

	wire_init(&w, f->body, f->len);
	get_answer(&w, mem, a);
	*body = wire_get_bytes(&w, len);
	return finish(&w, "document", err);
}

int
poll_put_report(struct frame_link *l, const struct poll_answer *a,
    const struct poll_feed *feed, struct error *err)
{
	struct buf *b = frame_begin(l, POLL_REPORT);

	put_answer(b, a);
	wire_put_str(b, feed->format);
	wire_put_str(b, feed->title);
	wire_put_str(b, feed->link);
	wire_put_str(b, feed->description);
	wire_put_str(b, feed->lang);
	wire_put_str(b, feed->self);
	wire_put_str(b, feed->older);
	wire_put_str(b, feed->damaged);
	wire_put_u8(b, feed->cut);
	wire_put_u32(b, feed->items);
	wire_put_u32(b, feed->items_dropped);
	wire_put_u8(b, feed->ids_unique);
	wire_put_u8(b, feed->links_unique);
	wire_put_i64(b, feed->ttl);
	wire_put_i64(b, feed->update_period);
	wire_put_u32(b, feed->skip_hours);
	wire_put_u32(b, feed->skip_days);
	return frame_end(l, err);
}

int
poll_get_report(const struct frame *f, struct arena *mem,
    struct poll_answer *a, struct poll_feed *feed, struct error *err)
{
	struct wire w;

	wire_init(&w, f->body, f->len);
	get_answer(&w, mem, a);
	feed->format = wire_get_str(&w, mem);
	feed->title = wire_get_str(&w, mem);
	feed->link = wire_get_str(&w, mem);
	feed->description = wire_get_str(&w, mem);
	feed->lang = wire_get_str(&w, mem);
	feed->self = wire_get_str(&w, mem);
	feed->older = wire_get_str(&w, mem);
	feed->damaged = wire_get_str(&w, mem);
	feed->cut = wire_get_u8(&w) != 0;
	feed->items = wire_get_u32(&w);
	feed->items_dropped = wire_get_u32(&w);
	feed->ids_unique = wire_get_u8(&w) != 0;
	feed->links_unique = wire_get_u8(&w) != 0;
	feed->ttl = wire_get_i64(&w);
	feed->update_period = wire_get_i64(&w);
	feed->skip_hours = wire_get_u32(&w);
	feed->skip_days = wire_get_u32(&w);
	return finish(&w, "report", err);
}

int
poll_put_number(struct frame_link *l, enum poll_message type, uint64_t poll,
    struct error *err)
{
	wire_put_u64(frame_begin(l, type), poll);
	return frame_end(l, err);
}

int
poll_get_number(const struct frame *f, uint64_t *poll, struct error *err)
{
	struct wire w;

	wire_init(&w, f->body, f->len);
	*poll = wire_get_u64(&w);
	return finish(&w, "number", err);
}
