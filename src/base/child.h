/*
 * child - the life of one supervised process, as a state x event table.
 *
 * Pure: it holds no pid and no descriptor and calls nothing. The owner tells
 * it what happened with child_event(), carries out the actions it returns, and
 * arms one timer for child_deadline(). Times are milliseconds of a clock that
 * does not jump (CLOCK_MONOTONIC).
 *
 * A child is gone only when BOTH its exit status and the end of file of its
 * channel are in, in either order: what it said before it died is read first
 * (read to the end, then CHILD_EOF). After a failure it is started again,
 * never sooner than a second after the last start: after 1, 2, 4 ... seconds,
 * up to five minutes, as failures follow each other. Work done, or a minute of
 * readiness, ends the row.
 *
 * Work is counted: CHILD_WORK for each order given, CHILD_DONE for each answer.
 * The deadline while busy is one of silence: it starts with the first order
 * and again with each answer, so a stream of orders does not hide a hang.
 */
#ifndef BASE_CHILD_H
#define BASE_CHILD_H

#include <stdbool.h>
#include <stdint.h>

enum child_state {
	CHILD_STOPPED,		/* not wanted, not there */
	CHILD_STARTING,		/* spawned, handshake not done */
	CHILD_READY,		/* nothing to do */
	CHILD_BUSY,		/* work in flight */
	CHILD_STOPPING,		/* hung up; may finish what it does */
	CHILD_KILLING,		/* SIGTERM sent; SIGKILL at each deadline */
	CHILD_DRAINING,		/* exit status is in, end of file is not */
	CHILD_WAITING,		/* gone; will be started at the deadline */
	CHILD_STATES
};

enum child_event {
	CHILD_START,		/* it is wanted */
	CHILD_HELLO,		/* handshake done */
	CHILD_WORK,		/* an order was given to it (if child_serves) */
	CHILD_DONE,		/* an answer came */
	CHILD_TIMEOUT,		/* the deadline has passed */
	CHILD_BREACH,		/* it broke the protocol: replace it */
	CHILD_EOF,		/* its channel is closed and read to the end */
	CHILD_EXIT,		/* its exit status was collected */
	CHILD_STOP,		/* it is not wanted any more */
	CHILD_EVENTS
};

/* What to do, several at once, in this order. */
enum child_action {
	CHILD_DO_HANGUP = 1,	/* shutdown(fd, SHUT_WR): the polite way to end it */
	CHILD_DO_TERM = 2,	/* kill(pid, SIGTERM) */
	CHILD_DO_KILL = 4,	/* kill(pid, SIGKILL) */
	CHILD_DO_REQUEUE = 8,	/* orders without answer are lost: take them back */
	CHILD_DO_CLOSE = 16,	/* it is gone: close our descriptor */
	CHILD_DO_SPAWN = 32,	/* fork and exec; if that fails: CHILD_EOF, CHILD_EXIT */
	CHILD_DO_SERVE = 64,	/* it can take work */
};

struct child {
	enum child_state state;
	bool		 wanted;
	bool		 eof;		/* end of file came before the exit */
	unsigned	 in_flight;
	unsigned	 failures;	/* in a row */
	int64_t		 deadline;	/* see child_deadline */
	int64_t		 started, ready_since;
	int64_t		 start_ms, work_ms, stop_ms;
};

#define CHILD_NEVER	INT64_MAX
#define CHILD_THROTTLE	1000		/* least ms between two starts */
#define CHILD_BACKOFF	(5 * 60 * 1000)	/* most ms between two starts */
#define CHILD_STEADY	(60 * 1000)	/* ready this long: no failure in a row */

/*
 * How long the handshake may take, silence while busy (CHILD_NEVER = no
 * limit), and the grace after a hangup; after SIGTERM it is the same grace.
 */
void	 child_init(struct child *, int64_t start_ms, int64_t work_ms,
	    int64_t stop_ms);
/* The actions to carry out, or 0. A TIMEOUT before its time is ignored. */
unsigned child_event(struct child *, enum child_event, int64_t now);
/* When CHILD_TIMEOUT is to be sent, or CHILD_NEVER. */
int64_t	 child_deadline(const struct child *);
bool	 child_serves(const struct child *);	/* takes work: ready or busy */
bool	 child_alive(const struct child *);	/* there is a pid to signal */
const char *child_state_name(enum child_state);

#endif
