#include <stdlib.h>
#include <string.h>

#include "build.h"
#include "control/control.h"
#include "daemon/command.h"
#include "daemon/daemon.h"
#include "daemon/feed_why.h"
#include "daemon/generation.h"
#include "daemon/polls.h"
#include "daemon/self_alert.h"
#include "store/alerts.h"
#include "store/deliveries.h"
#include "store/feeds.h"
#include "store/store.h"

#define SILENCE_MAX (100LL * 366 * 86400)	/* seconds */

/* The counts of a notifier, zero when it never had a delivery. */
static json_t *
notifier_json(const char *name, const struct store_delivery_count *list,
    size_t n, int64_t now)
{
	struct store_delivery_count none = { name, 0, 0, 0, 0 };
	const struct store_delivery_count *c = &none;

	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].notifier, name) == 0)
			c = &list[i];
	return json_pack("{s:s, s:I, s:I, s:I, s:o}", "name", name, "pending",
	    (json_int_t)c->pending, "done", (json_int_t)c->done, "dead",
	    (json_int_t)c->dead, "oldest", c->oldest > 0 ?
	    json_integer(now - c->oldest) : json_null());
}

static json_t *
notifiers_json(struct command *c)
{
	const struct config *config = c->d->generation->config;
	struct store_delivery_count *list = NULL;
	json_t *out = json_array();
	size_t n = 0;

	if (store_delivery_counts(c->d->store, &c->mem, &list, &n, NULL) < 0)
		n = 0;
	for (size_t i = 0; i < config->nnotifiers; i++)
		json_array_append_new(out, notifier_json(
		    config->notifiers[i].name, list, n, c->now));
	return out;
}

struct feed_count {
	struct command	*c;
	int64_t		 ok, failing, held, gone, new;
};

static void
count_feed(struct feed_count *n, const struct config_feed *f)
{
	struct store_feed s;

	if (!f->enabled)
		return;
	if (store_feed_get(n->c->d->store, f->name, &n->c->mem, &s, NULL) != 1)
		n->new++;
	else if (s.gone)
		n->gone++;
	else if (s.hold_until > n->c->now)
		n->held++;
	else if (s.errors > 0)
		n->failing++;
	else if (s.last_poll == 0)
		n->new++;
	else
		n->ok++;
}

/* {} -> uptime, feeds, rules, queue by notifier, last alert, store */
json_t *
command_status(struct command *c)
{
	const struct config *config = c->d->generation->config;
	struct feed_count n = { .c = c };
	struct store_size size;
	struct error err;

	if (store_size(c->d->store, &size, &err) < 0)
		return control_failed("%s", err.text);
	for (size_t i = 0; i < config->nfeeds; i++)
		count_feed(&n, &config->feeds[i]);
	return json_pack("{s:b, s:s, s:I, s:{s:I, s:I, s:I, s:I, s:I, s:I}, "
	    "s:I, s:I, s:o, s:o, s:{s:s, s:s, s:I, s:I, s:I, s:o}}", "ok", 1,
	    "version", BUILD_VERSION, "uptime",
	    (json_int_t)(c->now - c->d->started), "feeds", "total",
	    (json_int_t)config->nfeeds, "ok", (json_int_t)n.ok, "failing",
	    (json_int_t)n.failing, "held", (json_int_t)n.held, "gone",
	    (json_int_t)n.gone, "new", (json_int_t)n.new, "rules",
	    (json_int_t)ruleset_count(config->ruleset), "rules_off",
	    (json_int_t)(config->nrules - ruleset_count(config->ruleset)),
	    "notifiers", notifiers_json(c), "last_alert",
	    command_time(size.last_alert), "store", "engine", store_engine(),
	    "health", store_health_name(store_health(c->d->store)), "bytes",
	    (json_int_t)size.bytes, "articles", (json_int_t)size.articles,
	    "alerts", (json_int_t)size.alerts, "oldest_article",
	    command_time(size.oldest_article));
}

static const char *
feed_state(const struct store_feed *s, const struct config_feed *f,
    int64_t now)
{
	if (!f->enabled)
		return "off";
	if (s->gone)
		return "gone";
	if (s->hold_until > now)
		return "held";
	if (s->errors > 0)
		return "failing";
	return s->last_poll == 0 ? "new" : "ok";
}

const char *
command_feed_state(struct command *c, const struct config_feed *f)
{
	struct store_feed s;

	memset(&s, 0, sizeof(s));
	store_feed_get(c->d->store, f->name, &c->mem, &s, NULL);
	return feed_state(&s, f, c->now);
}

static json_t *
feed_json(struct command *c, const struct config_feed *f)
{
	int64_t interval = f->interval > 0 ? f->interval :
	    c->d->generation->config->polling.interval;
	struct store_feed s;

	memset(&s, 0, sizeof(s));
	s.url = s.error = s.title = s.format = s.outcome = "";
	store_feed_get(c->d->store, f->name, &c->mem, &s, NULL);
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o, "
	    "s:o, s:o, s:I, s:f, s:I, s:I, s:I, s:s*}", "name", f->name, "why",
	    f->enabled ? feed_why(&s, interval / 1000) : "off", "url",
	    s.url[0] != '\0' ? s.url : f->url, "state",
	    feed_state(&s, f, c->now), "outcome", s.outcome, "error", s.error,
	    "title", s.title, "format", s.format, "next",
	    command_time(s.next_due), "last_poll", command_time(s.last_poll),
	    "last_ok", command_time(s.last_ok), "last_new",
	    command_time(s.last_new), "errors", (json_int_t)s.errors,
	    "articles_a_day", (double)store_feed_weekly(&s, c->now) / 7.0, "articles",
	    (json_int_t)s.articles, "polls", (json_int_t)s.polls,
	    "not_modified", (json_int_t)s.not_modified, "same_as",
	    polls_twin(c->d->polls, f->name));
}

/* {} -> {"feeds":[...]} */
json_t *
command_feeds(struct command *c)
{
	const struct config *config = c->d->generation->config;
	json_t *list = json_array();

	for (size_t i = 0; i < config->nfeeds; i++)
		json_array_append_new(list, feed_json(c, &config->feeds[i]));
	return json_pack("{s:b, s:o}", "ok", 1, "feeds", list);
}

static json_t *
polls_json(struct command *c, const char *feed)
{
	struct store_poll *polls;
	struct store_feed s;
	json_t *list = json_array();
	size_t n;

	if (store_feed_get(c->d->store, feed, &c->mem, &s, NULL) != 1 ||
	    store_poll_list(c->d->store, s.id, &c->mem, &polls, &n, NULL) < 0)
		return list;
	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, json_pack("{s:o, s:s, s:I, s:I, "
		    "s:I, s:I, s:I, s:I, s:s}", "at",
		    command_time(polls[i].at), "outcome", polls[i].outcome,
		    "status", (json_int_t)polls[i].status, "items",
		    (json_int_t)polls[i].items, "new",
		    (json_int_t)polls[i].fresh, "changed",
		    (json_int_t)polls[i].changed, "bytes",
		    (json_int_t)polls[i].bytes, "ms",
		    (json_int_t)polls[i].elapsed_ms, "error", polls[i].error));
	return list;
}

/* {"feed"} -> {"feed":{..., "history":[...]}} */
json_t *
command_feed(struct command *c)
{
	const struct config *config = c->d->generation->config;
	const char *name = command_text(c, "feed");
	json_t *o;

	for (size_t i = 0; name != NULL && i < config->nfeeds; i++) {
		if (strcmp(config->feeds[i].name, name) != 0)
			continue;
		o = feed_json(c, &config->feeds[i]);
		json_object_set_new(o, "history", polls_json(c, name));
		return json_pack("{s:b, s:o}", "ok", 1, "feed", o);
	}
	return control_failed("there is no feed '%s'", name != NULL ? name :
	    "");
}

static json_t *
rule_json(struct command *c, size_t i)
{
	const struct config *config = c->d->generation->config;
	const struct config_rule *r = &config->rules[i];
	struct store_rule_counts counts;
	json_t *held = json_object();
	struct buf reading;
	json_t *o;

	memset(&counts, 0, sizeof(counts));
	store_rule_counts(c->d->store, r->source.name, c->now, &counts, NULL);
	for (int f = STORE_SILENCED; f < STORE_FATES; f++)
		json_object_set_new(held, store_fate_name(f),
		    json_integer(counts.held[f]));
	buf_init(&reading, 1 << 16);
	buf_adds(&reading, "");
	if (i < ruleset_count(config->ruleset))
		ruleset_describe(config->ruleset, i, &reading);
	o = json_pack("{s:s, s:s, s:b, s:s, s:I, s:I, s:I, s:o, s:o}", "name",
	    r->source.name, "when", r->source.when, "enabled", r->enabled,
	    "reading", reading.data, "day", (json_int_t)counts.day, "week",
	    (json_int_t)counts.week, "month", (json_int_t)counts.month, "last",
	    command_time(counts.last), "held", held);
	buf_clear(&reading);
	return o;
}

/* {} -> {"rules":[...]} */
json_t *
command_rules(struct command *c)
{
	json_t *list = json_array();

	for (size_t i = 0; i < c->d->generation->config->nrules; i++)
		json_array_append_new(list, rule_json(c, i));
	return json_pack("{s:b, s:o}", "ok", 1, "rules", list);
}

static bool
is_rule(const struct config *config, const char *name)
{
	for (size_t i = 0; i < config->nrules; i++)
		if (strcmp(config->rules[i].source.name, name) == 0)
			return true;
	return false;
}

/* {"rule" or "all":true, "seconds"} -> {"until"}; 0 seconds end a silence */
json_t *
command_silence(struct command *c)
{
	const char *rule = command_text(c, "rule");
	int64_t seconds = command_number(c, "seconds", -1);
	struct error err;

	if (command_flag(c, "all"))
		rule = "";
	else if (rule == NULL || (strcmp(rule, SELF_ALERT_RULE) != 0 &&
	    !is_rule(c->d->generation->config, rule)))
		return control_failed("there is no rule '%s'",
		    rule != NULL ? rule : "");
	if (seconds < 0 || seconds > SILENCE_MAX)
		return control_failed("for how long?");
	if (store_silence_put(c->d->store, rule, c->now + seconds, c->now,
	    &err) < 0)
		return control_failed("%s", err.text);
	return json_pack("{s:b, s:I}", "ok", 1, "until",
	    (json_int_t)(c->now + seconds));
}

/* {} -> {"silences":[...]} */
json_t *
command_silences(struct command *c)
{
	struct store_silence *rows;
	json_t *list;
	struct error err;
	size_t n;

	if (store_silence_list(c->d->store, c->now, &c->mem, &rows, &n,
	    &err) < 0)
		return control_failed("%s", err.text);
	list = json_array();
	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, json_pack("{s:s, s:o, s:o, s:I}",
		    "rule", rows[i].rule, "until", command_time(rows[i].until),
		    "created", command_time(rows[i].created), "held",
		    (json_int_t)rows[i].held));
	return json_pack("{s:b, s:o}", "ok", 1, "silences", list);
}
