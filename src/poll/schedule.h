/*
 * schedule - what one poll means for the feed's next. Pure.
 *
 *   next = max(interval, adaptive, max-age - Age or Expires, ttl, sy:*,
 *              Retry-After, host hold, backoff)
 *
 * on 200, 304 and errors alike, then out of skipHours and skipDays, plus 0 to
 * 10 % (never less). The server's own lifetimes count up to POLL_FRESH_MAX,
 * its Retry-After up to POLL_RETRY_MAX. Times are seconds since 1970.
 */
#ifndef POLL_SCHEDULE_H
#define POLL_SCHEDULE_H

#include <stdbool.h>
#include <stdint.h>

#include "poll/protocol.h"
#include "poll/redirect.h"
#include "poll/state.h"

#define POLL_INTERVAL_MIN	60
#define POLL_QUIET_MAX		86400		/* what a quiet feed decays to */
#define POLL_FRESH_MAX		86400
#define POLL_RETRY_MAX		(7 * 86400)
#define POLL_ERROR_MAX		(7 * 86400)

/* One finished poll. */
struct poll_result {
	const char	*name;		/* of the feed: spreads the jitter */
	int64_t		 interval;	/* configured for it */
	const struct poll_answer *answer;	/* of the last hop */
	const struct poll_feed *feed;	/* only looked at on POLL_OK */
	const struct poll_chain *chain;	/* how it got there */
	uint32_t	 fresh;		/* articles that were new */
	int64_t		 hold_until;	/* from poll_queue_done; 0 = none */
	bool		 offline;	/* poll_queue_is_offline: no back-off */
	bool		 shared;	/* another feed was asked, at the end of
					   its chain: redirects say nothing */
};

enum poll_tell { POLL_TELL_NOTHING, POLL_TELL_INFO, POLL_TELL_WARNING };

struct poll_decision {
	bool	 rewritten;		/* the state has a new URL */
	bool	 gone;			/* 410: not asked any more */
	bool	 gap;			/* articles may have been missed */
	enum poll_tell tell;		/* is sentence worth a line of the log? */
	char	 sentence[512];		/* without the feed's name; never empty */
};

/*
 * The state after the poll. Strings of the new state borrow from the old one,
 * from the result and from the decision; old and new may be the same struct.
 */
void	poll_done(const struct poll_state *old, const struct poll_result *,
	    int64_t now, struct poll_state *new, struct poll_decision *);

/* Add to the sentence. */
void	poll_say(struct poll_decision *, enum poll_tell, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));

/* Until when the server wants us to wait, by its answer or the hold of its host
   (0 = none); POLL_RETRY_MAX at the most, which is said. */
int64_t	poll_hold(const struct poll_answer *, int64_t held, int64_t now,
	    struct poll_decision *);
/* The first time from when (>= now) that the feed does not skip, and up to a
   tenth of the wait later. name as in poll_result. */
int64_t	poll_spread(const struct poll_state *, const char *name, int64_t when,
	    int64_t now);

/* The parts, for tests and explanations. */
int64_t	poll_adaptive(int64_t interval, int64_t quiet);
int64_t	poll_skip(uint32_t hours, uint32_t days, int64_t when);
int64_t	poll_jitter(const char *name, int64_t now, int64_t wait);

#endif
