#include "daemon/notifiers.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/log.h"
#include "base/mem.h"
#include "daemon/changes.h"
#include "daemon/daemon.h"
#include "daemon/generation.h"
#include "daemon/notifier.h"
#include "daemon/polls.h"
#include "daemon/verdict.h"
#include "delivery/expand.h"
#include "store/deliveries.h"

struct notifiers {
	struct daemon	*d;
	struct queue	*queue;
	struct notifier	*list;
	uint64_t	 networks;	/* hash of network.allow */
};

static struct notifier *
find(const struct notifiers *all, const char *name)
{
	struct notifier *n = all->list;

	while (n != NULL && strcmp(n->name, name) != 0)
		n = n->next;
	return n;
}

static int
add_pending(const struct store_delivery *d, void *arg)
{
	struct notifiers *all = arg;

	queue_add(all->queue, d, daemon_now() * 1000);
	return 0;
}

struct notifiers *
notifiers_new(struct daemon *d)
{
	struct notifiers *all = mem_zalloc(1, sizeof(*all));

	all->d = d;
	all->queue = queue_new();
	return all;
}

void
notifiers_free(struct notifiers *all)
{
	struct notifier *n;

	if (all == NULL)
		return;
	notifiers_settle(all);
	while ((n = all->list) != NULL) {
		all->list = n->next;
		notifier_free(n);
	}
	queue_free(all->queue);
	free(all);
}

/* Deliveries to what is not configured any more become dead letters. */
static void
reconcile(struct notifiers *all)
{
	const struct generation *g = all->d->generation;
	int64_t split = 0, aside = 0, offered = 0;
	struct error err;

	polls_commit(all->d->polls);
	if (expand_deliveries(all->d->store, g->targets,
	    g->config->nnotifiers, &split, &err) < 0 ||
	    store_delivery_reconcile(all->d->store, g->targets,
	    g->config->nnotifiers, &aside, &offered, &err) < 0) {
		daemon_store_failed(all->d, &err);
		return;
	}
	if (split > 0)
		log_notice("%" PRId64 " deliveries waited for their plugin "
		    "and go to each of its recipients now", split);
	if (aside > 0)
		log_warning("%" PRId64 " deliveries were set aside: their "
		    "notifier or recipient is not configured any more", aside);
	if (offered > 0)
		log_notice("%" PRId64 " deliveries set aside earlier have "
		    "their notifier back: newsalertctl retry --all sends them",
		    offered);
}

static void
read_pending(struct notifiers *all)
{
	struct error err;

	if (store_delivery_each_pending(all->d->store, add_pending, all,
	    &err) < 0)
		daemon_store_failed(all->d, &err);
}

/* One that is gone ends when its last message has ended. */
static void
retire(struct notifiers *all)
{
	for (struct notifier *n = all->list; n != NULL; n = n->next)
		if (generation_notifier(all->d->generation, n->name) == NULL &&
		    !n->retired) {
			n->retired = true;
			n->replace = true;
			queue_forget(all->queue, n->name);
			notifier_stop(n);
		}
}

static void
sweep(struct notifiers *all)
{
	struct notifier **at = &all->list, *n;

	while ((n = *at) != NULL)
		if (n->retired && notifier_stopped(n)) {
			*at = n->next;
			notifier_free(n);
		} else
			at = &n->next;
}

/* Each is told them when it starts. */
static uint64_t
hash_networks(const struct config *c)
{
	uint64_t h = c->network.nallow;

	for (size_t i = 0; i < c->network.nallow; i++)
		h = h * 31 + hash_str(c->network.allow[i]);
	return h;
}

static void
configure_one(struct notifiers *all, const struct generation_notifier *plan,
    bool same_networks)
{
	struct notifier *n = find(all, plan->config->name);
	struct queue_policy policy = { plan->config->batch,
		plan->config->rate, plan->config->max_age, plan->quiet };
	bool same = n != NULL && same_networks &&
	    strcmp(n->plan->path, plan->path) == 0 &&
	    changes_notifier_same(n->plan->config, plan->config);

	queue_configure(all->queue, plan->config->name, &policy);
	/* What failed with a wrong password need not wait with the right one. */
	if (!same)
		queue_release(all->queue, plan->config->name,
		    daemon_now() * 1000);
	if (n == NULL || n->retired) {
		n = notifier_new(all->d, all->queue, plan);
		n->next = all->list;
		all->list = n;
		notifier_start(n);
	} else
		notifier_replan(n, plan, same);
}

void
notifiers_configure(struct notifiers *all)
{
	const struct generation *g = all->d->generation;
	uint64_t networks = hash_networks(g->config);

	retire(all);
	sweep(all);
	reconcile(all);
	for (size_t i = 0; i < g->config->nnotifiers; i++)
		configure_one(all, &g->notifiers[i], networks == all->networks);
	all->networks = networks;
	/* Also what was made by reconcile; what is known is not added again. */
	read_pending(all);
	notifiers_wake(all);
}

void
notifiers_described(struct notifiers *all)
{
	reconcile(all);
	read_pending(all);
}

void
notifiers_resync(struct notifiers *all)
{
	polls_commit(all->d->polls);
	read_pending(all);
}

bool
notifiers_unsettled(const struct notifiers *all)
{
	const char *ignored;

	return all != NULL && queue_kept(all->queue, 0, &ignored) != NULL;
}

int
notifiers_put(struct notifiers *all, struct error *err)
{
	return verdict_put(all->d, all->queue, err);
}

void
notifiers_stored(struct notifiers *all, int n)
{
	queue_kept_drop(all->queue, (size_t)n);
}

void
notifiers_settle(struct notifiers *all)
{
	verdict_commit(all->d, all->queue);
}

void
notifiers_add(struct notifiers *all, const struct store_delivery *d)
{
	struct notifier *n = find(all, d->notifier);

	queue_add(all->queue, d, daemon_now() * 1000);
	if (n != NULL && !n->retired)
		notifier_dispatch(n);
}

void
notifiers_wake(struct notifiers *all)
{
	sweep(all);
	verdict_expire(all->d, all->queue);
	for (struct notifier *n = all->list; n != NULL; n = n->next)
		notifier_dispatch(n);
}

void
notifiers_release(struct notifiers *all, const char *name)
{
	queue_release(all->queue, name, daemon_now() * 1000);
	notifiers_wake(all);
}

int
notifiers_test(struct notifiers *all, const char *name, unsigned long client)
{
	struct notifier *n = find(all, name);

	if (n == NULL || n->retired)
		return -1;
	notifier_test(n, client);
	return 0;
}

void
notifiers_stop(struct notifiers *all)
{
	for (struct notifier *n = all->list; n != NULL; n = n->next)
		notifier_stop(n);
}

bool
notifiers_stopped(const struct notifiers *all)
{
	for (struct notifier *n = all->list; n != NULL; n = n->next)
		if (!notifier_stopped(n))
			return false;
	return true;
}

bool
notifiers_busy(const struct notifiers *all)
{
	for (struct notifier *n = all->list; n != NULL; n = n->next)
		if (notifier_busy(n))
			return true;
	return false;
}

int64_t
notifiers_pending(const struct notifiers *all)
{
	return (int64_t)queue_waiting(all->queue);
}
