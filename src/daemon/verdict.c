#include "daemon/verdict.h"

#include <string.h>

#include "base/duration.h"
#include "base/log.h"
#include "daemon/daemon.h"
#include "daemon/metrics.h"
#include "daemon/polls.h"
#include "daemon/watch.h"
#include "store/store.h"

#define EXPIRE_STEP 100

static void
tell(const char *notifier, const struct queue_verdict *v, size_t n,
    const char *sentence)
{
	struct log_subject about = { .notifier = notifier };
	char wait[64];
	int64_t ms = 0;

	switch (v[0].outcome) {
	case STORE_OUTCOME_DONE:
		log_about(LOG_LEVEL_INFO, &about, "notifier '%s': %zu alert%s delivered", notifier, n,
		    n == 1 ? "" : "s");
		break;
	case STORE_OUTCOME_RETRY:
		for (size_t i = 0; i < n; i++)
			if (v[i].next_at_s * 1000 > ms)
				ms = v[i].next_at_s * 1000;
		ms -= daemon_now() * 1000;
		log_about(LOG_LEVEL_WARNING, &about, "notifier '%s': %s; tried again in %s", notifier,
		    sentence, duration_text(ms > 0 ? ms : 0, wait,
		    sizeof(wait)));
		break;
	case STORE_OUTCOME_DEAD:
		log_about(LOG_LEVEL_ERROR, &about, "notifier '%s': %s; set aside: see newsalertctl "
		    "deliveries --failed", notifier, sentence);
		break;
	}
}

void
verdict_take(struct daemon *d, struct queue *q, const char *notifier,
    enum store_outcome outcome, const char *sentence, int64_t asked_s)
{
	struct queue_verdict v[QUEUE_MESSAGE_MAX];
	size_t n = queue_result(q, notifier, outcome, asked_s * 1000,
	    daemon_now() * 1000, v);

	if (n == 0)
		return;
	tell(notifier, v, n, sentence);
	for (size_t i = 0; i < n; i++) {
		metrics_delivery(v[i].outcome);
		if (v[i].outcome == STORE_OUTCOME_DEAD)
			watch_set_aside(notifier, 1, sentence);
		queue_keep(q, &v[i], sentence);
	}
	polls_commit(d->polls);
}

int
verdict_put(struct daemon *d, struct queue *q, struct error *err)
{
	const struct queue_verdict *v;
	const char *sentence;
	size_t n;

	for (n = 0; (v = queue_kept(q, n, &sentence)) != NULL; n++)
		if (store_delivery_result(d->store, v->row, v->outcome,
		    sentence, v->next_at_s, daemon_now(), err) < 0)
			return -1;
	return (int)n;
}

void
verdict_commit(struct daemon *d, struct queue *q)
{
	const char *ignored;
	struct error err;
	int n;

	if (queue_kept(q, 0, &ignored) == NULL ||
	    store_health(d->store) != STORE_OK)
		return;
	if (store_begin_unsynced(d->store, &err) < 0) {
		daemon_store_failed(d, &err);
		return;
	}
	n = verdict_put(d, q, &err);
	if (n < 0)
		store_rollback(d->store);
	if (n < 0 || store_commit(d->store, &err) < 0) {
		daemon_store_failed(d, &err);
		return;
	}
	queue_kept_drop(q, (size_t)n);
}

static int
set_aside(struct daemon *d, const int64_t *rows, size_t n, struct error *err)
{
	polls_commit(d->polls);
	if (store_begin(d->store, err) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (store_delivery_set_aside(d->store, rows[i],
		    "it could not be delivered in time", err) < 0) {
			store_rollback(d->store);
			return -1;
		}
	return store_commit(d->store, err);
}

void
verdict_expire(struct daemon *d, struct queue *q)
{
	int64_t rows[EXPIRE_STEP];
	struct error err;
	size_t n;

	if (store_health(d->store) != STORE_OK)
		return;
	n = queue_expire(q, daemon_now() * 1000, rows, EXPIRE_STEP);
	if (n == 0)
		return;
	/* Those the store could not take come back when it is well again. */
	if (set_aside(d, rows, n, &err) < 0)
		daemon_store_failed(d, &err);
	else
		log_error("%zu deliveries were too old and were set aside", n);
}
