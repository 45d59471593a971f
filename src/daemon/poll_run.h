/*
 * poll_run - one poll of one feed, from the order over its redirects to its
 * end (poll_end.h); and the parts of struct polls that are shared.
 */
#ifndef DAEMON_POLL_RUN_H
#define DAEMON_POLL_RUN_H

#include <ev.h>

#include "article/article.h"
#include "config/config.h"
#include "daemon/reader.h"
#include "poll/queue.h"
#include "poll/redirect.h"
#include "poll/twins.h"
#include "store/feeds.h"

struct daemon;

/* A poll on its way. */
struct poll_run {
	struct poll_run		*next;		/* while idle */
	uint32_t		 number;	/* of its slot */
	uint64_t		 poll;		/* in flight; 0 = waits for its host */
	struct poll_chain	 chain;
	unsigned		 losses;	/* it was in flight and nobody to blame */
	bool			 looked, stored;	/* for its row, which was there */
	bool			 older;		/* it asks for an older page */
	struct poll_chain	 robots;	/* to the robots.txt, if asked for */
	bool			 asks_robots;	/* it is in flight */
	bool			 outdated;	/* the feed was given another URL or
						   login: its answer is none */
	int64_t			 robots_until;	/* it allowed the feed so long */
	struct store_feed	 row;
	struct arena		 mem;		/* of the chains, the row, its end */
};

/* A configured feed. Its number in the queue is its place in slots. */
struct poll_slot {
	const struct config_feed *feed;		/* NULL = unused */
	const struct config_feed *next;		/* during a reload */
	struct poll_run		*run;		/* its poll in flight */
	int64_t			 interval;	/* when it was configured, s */
	bool			 changed;	/* by the last reload */
	bool			 retry;		/* ... so that what failed may work */
	bool			 asked;		/* again, as soon as it ended */
	bool			 by_hand;	/* a person asked for the next poll */
	bool			 had_turn;	/* --once */
	bool			 more;		/* older pages are still to be read */
	uint32_t		 twin;		/* the slot + 1 of a feed that ends at
						   the same URL, 0 = none seen */
};

/* A finished poll whose transaction is still open. */
struct poll_ended {
	uint32_t	 slot;
	int64_t		 due;			/* Unix seconds, or POLL_NEVER */
	const char	*url;			/* in use from now on */
	const char	*log;			/* a line for it, or NULL */
	bool		 warning;
	bool		 had_turn, more;	/* as in its slot */
};

struct polls {
	struct daemon	*d;
	struct poll_queue *queue;
	struct reader	*reader;
	struct poll_slot *slots;
	size_t		 nslots, cslots, first_free;
	struct poll_run	*idle;			/* for the next polls */
	size_t		 nidle;
	uint32_t	*table;			/* name -> slot + 1 */
	size_t		 ntable;
	uint64_t	 last_poll;		/* number of the last order */
	struct twins	 same;			/* slots by the URL of their document */
	struct twins	 selves;		/* and by what it calls itself */
	struct poll_ended *batch;		/* in the open transaction */
	size_t		 nbatch, cbatch;
	size_t		 batch_items;
	struct arena	 batch_mem;		/* of its strings */
	struct buf	 extra;			/* of the row that is being written */
	bool		 committing;
	bool		 urgent;		/* there is news in it */
	ev_timer	 patience;		/* until it is committed anyway */
	bool		 may_order;		/* look before the loop waits */
	ev_timer	 wake;
	ev_prepare	 prepare;
	unsigned	 losses;		/* of the reader, with --once */
	bool		 robots;		/* is heeded, as configured */
	bool		 rules_changed;		/* by the last reload: network, robots */
	bool		 stopped;
};

uint32_t poll_slot_number(const struct polls *, const struct poll_slot *);
/* Of its feed, in seconds. */
int64_t	poll_slot_interval(const struct polls *, const struct poll_slot *);

struct poll_run *poll_run_new(struct polls *, struct poll_slot *);
void	poll_run_free(struct polls *, struct poll_run *);
void	poll_run_clear(struct polls *);		/* free those kept for later */
/* Fill in its row, once: nobody else writes it before the poll has ended. */
int	poll_run_load(struct polls *, struct poll_run *, struct error *);
/* Both are asked in the same way, and so get the same document. */
bool	poll_run_same_access(const struct config_feed *,
	    const struct config_feed *);
/* The run with this order in flight, or NULL. */
struct poll_run *poll_run_find(const struct polls *, uint64_t poll);
/* Order its present hop; or it waits for the host of that, or is put off and
   freed. */
int	poll_run_order(struct polls *, struct poll_run *, struct error *);
/* It was answered: go on with a redirect, or end it. */
void	poll_run_answer(struct polls *, struct poll_run *,
	    const struct poll_answer *, const struct poll_feed *,
	    const struct article *, size_t);
/* The reader died. The blamed poll ends badly, others are ordered again; one
   that was in flight time and again, with nobody to blame, ends badly, too.
   true = it did. */
bool	poll_run_lost(struct polls *, struct poll_run *, uint64_t blamed,
	    const char *why);

#endif
