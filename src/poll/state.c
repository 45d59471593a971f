#include "poll/state.h"

#include <string.h>

#include "base/wire.h"
#include "poll/schedule.h"

#define EXTRA_VERSION	4
#define EXTRA_OLDEST	2		/* the first so many members are the same */
#define STUCK		(30 * 86400)	/* answered by 304 alone so long */
#define BARE_WAIT	86400		/* between two that ask for it all */

void
poll_state_init(struct poll_state *s, const char *url, int64_t now)
{
	memset(s, 0, sizeof(*s));
	s->url = url;
	s->etag = s->last_modified = s->error = s->redirect = "";
	s->validated_url = s->older = "";
	s->next_due = s->last_new = now;
}

void
poll_state_put_extra(const struct poll_state *s, struct buf *b)
{
	wire_put_u8(b, EXTRA_VERSION);
	wire_put_str(b, s->validated_url);
	wire_put_i64(b, s->lifetime);
	wire_put_i64(b, s->last_full);
	wire_put_i64(b, s->items);
	wire_put_i64(b, s->body);
	wire_put_u8(b, s->ambiguous);
	wire_put_str(b, s->older);
	wire_put_i64(b, s->older_pages);
	wire_put_i64(b, s->older_since);
	wire_put_i64(b, s->older_due);
	wire_put_i64(b, s->older_found);
	wire_put_i64(b, s->robots_until);
}

/* What version 3 added. */
static void
get_newer(struct poll_state *s, struct wire *w, struct arena *mem)
{
	s->ambiguous = wire_get_u8(w) != 0;
	s->older = wire_get_str(w, mem);
	s->older_pages = wire_get_i64(w);
	s->older_since = wire_get_i64(w);
	s->older_due = wire_get_i64(w);
	s->older_found = wire_get_i64(w);
}

void
poll_state_get_extra(struct poll_state *s, const void *data, size_t len,
    struct arena *mem)
{
	struct wire w;
	uint8_t version;

	wire_init(&w, data, len);
	version = wire_get_u8(&w);
	s->validated_url = wire_get_str(&w, mem);
	s->lifetime = wire_get_i64(&w);
	s->last_full = wire_get_i64(&w);
	s->items = wire_get_i64(&w);
	s->body = wire_get_i64(&w);
	if (version >= 3)
		get_newer(s, &w, mem);
	s->robots_until = version >= 4 ? wire_get_i64(&w) : 0;
	if (version >= EXTRA_OLDEST && version <= EXTRA_VERSION &&
	    wire_done(&w))
		return;
	s->validated_url = "";
	s->lifetime = s->last_full = s->items = s->body = 0;
	s->ambiguous = false;
	s->robots_until = 0;
	s->older = "";
}

static int64_t
later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* As poll_done would have decided with this interval. */
static int64_t
with_interval(const struct poll_state *s, int64_t interval)
{
	int64_t when, most = s->last_poll + POLL_FRESH_MAX;

	interval = poll_adaptive(later(interval, POLL_INTERVAL_MIN),
	    s->last_poll - s->last_new);
	if (s->errors > 0 || s->last_poll == 0 || interval >= s->interval)
		return s->next_due;
	when = later(s->last_poll + s->ttl, s->last_poll + s->update_period);
	when = later(when, s->fresh_until);
	when = later(when < most ? when : most, s->last_poll + interval);
	when = poll_skip(s->skip_hours, s->skip_days,
	    later(when, s->hold_until));
	return when < s->next_due ? when : s->next_due;
}

static bool
reads_older(const struct poll_state *s)
{
	return s->older[0] != '\0' && s->older_due <= s->next_due;
}

const char *
poll_state_next_url(const struct poll_state *s)
{
	return reads_older(s) ? s->older : s->url;
}

int64_t
poll_state_due(const struct poll_state *s, int64_t interval, int64_t now)
{
	/* The longest wait, its jitter, and twice a way out of skipDays. */
	int64_t legal = later(s->interval, POLL_RETRY_MAX);

	legal += legal / 10 + 16 * 86400;
	if (s->gone || s->next_due == POLL_NEVER)
		return POLL_NEVER;
	if (s->next_due > now + legal)
		return now;
	if (reads_older(s))
		return s->older_due;
	/* Polled while the clock was ahead: it waits as long from now. */
	return with_interval(s, interval) - later(s->last_poll - now, 0);
}

static bool
has_validators(const struct poll_state *s, const char *url)
{
	return (s->etag[0] != '\0' || s->last_modified[0] != '\0') &&
	    strcmp(url, s->validated_url) == 0;
}

bool
poll_state_validators(const struct poll_state *s, const char *url, int64_t now,
    struct poll_order *o)
{
	o->etag = o->last_modified = "";
	o->known_body = s->body;
	if (!has_validators(s, url))
		return true;
	if (now - s->last_full >= STUCK)
		return false;
	o->etag = s->etag;
	o->last_modified = s->last_modified;
	return true;
}

void
poll_state_put_off_bare(const struct poll_state *old, const char *url,
    int64_t now, struct poll_state *new)
{
	if (has_validators(old, url) && now - old->last_full >= STUCK &&
	    new->last_full == old->last_full)
		new->last_full = now - STUCK + BARE_WAIT;
}
