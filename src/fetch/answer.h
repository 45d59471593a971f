/*
 * answer - what comes back for one request: status line, headers, body, and
 * in the end what became of it, with one sentence for the operator.
 *
 * Fed by the callbacks of curl. A -1 from answer_header or answer_body stops
 * the transfer; the reason is kept for answer_conclude.
 */
#ifndef FETCH_ANSWER_H
#define FETCH_ANSWER_H

#include <curl/curl.h>
#include <stdbool.h>

#include "base/address.h"
#include "base/arena.h"
#include "fetch/decode.h"
#include "poll/protocol.h"

#define ANSWER_HEADERS	(100 * 1024)	/* bytes of headers of one response */

struct answer {
	struct poll_answer out;
	struct arena	*mem;		/* borrowed; holds all strings */
	struct decode	*decode;	/* from the first byte of a body */
	const char	*encoding;	/* Content-Encoding */
	uint64_t	 max_body;
	uint32_t	 timeout_ms;
	bool		 conditional;	/* validators were sent */
	int64_t		 known_body;
	size_t		 header_bytes;
	size_t		 ignored;	/* bytes of a body nobody wants */
	bool		 stopped;	/* outcome and error are decided */
	const char	*blocked;	/* why an address was not connected to */
	bool		 crowded;	/* out.address was, so it was not asked */
};

void	 answer_init(struct answer *, struct arena *,
	    const struct poll_order *);
void	 answer_clear(struct answer *);
/* Decide the outcome now; the first decision stays. */
void	 answer_refuse(struct answer *, enum poll_outcome, const char *why);
/* An address was refused. It decides only if no other one could be reached. */
void	 answer_block(struct answer *, const struct sockaddr *);
/* An address has enough requests: no other one is tried. */
void	 answer_crowd(struct answer *, const struct sockaddr *);
/* true, and refused, if the host is a literal address that is not allowed. */
bool	 answer_is_blocked_host(struct answer *, const char *host,
	    const struct address_net *, size_t);
int	 answer_header(struct answer *, const char *, size_t);
int	 answer_body(struct answer *, const void *, size_t);
/* text is curl's own explanation, "" = none. */
void	 answer_conclude(struct answer *, CURLcode, const char *text,
	    CURLU *base);
/* Empty unless the outcome is POLL_OK. */
const struct buf *answer_document(const struct answer *);

#endif
