/*
 * request - one order as one HTTP exchange: a curl easy handle, what comes in,
 * and at the end the answer.
 *
 * Never a redirect followed, never a retry, no cookies, no Referer, no proxy
 * from the environment, nothing sent that the order or the setup does not say.
 * Every address is checked where its socket is opened, after the DNS, so that
 * no name can be bound to another address in between.
 *
 * The answer and the body live until request_free. The URL in the answer is
 * shown without user and password; Location is made absolute (url.h).
 */
#ifndef FETCH_REQUEST_H
#define FETCH_REQUEST_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/address.h"
#include "poll/protocol.h"

struct request;

/* What is the same for every request, checked; and requests to use again. */
struct request_policy {
	const char	*proxy;		/* borrowed */
	char		*agent;		/* the line of the header */
	struct address_net allow[POLL_ALLOW_MAX];
	size_t		 nallow;
	struct request	*idle;
	size_t		 nidle;
	struct request	*open;		/* that have a connection of their own */
};

/* -1: a network that is none, or a line break in the user agent. */
int	 request_policy_init(struct request_policy *,
	    const struct poll_setup *, struct error *);
void	 request_policy_clear(struct request_policy *);

/* The order may be forgotten afterwards, the policy must outlive it. */
struct request *request_new(const struct poll_order *,
	    struct request_policy *);
void	 request_free(struct request *);
/* The handle to perform, with CURLOPT_PRIVATE set to the request; NULL if the
   order was refused: then request_finish has the answer at once. */
CURL	*request_easy(struct request *);
/* Stop and continue to take in; the time in between does not count. */
void	 request_hold(struct request *, bool);
/* After curl is done with it. */
const struct poll_answer *request_finish(struct request *, CURLcode);
/* The decoded body on POLL_OK, else empty. */
const struct buf *request_body(const struct request *);

#endif
