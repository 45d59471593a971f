#include "poll/schedule.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/duration.h"
#include "base/hash.h"
#include "poll/backoff.h"
#include "poll/freshness.h"
#include "poll/older.h"

#define HOUR	3600
#define DAY	86400
#define ALL_HOURS 0xffffffu
#define ALL_DAYS  0x7fu

static int64_t
at_least(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t
at_most(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/*
 * Quiet for three days is a weekend: nothing changes. From there along the
 * points (7 d, 6 h), (14 d, 12 h), (30 d, 24 h).
 */
int64_t
poll_adaptive(int64_t interval, int64_t quiet)
{
	static const struct { int64_t quiet, wait; } points[] = {
		{ 3 * DAY, 0 }, { 7 * DAY, 6 * HOUR }, { 14 * DAY, 12 * HOUR },
		{ 30 * DAY, POLL_QUIET_MAX } };
	size_t n = sizeof(points) / sizeof(points[0]), i = 0;
	int64_t wait;

	while (i < n && quiet > points[i].quiet)
		i++;
	if (i == 0)
		return interval;
	if (i == n)
		return at_least(interval, POLL_QUIET_MAX);
	wait = points[i - 1].wait + (points[i].wait - points[i - 1].wait) *
	    (quiet - points[i - 1].quiet) /
	    (points[i].quiet - points[i - 1].quiet);
	return at_least(interval, wait);
}

int64_t
poll_jitter(const char *name, int64_t now, int64_t wait)
{
	uint64_t h = hash_str(name) ^ (uint64_t)now;

	h = hash_bytes(&h, sizeof(h));
	return wait <= 0 ? 0 : (int64_t)(h % (uint64_t)(wait / 10 + 1));
}

static bool
skips_all(uint32_t bits, uint32_t all)
{
	return (bits & all) == all;
}

/* The first second from when that is in no skipped hour and day (GMT). */
int64_t
poll_skip(uint32_t hours, uint32_t days, int64_t when)
{
	/* A feed that is never to be read means nothing by it. */
	if (skips_all(hours, ALL_HOURS))
		hours = 0;
	if (skips_all(days, ALL_DAYS))
		days = 0;
	for (int i = 0; i < 8 * 24; i++) {
		int64_t hour = when / HOUR % 24;
		int64_t day = (when / DAY + 4) % 7;	/* 1970 began on a Thursday */

		if (days & 1u << day)
			when = (when / DAY + 1) * DAY;
		else if (hours & 1u << hour)
			when = (when / HOUR + 1) * HOUR;
		else
			break;
	}
	return when;
}

static bool
is_good(const struct poll_answer *a)
{
	return a->outcome == POLL_OK || a->outcome == POLL_NOT_MODIFIED;
}

void
poll_say(struct poll_decision *d, enum poll_tell tell, const char *fmt, ...)
{
	size_t len = strlen(d->sentence);
	va_list ap;

	if (len > 0 && len + 2 < sizeof(d->sentence)) {
		memcpy(d->sentence + len, "; ", 3);
		len += 2;
	}
	va_start(ap, fmt);
	vsnprintf(d->sentence + len, sizeof(d->sentence) - len, fmt, ap);
	va_end(ap);
	if (tell > d->tell)
		d->tell = tell;
}

static const char *
text_of(int64_t seconds, char *out, size_t size)
{
	return duration_text(seconds * 1000, out, size);
}

/* What is cut, or means nothing, is told when it is first seen. */
static void
tell_wishes(const struct poll_state *s, const struct poll_feed *f,
    struct poll_decision *d)
{
	char text[32];

	if (f->ttl > POLL_FRESH_MAX && f->ttl != s->ttl)
		poll_say(d, POLL_TELL_INFO, "its ttl is %s; a day counts",
		    text_of(f->ttl, text, sizeof(text)));
	if (f->update_period > POLL_FRESH_MAX &&
	    f->update_period != s->update_period)
		poll_say(d, POLL_TELL_INFO, "its update period is %s; a day "
		    "counts", text_of(f->update_period, text, sizeof(text)));
	if (skips_all(f->skip_hours, ALL_HOURS) &&
	    !skips_all(s->skip_hours, ALL_HOURS))
		poll_say(d, POLL_TELL_WARNING, "its skipHours name every "
		    "hour: that is not heeded");
	if (skips_all(f->skip_days, ALL_DAYS) &&
	    !skips_all(s->skip_days, ALL_DAYS))
		poll_say(d, POLL_TELL_WARNING, "its skipDays name every day: "
		    "that is not heeded");
}

/*
 * ETag and Last-Modified are one set. A 304 that names the ETag we sent may
 * leave the other out; one with another ETag starts a new set.
 *
 * Those of a document that is cut short are those of the whole one: with them
 * what is missing would never come. If it is cut for good, the same bytes come
 * again, and count as not modified.
 */
static void
take_validators(struct poll_state *s, const struct poll_answer *a,
    const char *url)
{
	bool same = a->status == 304 &&
	    (a->etag[0] == '\0' || strcmp(a->etag, s->etag) == 0);

	if (!same) {
		s->etag = a->etag;
		s->last_modified = a->last_modified;
	} else if (a->last_modified[0] != '\0')
		s->last_modified = a->last_modified;
	s->validated_url = url;
}

static void
take_document(struct poll_state *s, const struct poll_result *r,
    int64_t last_ok, int64_t now, struct poll_decision *d)
{
	const struct poll_feed *f = r->feed;
	bool whole = r->answer->status != 226;

	/* Nothing known in a document that used to have something. */
	d->gap = s->known && whole && s->items > 0 && f->items > 0 &&
	    r->fresh >= f->items;
	if (r->fresh > 0)
		s->last_new = now;
	s->ambiguous = s->ambiguous || !f->ids_unique || !f->links_unique;
	if (whole) {
		s->items = f->items;
		s->body = r->answer->body;
	}
	s->known = true;
	poll_say(d, POLL_TELL_NOTHING, "%u articles, %u new", f->items, r->fresh);
	tell_wishes(s, f, d);
	s->ttl = f->ttl;
	s->update_period = f->update_period;
	s->skip_hours = f->skip_hours;
	s->skip_days = f->skip_days;
	if (d->gap) {
		poll_say(d, POLL_TELL_WARNING, "none of them was known: "
		    "articles may have been missed, a shorter interval may "
		    "help");
		poll_older_begin(s, f, last_ok, d);
	}
	if (f->damaged != NULL && f->damaged[0] != '\0')
		poll_say(d, POLL_TELL_NOTHING, "damaged: %s", f->damaged);
}

/* An error is an answer, too, and may stay as it is for a while; what was not
   read to its end is none. */
static void
take_lifetime_of_error(struct poll_state *s, const struct poll_answer *a,
    int64_t now)
{
	int64_t life;

	if ((a->outcome == POLL_HTTP_ERROR || a->outcome == POLL_NOT_FEED ||
	    a->outcome == POLL_TOO_LARGE) && freshness_lifetime(a, now, &life))
		s->fresh_until = at_least(s->fresh_until,
		    now + at_most(life, POLL_FRESH_MAX));
}

/* A lifetime beyond the cap is told when it is first seen. */
static void
take_lifetime(struct poll_state *s, const struct poll_answer *a, int64_t now,
    struct poll_decision *d)
{
	char text[32];
	int64_t life;

	if (freshness_lifetime(a, now, &life)) {
		if (life > POLL_FRESH_MAX && life != s->lifetime)
			poll_say(d, POLL_TELL_INFO, "the server says it stays "
			    "fresh for %s; a day counts",
			    text_of(life, text, sizeof(text)));
		s->lifetime = life;
	} else if (a->status != 304)
		s->lifetime = 0;
	s->fresh_until = now + at_most(s->lifetime, POLL_FRESH_MAX);
}

static void
take_good(struct poll_state *s, const struct poll_result *r, int64_t now,
    struct poll_decision *d)
{
	const char *url = r->chain->urls[r->chain->hops];
	int64_t last_ok = s->last_ok;

	if (s->errors > 0)
		poll_say(d, POLL_TELL_INFO, "it answers again after %lld errors",
		    (long long)s->errors);
	s->errors = 0;
	s->error = "";
	s->last_ok = now;
	s->gone = false;
	take_validators(s, r->answer, url);
	if (r->answer->outcome == POLL_OK && r->feed->cut)
		s->etag = s->last_modified = "";
	take_lifetime(s, r->answer, now, d);
	if (r->answer->status == 200)
		s->last_full = now;
	if (r->answer->outcome == POLL_OK)
		take_document(s, r, last_ok, now, d);
	else
		poll_say(d, POLL_TELL_NOTHING, "not modified");
	if (!r->shared && poll_redirect_seen(s, r->chain, now)) {
		d->rewritten = true;
		poll_say(d, POLL_TELL_WARNING, "moved for good: %s is asked from "
		    "now on; change it in the configuration, too", s->url);
	}
}

static bool
is_our_network(const struct poll_result *r)
{
	enum poll_outcome o = r->answer->outcome;

	return r->offline && (o == POLL_DNS || o == POLL_CONNECT ||
	    o == POLL_TIMEOUT);
}

static void
take_error(struct poll_state *s, const struct poll_result *r, int64_t now,
    struct poll_decision *d)
{
	const struct poll_answer *a = r->answer;
	const char *advice = poll_advice(a);
	/* Told when it begins or changes, not each time. */
	bool news = s->errors == 0 || s->outcome != a->outcome ||
	    (a->outcome == POLL_HTTP_ERROR && strcmp(s->error, a->error) != 0);

	/* When nobody can be reached it is not this feed that fails. */
	if (!is_our_network(r) || s->errors == 0)
		s->errors++;
	s->error = a->error;
	take_lifetime_of_error(s, a, now);
	if (a->status == 410 && a->outcome == POLL_HTTP_ERROR) {
		s->gone = d->gone = true;
		news = true;
	}
	poll_say(d, news ? POLL_TELL_WARNING : POLL_TELL_NOTHING, "%s",
	    a->error[0] != '\0' ? a->error : poll_outcome_name(a->outcome));
	if (is_our_network(r))
		advice = "no host can be reached: is our own network down?";
	if (advice[0] != '\0')
		poll_say(d, POLL_TELL_NOTHING, "%s", advice);
}

int64_t
poll_hold(const struct poll_answer *a, int64_t held, int64_t now,
    struct poll_decision *d)
{
	int64_t until;
	char text[32];

	if (!freshness_retry_after(a->retry_after, now, &until) || until < held)
		until = held;
	if (until <= now + POLL_RETRY_MAX)
		return until;
	poll_say(d, POLL_TELL_WARNING, "it asks to wait for %s; a week counts",
	    text_of(until - now, text, sizeof(text)));
	return now + POLL_RETRY_MAX;
}

/* When the feed may be asked again, before skips and jitter. */
static int64_t
earliest(struct poll_state *s, const struct poll_result *r, int64_t now,
    struct poll_decision *d)
{
	int64_t interval = at_least(r->interval, POLL_INTERVAL_MIN);
	int64_t when;

	s->interval = poll_adaptive(interval, now - s->last_new);
	when = now + s->interval;
	when = at_least(when, now + at_most(s->ttl, POLL_FRESH_MAX));
	when = at_least(when, now + at_most(s->update_period, POLL_FRESH_MAX));
	when = at_least(when, at_most(s->fresh_until, now + POLL_FRESH_MAX));
	if (s->errors > 0)
		when = at_least(when, now + poll_backoff(r->answer,
		    is_our_network(r) ? 1 : s->errors));
	s->hold_until = poll_hold(r->answer, r->hold_until, now, d);
	return at_least(when, s->hold_until);
}

int64_t
poll_spread(const struct poll_state *s, const char *name, int64_t when,
    int64_t now)
{
	when = poll_skip(s->skip_hours, s->skip_days, when);
	when += poll_jitter(name, now, when - now);
	/* The jitter may not lead back into what is skipped. */
	return poll_skip(s->skip_hours, s->skip_days, when);
}

void
poll_done(const struct poll_state *old, const struct poll_result *r,
    int64_t now, struct poll_state *new, struct poll_decision *d)
{
	struct poll_state s = *old;
	char text[32];
	int64_t when;

	memset(d, 0, sizeof(*d));
	if (is_good(r->answer))
		take_good(&s, r, now, d);
	else
		take_error(&s, r, now, d);
	poll_state_put_off_bare(old, r->chain->urls[r->chain->hops], now, &s);
	s.last_poll = now;
	s.outcome = r->answer->outcome;
	when = earliest(&s, r, now, d);
	s.next_due = poll_spread(&s, r->name, when, now);
	if (s.gone)
		s.next_due = POLL_NEVER;
	if (s.errors > 0 && !s.gone)
		poll_say(d, POLL_TELL_NOTHING, "next try in %s",
		    text_of(s.next_due - now, text, sizeof(text)));
	*new = s;
}
