/*
 * state - all that is remembered about a feed between polls, as plain data.
 *
 * Times are seconds since 1970 of the wall clock, 0 = never; durations are
 * seconds. Strings are borrowed and never NULL. The members have their columns
 * in the store (store/feeds.h); those of the last block go into its opaque
 * "extra".
 */
#ifndef POLL_STATE_H
#define POLL_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "poll/protocol.h"

struct poll_state {
	const char	*url;		/* in use */
	const char	*etag, *last_modified;	/* raw bytes, one set */
	int64_t		 next_due;	/* POLL_NEVER = not any more */
	int64_t		 last_poll;	/* any answer or failure */
	int64_t		 last_ok;	/* 200 or 304 */
	int64_t		 last_new;	/* a new article, or first seen */
	int64_t		 interval;	/* adaptive */
	int64_t		 errors;	/* in a row */
	enum poll_outcome outcome;	/* of the last poll */
	const char	*error;		/* its sentence, "" = all is well */
	const char	*redirect;	/* candidate for a new URL */
	int64_t		 redirect_since, redirect_count;
	int64_t		 fresh_until;	/* by the headers of the last answer */
	int64_t		 hold_until;	/* by Retry-After */
	int64_t		 ttl, update_period;
	uint32_t	 skip_hours, skip_days;
	bool		 known;		/* its backlog was taken */
	bool		 gone;		/* 410 */

	const char	*validated_url;	/* the URL the validators came from */
	int64_t		 lifetime;	/* by headers, for a 304 that has none */
	int64_t		 last_full;	/* last 200 */
	int64_t		 items;		/* in the last document */
	int64_t		 body;		/* hash_document of it */
	bool		 ambiguous;	/* ids or links were not unique, once */
	int64_t		 robots_until;	/* robots.txt allowed it, so long */
	/* Reading older pages (older.h): the next of them, "" = none ... */
	const char	*older;
	int64_t		 older_pages;	/* asked for so far */
	int64_t		 older_since;	/* what is older was there before */
	int64_t		 older_due;	/* after a failure, 0 = at once */
	int64_t		 older_found;	/* new articles in them */
};

#define POLL_NEVER INT64_MAX

/* A feed that was never polled: due at once. */
void	poll_state_init(struct poll_state *, const char *url, int64_t now);
/* The last block, for the store's extra; the first byte is a version. */
void	poll_state_put_extra(const struct poll_state *, struct buf *);
/* What is unknown or damaged is as for a new feed; strings into the arena. */
void	poll_state_get_extra(struct poll_state *, const void *, size_t,
	    struct arena *);
/*
 * When the feed is due. The clock may have been set back: a time further ahead
 * than any legal wait means now. And its interval (seconds) may have become
 * shorter since: then sooner, though never sooner than the server allows.
 */
int64_t	poll_state_due(const struct poll_state *, int64_t interval,
	    int64_t now);
/* What is asked then: the feed, or an older page. */
const char *poll_state_next_url(const struct poll_state *);
/*
 * The validators for an order of url: those of the state if they came from
 * that very URL, else none; and none once in 30 days, for servers that answer
 * 304 whatever they are asked. false = unconditional although there are some.
 * Also the hash of the document that is known.
 */
bool	poll_state_validators(const struct poll_state *, const char *url,
	    int64_t now, struct poll_order *);
/* That unconditional order of url gave no document: again in a day, not
   sooner. To be called with the state as it was for the order. */
void	poll_state_put_off_bare(const struct poll_state *old, const char *url,
	    int64_t now, struct poll_state *new);

#endif
