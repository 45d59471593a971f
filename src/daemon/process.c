#include "daemon/process.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/duration.h"
#include "base/fdio.h"
#include "base/log.h"
#include "daemon/metrics.h"

int64_t
process_now(struct process *p)
{
	struct timespec ts;

	(void)p;
	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000LL + ts.tv_nsec / 1000000;
}

static bool
all_gone(const struct process *p)
{
	for (size_t i = 0; i < PROCESS_PIDS; i++)
		if (p->pids[i] > 0)
			return false;
	return true;
}

static void
signal_all(struct process *p, int sig)
{
	for (size_t i = 0; i < PROCESS_PIDS; i++)
		if (p->pids[i] > 0)
			kill(p->pids[i], sig);
}

static void
spawn(struct process *p)
{
	struct error err;
	int fd;

	memset(p->pids, 0, sizeof(p->pids));
	p->why[0] = '\0';
	p->why_is_status = false;
	if ((fd = p->owner->spawn(p->arg, p->pids, &err)) < 0) {
		snprintf(p->why, sizeof(p->why), "%s", err.text);
		log_error("%s: %s", p->name, err.text);
	} else {
		fdio_nonblock(fd, NULL);
		p->link.fd = fd;
		p->linked = true;
		ev_io_set(&p->in, fd, EV_READ);
		ev_io_set(&p->out, fd, EV_WRITE);
		ev_io_start(p->loop, &p->in);
	}
	for (size_t i = 0; i < PROCESS_PIDS; i++)
		if (p->pids[i] > 0) {
			ev_child_set(&p->exits[i], p->pids[i], 0);
			ev_child_start(p->loop, &p->exits[i]);
		}
	if (fd < 0) {
		signal_all(p, SIGKILL);
		process_event(p, CHILD_EOF);
		if (all_gone(p))
			process_event(p, CHILD_EXIT);
	} else if (!p->owner->handshake)
		process_event(p, CHILD_HELLO);
}

static void
close_link(struct process *p)
{
	if (!p->linked)
		return;
	ev_io_stop(p->loop, &p->in);
	ev_io_stop(p->loop, &p->out);
	close(p->link.fd);
	frame_link_clear(&p->link);
	p->linked = false;
}

static void
arm(struct process *p)
{
	int64_t at = child_deadline(&p->child), now = process_now(p);

	ev_timer_stop(p->loop, &p->timer);
	if (at == CHILD_NEVER)
		return;
	ev_timer_set(&p->timer, at > now ? (double)(at - now) / 1000.0 : 0.0,
	    0.0);
	ev_timer_start(p->loop, &p->timer);
}

static void
tell_end(struct process *p)
{
	char again[64];

	metrics_restart(p->name);
	log_warning("%s %s; it is started again in %s", p->name,
	    p->why[0] != '\0' ? p->why : "ended",
	    duration_text(child_deadline(&p->child) - process_now(p), again,
	    sizeof(again)));
}

void
process_event(struct process *p, enum child_event event)
{
	enum child_state before = p->child.state;
	unsigned todo = child_event(&p->child, event, process_now(p));

	if (event == CHILD_TIMEOUT && todo & (CHILD_DO_TERM | CHILD_DO_KILL) &&
	    (before == CHILD_BUSY || before == CHILD_STARTING))
		snprintf(p->why, sizeof(p->why), "gave no answer in time");
	if (todo & CHILD_DO_HANGUP && p->linked)
		shutdown(p->link.fd, SHUT_WR);
	if (todo & CHILD_DO_TERM)
		signal_all(p, SIGTERM);
	if (todo & CHILD_DO_KILL)
		signal_all(p, SIGKILL);
	if (todo & CHILD_DO_CLOSE && p->child.wanted)
		tell_end(p);
	if (todo & CHILD_DO_REQUEUE ||
	    (todo & CHILD_DO_CLOSE && p->child.wanted))
		p->owner->lost(p->arg, p->why[0] != '\0' ? p->why :
		    "ended without an answer");
	if (todo & CHILD_DO_CLOSE)
		close_link(p);
	if (todo & CHILD_DO_SPAWN)
		spawn(p);
	if (todo & CHILD_DO_SERVE)
		p->owner->serve(p->arg);
	if (p->child.state == CHILD_STOPPED && before != CHILD_STOPPED &&
	    p->owner->stopped != NULL)
		p->owner->stopped(p->arg);
	arm(p);
}

void
process_breach(struct process *p, const char *why)
{
	if (p->why[0] == '\0')
		snprintf(p->why, sizeof(p->why), "%s", why);
	process_event(p, CHILD_BREACH);
}

/* All frames that are there; stops when the link went away meanwhile. */
static void
read_frames(struct process *p)
{
	struct error err;
	struct frame f;
	int r = 0;

	while (p->linked && (r = frame_next(&p->link, &f, &err)) > 0)
		if (p->owner->frame(p->arg, &f, &err) < 0) {
			r = -1;
			break;
		}
	if (r < 0) {
		log_error("%s: %s", p->name, err.text);
		process_breach(p, err.text);
	}
}

static void
on_readable(struct ev_loop *loop, ev_io *w, int revents)
{
	struct process *p = w->data;
	struct error err;
	int r = frame_fill(&p->link, &err);

	(void)loop;
	(void)revents;
	if (r == 0)
		return;
	if (r > 0) {
		read_frames(p);
		return;
	}
	ev_io_stop(p->loop, &p->in);
	ev_io_stop(p->loop, &p->out);
	process_event(p, CHILD_EOF);
}

static void
on_writable(struct ev_loop *loop, ev_io *w, int revents)
{
	(void)loop;
	(void)revents;
	process_flush(w->data);
}

void
process_flush(struct process *p)
{
	struct error err;
	int r;

	if (!p->linked)
		return;
	r = frame_flush(&p->link, &err);
	if (r == 0)
		ev_io_start(p->loop, &p->out);
	else
		ev_io_stop(p->loop, &p->out);
	/* A broken pipe shows as end of file, once what it said is read. */
}

static void
on_timer(struct ev_loop *loop, ev_timer *w, int revents)
{
	struct process *p = w->data;

	(void)loop;
	(void)revents;
	/* An answer already received is read before it is judged late. */
	if (p->linked && frame_fill(&p->link, NULL) > 0)
		read_frames(p);
	process_event(p, CHILD_TIMEOUT);
}

/*
 * Why it ended. When one of two dies the other ends by itself, or by our
 * SIGTERM, and may be collected first: a signal of its own explains more.
 */
static void
note_exit(struct process *p, int status)
{
	bool killed = WIFSIGNALED(status) && WTERMSIG(status) != SIGTERM;

	if (p->why[0] != '\0' && !(p->why_is_status && killed))
		return;
	p->why_is_status = WIFEXITED(status);
	if (WIFSIGNALED(status))
		snprintf(p->why, sizeof(p->why), "was ended by signal %d (%s)",
		    WTERMSIG(status), strsignal(WTERMSIG(status)));
	else if (WEXITSTATUS(status) != 0)
		snprintf(p->why, sizeof(p->why), "ended with status %d",
		    WEXITSTATUS(status));
}

static void
on_exit(struct ev_loop *loop, ev_child *w, int revents)
{
	struct process *p = w->data;

	(void)revents;
	ev_child_stop(loop, w);
	for (size_t i = 0; i < PROCESS_PIDS; i++)
		if (p->pids[i] == w->rpid)
			p->pids[i] = 0;
	note_exit(p, w->rstatus);
	if (all_gone(p))
		process_event(p, CHILD_EXIT);
	else if (p->child.wanted)
		process_event(p, CHILD_BREACH);	/* the others go with it */
}

void
process_init(struct process *p, struct ev_loop *loop, const char *name,
    const struct process_owner *owner, void *arg, size_t frame_max)
{
	memset(p, 0, sizeof(*p));
	p->name = name;
	p->owner = owner;
	p->arg = arg;
	p->loop = loop;
	frame_link_init(&p->link, -1, frame_max);
	ev_io_init(&p->in, on_readable, -1, EV_READ);
	ev_io_init(&p->out, on_writable, -1, EV_WRITE);
	ev_timer_init(&p->timer, on_timer, 0.0, 0.0);
	p->in.data = p->out.data = p->timer.data = p;
	for (size_t i = 0; i < PROCESS_PIDS; i++) {
		ev_child_init(&p->exits[i], on_exit, 0, 0);
		p->exits[i].data = p;
	}
}

void
process_clear(struct process *p)
{
	ev_timer_stop(p->loop, &p->timer);
	for (size_t i = 0; i < PROCESS_PIDS; i++)
		ev_child_stop(p->loop, &p->exits[i]);
	close_link(p);
	frame_link_clear(&p->link);
}
