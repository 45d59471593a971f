/*
 * notifier - one configured notifier: its newsalertd-notify process, the
 * message under way, and what becomes of it.
 */
#ifndef DAEMON_NOTIFIER_H
#define DAEMON_NOTIFIER_H

#include <ev.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "daemon/process.h"
#include "delivery/protocol.h"
#include "delivery/queue.h"

struct daemon;
struct generation_notifier;

struct notifier {
	struct notifier		*next;
	struct daemon		*d;
	struct queue		*queue;		/* shared by all */
	char			*name;
	const struct generation_notifier *plan;	/* of the daemon's generation */
	struct process		 process;
	char			 label[160];	/* "notifier 'desk'" */
	bool			 replace;	/* start anew when nothing is under way */
	bool			 retired;	/* not configured any more */
	bool			 refused;	/* its plugin said: never, until a reload */
	bool			 gave_up;	/* it said never to a message */
	uint64_t		 batch;		/* number of the last message */
	int64_t			 rows[QUEUE_MESSAGE_MAX];
	size_t			 nrows;		/* under way */
	ev_timer		 wake;
	int			 err_fd;	/* what its stderr says */
	ev_io			 err_io;
	struct buf		 err_text;
	bool			 in_test;	/* the message under way is a sample */
	unsigned long		 test_client;	/* waits for the result */
	bool			 test_wanted;
	size_t			 test_at;	/* the recipient it is for */
	struct buf		 test_text;	/* what went wrong with others */
};

struct notifier *notifier_new(struct daemon *, struct queue *,
	    const struct generation_notifier *);
void	notifier_free(struct notifier *);	/* only when stopped */
void	notifier_start(struct notifier *);
void	notifier_stop(struct notifier *);
bool	notifier_stopped(const struct notifier *);
/* Give it what is due, if it can take it. */
void	notifier_dispatch(struct notifier *);
/* It is starting, sending, or has something due that it can take. */
bool	notifier_busy(const struct notifier *);
/* Another generation: the plugin or its options may have changed. */
void	notifier_replan(struct notifier *, const struct generation_notifier *,
	    bool same_process);
/* It will not do before a reload, and why (which is in the log already). */
void	notifier_refuse(struct notifier *, const char *sentence);
/* Send a marked sample to each of its recipients, and tell the client. */
void	notifier_test(struct notifier *, unsigned long client);

#endif
