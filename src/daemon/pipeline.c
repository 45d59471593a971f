#include "daemon/pipeline.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "daemon/announce.h"
#include "daemon/daemon.h"
#include "daemon/generation.h"
#include "daemon/metrics.h"
#include "delivery/restraint.h"
#include "delivery/route.h"
#include "store/alerts.h"
#include "store/articles.h"
#include "store/deliveries.h"
#include "store/store.h"

/* One poll on its way. */
struct run {
	struct daemon			*d;
	const struct pipeline_poll	*poll;
	struct pipeline_result		*result;
	struct match_context		 context;
	struct arena			 mem;
	bool				 match;	/* false: backlog is only stored */
	int64_t				 now;
};

/* One article of it, and what the rules found in it. */
struct finding {
	const struct article		*article;
	int64_t				 key, id;
	const struct config_rule	*rule;
	struct match			*match;
};

static void
encode_evidence(struct run *r, struct store_alert *a,
    const struct evidence *e)
{
	struct buf b;

	buf_init(&b, 1 << 20);
	evidence_put(&b, e);
	a->evidence = arena_strndup(&r->mem, b.data, b.len);
	a->evidence_len = b.len;
	buf_clear(&b);
}

/* Routed, or held back, and why. */
static int
decide_fate(struct run *r, const struct finding *f, struct store_alert *a,
    struct error *err)
{
	struct store_likeness like;
	struct store_rule_recent recent;
	struct store_silence *silences;
	size_t n;

	store_likeness(r->poll->document->links_unique ? f->article->link : "",
	    f->article->title, &f->match->evidence, &like);
	a->link_key = like.link_key;
	a->title_key = like.title_key;
	if (store_alert_like(r->d->store, a->rule, a->feed, &like, r->now,
	    &a->duplicate_of, err) < 0 ||
	    store_rule_recent(r->d->store, a->rule, r->now,
	    f->rule->max_per_hour, &recent, err) < 0 ||
	    store_silence_list(r->d->store, r->now, &r->mem, &silences, &n,
	    err) < 0)
		return -1;
	a->fate = restraint_decide(f->rule, &recent, a->duplicate_of,
	    restraint_silenced(silences, n, a->rule, r->now), r->now);
	return 0;
}

static int
add_deliveries(struct run *r, const struct finding *f,
    const struct store_alert *a, struct error *err)
{
	const struct generation *g = r->d->generation;
	struct route_alert route = { store_instance(r->d->store), a->rule,
		r->poll->feed->name, f->key, f->rule->notify,
		f->rule->nnotify };
	struct store_delivery *list;
	size_t n;

	n = route_deliveries(&route, g->targets, g->config->nnotifiers,
	    &r->mem, &list);
	for (size_t i = 0; i < n; i++) {
		list[i].alert = a->id;
		list[i].priority = a->priority;
		list[i].created = list[i].since = list[i].next_at = r->now;
		if (store_delivery_add(r->d->store, &list[i], err) < 0)
			return -1;
		announce_delivery(r->d->announce, &list[i]);
		r->result->deliveries++;
	}
	return 0;
}

static int
add_alert(struct run *r, const struct finding *f, struct error *err)
{
	struct store_alert a = { 0 };
	int added;

	a.rule = f->rule->source.name;
	a.rule_text = f->rule->source.when;
	a.priority = (int)f->rule->priority;
	a.feed = r->poll->state->id;
	a.key = f->key;
	a.article = f->id;
	a.found = r->now;
	encode_evidence(r, &a, &f->match->evidence);
	if (decide_fate(r, f, &a, err) < 0)
		return -1;
	if ((added = store_alert_add(r->d->store, &a, err)) <= 0)
		return added;
	announce_alert(r->d->announce, &a, r->poll->feed->name, f->article,
	    &f->match->evidence);
	if (a.fate != STORE_ROUTED) {
		r->result->held++;
		return 0;
	}
	r->result->alerts++;
	return add_deliveries(r, f, &a, err);
}

static int
match_article(struct run *r, const struct article *article, int64_t key,
    int64_t id, struct error *err)
{
	struct match *matches;
	int64_t began = metrics_clock();
	size_t n;

	n = matcher_run(r->d->generation->matcher, article, &r->context,
	    &r->mem, &matches);
	metrics_match(began);
	for (size_t i = 0; i < n; i++) {
		struct finding f = { article, key, id,
		    &r->d->generation->config->rules[matches[i].rule],
		    &matches[i] };

		if (add_alert(r, &f, err) < 0)
			return -1;
	}
	return 0;
}

/* Known under another of its names, with this very text? 1, 0, -1. */
static int
is_known_otherwise(struct run *r, const struct article *article,
    enum article_name name, int64_t version, struct error *err)
{
	enum store_entry_state entry;
	int64_t key;

	for (int other = 0; other < ARTICLE_NAMES; other++) {
		key = article_key(article, (enum article_name)other);
		if ((enum article_name)other == name || key == 0)
			continue;
		if (store_entry_check(r->d->store, r->poll->state->id, key,
		    version, r->now, &entry, err) < 0)
			return -1;
		if (entry == STORE_ENTRY_KNOWN)
			return 1;
	}
	return 0;
}

static int
look_up(struct run *r, const struct article *article, enum article_name name,
    int64_t key, int64_t version, enum store_entry_state *entry,
    struct error *err)
{
	int known;

	if (store_entry_check(r->d->store, r->poll->state->id, key, version,
	    r->now, entry, err) < 0)
		return -1;
	if (*entry != STORE_ENTRY_NEW || !r->poll->ambiguous)
		return 0;
	known = is_known_otherwise(r, article, name, version, err);
	if (known > 0)
		*entry = STORE_ENTRY_KNOWN;
	return known < 0 ? -1 : 0;
}

/* 1 = it was known, 0 = it is new or changed, -1. */
static int
take_article(struct run *r, const struct article *article,
    enum article_name name, struct error *err)
{
	int64_t key = article_key(article, name);
	int64_t version = article_version(article), id;
	int64_t feed = r->poll->state->id;
	enum store_entry_state entry;

	if (look_up(r, article, name, key, version, &entry, err) < 0)
		return -1;
	if (entry == STORE_ENTRY_KNOWN)
		return 1;
	if (store_article_put(r->d->store, feed, key, version, article,
	    r->now, &id, err) < 0)
		return -1;
	if (entry == STORE_ENTRY_NEW) {
		r->result->fresh++;
		if (article->published != ARTICLE_NO_TIME &&
		    article->published > r->result->newest &&
		    article->published <= r->now)
			r->result->newest = article->published;
	} else
		r->result->changed++;
	if (r->match && match_article(r, article, key, id, err) < 0)
		return -1;
	arena_reset(&r->mem);
	return entry == STORE_ENTRY_CHANGED;
}

static int64_t
date_of(const struct article *a)
{
	return a->published != ARTICLE_NO_TIME ? a->published : a->updated;
}

int
pipeline_articles(struct daemon *d, const struct pipeline_poll *p,
    int64_t now, struct pipeline_result *result, struct error *err)
{
	struct run r = { .d = d, .poll = p, .result = result, .now = now };
	enum article_name *names = mem_zalloc(p->n, sizeof(*names));
	int was_known = 0;

	memset(result, 0, sizeof(*result));
	result->items = p->n;
	arena_init(&r.mem);
	r.context.feed = p->feed->name;
	r.context.tags = p->feed->tags;
	r.context.ntags = p->feed->ntags;
	r.context.now = now;
	r.match = p->state->known || p->feed->backlog == BACKLOG_ALERT;
	article_name_all(p->articles, p->n, names);
	for (size_t i = 0; i < p->n && was_known >= 0; i++) {
		if (p->since != 0 && date_of(&p->articles[i]) < p->since) {
			result->old = true;
			continue;
		}
		was_known = take_article(&r, &p->articles[i], names[i], err);
		result->known += was_known > 0;
	}
	free(names);
	arena_free(&r.mem);
	return was_known < 0 ? -1 : 0;
}
