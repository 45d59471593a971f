/*
 * lane - what waits for one recipient: inside the queue only.
 *
 * Two heaps: later, by time; ready, high priority first, then the order in
 * which they were made. A failing lane is held as a whole, and risks one
 * message when the hold is over. Milliseconds.
 */
#ifndef DELIVERY_LANE_H
#define DELIVERY_LANE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lane_entry {
	int64_t		row;
	int64_t		since;		/* wall clock, for its age */
	int64_t		due;
	uint32_t	attempts;	/* failed ones */
	uint8_t		priority;	/* enum rule_priority */
	bool		alone;		/* not in a message with others */
};

struct lane_heap {
	struct lane_entry *list;
	size_t		 n, cap;
};

struct lane {
	char		*recipient;
	struct lane_heap later, ready;
	int64_t		 opened;	/* when the first of ready came */
	int64_t		 hold_until;
	uint32_t	 failures;	/* messages in a row */
	uint64_t	 served;	/* turn number, for fairness */
};

void	lane_clear(struct lane *);
void	lane_add(struct lane *, const struct lane_entry *);
/* Move what is due to ready. */
void	lane_mature(struct lane *, int64_t now);
/* Take the message: up to max, one if it is to go alone; high: only those. */
size_t	lane_take(struct lane *, struct lane_entry *, size_t max, bool high);
bool	lane_high(const struct lane *);		/* a high priority is ready */
/* A message ended well; after an outage what failed with it is due now. */
void	lane_worked(struct lane *, int64_t now);
/* A message failed; asked = wait at least so long, 0 = not said. */
void	lane_failed(struct lane *, int64_t now, int64_t asked);
void	lane_release(struct lane *, int64_t now);
/* The clock went back by so much. */
void	lane_shift(struct lane *, int64_t);
/* Take out what is too old in a lane that fails; at most max rows. */
size_t	lane_expire(struct lane *, int64_t now, int64_t max_age,
	    int64_t *rows, size_t max);

#endif
