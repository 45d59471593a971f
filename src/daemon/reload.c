#include "daemon/reload.h"

#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <systemd/sd-daemon.h>
#include <time.h>

#include "base/log.h"
#include "base/mem.h"
#include "control/control.h"
#include "daemon/changes.h"
#include "daemon/daemon.h"
#include "daemon/generation.h"
#include "daemon/notifiers.h"
#include "daemon/polls.h"

#define WAITING_MAX 64

struct reload {
	struct daemon		*d;
	ev_async		 done;
	pthread_t		 thread;
	bool			 running, again;
	unsigned long		 waiting[WAITING_MAX], next[WAITING_MAX];
	size_t			 nwaiting, nnext;
	struct problems		 problems;	/* the thread's until done */
	struct generation	*result;
	struct buf		 summary;	/* likewise */
	pthread_t		 burial;	/* frees what was replaced */
	bool			 burying;
};

static void *
build(void *arg)
{
	struct reload *r = arg;

	r->result = generation_load(r->d->config_path, &r->problems);
	/* The present generation never changes, and stays until this is done. */
	if (r->result != NULL)
		changes_summary(r->d->generation->config, r->result->config,
		    &r->summary);
	ev_async_send(r->d->loop, &r->done);
	return NULL;
}

/* 100,000 rules take a moment to free: not while the loop waits. */
static void *
bury(void *old)
{
	generation_free(old);
	return NULL;
}

static void
join_burial(struct reload *r)
{
	if (r->burying)
		pthread_join(r->burial, NULL);
	r->burying = false;
}

static void
answer(struct reload *r, json_t *reply)
{
	for (size_t i = 0; i < r->nwaiting; i++)
		control_server_reply(r->d->control, r->waiting[i],
		    json_incref(reply));
	json_decref(reply);
}

static void
begin(struct reload *r)
{
	struct timespec ts;
	sigset_t all, old;

	join_burial(r);
	clock_gettime(CLOCK_MONOTONIC, &ts);
	sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%" PRIu64,
	    (uint64_t)ts.tv_sec * 1000000 + (uint64_t)ts.tv_nsec / 1000);
	memcpy(r->waiting, r->next, sizeof(r->next));
	r->nwaiting = r->nnext;
	r->nnext = 0;
	r->again = false;
	problems_init(&r->problems);
	/* Signals are the loop's: here they would end waits for a plugin. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	buf_init(&r->summary, 4096);
	buf_adds(&r->summary, "");
	r->running = pthread_create(&r->thread, NULL, build, r) == 0;
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	if (!r->running) {
		log_error("reload: cannot start a thread");
		answer(r, control_failed("cannot start a thread"));
		sd_notify(0, "READY=1");
	}
}

static json_t *
errors_json(const struct problems *p, bool warnings)
{
	json_t *list = json_array();

	for (size_t i = 0; i < p->n; i++)
		if (p->list[i].warning == warnings)
			json_array_append_new(list, json_pack("{s:s, s:s}",
			    "where", p->list[i].where,
			    "text", p->list[i].text));
	return list;
}

static void
log_problems(const struct problems *p)
{
	for (size_t i = 0; i < p->n; i++)
		log_write(p->list[i].warning ? LOG_LEVEL_WARNING :
		    LOG_LEVEL_ERROR, "reload: %s: %s", p->list[i].where,
		    p->list[i].text);
}

static void
swap(struct reload *r)
{
	struct generation *old = r->d->generation;
	sigset_t all, mask;

	r->d->generation = r->result;
	r->result = NULL;
	/* Both take what they need out of the new one and forget the old. */
	notifiers_configure(r->d->notifiers);
	polls_configure(r->d->polls);
	log_info("reloaded: %s", r->summary.data);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &mask);
	r->burying = pthread_create(&r->burial, NULL, bury, old) == 0;
	pthread_sigmask(SIG_SETMASK, &mask, NULL);
	if (!r->burying)
		generation_free(old);
}

static void
on_done(struct ev_loop *loop, ev_async *w, int revents)
{
	struct reload *r = w->data;
	json_t *reply;

	(void)loop;
	(void)revents;
	pthread_join(r->thread, NULL);
	r->running = false;
	log_problems(&r->problems);
	if (r->d->stopping) {
		generation_free(r->result);
		r->result = NULL;
		reply = control_failed("newsalertd is stopping");
	} else if (r->result != NULL) {
		swap(r);
		reply = json_pack("{s:b, s:s, s:o}", "ok", 1, "summary",
		    r->summary.data, "warnings", errors_json(&r->problems, true));
	} else {
		log_error("reload: %zu errors; the old configuration goes on",
		    r->problems.errors);
		reply = control_failed("the configuration has %zu errors; the "
		    "old one goes on", r->problems.errors);
		json_object_set_new(reply, "errors", errors_json(&r->problems,
		    false));
	}
	answer(r, reply);
	if (!r->d->stopping)
		sd_notify(0, "READY=1");
	problems_clear(&r->problems);
	buf_clear(&r->summary);
	if (r->again && !r->d->stopping)
		begin(r);
}

struct reload *
reload_new(struct daemon *d)
{
	struct reload *r = mem_zalloc(1, sizeof(*r));

	r->d = d;
	ev_async_init(&r->done, on_done);
	r->done.data = r;
	ev_async_start(d->loop, &r->done);
	return r;
}

void
reload_free(struct reload *r)
{
	if (r == NULL)
		return;
	if (r->running) {
		pthread_join(r->thread, NULL);
		problems_clear(&r->problems);
		buf_clear(&r->summary);
	}
	generation_free(r->result);
	join_burial(r);
	ev_async_stop(r->d->loop, &r->done);
	free(r);
}

void
reload_request(struct reload *r, struct control_client *client)
{
	if (client != NULL && r->nnext < WAITING_MAX)
		r->next[r->nnext++] = control_client_number(client);
	if (r->running)
		r->again = true;
	else if (!r->d->stopping)
		begin(r);
}
