#include "daemon/self_alert.h"

#include <string.h>

#include "article/article.h"
#include "article/evidence.h"
#include "daemon/announce.h"
#include "daemon/daemon.h"
#include "daemon/generation.h"
#include "daemon/polls.h"
#include "delivery/restraint.h"
#include "delivery/route.h"
#include "store/alerts.h"
#include "store/articles.h"
#include "store/feeds.h"
#include "store/store.h"

/* No configured feed can be called so. */
#define FEED "(newsalertd)"

struct raising {
	struct daemon		*d;
	const struct self_alert	*what;
	struct article		 article;
	struct evidence		 evidence;
	struct store_alert	 alert;
	struct arena		 mem;
	int64_t			 now;
};

static int
put_feed(struct raising *r, struct error *err)
{
	struct store_feed row;
	int found = store_feed_get(r->d->store, FEED, &r->mem, &row, err);

	if (found == 0) {
		memset(&row, 0, sizeof(row));
		row.name = FEED;
		row.title = "newsalertd";
		row.known = true;
		found = store_feed_put(r->d->store, &row, err) < 0 ? -1 : 1;
	}
	r->alert.feed = row.id;
	return found < 0 ? -1 : 0;
}

/* Silenced, too many in an hour, or routed. */
static int
decide(struct raising *r, struct error *err)
{
	const struct config_rule rule = {
		.source = { .name = SELF_ALERT_RULE },
		.max_per_hour = SELF_ALERT_HOURLY
	};
	struct store_rule_recent recent;
	struct store_silence *silences;
	size_t n;

	if (store_rule_recent(r->d->store, SELF_ALERT_RULE, r->now,
	    SELF_ALERT_HOURLY, &recent, err) < 0 ||
	    store_silence_list(r->d->store, r->now, &r->mem, &silences, &n,
	    err) < 0)
		return -1;
	r->alert.fate = restraint_decide(&rule, &recent, 0,
	    restraint_silenced(silences, n, SELF_ALERT_RULE, r->now), r->now);
	return 0;
}

static int
add_deliveries(struct raising *r, struct error *err)
{
	const struct generation *g = r->d->generation;
	struct route_alert route = { store_instance(r->d->store),
		SELF_ALERT_RULE, FEED, r->alert.key, r->what->notify,
		r->what->nnotify };
	struct store_delivery *list;
	size_t n;

	n = route_deliveries(&route, g->targets, g->config->nnotifiers,
	    &r->mem, &list);
	for (size_t i = 0; i < n; i++) {
		list[i].alert = r->alert.id;
		list[i].priority = r->alert.priority;
		list[i].created = list[i].since = list[i].next_at = r->now;
		if (store_delivery_add(r->d->store, &list[i], err) < 0)
			return -1;
		announce_delivery(r->d->announce, &list[i]);
	}
	return 0;
}

static int
add_alert(struct raising *r, struct error *err)
{
	struct store_alert *a = &r->alert;
	struct buf b;
	int added;

	if (store_article_put(r->d->store, a->feed, a->key,
	    article_version(&r->article), &r->article, r->now, &a->article,
	    err) < 0)
		return -1;
	buf_init(&b, 1 << 16);
	evidence_put(&b, &r->evidence);
	a->evidence = arena_strndup(&r->mem, b.data, b.len);
	a->evidence_len = b.len;
	buf_clear(&b);
	if (decide(r, err) < 0)
		return -1;
	if ((added = store_alert_add(r->d->store, a, err)) <= 0)
		return added;
	announce_alert(r->d->announce, a, FEED, &r->article, &r->evidence);
	return a->fate == STORE_ROUTED && add_deliveries(r, err) < 0 ? -1 : 1;
}

static int
raise_alert(struct raising *r, struct error *err)
{
	int known;

	if (put_feed(r, err) < 0 || (known = store_alert_exists(r->d->store,
	    SELF_ALERT_RULE, r->alert.feed, r->alert.key, err)) < 0)
		return -1;
	return known > 0 ? 0 : add_alert(r, err);
}

int
self_alert_raise(struct daemon *d, const struct self_alert *what, int64_t now,
    struct error *err)
{
	struct raising r = { .d = d, .what = what, .now = now };
	int result;

	article_init(&r.article);
	r.article.id = what->id;
	r.article.title = what->title;
	r.article.summary = what->text;
	r.article.link = what->link;
	r.article.published = now;
	r.evidence.sentence = what->title;
	r.evidence.field = "title";
	r.evidence.end = (uint32_t)strlen(what->title);
	r.evidence.facts = "";
	r.alert.rule = SELF_ALERT_RULE;
	r.alert.rule_text = "newsalertd itself";
	r.alert.priority = RULE_NORMAL;
	r.alert.key = article_key(&r.article, ARTICLE_ID);
	r.alert.found = now;
	polls_commit(d->polls);		/* what is open is another matter */
	if (store_begin(d->store, err) < 0)
		return -1;
	arena_init(&r.mem);
	result = raise_alert(&r, err);
	if (result < 0) {
		store_rollback(d->store);
		announce_rollback(d->announce);
	} else if (store_commit(d->store, err) < 0) {
		announce_rollback(d->announce);
		result = -1;
	} else
		announce_commit(d->announce);
	arena_free(&r.mem);
	return result;
}
