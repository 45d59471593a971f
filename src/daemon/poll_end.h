/*
 * poll_end - what one finished poll leaves behind, stored with others in one
 * transaction: articles, alerts, deliveries, and the state of its feed.
 *
 * The transaction is committed before the loop waits, or when it has become
 * large. Polls that found nothing new and have nothing to tell wait a moment for
 * others: all that a crash may take from them is that they were made. Only after
 * the commit are feeds scheduled again, alerts announced and deliveries queued.
 * If it fails, everything in it is as if it had not been asked: the feeds are
 * asked again, with their old validators.
 */
#ifndef DAEMON_POLL_END_H
#define DAEMON_POLL_END_H

#include "daemon/pipeline.h"
#include "daemon/poll_run.h"
#include "poll/schedule.h"

/* The caller fills in the first block. */
struct poll_ending {
	struct poll_run			*run;
	const struct config_feed	*feed;
	const struct poll_answer	*answer;
	const struct poll_feed		*document;
	const struct article		*articles;
	size_t				 n;
	int64_t				 hold;
	bool				 shared;	/* another feed was asked */

	int64_t				 now;
	struct store_feed		 row;		/* in the arena of the run */
	int64_t				 body;		/* known before */
	struct poll_state		 state;
	struct poll_decision		 decision;
	struct pipeline_result		 result;
};

/* The poll is over: store it all, or nothing. Frees the run. */
void	poll_end(struct polls *, struct poll_ending *);

#endif
