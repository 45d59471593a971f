#include "delivery/protocol.h"

#include <string.h>

#include "base/wire.h"

static int
finish(const struct wire *w, const char *what, struct error *err)
{
	if (!wire_done(w))
		return error_set(err, "malformed %s message", what);
	return 0;
}

/* A count of at most max; 0 when there are more. */
static size_t
get_count(struct wire *w, size_t max)
{
	uint32_t n = wire_get_u32(w);

	if (n > max)
		w->bad = true;
	return w->bad ? 0 : n;
}

/* A value of an enum with n values. */
static uint8_t
get_choice(struct wire *w, unsigned n)
{
	uint8_t v = wire_get_u8(w);

	if (v >= n)
		w->bad = true;
	return w->bad ? 0 : v;
}

int
notify_put_hello(struct frame_link *l, const struct notify_hello *h,
    struct error *err)
{
	struct buf *b = frame_begin(l, NOTIFY_HELLO);

	wire_put_u32(b, h->version);
	wire_put_u32(b, h->abi);
	wire_put_str(b, h->plugin);
	wire_put_str(b, h->summary);
	wire_put_u32(b, (uint32_t)h->noptions);
	for (size_t i = 0; i < h->noptions; i++) {
		const struct notify_option *o = &h->options[i];

		wire_put_str(b, o->name);
		wire_put_u8(b, (uint8_t)o->type);
		wire_put_u32(b, o->flags);
		wire_put_u8(b, o->has_fallback);
		wire_put_str(b, o->fallback);
		wire_put_str(b, o->help);
	}
	return frame_end(l, err);
}

int
notify_get_hello(const struct frame *f, struct arena *a,
    struct notify_hello *h, struct error *err)
{
	struct wire w;

	wire_init(&w, f->body, f->len);
	/* A later version may be longer: look at the number alone. */
	h->version = wire_get_u32(&w);
	if (!w.bad && h->version != NOTIFY_VERSION)
		return error_set(err, "newsalertd-notify speaks version %u of "
		    "the protocol, this newsalertd speaks %d: they are not of "
		    "the same installation", h->version, NOTIFY_VERSION);
	h->abi = wire_get_u32(&w);
	h->plugin = wire_get_str(&w, a);
	h->summary = wire_get_str(&w, a);
	h->noptions = get_count(&w, NOTIFY_OPTIONS_MAX);
	h->options = arena_zalloc(a, h->noptions + 1, sizeof(*h->options));
	for (size_t i = 0; i < h->noptions; i++) {
		struct notify_option *o = &h->options[i];

		o->name = wire_get_str(&w, a);
		o->type = (enum notify_type)get_choice(&w, NOTIFY_TYPES);
		o->flags = wire_get_u32(&w);
		o->has_fallback = wire_get_u8(&w) != 0;
		o->fallback = wire_get_str(&w, a);
		o->help = wire_get_str(&w, a);
	}
	return finish(&w, "hello", err);
}

int
notify_put_configure(struct frame_link *l, const struct notify_settings *s,
    struct error *err)
{
	struct buf *b = frame_begin(l, NOTIFY_CONFIGURE);

	wire_put_str(b, s->notifier);
	wire_put_u32(b, (uint32_t)s->n);
	for (size_t i = 0; i < s->n; i++) {
		wire_put_str(b, s->list[i].name);
		wire_put_strs(b, s->list[i].values, s->list[i].nvalues);
	}
	wire_put_i64(b, s->timeout);
	wire_put_strs(b, s->allow, s->nallow);
	return frame_end(l, err);
}

int
notify_get_configure(const struct frame *f, struct arena *a,
    struct notify_settings *s, struct error *err)
{
	struct wire w;

	wire_init(&w, f->body, f->len);
	s->notifier = wire_get_str(&w, a);
	s->n = get_count(&w, NOTIFY_OPTIONS_MAX);
	s->list = arena_zalloc(a, s->n + 1, sizeof(*s->list));
	for (size_t i = 0; i < s->n; i++) {
		s->list[i].name = wire_get_str(&w, a);
		s->list[i].values = wire_get_strs(&w, a,
		    &s->list[i].nvalues, NOTIFY_VALUES_MAX);
	}
	s->timeout = wire_get_i64(&w);
	s->allow = wire_get_strs(&w, a, &s->nallow, NOTIFY_ALLOW_MAX);
	return finish(&w, "configure", err);
}

int
notify_put_refused(struct frame_link *l, const struct notify_refusal *r,
    struct error *err)
{
	struct buf *b = frame_begin(l, NOTIFY_REFUSED);

	wire_put_str(b, r->sentence);
	wire_put_u8(b, r->permanent);
	return frame_end(l, err);
}

int
notify_get_refused(const struct frame *f, struct arena *a,
    struct notify_refusal *r, struct error *err)
{
	struct wire w;

	wire_init(&w, f->body, f->len);
	r->sentence = wire_get_str(&w, a);
	r->permanent = wire_get_u8(&w) != 0;
	return finish(&w, "refused", err);
}

/* A string up to max bytes, cut before a character that does not fit. */
static void
put_cut(struct buf *b, const char *s, size_t max)
{
	size_t n = s != NULL ? strlen(s) : 0;

	if (n > max) {
		n = max;
		while (n > 0 && ((unsigned char)s[n] & 0xc0) == 0x80)
			n--;
	}
	wire_put_bytes(b, s, n);
}

static void
put_line(struct buf *b, const char *s)
{
	put_cut(b, s, NOTIFY_LINE_MAX);
}

/* Half a link leads elsewhere. */
static void
put_link(struct buf *b, const char *s)
{
	wire_put_str(b, s != NULL && strlen(s) <= NOTIFY_LINE_MAX ? s : "");
}

static void
put_alert(struct buf *b, const struct notify_alert *a)
{
	put_line(b, a->delivery_id);
	wire_put_u32(b, a->attempt);
	wire_put_u8(b, a->test);
	put_line(b, a->alert_id);
	put_line(b, a->recipient);
	put_line(b, a->rule);
	put_line(b, a->rule_text);
	put_line(b, a->priority);
	put_line(b, a->feed);
	put_line(b, a->feed_title);
	put_link(b, a->feed_url);
	put_line(b, a->title);
	put_link(b, a->link);
	put_line(b, a->author);
	put_cut(b, a->text, NOTIFY_TEXT_MAX);
	wire_put_i64(b, a->published);
	wire_put_i64(b, a->found);
	wire_put_bytes(b, a->evidence,
	    a->evidence_len <= NOTIFY_EVIDENCE_MAX ? a->evidence_len : 0);
}

static void
get_alert(struct wire *w, struct arena *mem, struct notify_alert *a)
{
	a->delivery_id = wire_get_str(w, mem);
	a->attempt = wire_get_u32(w);
	a->test = wire_get_u8(w) != 0;
	a->alert_id = wire_get_str(w, mem);
	a->recipient = wire_get_str(w, mem);
	a->rule = wire_get_str(w, mem);
	a->rule_text = wire_get_str(w, mem);
	a->priority = wire_get_str(w, mem);
	a->feed = wire_get_str(w, mem);
	a->feed_title = wire_get_str(w, mem);
	a->feed_url = wire_get_str(w, mem);
	a->title = wire_get_str(w, mem);
	a->link = wire_get_str(w, mem);
	a->author = wire_get_str(w, mem);
	a->text = wire_get_str(w, mem);
	a->published = wire_get_i64(w);
	a->found = wire_get_i64(w);
	a->evidence = wire_get_bytes(w, &a->evidence_len);
}

int
notify_put_send(struct frame_link *l, const struct notify_batch *s,
    struct error *err)
{
	struct buf *b;

	if (s->n == 0 || s->n > NOTIFY_ALERTS_MAX)
		return error_set(err, "%zu alerts in one message", s->n);
	b = frame_begin(l, NOTIFY_SEND);
	wire_put_u64(b, s->number);
	wire_put_u32(b, (uint32_t)s->n);
	for (size_t i = 0; i < s->n; i++)
		put_alert(b, &s->alerts[i]);
	return frame_end(l, err);
}

int
notify_get_send(const struct frame *f, struct arena *a,
    struct notify_batch *s, struct error *err)
{
	struct wire w;

	wire_init(&w, f->body, f->len);
	s->number = wire_get_u64(&w);
	s->n = get_count(&w, NOTIFY_ALERTS_MAX);
	if (s->n == 0)
		w.bad = true;
	s->alerts = arena_zalloc(a, s->n + 1, sizeof(*s->alerts));
	for (size_t i = 0; i < s->n; i++)
		get_alert(&w, a, &s->alerts[i]);
	return finish(&w, "send", err);
}

int
notify_put_result(struct frame_link *l, const struct notify_result *r,
    struct error *err)
{
	struct buf *b = frame_begin(l, NOTIFY_RESULT);

	wire_put_u64(b, r->batch);
	wire_put_u8(b, (uint8_t)r->outcome);
	wire_put_str(b, r->sentence);
	wire_put_i64(b, r->retry_after);
	return frame_end(l, err);
}

int
notify_get_result(const struct frame *f, struct arena *a,
    struct notify_result *r, struct error *err)
{
	struct wire w;

	wire_init(&w, f->body, f->len);
	r->batch = wire_get_u64(&w);
	r->outcome = (enum notify_outcome)get_choice(&w, NOTIFY_OUTCOMES);
	r->sentence = wire_get_str(&w, a);
	r->retry_after = wire_get_i64(&w);
	if (r->retry_after < 0)
		w.bad = true;
	return finish(&w, "result", err);
}

int
notify_put_log(struct frame_link *l, const struct notify_line *line,
    struct error *err)
{
	struct buf *b = frame_begin(l, NOTIFY_LOG);

	wire_put_u8(b, (uint8_t)line->priority);
	wire_put_str(b, line->text);
	return frame_end(l, err);
}

int
notify_get_log(const struct frame *f, struct arena *a,
    struct notify_line *line, struct error *err)
{
	struct wire w;

	wire_init(&w, f->body, f->len);
	line->priority = get_choice(&w, 8);
	line->text = wire_get_str(&w, a);
	return finish(&w, "log", err);
}

int
notify_put_empty(struct frame_link *l, enum notify_message type,
    struct error *err)
{
	frame_begin(l, (uint32_t)type);
	return frame_end(l, err);
}

int
notify_get_empty(const struct frame *f, struct error *err)
{
	return f->len == 0 ? 0 : error_set(err, "malformed message %u",
	    f->type);
}
