#include <string.h>

#include "build.h"
#include "control/control.h"
#include "daemon/command.h"
#include "daemon/daemon.h"
#include "daemon/generation.h"
#include "daemon/metrics.h"
#include "store/deliveries.h"
#include "store/feeds.h"
#include "store/store.h"

#define TEXT_MAX (8u << 20)

static const char *const states[] = { "ok", "new", "held", "failing", "gone",
	"off" };
#define NSTATES (sizeof(states) / sizeof(states[0]))

static void
print_feeds(struct command *c, struct buf *b)
{
	const struct config *config = c->d->generation->config;
	int64_t n[NSTATES] = { 0 };

	for (size_t i = 0; i < config->nfeeds; i++) {
		const char *state = command_feed_state(c, &config->feeds[i]);

		for (size_t k = 0; k < NSTATES; k++)
			n[k] += strcmp(state, states[k]) == 0;
	}
	metrics_head(b, "feeds", "gauge", "Configured feeds by state.");
	for (size_t k = 0; k < NSTATES; k++)
		metrics_line(b, "feeds", "state", states[k], (double)n[k]);
}

/* A sample for each configured notifier; which tells one number of it. */
static void
print_queues(struct command *c, struct buf *b, const char *name,
    const char *type, const char *help,
    double (*which)(const struct store_delivery_count *, int64_t))
{
	const struct config *config = c->d->generation->config;
	struct store_delivery_count *list = NULL;
	size_t n = 0;

	if (store_delivery_counts(c->d->store, &c->mem, &list, &n, NULL) < 0)
		return;
	metrics_head(b, name, type, help);
	for (size_t i = 0; i < config->nnotifiers; i++) {
		double v = 0;

		for (size_t k = 0; k < n; k++)
			if (strcmp(list[k].notifier,
			    config->notifiers[i].name) == 0)
				v = which(&list[k], c->now);
		metrics_line(b, name, "notifier", config->notifiers[i].name,
		    v);
	}
}

static double
depth(const struct store_delivery_count *n, int64_t now)
{
	(void)now;
	return (double)n->pending;
}

static double
age(const struct store_delivery_count *n, int64_t now)
{
	return n->oldest > 0 && n->oldest < now ? (double)(now - n->oldest) : 0;
}

static double
dead(const struct store_delivery_count *n, int64_t now)
{
	(void)now;
	return (double)n->dead;
}

static void
gauge(struct buf *b, const char *name, const char *help, double v)
{
	metrics_head(b, name, "gauge", help);
	metrics_line(b, name, NULL, NULL, v);
}

static void
print_store(struct command *c, struct buf *b)
{
	struct store_size size;

	gauge(b, "store_healthy", "1 while the store takes writes.",
	    store_health(c->d->store) == STORE_OK);
	if (store_size(c->d->store, &size, NULL) < 0)
		return;
	gauge(b, "store_bytes", "The database and its log.",
	    (double)size.bytes);
	gauge(b, "articles", "Articles kept.", (double)size.articles);
	gauge(b, "alerts", "Alerts kept.", (double)size.alerts);
	gauge(b, "last_alert_timestamp_seconds",
	    "When the last alert was found, 0 = never.",
	    (double)size.last_alert);
}

/* {} -> {"text"}: Prometheus' text format */
json_t *
command_metrics(struct command *c)
{
	const struct config *config = c->d->generation->config;
	struct buf b;
	json_t *reply;

	buf_init(&b, TEXT_MAX);
	metrics_head(&b, "info", "gauge", "Which newsalertd this is.");
	metrics_line(&b, "info", "version", BUILD_VERSION, 1);
	gauge(&b, "start_timestamp_seconds", "When it was started.",
	    (double)c->d->started);
	gauge(&b, "rules", "Rules that are on.",
	    (double)ruleset_count(config->ruleset));
	print_feeds(c, &b);
	print_queues(c, &b, "queue_depth", "gauge",
	    "Deliveries that wait.", depth);
	print_queues(c, &b, "queue_age_seconds", "gauge",
	    "How long the oldest of them has waited.", age);
	print_queues(c, &b, "dead_letters", "gauge",
	    "Deliveries that were given up.", dead);
	print_store(c, &b);
	metrics_print(&b);
	reply = json_pack("{s:b, s:s}", "ok", 1, "text", b.data);
	buf_clear(&b);
	return reply;
}
