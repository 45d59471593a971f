/*
 * daemon - the parts of newsalertd and how they hang together.
 *
 * Every part is started in the order of the list in main.c and stopped in the
 * reverse. The parts know each other only through here.
 */
#ifndef DAEMON_DAEMON_H
#define DAEMON_DAEMON_H

#include <ev.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

struct announce;
struct control_server;
struct generation;
struct notifiers;
struct polls;
struct reload;
struct store;

struct daemon {
	struct ev_loop		*loop;
	const char		*config_path;
	bool			 once;		/* --once */
	bool			 stopping;
	bool			 store_told;	/* its present trouble was logged */
	int			 exit_code;
	int64_t			 started;
	struct generation	*generation;
	struct store		*store;
	struct announce		*announce;
	struct notifiers	*notifiers;
	struct control_server	*control;
	struct polls		*polls;
	struct reload		*reload;
	ev_signal		 signals[3];
	ev_timer		 watchdog, upkeep, deadline;
	ev_prepare		 settle;	/* before the loop waits */
};

/* Wall clock, Unix seconds: what schedules and the store are kept in. */
int64_t	daemon_now(void);
int64_t	daemon_now_ms(void);	/* the same in milliseconds: what queues use */
/* Begin to stop; the loop ends when every part has stopped. */
void	daemon_stop(struct daemon *, int exit_code);
/* The store failed: say so (once per trouble) and see what goes on. */
void	daemon_store_failed(struct daemon *, const struct error *);
/* true while new articles may be taken. */
bool	daemon_may_poll(const struct daemon *);

#endif
