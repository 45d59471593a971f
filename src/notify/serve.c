#include "notify/serve.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "notify/alert.h"
#include "notify/host.h"

#define GRACE_MS	5000	/* to end in, once the time is up */

static volatile sig_atomic_t terminated, overdue;
static timer_t timer;

/* What the plugin is doing, for the sentence when the process ends in it. */
static const char *volatile doing;
static pid_t us;

/* All that follows up to catch_signals is safe in a signal handler. */

static void
arm(int64_t ms)
{
	struct itimerspec t = {
		.it_value = { .tv_sec = (time_t)(ms / 1000),
		    .tv_nsec = (long)(ms % 1000) * 1000000 },
	};

	timer_settime(timer, 0, &t, NULL);
}

static void
terminate(int sig)
{
	(void)sig;
	terminated = 1;
	/* Nobody may be left to kill us. */
	arm(GRACE_MS);
}

/* The time of a call is up: interrupt it, as SIGTERM does. The second time
   nothing helps but the end. */
static void
ring(int sig)
{
	static const char why[] = "newsalertd-notify: the plugin did not stop "
	    "when its time was up\n";

	if (terminated) {
		(void)!write(STDERR_FILENO, why, sizeof(why) - 1);
		kill(getpid(), SIGKILL);
	}
	overdue = 1;
	terminate(sig);
}

static void
at_exit(void)
{
	if (doing != NULL && getpid() == us)
		log_error("the plugin ended the process in its %s()", doing);
}

static void
hold_term(int how)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigprocmask(how, &set, NULL);
}

static void
catch_signals(void)
{
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL,
		.sigev_signo = SIGALRM };
	struct sigaction sa;

	us = getpid();
	timer_create(CLOCK_MONOTONIC, &event, &timer);
	atexit(at_exit);
	hold_term(SIG_BLOCK);
	memset(&sa, 0, sizeof(sa));
	sigemptyset(&sa.sa_mask);
	/* Without SA_RESTART: a plugin that blocks is to notice. */
	sa.sa_handler = terminate;
	sigaction(SIGTERM, &sa, NULL);
	sa.sa_handler = ring;
	sigaction(SIGALRM, &sa, NULL);
	sa.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &sa, NULL);
	sigaction(SIGHUP, &sa, NULL);
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGXFSZ, &sa, NULL);
}

static void
enter(struct host *h, const char *function)
{
	host_begin(h);
	doing = function;
	overdue = 0;
	if (!terminated)
		arm(h->settings.timeout);
	hold_term(SIG_UNBLOCK);
}

static void
leave(struct host *h)
{
	hold_term(SIG_BLOCK);
	if (!terminated)
		arm(0);
	fflush(stdout);
	if (getpid() != us) {
		/* A child of the plugin must not speak in our name. */
		log_error("the plugin forked in its %s() and the child came "
		    "back", doing);
		_exit(EX_SOFTWARE);
	}
	if (overdue)
		host_say(h, 4, "the plugin's %s() took longer than its "
		    "timeout and was interrupted", doing);
	doing = NULL;
}

/* A RETRY or FAIL has a reason; whatever else a plugin returns is a RETRY. */
static enum notify_outcome
judge(struct host *h, int got, const char *function)
{
	if (got == NOTIFIER_OK) {
		h->why.text[0] = '\0';
		return NOTIFY_DONE;
	}
	if (got != NOTIFIER_RETRY && got != NOTIFIER_FAIL) {
		error_set(&h->why, "the plugin's %s() returned %d, which "
		    "means nothing", function, got);
		return NOTIFY_RETRY;
	}
	if (h->why.text[0] == '\0')
		error_set(&h->why, "the plugin gave no reason");
	return got == NOTIFIER_FAIL ? NOTIFY_NEVER : NOTIFY_RETRY;
}

/* 1: a frame; 0: the end, asked for or not; -1: a breach. */
static int
next_frame(struct link *l, struct frame *f, struct error *err)
{
	struct pollfd p = { .fd = l->frames.fd, .events = POLLIN };
	sigset_t open_mask;
	int r;

	sigprocmask(SIG_SETMASK, NULL, &open_mask);
	sigdelset(&open_mask, SIGTERM);
	while (!terminated) {
		if ((r = frame_next(&l->frames, f, err)) != 0)
			return r < 0 ? -1 : f->type != NOTIFY_CLOSE;
		if (ppoll(&p, 1, NULL, &open_mask) < 0)
			continue;
		if ((r = frame_fill(&l->frames, err)) < 0)
			return r == -2 ? 0 : -1;
	}
	return 0;
}

static void
refuse(struct link *l, const char *why, bool permanent)
{
	struct notify_refusal r = { .sentence = why, .permanent = permanent };

	if (notify_put_refused(&l->frames, &r, NULL) == 0)
		link_flush(l);
}

static int
open_plugin(struct host *h, void **state)
{
	const struct notifier *entry = &h->plugin->entry;
	enum notify_outcome outcome;
	int got = NOTIFIER_OK;

	if (entry->open != NULL) {
		enter(h, "open");
		got = entry->open(&h->public, state);
		leave(h);
	}
	outcome = judge(h, got, "open");
	if (outcome != NOTIFY_DONE) {
		refuse(h->link, h->why.text, outcome == NOTIFY_NEVER);
		return -1;
	}
	notify_put_empty(&h->link->frames, NOTIFY_READY, NULL);
	link_flush(h->link);
	return 0;
}

static int
send_batch(struct host *h, void *state, const struct frame *f,
    struct error *err)
{
	const struct notifier_alert **alerts;
	struct notify_result result;
	struct notify_batch batch;
	struct arena mem;
	int got, r;

	arena_init(&mem);
	if (f->type != NOTIFY_SEND)
		r = error_set(err, "message %u came out of turn", f->type);
	else if ((r = notify_get_send(f, &mem, &batch, err)) == 0) {
		alerts = arena_zalloc(&mem, batch.n + 1, sizeof(*alerts));
		for (size_t i = 0; i < batch.n; i++)
			alerts[i] = alert_make(&mem, &batch.alerts[i]);
		enter(h, "send");
		got = h->plugin->entry.send(&h->public, state, alerts,
		    batch.n);
		leave(h);
		result = (struct notify_result){
			.batch = batch.number,
			.outcome = judge(h, got, "send"),
			.sentence = h->why.text,
		};
		if (result.outcome == NOTIFY_RETRY)
			result.retry_after = h->retry_after;
		r = notify_put_result(&h->link->frames, &result, err);
		link_flush(h->link);
	}
	arena_free(&mem);
	return r;
}

/* From READY to the end. 0, or -1 with a sentence. */
static int
send_all(struct host *h, void *state, struct error *err)
{
	struct frame f;
	int r;

	while ((r = next_frame(h->link, &f, err)) > 0)
		if (send_batch(h, state, &f, err) < 0)
			return -1;
	return r;
}

int
serve_run(const struct plugin *p, struct link *l)
{
	struct notify_hello hello;
	struct error err;
	struct frame f;
	struct host h;
	void *state = NULL;
	int r, status = EX_OK;

	catch_signals();
	host_init(&h, p, l);
	plugin_hello(p, &h.mem, &hello);
	if (notify_put_hello(&l->frames, &hello, &err) < 0) {
		refuse(l, err.text, true);
		status = EX_CONFIG;
		goto out;
	}
	link_flush(l);
	if ((r = next_frame(l, &f, &err)) == 0)
		goto out;
	if (r > 0 && (r = host_configure(&h, &f, &err)) == 0) {
		if (open_plugin(&h, &state) < 0) {
			status = EX_CONFIG;
			goto out;
		}
		r = send_all(&h, state, &err);
		if (p->entry.close != NULL) {
			enter(&h, "close");
			p->entry.close(&h.public, state);
			leave(&h);
		}
	}
	if (r < 0) {
		log_error("cannot understand newsalertd: %s", err.text);
		status = EX_PROTOCOL;
	}
out:
	host_clear(&h);
	frame_link_clear(&l->frames);
	return status;
}
