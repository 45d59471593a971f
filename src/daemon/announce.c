#include "daemon/announce.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/mem.h"
#include "daemon/control_server.h"
#include "daemon/daemon.h"
#include "daemon/notifiers.h"

struct alert_line {
	int64_t		 id;
	enum store_fate	 fate;
	const char	*rule, *feed, *title, *link, *evidence;
};

struct announce {
	struct daemon		*d;
	struct arena		 mem;
	struct alert_line	*alerts;
	size_t			 nalerts, calerts;
	struct store_delivery	*deliveries;	/* strings in mem */
	size_t			 ndeliveries, cdeliveries;
};

struct announce *
announce_new(struct daemon *d)
{
	struct announce *a = mem_zalloc(1, sizeof(*a));

	a->d = d;
	arena_init(&a->mem);
	return a;
}

void
announce_free(struct announce *a)
{
	if (a == NULL)
		return;
	arena_free(&a->mem);
	free(a->alerts);
	free(a->deliveries);
	free(a);
}

void
announce_alert(struct announce *a, const struct store_alert *alert,
    const char *feed, const struct article *article,
    const struct evidence *e)
{
	struct alert_line *line;
	struct buf b;

	a->alerts = mem_grow(a->alerts, a->nalerts, &a->calerts,
	    sizeof(*a->alerts));
	line = &a->alerts[a->nalerts++];
	line->id = alert->id;
	line->fate = alert->fate;
	line->rule = arena_strdup(&a->mem, alert->rule);
	line->feed = arena_strdup(&a->mem, feed);
	line->title = arena_strdup(&a->mem, article->title);
	line->link = arena_strdup(&a->mem, article->link);
	buf_init(&b, 1 << 20);
	buf_adds(&b, "");
	evidence_line(&b, e);
	line->evidence = arena_strdup(&a->mem, b.data);
	buf_clear(&b);
}

void
announce_delivery(struct announce *a, const struct store_delivery *d)
{
	struct store_delivery *copy;

	a->deliveries = mem_grow(a->deliveries, a->ndeliveries,
	    &a->cdeliveries, sizeof(*a->deliveries));
	copy = &a->deliveries[a->ndeliveries++];
	*copy = *d;
	copy->id = arena_strdup(&a->mem, d->id);
	copy->notifier = arena_strdup(&a->mem, d->notifier);
	copy->recipient = arena_strdup(&a->mem, d->recipient);
	copy->reason = "";
}

static void
tell(struct announce *a, const struct alert_line *l)
{
	struct log_subject about = { .feed = l->feed, .rule = l->rule,
		.alert = l->id };

	if (l->fate == STORE_ROUTED)
		log_about(LOG_LEVEL_NOTICE, &about, "alert %" PRId64 ": rule '%s' on feed '%s': %s",
		    l->id, l->rule, l->feed, l->evidence);
	else
		log_about(LOG_LEVEL_INFO, &about, "alert %" PRId64 " held back (%s): rule '%s' on feed "
		    "'%s': %s", l->id, store_fate_name(l->fate), l->rule,
		    l->feed, l->evidence);
	if (a->d->control != NULL)
		control_server_tell(a->d->control, json_pack("{s:b, s:I, s:s,"
		    " s:s, s:s, s:s, s:s, s:s}", "ok", 1,
		    "alert", (json_int_t)l->id, "fate",
		    store_fate_name(l->fate), "rule", l->rule, "feed", l->feed,
		    "title", l->title, "link", l->link, "evidence",
		    l->evidence));
}

void
announce_commit(struct announce *a)
{
	for (size_t i = 0; i < a->nalerts; i++)
		tell(a, &a->alerts[i]);
	for (size_t i = 0; i < a->ndeliveries; i++)
		notifiers_add(a->d->notifiers, &a->deliveries[i]);
	announce_rollback(a);
}

void
announce_rollback(struct announce *a)
{
	a->nalerts = a->ndeliveries = 0;
	arena_reset(&a->mem);
}
