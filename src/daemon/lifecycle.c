#include "daemon/lifecycle.h"

#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <systemd/sd-daemon.h>
#include <time.h>

#include "base/log.h"
#include "daemon/daemon.h"
#include "daemon/generation.h"
#include "daemon/notifiers.h"
#include "daemon/polls.h"
#include "daemon/reload.h"
#include "daemon/watch.h"
#include "store/store.h"

#define UPKEEP_SECONDS	5.0
#define PRUNE_ROWS	500	/* a step that nobody notices */
#define STOP_SECONDS	4.5	/* then what still runs is left to die with us */
#define EX_TEMPFAIL	75

int64_t
daemon_now(void)
{
	return (int64_t)time(NULL);
}

int64_t
daemon_now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

bool
daemon_may_poll(const struct daemon *d)
{
	return !d->stopping && store_health(d->store) == STORE_OK;
}

void
daemon_store_failed(struct daemon *d, const struct error *err)
{
	enum store_health health = store_health(d->store);

	log_error("store: %s", err->text);
	d->store_told = health != STORE_OK;
	if (health == STORE_CORRUPT) {
		log_error("store: the database is damaged; newsalertd stops "
		    "so that nothing more is lost");
		daemon_stop(d, 1);
	} else if (health != STORE_OK)
		log_error("store: %s; feeds are not polled until it is well "
		    "again, what is stored is delivered",
		    store_health_name(health));
}

static void
on_deadline(struct ev_loop *loop, ev_timer *w, int revents)
{
	(void)w;
	(void)revents;
	log_warning("some programs did not end in time");
	ev_break(loop, EVBREAK_ALL);
}

void
daemon_stop(struct daemon *d, int exit_code)
{
	if (d->stopping)
		return;
	d->stopping = true;
	d->exit_code = exit_code;
	sd_notify(0, "STOPPING=1");
	ev_timer_init(&d->deadline, on_deadline, STOP_SECONDS, 0.0);
	ev_timer_start(d->loop, &d->deadline);
	polls_stop(d->polls);
	notifiers_stop(d->notifiers);
}

static void
on_signal(struct ev_loop *loop, ev_signal *w, int revents)
{
	struct daemon *d = w->data;

	(void)loop;
	(void)revents;
	if (w->signum == SIGHUP)
		reload_request(d->reload, NULL);
	else {
		log_info("stopping");
		daemon_stop(d, 0);
	}
}

/* The loop turned: that is what the watchdog wants to know. */
static void
on_watchdog(struct ev_loop *loop, ev_timer *w, int revents)
{
	(void)loop;
	(void)w;
	(void)revents;
	sd_notify(0, "WATCHDOG=1");
}

/* Trouble may also have shown where nobody was told: here it is. */
static void
resume_store(struct daemon *d)
{
	struct error err;

	if (store_health(d->store) == STORE_OK)
		return;
	if (store_resume(d->store, daemon_now(), &err) < 0) {
		if (!d->store_told || store_health(d->store) == STORE_CORRUPT)
			daemon_store_failed(d, &err);
		return;
	}
	d->store_told = false;
	log_notice("store: well again");
	notifiers_resync(d->notifiers);
	polls_wake(d->polls);
	notifiers_wake(d->notifiers);
}

static void
on_upkeep(struct ev_loop *loop, ev_timer *w, int revents)
{
	struct daemon *d = w->data;
	struct error err;
	int more;

	(void)revents;
	resume_store(d);
	polls_commit(d->polls);
	more = store_prune_step(d->store, daemon_now(),
	    d->generation->config->retention / 1000, PRUNE_ROWS, &err);
	if (more < 0 && (!d->store_told || store_health(d->store) == STORE_OK))
		daemon_store_failed(d, &err);
	if (d->stopping)
		return;
	w->repeat = more > 0 ? 0.1 : UPKEEP_SECONDS;
	ev_timer_again(loop, w);
	if (more <= 0)
		watch_step(d, daemon_now());
	/* Wall clocks are set and machines sleep: look at what is due. */
	polls_wake(d->polls);
	notifiers_wake(d->notifiers);
}

/* --once: done when every feed had its turn and every delivery its try. */
static void
check_once(struct daemon *d)
{
	int64_t pending;
	bool polled;

	if (!d->once || d->stopping)
		return;
	/* Without its store no feed can be polled: that is not waited for. */
	polled = polls_done_once(d->polls);
	if ((!polled && store_health(d->store) == STORE_OK) ||
	    notifiers_busy(d->notifiers))
		return;
	if (!polled) {
		daemon_stop(d, 1);
		return;
	}
	pending = notifiers_pending(d->notifiers);
	if (pending > 0)
		log_warning("%" PRId64 " deliveries are still pending",
		    pending);
	daemon_stop(d, pending > 0 ? EX_TEMPFAIL : 0);
}

static void
on_settle(struct ev_loop *loop, ev_prepare *w, int revents)
{
	struct daemon *d = w->data;
	struct error err;

	(void)revents;
	if (store_sync(d->store, &err) < 0)
		daemon_store_failed(d, &err);
	check_once(d);
	if (d->stopping && polls_stopped(d->polls) &&
	    notifiers_stopped(d->notifiers))
		ev_break(loop, EVBREAK_ALL);
}

void
lifecycle_start(struct daemon *d)
{
	static const int signals[] = { SIGTERM, SIGINT, SIGHUP };
	uint64_t usec;

	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		ev_signal_init(&d->signals[i], on_signal, signals[i]);
		d->signals[i].data = d;
		ev_signal_start(d->loop, &d->signals[i]);
	}
	ev_init(&d->watchdog, on_watchdog);
	if (sd_watchdog_enabled(0, &usec) > 0) {
		ev_timer_set(&d->watchdog, 0.0, (double)usec / 2e6);
		ev_timer_start(d->loop, &d->watchdog);
	}
	ev_timer_init(&d->upkeep, on_upkeep, UPKEEP_SECONDS, UPKEEP_SECONDS);
	ev_prepare_init(&d->settle, on_settle);
	d->upkeep.data = d->settle.data = d;
	ev_timer_start(d->loop, &d->upkeep);
	ev_prepare_start(d->loop, &d->settle);
	sd_notify(0, "READY=1");
}

void
lifecycle_end(struct daemon *d)
{
	for (size_t i = 0; i < 3; i++)
		ev_signal_stop(d->loop, &d->signals[i]);
	ev_timer_stop(d->loop, &d->watchdog);
	ev_timer_stop(d->loop, &d->upkeep);
	ev_timer_stop(d->loop, &d->deadline);
	ev_prepare_stop(d->loop, &d->settle);
}
