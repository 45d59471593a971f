#include "poll/host.h"

#include <stdio.h>
#include <string.h>

#include "base/address.h"
#include "poll/freshness.h"
#include "poll/queue.h"
#include "poll/schedule.h"

#define SPACING_FIRST 4000	/* the least that a 429 teaches */

bool
host_is_private(const char *name)
{
	static const char *const local[] = { ".local", ".lan", ".internal",
		".home.arpa", ".localhost" };
	char bare[300];
	struct address_net net;
	size_t len, n;

	snprintf(bare, sizeof(bare), "%s", name);
	len = bare[0] == '[' ? strcspn(bare, "]") + 1 : strcspn(bare, ":");
	if (len < strlen(bare))
		bare[len] = '\0';
	if (address_parse(bare, &net, NULL) == 0) {
		if (bare[0] == '[') {
			memmove(bare, bare + 1, len);
			bare[strcspn(bare, "]")] = '\0';
		}
		return !address_allowed_text(bare, NULL, 0);
	}
	for (size_t i = 0; i < sizeof(local) / sizeof(local[0]); i++) {
		n = strlen(local[i]);
		if (len > n && strcmp(bare + len - n, local[i]) == 0)
			return true;
	}
	return strchr(bare, '.') == NULL;
}

static int64_t
wait_unasked(const struct host *h)
{
	int64_t wait = POLL_WAIT_FIRST;

	for (int64_t i = 0; i < h->errors && wait < POLL_WAIT_MAX; i++)
		wait *= 2;
	return wait < POLL_WAIT_MAX ? wait : POLL_WAIT_MAX;
}

static void
learn_spacing(struct host *h, int64_t spacing)
{
	int64_t now = h->spacing_ms > spacing ? h->spacing_ms : spacing;

	now *= 2;
	if (now < SPACING_FIRST)
		now = SPACING_FIRST;
	h->spacing_ms = now < POLL_SPACING_MAX ? now : POLL_SPACING_MAX;
}

/* It let us in: the row of holds is over, and in time the lesson as well. */
static void
relax(struct host *h, int64_t spacing, int64_t now)
{
	if (h->errors > 0)
		h->changed = true;
	h->errors = 0;
	h->has_failed = false;
	if (h->spacing_ms == 0 || now - h->updated < POLL_SPACING_KEEP)
		return;
	h->spacing_ms /= 2;
	if (h->spacing_ms <= spacing || h->spacing_ms < SPACING_FIRST)
		h->spacing_ms = 0;
	h->updated = now;
	h->changed = true;
}

/* Two different feeds met a 503: it is the host. */
static bool
is_whole_host(struct host *h, uint32_t feed)
{
	bool two = h->has_failed && h->failed_feed != feed;

	h->has_failed = true;
	h->failed_feed = feed;
	return two;
}

int64_t
host_learn(struct host *h, uint32_t feed, const struct poll_answer *a,
    int64_t spacing, int64_t now)
{
	int64_t until, asked;
	bool whole;

	if (a == NULL || a->status == 0)
		return 0;
	until = freshness_retry_after(a->retry_after, now / 1000, &asked) ?
	    asked * 1000 : 0;
	if (a->status != 429 && a->status != 503 &&
	    (a->status != 403 || until == 0)) {
		relax(h, spacing, now);
		return 0;
	}
	whole = (a->status != 503 || is_whole_host(h, feed)) && !h->is_private;
	if (until == 0 && (whole || a->status == 429))
		until = now + wait_unasked(h);
	if (until > now + POLL_RETRY_MAX * 1000LL)
		until = now + POLL_RETRY_MAX * 1000LL;
	if (!whole)
		return until;
	if (a->status == 429)
		learn_spacing(h, spacing);
	if (until > h->hold_until)
		h->hold_until = until;
	h->errors++;
	h->updated = now;
	h->changed = true;
	snprintf(h->reason, sizeof(h->reason), "%.63s", a->error);
	return until;
}
