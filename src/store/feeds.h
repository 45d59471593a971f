/*
 * feeds - what is remembered about feeds and hosts between polls.
 *
 * A feed is its name; its URL may change. The columns are the state of the
 * scheduler (poll/), copied to and fro by the daemon; whatever the scheduler
 * wants to add later and nobody queries goes into extra, whose first byte is
 * the scheduler's own version number. Strings are never NULL when read; NULL
 * is written as "". Times 0 = never / unknown.
 */
#ifndef STORE_FEEDS_H
#define STORE_FEEDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

struct store;

struct store_feed {
	int64_t		 id;		/* set by the store; 0 = not stored yet */
	const char	*name;
	const char	*config_url;	/* as configured when last polled: if the
					   operator changed it, start anew */
	const char	*url;		/* in use: differs after a lasting 301/308 */
	const char	*etag, *last_modified;	/* raw bytes, one set */
	int64_t		 next_due;
	int64_t		 last_poll, last_ok, last_new;
	int64_t		 interval;	/* adaptive, seconds */
	int64_t		 errors;	/* consecutive */
	const char	*outcome;	/* of the last poll: poll_outcome_name() */
	const char	*error;		/* sentence, "" = last poll was good */
	const char	*redirect;	/* candidate for a lasting redirect, or "" */
	int64_t		 redirect_since, redirect_count;
	int64_t		 fresh_until;	/* by HTTP */
	int64_t		 hold_until;	/* by Retry-After or the like */
	int64_t		 ttl, update_period;		/* seconds, 0 = none */
	int64_t		 skip_hours, skip_days;		/* bits */
	bool		 known;		/* its backlog was taken */
	bool		 gone;		/* 410: asked for no more */
	const char	*title, *link, *format;		/* by the document */
	int64_t		 polls, not_modified, articles;	/* counters since ever */
	const void	*extra;		/* opaque */
	size_t		 extra_len;
	/* Kept by store_feed_polled, ignored by store_feed_put: new articles in
	   the week (since 1970) of the last poll and in the one before. */
	int64_t		 week, this_week, last_week;
};

/* The state of one feed, into the arena. 1 = found, 0 = unknown, -1. */
int	store_feed_get(struct store *, const char *name, struct arena *,
	    struct store_feed *, struct error *);
/* Insert or update by name; sets feed->id. */
int	store_feed_put(struct store *, struct store_feed *, struct error *);
/* Every feed ever known, in one reading. fn returns whether it will be asked for
   by name: that needs no reading then. */
int	store_feed_each(struct store *,
	    bool (*fn)(const struct store_feed *, void *), void *,
	    struct error *);

/* One poll, for "newsalertctl feed NAME". The last STORE_POLLS are kept. */
#define STORE_POLLS 40
struct store_poll {
	int64_t		 at;
	const char	*outcome;	/* poll_outcome_name() */
	int64_t		 status;	/* HTTP, 0 = none */
	int64_t		 items, fresh, changed;	/* in it, new ones, changed ones */
	int64_t		 bytes, elapsed_ms;
	const char	*error;
};
/* The row of a feed that is stored already, after a poll, and the poll in its
   history; poll->fresh is counted in the row. One write, and a short one when
   the poll changed nothing but times and counters. */
int	store_feed_polled(struct store *, struct store_feed *,
	    const struct store_poll *, struct error *);
/* Newest first. */
int	store_poll_list(struct store *, int64_t feed, struct arena *,
	    struct store_poll **, size_t *, struct error *);
/* New articles in the seven days before now, about: "articles a day". */
int64_t	store_feed_weekly(const struct store_feed *, int64_t now);

/* What a host asked of us, kept over restarts. */
struct store_host {
	const char	*name;		/* "example.org", or "example.org:8080" */
	int64_t		 hold_until;
	const char	*reason;	/* "429 Too Many Requests" */
	int64_t		 spacing_ms;	/* learned, 0 = the configured one */
	int64_t		 errors;	/* holds in a row */
	int64_t		 updated;
};
int	store_host_put(struct store *, const struct store_host *,
	    struct error *);
int	store_host_each(struct store *,
	    int (*fn)(const struct store_host *, void *), void *,
	    struct error *);

#endif
