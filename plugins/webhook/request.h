/*
 * request - one POST with libcurl, and what became of it.
 *
 * The connection is kept for the next one. What the server says in its body is
 * quoted in the reason, up to a line.
 */
#ifndef WEBHOOK_REQUEST_H
#define WEBHOOK_REQUEST_H

#include <curl/curl.h>
#include <newsalertd/notifier.h>
#include <stdbool.h>
#include <stdint.h>

struct request {
	struct notifier_host	*host;
	CURL			*curl;
	/* Of the answer. */
	char			 body[4096];
	size_t			 len;
	char			 retry_after[128];
	char			 refused[64];	/* a private address, or "" */
	bool			 gone;		/* it was 410 */
};

int	request_init(struct request *, struct notifier_host *);
void	request_clear(struct request *);
/* signature may be NULL. Returns NOTIFIER_OK, NOTIFIER_RETRY, NOTIFIER_FAIL. */
int	request_send(struct request *, const char *id, int64_t now,
	    const char *signature, const char *body);

#endif
