#include "daemon/notifier.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/crash.h"
#include "base/fdio.h"
#include "base/log.h"
#include "base/mem.h"
#include "control/control.h"
#include "daemon/control_server.h"
#include "daemon/daemon.h"
#include "daemon/generation.h"
#include "daemon/notifier_hello.h"
#include "daemon/notifier_stderr.h"
#include "daemon/parcel.h"
#include "daemon/spawn.h"
#include "daemon/verdict.h"

#define START_MS 15000
#define LATE_MS 6000		/* notify itself ends a send that is too long */
#define GRACE_MS 3000

static int
spawn(void *arg, pid_t pids[PROCESS_PIDS], struct error *err)
{
	struct notifier *n = arg;
	char *program = mem_printf("%s/newsalertd-notify",
	    n->d->generation->libexec);
	int link[2], text[2], result = -1;

	notifier_stderr_close(n);
	if (fdio_pair(link, err) < 0)
		goto out;
	if (pipe2(text, O_CLOEXEC) < 0) {
		error_errno(err, "cannot make a pipe");
		close(link[0]);
		close(link[1]);
		goto out;
	}
	pids[0] = spawn_program(program, (const char *[]){ "newsalertd-notify",
	    n->plan->path, NULL }, &link[1], 1, text[1], err);
	close(link[1]);
	close(text[1]);
	if (pids[0] > 0) {
		notifier_stderr_open(n, text[0]);
		result = link[0];
	} else {
		pids[0] = 0;
		close(link[0]);
		close(text[0]);
	}
out:
	free(program);
	return result;
}

/* A sample that could not even be sent. */
static void
fail_test(struct notifier *n, const char *sentence)
{
	if (!n->test_wanted)
		return;
	n->test_wanted = false;
	control_server_reply(n->d->control, n->test_client,
	    control_failed("%s: %s", n->label, sentence));
}

void
notifier_refuse(struct notifier *n, const char *sentence)
{
	fail_test(n, sentence);
	snprintf(n->process.why, sizeof(n->process.why), "refused");
	n->refused = true;
	process_event(&n->process, CHILD_STOP);
}

static int
take_refused(struct notifier *n, const struct frame *f, struct error *err)
{
	struct notify_refusal refusal;
	struct arena mem;
	int r;

	arena_init(&mem);
	r = notify_get_refused(f, &mem, &refusal, err);
	if (r == 0) {
		log_about(LOG_LEVEL_ERROR, &(struct log_subject){
		    .notifier = n->name }, "%s: %s%s", n->label, refusal.sentence,
		    refusal.permanent ? "; its alerts wait for a reload" : "");
		snprintf(n->process.why, sizeof(n->process.why), "refused");
		fail_test(n, refusal.sentence);
		if (refusal.permanent)
			notifier_refuse(n, refusal.sentence);
	}
	arena_free(&mem);
	return r;
}

static const struct store_target *
target(const struct notifier *n)
{
	const struct generation *g = n->d->generation;

	return &g->targets[n->plan - g->notifiers];
}

/* The next recipient's turn, or the answer to who asked for it. */
static void
end_sample(struct notifier *n, enum store_outcome outcome,
    const char *sentence)
{
	/* The plan of a retired one is gone. */
	const struct store_target *t = n->retired ? NULL : target(n);
	size_t count = t != NULL ? t->nrecipients : 0;

	n->in_test = false;
	if (outcome != STORE_OUTCOME_DONE && n->test_text.len > 0)
		buf_adds(&n->test_text, "; ");
	if (outcome != STORE_OUTCOME_DONE && count > 1 && n->test_at < count)
		buf_printf(&n->test_text, "%s: ", t->recipients[n->test_at]);
	if (outcome != STORE_OUTCOME_DONE)
		buf_adds(&n->test_text, sentence);
	n->test_wanted = ++n->test_at < count;
	if (n->test_wanted)
		return;
	control_server_reply(n->d->control, n->test_client,
	    n->test_text.len == 0 ? control_ok() :
	    control_failed("%s: %s", n->label, n->test_text.data));
}

static void
end_message(struct notifier *n, enum store_outcome outcome,
    const char *sentence, int64_t asked_s)
{
	size_t count = n->nrows;

	n->nrows = 0;
	if (n->in_test) {
		end_sample(n, outcome, sentence);
		return;
	}
	/* What a retired one had was set aside; another may have its name. */
	if (count > 0 && !n->retired)
		verdict_take(n->d, n->queue, n->name, outcome, sentence,
		    asked_s);
}

static int
take_result(struct notifier *n, const struct frame *f, struct error *err)
{
	static const enum store_outcome outcomes[] = {
		[NOTIFY_DONE] = STORE_OUTCOME_DONE,
		[NOTIFY_RETRY] = STORE_OUTCOME_RETRY,
		[NOTIFY_NEVER] = STORE_OUTCOME_DEAD,
	};
	struct notify_result result;
	struct arena mem;
	int r;

	arena_init(&mem);
	r = notify_get_result(f, &mem, &result, err);
	if (r == 0 && result.batch != n->batch)
		r = error_set(err, "an answer to another message");
	CRASH_POINT("after-send");
	if (r == 0) {
		n->gave_up |= result.outcome == NOTIFY_NEVER;
		end_message(n, outcomes[result.outcome], result.sentence,
		    result.retry_after);
		process_event(&n->process, CHILD_DONE);
	}
	arena_free(&mem);
	return r;
}

static int
take_log(struct notifier *n, const struct frame *f, struct error *err)
{
	static const enum log_level levels[] = { LOG_LEVEL_ERROR,
		LOG_LEVEL_ERROR, LOG_LEVEL_ERROR, LOG_LEVEL_ERROR,
		LOG_LEVEL_WARNING, LOG_LEVEL_NOTICE, LOG_LEVEL_INFO,
		LOG_LEVEL_DEBUG };
	struct notify_line line;
	struct arena mem;
	int r;

	arena_init(&mem);
	r = notify_get_log(f, &mem, &line, err);
	if (r == 0)
		log_about(levels[line.priority & 7], &(struct log_subject){
		    .notifier = n->name }, "%s: %s", n->label,
		    line.text);
	arena_free(&mem);
	return r;
}

static int
frame(void *arg, const struct frame *f, struct error *err)
{
	struct notifier *n = arg;

	switch (f->type) {
	case NOTIFY_HELLO:
		return notifier_hello(n, f, err);
	case NOTIFY_READY:
		process_event(&n->process, CHILD_HELLO);
		return 0;
	case NOTIFY_REFUSED:
		return take_refused(n, f, err);
	case NOTIFY_RESULT:
		return take_result(n, f, err);
	case NOTIFY_LOG:
		return take_log(n, f, err);
	default:
		return error_set(err, "unknown message %u from the plugin's "
		    "process", f->type);
	}
}

static void
lost(void *arg, const char *why)
{
	struct notifier *n = arg;
	char sentence[600];

	snprintf(sentence, sizeof(sentence), "the plugin's process %s", why);
	end_message(n, STORE_OUTCOME_RETRY, sentence, 0);
	fail_test(n, sentence);
}

static void
serve(void *arg)
{
	struct notifier *n = arg;

	if (n->replace && n->nrows == 0 && !n->in_test)
		process_event(&n->process, CHILD_STOP);
	else
		notifier_dispatch(n);
}

static void
stopped(void *arg)
{
	struct notifier *n = arg;

	notifier_stderr_close(n);
	if (n->replace && !n->retired && !n->d->stopping) {
		n->replace = n->refused = false;
		child_init(&n->process.child, START_MS,
		    n->plan->config->timeout + LATE_MS, GRACE_MS);
		process_event(&n->process, CHILD_START);
	} else
		fail_test(n, "it was stopped; see the log");
}

static const struct process_owner owner = {
	.handshake = true,
	.spawn = spawn,
	.frame = frame,
	.lost = lost,
	.serve = serve,
	.stopped = stopped,
};

static void
on_wake(struct ev_loop *loop, ev_timer *w, int revents)
{
	(void)loop;
	(void)revents;
	notifier_dispatch(w->data);
}

static int
send_batch(struct notifier *n, struct notify_alert *alerts, size_t count)
{
	struct notify_batch batch = { ++n->batch, alerts, count };
	struct error err;

	if (notify_put_send(&n->process.link, &batch, &err) < 0) {
		log_error("%s: %s", n->label, err.text);
		return -1;
	}
	process_event(&n->process, CHILD_WORK);
	process_flush(&n->process);
	return 0;
}

/* Load what the queue gave and hand it over. false: the store cannot now. */
static bool
send_rows(struct notifier *n)
{
	struct notify_alert *alerts;
	struct store_parcel parcel;
	struct error err;
	struct arena mem;
	size_t count = 0;
	int r = 0;

	arena_init(&mem);
	alerts = arena_zalloc(&mem, n->nrows, sizeof(*alerts));
	for (size_t i = 0; i < n->nrows && r >= 0; i++) {
		r = store_delivery_load(n->d->store, n->rows[i], &mem, &parcel,
		    &err);
		if (r <= 0 || parcel.delivery.state >= STORE_DONE)
			continue;	/* gone, or set aside by a reload */
		parcel_alert(&parcel, &mem, &alerts[count++]);
		store_delivery_sending(n->d->store, n->rows[i], NULL);
	}
	if (r < 0) {
		daemon_store_failed(n->d, &err);
		queue_return(n->queue, n->name, daemon_now() * 1000);
		n->nrows = 0;
	} else if (count == 0) {
		/* Each has its verdict, or went to each of its recipients. */
		queue_drop(n->queue, n->name, daemon_now() * 1000);
		n->nrows = 0;
	} else if (send_batch(n, alerts, count) < 0)
		end_message(n, STORE_OUTCOME_DEAD, "it is too large", 0);
	arena_free(&mem);
	return r >= 0;
}

static void
send_sample(struct notifier *n)
{
	const struct store_target *t = target(n);
	struct notify_alert alert;
	struct arena mem;

	arena_init(&mem);
	n->test_wanted = false;
	n->in_test = true;
	parcel_sample(daemon_now(), n->test_at < t->nrecipients ?
	    t->recipients[n->test_at] : "", &mem, &alert);
	if (send_batch(n, &alert, 1) < 0)
		end_message(n, STORE_OUTCOME_DEAD, "it is too large", 0);
	arena_free(&mem);
}

static void
wake_at(struct notifier *n, int64_t wake, int64_t now)
{
	ev_timer_stop(n->process.loop, &n->wake);
	if (wake == INT64_MAX)
		return;
	ev_timer_set(&n->wake, wake > now ? (double)(wake - now) / 1000.0 :
	    0.001, 0.0);
	ev_timer_start(n->process.loop, &n->wake);
}

void
notifier_dispatch(struct notifier *n)
{
	int64_t now = daemon_now() * 1000, wake;

	ev_timer_stop(n->process.loop, &n->wake);
	if (n->process.child.state == CHILD_READY && n->test_wanted &&
	    !n->replace && !n->d->stopping)
		send_sample(n);
	/* A message that came to nothing leaves it ready for the next one. */
	while (n->process.child.state == CHILD_READY && !n->replace &&
	    !n->d->stopping) {
		n->nrows = queue_next(n->queue, n->name, now, n->rows,
		    QUEUE_MESSAGE_MAX, &wake);
		if (n->nrows == 0) {
			wake_at(n, wake, now);
			return;
		}
		if (!send_rows(n))
			return;		/* upkeep looks again */
	}
}

bool
notifier_busy(const struct notifier *n)
{
	struct queue_state state;

	switch (n->process.child.state) {
	case CHILD_STARTING:
		return queue_state(n->queue, n->name, daemon_now() * 1000,
		    &state) && state.waiting > 0;
	case CHILD_BUSY:
		return true;
	default:
		return false;
	}
}

void
notifier_test(struct notifier *n, unsigned long client)
{
	if (n->test_wanted || n->in_test) {
		control_server_reply(n->d->control, client, control_failed(
		    "%s: another test is under way", n->label));
		return;
	}
	n->test_client = client;
	n->test_wanted = true;
	n->test_at = 0;
	buf_reset(&n->test_text);
	if (notifier_stopped(n))
		fail_test(n, "its plugin refused to start; see the log");
	else
		notifier_dispatch(n);
}

struct notifier *
notifier_new(struct daemon *d, struct queue *queue,
    const struct generation_notifier *plan)
{
	struct notifier *n = mem_zalloc(1, sizeof(*n));

	n->d = d;
	n->queue = queue;
	n->plan = plan;
	n->name = mem_strdup(plan->config->name);
	snprintf(n->label, sizeof(n->label), "notifier '%s'", n->name);
	process_init(&n->process, d->loop, n->label, &owner, n,
	    NOTIFY_FRAME_MAX);
	child_init(&n->process.child, START_MS,
	    plan->config->timeout + LATE_MS, GRACE_MS);
	notifier_stderr_init(n);
	buf_init(&n->test_text, 4096);
	ev_timer_init(&n->wake, on_wake, 0.0, 0.0);
	n->wake.data = n;
	return n;
}

void
notifier_free(struct notifier *n)
{
	ev_timer_stop(n->process.loop, &n->wake);
	notifier_stderr_close(n);
	process_clear(&n->process);
	buf_clear(&n->err_text);
	buf_clear(&n->test_text);
	free(n->name);
	free(n);
}

void
notifier_start(struct notifier *n)
{
	n->refused = false;
	process_event(&n->process, CHILD_START);
}

void
notifier_stop(struct notifier *n)
{
	ev_timer_stop(n->process.loop, &n->wake);
	process_event(&n->process, CHILD_STOP);
}

bool
notifier_stopped(const struct notifier *n)
{
	return n->process.child.state == CHILD_STOPPED;
}

void
notifier_replan(struct notifier *n, const struct generation_notifier *plan,
    bool same_process)
{
	n->plan = plan;
	if (notifier_stopped(n)) {
		child_init(&n->process.child, START_MS,
		    plan->config->timeout + LATE_MS, GRACE_MS);
		notifier_start(n);
		return;
	}
	/* A reload is the operator's "try again" to a plugin that gave up. */
	if (same_process && !n->refused && !n->gave_up)
		return;
	n->replace = true;
	n->gave_up = false;
	/* A message under way ends first; one that cannot start starts anew. */
	if (n->nrows == 0 && !n->in_test)
		process_event(&n->process, CHILD_STOP);
}
