/*
 * answer - what a server's answer means for a delivery.
 *
 *	2xx				done
 *	400 405 406 411 413 414 415 422	never: it is about this message
 *	410				never, nor any that follows
 *	3xx and all other		again later: it is about the server, its
 *					address or our rights there
 *
 * A redirect is not followed: the body is meant for the URL that the operator
 * wrote down.
 */
#ifndef WEBHOOK_ANSWER_H
#define WEBHOOK_ANSWER_H

#include <stdint.h>

#define ANSWER_WAIT_MAX (7 * 86400)	/* no server may ask for longer */

/* NOTIFIER_OK, NOTIFIER_RETRY or NOTIFIER_FAIL. */
int	answer_judge(long status);
/*
 * Seconds to wait: the Retry-After header (seconds or an HTTP date), else
 * "retry_after" in a JSON body as Discord and Telegram send it; 0 = not said.
 * Either string may be "".
 */
int64_t	answer_wait(const char *retry_after, const char *body, int64_t now);

#endif
