/*
 * queue - which delivery goes next, and when. Volatile: built from the store
 * at start, told of everything after. Pure: takes now, returns decisions.
 *
 * Each notifier has a lane for each recipient. A lane that fails waits by
 * itself (5 s, doubled up to 5 min, or as asked) and then risks one message;
 * lanes in order go first, and failing ones together take at most a quarter of
 * a notifier's time. So a bad destination never delays another. When a lane
 * works again, what failed with it is tried at once. A message of several
 * alerts that fails is tried again alert by alert, so that one bad alert costs
 * no other.
 *
 *	n = queue_next(q, "desk", now, rows, max, &wake);
 *	n > 0: load the rows, send them as ONE message, then
 *	       queue_result() and store each verdict
 *	n = 0: nothing now; look again at wake (INT64_MAX: when told of news)
 *
 * One message per notifier is under way at a time. batch, rate and quiet hold
 * messages back as policy says; a high priority passes quiet hours and ends a
 * batch's waiting. Times are Unix milliseconds, except where a name ends in _s.
 * When the clock is set back all waiting moves with it, also that of deliveries
 * which come from the store.
 *
 * Some 60 bytes a delivery, whatever its size.
 */
#ifndef DELIVERY_QUEUE_H
#define DELIVERY_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "store/deliveries.h"

struct queue;
struct quiet;

#define QUEUE_MESSAGE_MAX 100	/* alerts in one message */

struct queue_policy {
	int64_t		 batch;		/* ms, 0 = each alert its own message */
	int64_t		 rate;		/* ms between messages, 0 = none */
	int64_t		 max_age;	/* ms */
	const struct quiet *quiet;	/* NULL = none; outlives its use here */
};

struct queue *queue_new(void);
void	 queue_free(struct queue *);

/* Set, or change, how a notifier is served. Its deliveries stay. */
void	 queue_configure(struct queue *, const char *notifier,
	    const struct queue_policy *);
/* Forget a notifier and all that waits for it (the store has set it aside). */
void	 queue_forget(struct queue *, const char *notifier);

/* A pending delivery; one that is known, or whose verdict is kept, is left
   alone, so that all that is pending in the store may be added again. Its
   notifier need not be configured yet: it waits until then. */
void	 queue_add(struct queue *, const struct store_delivery *, int64_t now);
/* What waits because of failures may go now ("newsalertctl retry"). NULL: all. */
void	 queue_release(struct queue *, const char *notifier, int64_t now);

/*
 * Take what makes the next message: all to one recipient. Returns how many,
 * at most max. 0: *wake says when to ask again.
 */
size_t	 queue_next(struct queue *, const char *notifier, int64_t now,
	    int64_t *rows, size_t max, int64_t *wake);

struct queue_verdict {
	int64_t		 row;
	enum store_outcome outcome;
	int64_t		 next_at_s;
};
/*
 * The message that was taken ended: done, retry or dead (= never). asked_ms:
 * how long the other side wants us to wait, 0 = it did not say. Fills one
 * verdict for each of its rows (room for as many as queue_next gave), to be
 * stored with the reason; returns their number. A retry that is too old comes
 * out as dead.
 */
size_t	 queue_result(struct queue *, const char *notifier,
	    enum store_outcome, int64_t asked_ms, int64_t now,
	    struct queue_verdict *);
/*
 * It was not tried at all (its process was stopped or could not be started):
 * back to its place, no attempt counted.
 */
void	 queue_return(struct queue *, const char *notifier, int64_t now);

/* They are not there any more, or not pending: forget them. */
void	 queue_drop(struct queue *, const char *notifier, int64_t now);

/*
 * Deliveries over their maximum age in lanes that fail: taken out, to be set
 * aside. Returns how many, at most max; ask until 0, every few minutes.
 */
size_t	 queue_expire(struct queue *, int64_t now, int64_t *rows, size_t max);

/*
 * Verdicts that are not stored yet, because the next commit takes them or the
 * store could not (disk full): kept here, and not sent again meanwhile.
 */
void	 queue_keep(struct queue *, const struct queue_verdict *,
	    const char *reason);
/* The kept one at this place, oldest first, or NULL behind the last. */
const struct queue_verdict *queue_kept(const struct queue *, size_t,
	    const char **reason);
/* The n oldest were stored. */
void	 queue_kept_drop(struct queue *, size_t n);

struct queue_state {
	size_t	 waiting;		/* with those under way */
	size_t	 underway;
	size_t	 lanes, failing;	/* recipients, those that fail */
	int64_t	 quiet_until;		/* 0 = not quiet */
};
/* False: nothing is known of it. */
bool	 queue_state(const struct queue *, const char *notifier, int64_t now,
	    struct queue_state *);
size_t	 queue_waiting(const struct queue *);	/* all, and those kept */

#endif
