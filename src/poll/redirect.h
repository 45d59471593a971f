/*
 * redirect - the policy for redirects. Pure.
 *
 * One poll may follow up to POLL_HOPS of them; each hop is a new order through
 * the host gate. The feed's URL is only rewritten when every hop was permanent
 * (301, 308), the same target was reached by POLL_REDIRECT_TIMES polls over at
 * least POLL_REDIRECT_AGE, and the target gave a feed. https never becomes
 * http. Credentials belong to the origin they were configured for.
 *
 * URLs here are absolute and were normalised by newsalertd-fetch; they are
 * compared, not parsed anew.
 */
#ifndef POLL_REDIRECT_H
#define POLL_REDIRECT_H

#include <stdbool.h>

#include "poll/protocol.h"
#include "poll/state.h"

#define POLL_HOPS		5
#define POLL_HOP_WAIT		300	/* seconds: a longer Retry-After or hold ends
					   the poll, and the next one waits for it */
#define POLL_REDIRECT_TIMES	5
#define POLL_REDIRECT_AGE	(7 * 86400)	/* seconds */
#define POLL_REDIRECT_DOUBT	5	/* errors in a row: was it for good? */

/* The hops of one poll; the caller keeps the strings until it is done. */
struct poll_chain {
	unsigned	 hops;
	bool		 temporary;	/* at least one hop was */
	const char	*urls[POLL_HOPS + 1];	/* asked so far; [0] is the feed's */
};

void	poll_chain_init(struct poll_chain *, const char *url);
/* The answer was POLL_REDIRECT: 0 = order chain->urls[chain->hops] next (the
   answer's location, borrowed), not before *at, which is now unless the
   server asks for a pause or the location's host is held, until held; -1 = go
   no further: put the reason into answer.error and be done with it, until *at
   at least. */
int	poll_chain_follow(struct poll_chain *, const struct poll_answer *,
	    int64_t held, int64_t now, int64_t *at, struct error *);

/* Same scheme, host and port. */
bool	poll_same_origin(const char *, const char *);
/* "example.org", or "example.org:8080" for a port that is not the scheme's
   own; lower case. The name of a host for the gate. Returns the buffer. */
#define POLL_HOST_SIZE 300
char	*poll_host_of(const char *url, char *, size_t);

/* The robots.txt that speaks for a URL, and what to look for in it. */
const char *poll_robots_url(const char *url, struct arena *);
const char *poll_robots_path(const char *url, struct arena *);

/*
 * A poll ended well at the end of chain: count the candidate. true = the URL
 * is now to be rewritten to it (already done in the state).
 */
bool	poll_redirect_seen(struct poll_state *, const struct poll_chain *,
	    int64_t now);

#endif
