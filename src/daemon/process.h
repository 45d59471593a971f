/*
 * process - one supervised program on the event loop: carries out what the
 * state table of base/child.h decides.
 *
 * The owner starts the program in its spawn callback and hears of frames, of
 * loss and of readiness. A process may be several programs in a row (fetch and
 * parse): they start, fail and end together. All programs have gone when each
 * exit status and the end of file of the link are in.
 */
#ifndef DAEMON_PROCESS_H
#define DAEMON_PROCESS_H

#include <ev.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base/child.h"
#include "base/error.h"
#include "base/frame.h"

#define PROCESS_PIDS 2

struct process;

struct process_owner {
	bool	handshake;	/* false: it serves as soon as it was started */
	/* Start the programs: fill pids (0 = none) and return our end of the
	   link, or -1 with a sentence. */
	int	(*spawn)(void *, pid_t pids[PROCESS_PIDS], struct error *);
	/* A frame came; -1 with a sentence is a breach of the protocol. */
	int	(*frame)(void *, const struct frame *, struct error *);
	/* It ended unasked, or did not start: what was in flight, if anything,
	   is lost; why is a sentence. */
	void	(*lost)(void *, const char *why);
	/* It can take work. */
	void	(*serve)(void *);
	/* It is gone and is not wanted. */
	void	(*stopped)(void *);
};

struct process {
	const char		*name;		/* for the log: "newsalertd-fetch" */
	const struct process_owner *owner;
	void			*arg;
	struct ev_loop		*loop;
	struct child		 child;
	struct frame_link	 link;
	bool			 linked;	/* the link's descriptor is open */
	pid_t			 pids[PROCESS_PIDS];
	ev_io			 in, out;
	ev_timer		 timer;
	ev_child		 exits[PROCESS_PIDS];
	char			 why[512];	/* it ended so, for the log */
	bool			 why_is_status;	/* an exit status, no more */
};

/* name and owner stay the caller's; frame_max as in frame_link_init. */
void	process_init(struct process *, struct ev_loop *, const char *name,
	    const struct process_owner *, void *arg, size_t frame_max);
void	process_clear(struct process *);	/* only when stopped */
/* Tell the state table what happened, and do what it says. */
void	process_event(struct process *, enum child_event);
/* Send what was put into the link. */
void	process_flush(struct process *);
/* End it, whatever it does; why goes to the log and to lost(). */
void	process_breach(struct process *, const char *why);
int64_t	process_now(struct process *);	/* monotonic milliseconds */

#endif
