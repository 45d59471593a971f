/*
 * pipeline - articles -> new ones -> rules -> alerts -> deliveries, in one
 * transaction.
 *
 * The promise of the product is kept here: new articles, their alerts, their
 * deliveries and the feed's validators are committed together. Nothing is
 * handed to a notifier, and no validator is sent to a server, before that.
 */
#ifndef DAEMON_PIPELINE_H
#define DAEMON_PIPELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "article/article.h"
#include "base/error.h"
#include "poll/protocol.h"
#include "store/feeds.h"

struct daemon;
struct config_feed;

/* What one poll brought. */
struct pipeline_poll {
	const struct config_feed *feed;
	struct store_feed	*state;		/* as before the poll; known and id are set */
	const struct poll_answer *answer;
	const struct poll_feed	*document;	/* ids_unique, links_unique, title ... */
	const struct article	*articles;
	size_t			 n;
	/* Its documents have, or had, several entries of one name: what an
	   entry is known by may change from one to the next. */
	bool			 ambiguous;
	/* Not 0: an older page. Only entries dated since then are taken. */
	int64_t			 since;
};

struct pipeline_result {
	size_t	 items, fresh, changed;		/* articles: all, new, with new text */
	size_t	 known;				/* articles that were, in the document */
	size_t	 alerts, held, deliveries;
	bool	 old;		/* some were older than since, or not dated */
	int64_t	 newest;	/* publication time of the newest new one, or 0 */
};

/*
 * Look at every article of a poll, inside the caller's transaction; counts
 * what it did. The feed's own row is the caller's, and so is announce_commit().
 */
int	pipeline_articles(struct daemon *, const struct pipeline_poll *,
	    int64_t now, struct pipeline_result *, struct error *);
#endif
