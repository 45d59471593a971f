#include "daemon/watch.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/mem.h"
#include "daemon/daemon.h"
#include "daemon/generation.h"
#include "daemon/self_alert.h"
#include "store/alerts.h"
#include "store/deliveries.h"
#include "store/feeds.h"
#include "store/store.h"

#define STEP	50		/* feeds or rules looked at in one step */
#define DAY	86400

struct watching {
	struct daemon	*d;
	const struct config *config;
	int64_t		 now;
	struct arena	 mem;
};

static const char *
span(struct watching *w, int64_t seconds)
{
	char text[64];

	return arena_strdup(&w->mem, duration_text(seconds * 1000, text,
	    sizeof(text)));
}

/* A store that fails here fails elsewhere, and is told there. */
static void
tell(struct watching *w, const struct self_alert *what)
{
	struct error err;

	if (self_alert_raise(w->d, what, w->now, &err) < 0)
		daemon_store_failed(w->d, &err);
}

/* All configured notifiers, or all but one. */
static void
notify_all(struct watching *w, const char *but, struct self_alert *a)
{
	const char **names = arena_zalloc(&w->mem, w->config->nnotifiers + 1,
	    sizeof(*names));

	a->notify = names;
	for (size_t i = 0; i < w->config->nnotifiers; i++)
		if (but == NULL || strcmp(w->config->notifiers[i].name,
		    but) != 0)
			names[a->nnotify++] = w->config->notifiers[i].name;
}

static void
watch_feed(struct watching *w, const struct config_feed *f)
{
	struct self_alert a = { .link = f->url };
	struct store_feed s;
	int64_t since;

	if (!f->enabled || store_feed_get(w->d->store, f->name, &w->mem, &s,
	    NULL) != 1 || (s.errors == 0 && !s.gone))
		return;
	since = s.last_ok > 0 ? s.last_ok : w->d->started;
	if (w->now - since < w->config->system.feed_failing / 1000)
		return;
	a.id = arena_printf(&w->mem, "feed %s %" PRId64, f->name, s.last_ok);
	a.title = arena_printf(&w->mem, "Feed '%s' has failed for %s: %s",
	    f->name, span(w, w->now - since), s.error);
	a.text = arena_printf(&w->mem, "%s was asked %" PRId64 " times in "
	    "vain. See newsalertctl feed %s.", f->url, s.errors, f->name);
	notify_all(w, NULL, &a);
	tell(w, &a);
}

/* What quiet hours and batches hold back does not wait in vain. */
static void
watch_notifier(struct watching *w, const struct config_notifier *n,
    const struct store_delivery_count *c)
{
	int64_t limit = (w->config->system.queue_waiting + n->batch) / 1000;
	struct self_alert a = { .link = "" };

	if (n->quiet[0] != '\0')
		limit += DAY;
	if (c->oldest == 0 || w->now - c->oldest < limit)
		return;
	a.id = arena_printf(&w->mem, "notifier %s %" PRId64, n->name,
	    w->now / DAY);
	a.title = arena_printf(&w->mem, "Notifier '%s' delivers nothing: %"
	    PRId64 " wait, the oldest for %s", n->name, c->pending,
	    span(w, w->now - c->oldest));
	a.text = arena_printf(&w->mem, "See newsalertctl deliveries --failed "
	    "--notifier %s.", n->name);
	notify_all(w, n->name, &a);
	tell(w, &a);
}

static void
watch_notifiers(struct watching *w)
{
	const struct config *config = w->config;
	struct store_delivery_count *list;
	size_t n;

	if (store_delivery_counts(w->d->store, &w->mem, &list, &n, NULL) < 0)
		return;
	for (size_t i = 0; i < config->nnotifiers; i++)
		for (size_t k = 0; k < n; k++)
			if (strcmp(list[k].notifier,
			    config->notifiers[i].name) == 0)
				watch_notifier(w, &config->notifiers[i],
				    &list[k]);
}

/* Of one notifier since the last look. */
static struct aside {
	char	*notifier, *why;
	size_t	 count;
} *asides;
static size_t nasides, casides;

void
watch_set_aside(const char *notifier, size_t count, const char *why)
{
	struct aside *a = NULL;

	for (size_t i = 0; i < nasides && a == NULL; i++)
		if (strcmp(asides[i].notifier, notifier) == 0)
			a = &asides[i];
	if (a == NULL) {
		asides = mem_grow(asides, nasides, &casides, sizeof(*a));
		a = &asides[nasides++];
		*a = (struct aside){ mem_strdup(notifier), mem_strdup(why),
		    0 };
	}
	a->count += count;
}

/* Once a day for each notifier, by the others: it may be out of order. */
static void
tell_aside(struct watching *w, const struct aside *aside)
{
	struct self_alert a = { .link = "" };

	a.id = arena_printf(&w->mem, "aside %s %" PRId64, aside->notifier,
	    w->now / DAY);
	a.title = arena_printf(&w->mem, "Notifier '%s' gave up %zu alert%s: "
	    "%s", aside->notifier, aside->count, aside->count == 1 ? "" : "s",
	    aside->why);
	a.text = arena_printf(&w->mem, "They are kept. See newsalertctl "
	    "deliveries --failed --notifier %s; newsalertctl retry sends "
	    "them again. More that follow today are not told.",
	    aside->notifier);
	notify_all(w, aside->notifier, &a);
	tell(w, &a);
}

static void
watch_asides(struct watching *w)
{
	struct aside *list = asides;
	size_t n = nasides;

	/* Telling may set others aside. */
	asides = NULL;
	nasides = casides = 0;
	for (size_t i = 0; i < n; i++) {
		if (w->config->system.enabled)
			tell_aside(w, &list[i]);
		free(list[i].notifier);
		free(list[i].why);
	}
	free(list);
}

static void
watch_rule(struct watching *w, const struct config_rule *r)
{
	struct self_alert a = { .link = "", .notify = r->notify,
		.nnotify = r->nnotify };
	struct store_rule_counts counts;
	const char *name = r->source.name;
	int64_t since;

	if (!r->enabled || r->expect_within == 0 || store_rule_counts(
	    w->d->store, name, w->now, &counts, NULL) < 0)
		return;
	since = counts.last > 0 ? counts.last : w->d->started;
	if (w->now - since < r->expect_within / 1000)
		return;
	a.id = arena_printf(&w->mem, "rule %s %" PRId64, name, counts.last);
	a.title = arena_printf(&w->mem, "Rule '%s' has matched nothing for %s",
	    name, span(w, w->now - since));
	a.text = arena_printf(&w->mem, "It is expected to match within %s. "
	    "See newsalertctl rules %s, and newsalertctl match --stored "
	    "--explain --rule %s.", span(w, r->expect_within / 1000), name,
	    name);
	tell(w, &a);
}

void
watch_step(struct daemon *d, int64_t now)
{
	static size_t feed, rule;	/* where the last step ended */
	struct watching w = { .d = d, .config = d->generation->config,
		.now = now };

	if (store_health(d->store) != STORE_OK || d->stopping)
		return;
	arena_init(&w.mem);
	watch_asides(&w);
	if (!w.config->system.enabled)
		goto out;
	for (size_t i = 0; i < STEP && i < w.config->nfeeds; i++)
		watch_feed(&w, &w.config->feeds[feed++ % w.config->nfeeds]);
	for (size_t i = 0; i < STEP && i < w.config->nrules; i++)
		watch_rule(&w, &w.config->rules[rule++ % w.config->nrules]);
	watch_notifiers(&w);
out:
	arena_free(&w.mem);
}
