#include "poll/older.h"

#include <string.h>

#include "poll/backoff.h"

static void
end(struct poll_state *s)
{
	s->older = "";
	s->older_pages = s->older_since = s->older_due = s->older_found = 0;
}

void
poll_older_begin(struct poll_state *s, const struct poll_feed *f,
    int64_t last_ok, struct poll_decision *d)
{
	end(s);
	if (f->older == NULL || f->older[0] == '\0' ||
	    strcmp(f->older, s->validated_url) == 0)
		return;
	s->older = f->older;
	s->older_since = last_ok - POLL_OLDER_SLACK;
	poll_say(d, POLL_TELL_NOTHING, "its older pages are read");
}

/* Worth another try: the page is there, but not now. */
static bool
is_passing(const struct poll_answer *a, bool held)
{
	switch (a->outcome) {
	case POLL_REDIRECT:
		return held;
	case POLL_DNS:
	case POLL_CONNECT:
	case POLL_TIMEOUT:
	case POLL_BROKEN:
		return true;
	case POLL_HTTP_ERROR:
		return held || a->status == 429 || a->status >= 500;
	default:
		return false;
	}
}

static void
try_again(struct poll_state *s, const struct poll_older *r, int64_t now,
    struct poll_decision *d)
{
	const struct poll_answer *a = r->answer;
	int64_t hold = poll_hold(a, r->hold_until, now, d);

	/* What its server wants counts for the feed itself, too. */
	if (hold > now && hold > s->hold_until)
		s->hold_until = hold;
	if (hold > s->next_due)
		s->next_due = hold;
	if (is_passing(a, hold > now) && s->older_pages < POLL_OLDER_PAGES) {
		s->older_due = now + poll_backoff(a, s->older_pages);
		if (s->older_due < hold)
			s->older_due = hold;
		poll_say(d, POLL_TELL_NOTHING, "an older page: %s", a->error);
		return;
	}
	poll_say(d, POLL_TELL_WARNING, "an older page cannot be read: %s; "
	    "articles may have been missed", a->error);
	end(s);
}

void
poll_older_done(const struct poll_state *old, const struct poll_older *r,
    int64_t now, struct poll_state *new, struct poll_decision *d)
{
	struct poll_state s = *old;
	const char *next;

	memset(d, 0, sizeof(*d));
	s.older_pages++;
	s.older_due = 0;
	s.older_found += r->fresh;
	if (r->answer->outcome != POLL_OK) {
		try_again(&s, r, now, d);
		*new = s;
		return;
	}
	if (r->fresh > 0)
		s.last_new = now;
	poll_say(d, POLL_TELL_NOTHING, "an older page: %u articles, %u new",
	    r->feed->items, r->fresh);
	next = r->feed->older != NULL ? r->feed->older : "";
	if (r->reached) {
		poll_say(d, POLL_TELL_INFO, "%lld articles were found in older "
		    "pages, and none is missing", (long long)s.older_found);
		end(&s);
	} else if (next[0] == '\0' || strcmp(next, s.older) == 0 ||
	    s.older_pages >= POLL_OLDER_PAGES) {
		poll_say(d, POLL_TELL_WARNING, "%lld articles were found in "
		    "%lld older pages, none of them known: more may have been "
		    "missed", (long long)s.older_found,
		    (long long)s.older_pages);
		end(&s);
	} else
		s.older = next;
	*new = s;
}
