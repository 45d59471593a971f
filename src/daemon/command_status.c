#include <stdlib.h>
#include <string.h>

#include "build.h"
#include "control/control.h"
#include "daemon/command.h"
#include "daemon/daemon.h"
#include "daemon/generation.h"
#include "daemon/self_alert.h"
#include "store/alerts.h"
#include "store/deliveries.h"
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

/* How many there are in each state; those that are off in none. */
static json_t *
feed_counts(struct command *c)
{
	static const char *const states[] = { "ok", "failing", "held", "gone",
		"new" };
	const struct config *config = c->d->generation->config;
	json_t *out = json_pack("{s:I}", "total", (json_int_t)config->nfeeds);
	json_int_t n[sizeof(states) / sizeof(states[0])] = { 0 };

	for (size_t i = 0; i < config->nfeeds; i++) {
		const char *state = command_feed_state(c, &config->feeds[i]);

		for (size_t k = 0; k < sizeof(states) / sizeof(states[0]); k++)
			n[k] += strcmp(state, states[k]) == 0;
	}
	for (size_t k = 0; k < sizeof(states) / sizeof(states[0]); k++)
		json_object_set_new(out, states[k], json_integer(n[k]));
	return out;
}

/* {} -> uptime, feeds, rules, queue by notifier, last alert, store */
json_t *
command_status(struct command *c)
{
	const struct config *config = c->d->generation->config;
	struct store_size size;
	struct error err;

	if (store_size(c->d->store, &size, &err) < 0)
		return control_failed("%s", err.text);
	return json_pack("{s:b, s:s, s:I, s:o, s:I, s:I, s:o, s:o, "
	    "s:{s:s, s:s, s:I, s:I, s:I, s:o}}", "ok", 1,
	    "version", BUILD_VERSION, "uptime",
	    (json_int_t)(c->now - c->d->started), "feeds", feed_counts(c),
	    "rules",
	    (json_int_t)ruleset_count(config->ruleset), "rules_off",
	    (json_int_t)(config->nrules - ruleset_count(config->ruleset)),
	    "notifiers", notifiers_json(c), "last_alert",
	    command_time(size.last_alert), "store", "engine", store_engine(),
	    "health", store_health_name(store_health(c->d->store)), "bytes",
	    (json_int_t)size.bytes, "articles", (json_int_t)size.articles,
	    "alerts", (json_int_t)size.alerts, "oldest_article",
	    command_time(size.oldest_article));
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
