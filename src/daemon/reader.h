/*
 * reader - newsalertd-fetch and newsalertd-parse as one: orders go in, answers
 * with their articles come out.
 *
 *	newsalertd --orders--> fetch --documents--> parse --reports--> newsalertd
 *
 * The two live and die together. When they die, the document that was being
 * parsed is to blame; every other poll in flight is simply to be ordered
 * again.
 */
#ifndef DAEMON_READER_H
#define DAEMON_READER_H

#include <ev.h>
#include <stdbool.h>

#include "article/article.h"
#include "poll/protocol.h"

struct reader;

struct reader_owner {
	/* A poll ended. Everything is valid until the callback returns. */
	void	(*answer)(void *, const struct poll_answer *,
		    const struct poll_feed *, const struct article *, size_t);
	/* All polls in flight are lost; blamed (or 0) killed the parser, and
	   why says how. */
	void	(*lost)(void *, uint64_t blamed, const char *why);
	/* Orders may be given. */
	void	(*serve)(void *);
	void	(*stopped)(void *);
};

/* setup is copied. timeout_ms is that of one order. */
struct reader *reader_new(struct ev_loop *, const char *libexec,
	    const struct poll_setup *, int64_t timeout_ms,
	    const struct reader_owner *, void *);
void	reader_free(struct reader *);		/* only when stopped */
void	reader_start(struct reader *);
void	reader_stop(struct reader *);		/* stopped() follows */
bool	reader_serves(const struct reader *);
/* Give an order, which goes out with reader_flush; -1 when it cannot be
   written. */
int	reader_order(struct reader *, const struct poll_order *,
	    struct error *);
void	reader_flush(struct reader *);
/* Another one for orders to come. */
void	reader_set_timeout(struct reader *, int64_t timeout_ms);
/* For the next start. true = it differs from what the programs know. */
bool	reader_set_setup(struct reader *, const struct poll_setup *);

#endif
