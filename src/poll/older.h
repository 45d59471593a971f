/*
 * older - the pages before a document (RFC 5005), read when nothing in it was
 * known: a feed of ten entries that published thirty since it was asked. Pure.
 *
 * Each page is a poll of its own, as soon as the gate of its host lets it, so
 * that a restart in between loses nothing; the feed's next poll stays when it
 * was. Reading ends at an entry that is known or older than the last poll that
 * found something known, when a page names no other, or after POLL_OLDER_PAGES.
 */
#ifndef POLL_OLDER_H
#define POLL_OLDER_H

#include "poll/schedule.h"

#define POLL_OLDER_PAGES 10
#define POLL_OLDER_SLACK 86400	/* entries are dated by other clocks */

/* A document in which nothing was known names an older page: read it next. */
void	poll_older_begin(struct poll_state *, const struct poll_feed *,
	    int64_t last_ok, struct poll_decision *);

/* What an older page brought. */
struct poll_older {
	const struct poll_answer *answer;
	const struct poll_feed	*feed;	/* only looked at on POLL_OK */
	uint32_t		 fresh;	/* articles that were new */
	bool			 reached;	/* something known, or older than
					   state.older_since, was in it */
	int64_t			 hold_until;	/* as in poll_result */
};
/* The state afterwards, as poll_done. */
void	poll_older_done(const struct poll_state *old,
	    const struct poll_older *, int64_t now, struct poll_state *new,
	    struct poll_decision *);

#endif
